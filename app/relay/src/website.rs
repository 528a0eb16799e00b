//! What strangers see of a relay: files, or another server's website.

use crate::admission::{Admission, ReadBody};
use crate::decoy::Decoy;
use crate::invitations::Access;
use crate::mirror::Mirror;
use crate::shares::Share;
use crate::{RelayConfig, StartError, keys};
use bytes::Bytes;
use http::request::Parts;
use http::{Method, Response, StatusCode};
use mailbox::limits::Source;

/// A website.
#[derive(Debug)]
pub(crate) enum Website {
    /// Files in memory.
    Files(Decoy),
    /// Another server's.
    Mirror(Box<Mirror>),
}

/// Somebody who asks for a page.
#[derive(Debug)]
pub(crate) struct Visit {
    /// What is asked for.
    pub(crate) asked: Parts,
    /// What the path is good for, though it is answered as by a website.
    pub(crate) access: Access,
    /// Who asks.
    pub(crate) source: Source,
}

impl Visit {
    pub(crate) fn is_post(&self) -> bool {
        self.asked.method == Method::POST
    }

    /// Whether a relay may say that it is one. Of those who know no more than a link many may see that it is used: to
    /// them this is a website (MBX-52).
    pub(crate) fn is_invited(&self) -> bool {
        self.access.is_relay() && self.is_post()
    }
}

/// What came with a request.
#[derive(Debug)]
pub(crate) enum Body {
    /// Nothing that the website needs.
    Nothing,
    /// All of it.
    Whole(ReadBody),
    /// So many bytes, which are the relay's affair.
    Kept(usize),
    /// It is longer than anything that is read here.
    TooLong,
    /// There was no place for it.
    Unread,
}

/// An answer, with the room that it takes if its bytes are there for it alone.
pub(crate) type Page = (Response<Bytes>, Option<Share<Source>>);

impl Website {
    /// The one that the configuration names; `seed` chooses among those that are built in.
    pub(crate) fn open(config: &RelayConfig, seed: u64, host: &str) -> Result<Self, StartError> {
        match (&config.mirror, &config.decoy) {
            (Some(_), Some(_)) => {
                let both =
                    "a relay shows a folder or mirrors another server, not both: take one out of its configuration";
                Err(StartError::Website(both.to_owned()))
            }
            (Some(origin), None) => Ok(Self::Mirror(Box::new(Mirror::new(origin, host, &config.limits)?))),
            (None, Some(folder)) => Decoy::from_folder(folder).map(Self::Files),
            (None, None) => Ok(Self::Files(Decoy::built_in(seed, keys::made(&config.dir)))),
        }
    }

    /// Whether it is another server's, which looks at what comes with a request.
    pub(crate) fn is_mirror(&self) -> bool {
        matches!(self, Self::Mirror(_))
    }

    /// What it is told of a body that was read. The body's bytes and its place are free from then on (MBX-62), but for
    /// what the other server gets.
    pub(crate) fn told(&self, access: Access, body: ReadBody) -> Body {
        match (self, access) {
            (Self::Files(_), _) => Body::Nothing,
            (Self::Mirror(_), Access::Website) => Body::Whole(body),
            (Self::Mirror(_), Access::Relay | Access::Own(_) | Access::Link(_)) => Body::Kept(body.length()),
        }
    }

    /// What it answers.
    pub(crate) async fn answer(&self, visit: &Visit, admission: &Admission, body: Body) -> Page {
        match (self, body) {
            (Self::Files(files), _) => {
                let asked = &visit.asked;
                (files.answer(&asked.method, &asked.uri, &asked.headers), None)
            }
            (Self::Mirror(_), Body::TooLong) => (plain(StatusCode::PAYLOAD_TOO_LARGE), None),
            (Self::Mirror(_), Body::Unread) => (plain(StatusCode::SERVICE_UNAVAILABLE), None),
            (Self::Mirror(mirror), Body::Whole(body)) => mirror.answer(visit, admission, body.bytes()).await,
            (Self::Mirror(mirror), Body::Kept(length)) => {
                mirror.answer(visit, admission, Bytes::from(vec![0; length])).await
            }
            (Self::Mirror(mirror), Body::Nothing) => mirror.answer(visit, admission, Bytes::new()).await,
        }
    }
}

/// What a server says for itself: no page of its own, which would be the same of all relays.
pub(crate) fn plain(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::default();
    *response.status_mut() = status;
    response
}
