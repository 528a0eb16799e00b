//! The open pages that lend their browser to the [`crate::BrowserCarrier`] (CAR-60 to CAR-62).
//!
//! Requirements: whoever speaks to the page hands on its orders and what it fetched. Provided: a bounded number of
//! fetches under way, bounded in size, given up when their asker has gone, and ended when their page has. Not provided:
//! any judgement of a page: whoever lends was let in by the local API.

use bytes::{Bytes, BytesMut};
use parking_lot::Mutex;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

use crate::https::REPLY_BYTES_MAX;

/// Fetches under way in all pages: as many as one person's exchanges ever are, and some.
const FETCHES_MAX: usize = 256;
/// Orders that a page has not taken yet: each fetch under way may be begun and given up.
const ORDERS_MAX: usize = 2 * FETCHES_MAX;

/// What a page is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Fetch this.
    Fetch {
        /// The name under which the answer is awaited.
        id: u64,
        /// Where.
        url: String,
        /// What to send; `None`: find out whether anybody answers there.
        body: Option<Bytes>,
    },
    /// Give a fetch up: nobody waits for it any more.
    Abort {
        /// Its name.
        id: u64,
    },
}

/// A piece of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The HTTP status; the same with each piece.
    pub status: u16,
    /// The bytes that follow those of the pieces before.
    pub bytes: Bytes,
    /// Another piece follows.
    pub more: bool,
}

/// Why a fetch brought nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// There is no page, or none that takes more.
    NoPage(&'static str),
    /// The page was closed.
    Closed,
    /// The browser says so.
    Failed(String),
    /// The answer is too long.
    TooLarge,
}

/// The open pages that lend.
#[derive(Debug, Default)]
pub struct Pages(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    last_page: u64,
    last_id: u64,
    /// Whoever answered last is asked first.
    pages: VecDeque<Page>,
    fetches: BTreeMap<u64, Fetch>,
}

#[derive(Debug)]
struct Page {
    number: u64,
    orders: mpsc::Sender<Order>,
}

/// A fetch under way.
#[derive(Debug)]
struct Fetch {
    page: u64,
    bytes: BytesMut,
    asker: oneshot::Sender<Result<(u16, Bytes), Lost>>,
}

/// A page's end of it: the page lends until this is dropped.
#[derive(Debug)]
pub struct Lender {
    pages: Arc<Pages>,
    number: u64,
    orders: mpsc::Receiver<Order>,
}

impl Pages {
    /// A page lends its browser from now on.
    #[must_use]
    pub fn lend(self: &Arc<Self>) -> Lender {
        let (sender, orders) = mpsc::channel(ORDERS_MAX);
        let mut state = self.0.lock();
        state.last_page = state.last_page.saturating_add(1);
        let number = state.last_page;
        state.pages.push_front(Page { number, orders: sender });
        Lender { pages: Arc::clone(self), number, orders }
    }

    /// How many pages lend.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.lock().pages.len()
    }

    /// A page says what came of a fetch: a piece of the answer, or why there is none. What nobody waits for is passed
    /// over.
    pub fn fetched(&self, id: u64, what: Result<Fetched, String>) {
        let mut state = self.0.lock();
        let Some(mut fetch) = state.fetches.remove(&id) else { return };
        let page = fetch.page;
        state.prefer(page);
        let ended = match what {
            Err(why) => Err(Lost::Failed(why)),
            Ok(piece) if fetch.bytes.len().saturating_add(piece.bytes.len()) > REPLY_BYTES_MAX => {
                state.order(page, Order::Abort { id }).ok();
                Err(Lost::TooLarge)
            }
            Ok(piece) => {
                fetch.bytes.extend_from_slice(&piece.bytes);
                if piece.more {
                    state.fetches.insert(id, fetch);
                    return;
                }
                Ok((piece.status, fetch.bytes.freeze()))
            }
        };
        // Whoever asked may have gone.
        let _ = fetch.asker.send(ended);
    }

    /// Has a page fetch something. Dropping the future gives it up.
    pub(crate) async fn fetch(&self, url: String, body: Option<Bytes>) -> Result<(u16, Bytes), Lost> {
        let (mut under_way, answered) = self.begin(url, body)?;
        let ended = answered.await.unwrap_or(Err(Lost::Closed));
        under_way.ended = true;
        ended
    }

    fn begin(&self, url: String, body: Option<Bytes>) -> Result<(UnderWay<'_>, Answered), Lost> {
        let mut state = self.0.lock();
        let page = state.pages.front().map(|page| page.number).ok_or(Lost::NoPage("no page is open"))?;
        if state.fetches.len() >= FETCHES_MAX {
            return Err(Lost::NoPage("the open page has enough to do"));
        }
        state.last_id = state.last_id.saturating_add(1);
        let id = state.last_id;
        if state.order(page, Order::Fetch { id, url, body }).is_err() {
            state.pages.rotate_left(1);
            return Err(Lost::NoPage("the open page does not take orders"));
        }
        let (asker, answered) = oneshot::channel();
        state.fetches.insert(id, Fetch { page, bytes: BytesMut::new(), asker });
        Ok((UnderWay { pages: self, id, ended: false }, answered))
    }

    fn closed(&self, number: u64) {
        let mut state = self.0.lock();
        state.pages.retain(|page| page.number != number);
        for (_, fetch) in state.fetches.extract_if(.., |_, fetch| fetch.page == number) {
            let _ = fetch.asker.send(Err(Lost::Closed));
        }
    }
}

type Answered = oneshot::Receiver<Result<(u16, Bytes), Lost>>;

impl State {
    fn order(&self, page: u64, order: Order) -> Result<(), ()> {
        let page = self.pages.iter().find(|one| one.number == page).ok_or(())?;
        page.orders.try_send(order).map_err(|_| ())
    }

    fn prefer(&mut self, page: u64) {
        if let Some(place) = self.pages.iter().position(|one| one.number == page)
            && let Some(page) = self.pages.remove(place)
        {
            self.pages.push_front(page);
        }
    }
}

/// A fetch that somebody waits for.
struct UnderWay<'a> {
    pages: &'a Pages,
    id: u64,
    ended: bool,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        let mut state = self.pages.0.lock();
        if let Some(fetch) = state.fetches.remove(&self.id) {
            state.order(fetch.page, Order::Abort { id: self.id }).ok();
            // It may sleep in the background: another one has its turn.
            if state.pages.front().is_some_and(|page| page.number == fetch.page) {
                state.pages.rotate_left(1);
            }
        }
    }
}

impl Lender {
    /// The next order; never ends while the page lends. Cancel-safe.
    pub async fn next(&mut self) -> Option<Order> {
        self.orders.recv().await
    }
}

impl Drop for Lender {
    fn drop(&mut self) {
        self.pages.closed(self.number);
    }
}
