//! Tells every connected client what changed, in one order, without letting a slow one hold up the rest.

use api::{Count, Event, event::NumberedEvent};
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::sync::broadcast::{self, error::RecvError};

/// Events kept for a client that reads slowly; one that falls further behind is told to read everything again.
pub(crate) const LAG_EVENTS_MAX: usize = 256;

/// Where events come from.
#[derive(Debug)]
pub(crate) struct Hub {
    events: broadcast::Sender<Arc<NumberedEvent>>,
    last: Mutex<u64>,
}

/// One client's view of the events.
#[derive(Debug)]
pub(crate) struct Subscription {
    hub: Arc<Hub>,
    events: broadcast::Receiver<Arc<NumberedEvent>>,
}

impl Hub {
    /// No events yet.
    pub(crate) fn new() -> Self {
        Self { events: broadcast::Sender::new(LAG_EVENTS_MAX), last: Mutex::new(0) }
    }

    /// Tells everybody.
    pub(crate) fn publish(&self, event: Event) {
        let mut last = self.last.lock();
        *last = last.saturating_add(1);
        // Nobody listening is no error.
        let _ = self.events.send(Arc::new(NumberedEvent { seq: Count(*last), event }));
    }

    /// Whether anybody listens.
    pub(crate) fn is_heard(&self) -> bool {
        self.events.receiver_count() > 0
    }

    /// Everything from now on.
    pub(crate) fn subscribe(self: &Arc<Self>) -> Subscription {
        Subscription { events: self.events.subscribe(), hub: Arc::clone(self) }
    }
}

impl Subscription {
    /// The next event; `Resync` when events were lost; `None` when the daemon ends. Cancel-safe.
    pub(crate) async fn next(&mut self) -> Option<Arc<NumberedEvent>> {
        match self.events.recv().await {
            Ok(event) => Some(event),
            Err(RecvError::Lagged(_)) => {
                let last = self.hub.last.lock();
                self.events = self.hub.events.subscribe();
                Some(Arc::new(NumberedEvent { seq: Count(*last), event: Event::Resync }))
            }
            Err(RecvError::Closed) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn events_arrive_in_order_with_rising_numbers() {
        let hub = Arc::new(Hub::new());
        let mut client = hub.subscribe();
        hub.publish(Event::Contacts);
        hub.publish(Event::Contacts);
        assert_eq!(client.next().await.unwrap().seq, Count(1));
        assert_eq!(client.next().await.unwrap().seq, Count(2));
    }

    #[tokio::test]
    async fn a_client_that_lags_is_told_to_resync_and_goes_on_from_there() {
        let hub = Arc::new(Hub::new());
        let mut slow = hub.subscribe();
        for _ in 0..=LAG_EVENTS_MAX {
            hub.publish(Event::Contacts);
        }
        let resync = slow.next().await.unwrap();
        assert_eq!((resync.seq.0, &resync.event), (LAG_EVENTS_MAX as u64 + 1, &Event::Resync));
        hub.publish(Event::Contacts);
        assert_eq!(slow.next().await.unwrap().seq.0, LAG_EVENTS_MAX as u64 + 2);
    }
}
