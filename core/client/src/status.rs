//! How exchanges go, as a person is told it: the relays, whether bridges carry, whether abroad is cut off (E2E-59).

use crate::command::{CommandError, Event};
use crate::live::{Live, Relay, Role, Told};
use crate::store::Transaction;
use crate::view::{CarrierStatus, RelayStatus};
use crate::work::Work;
use wire::UnixMillis;

/// So many relays that nobody reaches are more than one operator's trouble.
const CUT_RELAYS_MIN: usize = 2;
/// And since so long it is no moment's.
const CUT_MS: u64 = 15_000;
/// A relay that answered within this answers.
const ANSWERED_MS: u64 = 60_000;
impl Live {
    /// Whether abroad is cut off (E2E-59): a relay of the network answers, and several are reached by nobody since so long
    /// that it is none's own trouble, and since then the chain has not answered either.
    pub(crate) fn abroad_is_cut(&self, now: UnixMillis) -> bool {
        let network = || self.relays.values().filter(|relay| relay.role == Role::Network);
        let reached_at = |relay: &Relay| relay.heard_at.max(relay.reached_at);
        let answers = |relay: &&Relay| relay.unreached_since.is_none() && reached_at(relay).plus_ms(ANSWERED_MS) > now;
        let lost = |relay: &&Relay| {
            relay.unreached_since.is_some_and(|at| at.plus_ms(CUT_MS) <= now && at > self.wallet.answered_at)
        };
        network().any(|relay| answers(&relay)) && network().filter(lost).count() >= CUT_RELAYS_MIN
    }
}

impl<T: Transaction> Work<'_, T> {
    /// Tells how the relays do, if one of them does otherwise than was told.
    pub(crate) fn tell_carrier(&mut self) -> Result<(), CommandError> {
        let brief = |one: &RelayStatus| (one.id.clone(), one.used, one.ok, one.problem);
        let relays = self.live.statuses().iter().map(brief).collect();
        let told: Told = (relays, self.live.goes_through_a_bridge(self.now), self.live.abroad_is_cut(self.now));
        if told != self.live.told {
            self.live.told = told;
            let status = self.carrier_status()?;
            self.events.push(Event::Carrier(status));
        }
        Ok(())
    }

    /// How the relays do, and what waits for them.
    pub(crate) fn carrier_status(&self) -> Result<CarrierStatus, CommandError> {
        let (relays, waiting) = (self.live.statuses(), self.live.waiting());
        let through_bridge = self.live.goes_through_a_bridge(self.now);
        let (abroad_cut, messages_waiting) = (self.live.abroad_is_cut(self.now), self.messages_waiting()?);
        let hands = self.live.hands();
        Ok(CarrierStatus { relays, through_bridge, abroad_cut, hands, waiting, messages_waiting })
    }
}
