//! Bridges: relays that are on no list, which this person was invited to (E2E-57, MBX-50 to MBX-59).
//!
//! Requirements: a link that reached the person unread. Provided: the link is redeemed for a path of the person's own,
//! again and again until the answer has come, and from then on the bridge is an entry relay; what to ask it for a friend's
//! link, and whether what it says is one. Not provided: the asking of that (whoever runs this client).

use crate::command::{CommandError, Effect, Event, ExchangeFailure, ExchangeId, Reply};
use crate::live::{Health, Live, Relay, Role};
use crate::problem::BridgeProblem;
use crate::record::{damaged, save, scan, stored};
use crate::store::{Table, Transaction};
use crate::view::{BridgeInvitation, BridgeQuestion, RelayStatus};
use crate::work::Work;
use mailbox::bridge::{Bridge, Claim, Friend, FriendRequest, LIFETIME_MS_MAX, Redemption, UnverifiedBridge};
use mailbox::hop::{HopBody, HopReply, decode_reply, encode_body};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use wire::{RelayDescriptor, RelayId, UnixMillis};

/// Bridges of one person: enough that some are left when most are found.
pub(crate) const BRIDGES_MAX: usize = 32;
/// How long one redemption may take.
const REDEEM_MS: u64 = 15_000;
/// How much later than its own time-out it is given up for lost.
const GRACE_MS: u64 = 5_000;
/// The pause after a website answered: the link was used by somebody else, or the relay lost it for a while. Whoever
/// watches must not see a machine that knocks at a closed door all day.
const REFUSED_MS: u64 = 60 * 60 * 1000;
/// So many answers of a website are taken for a relay that has not heard of the link yet (it looks each second).
const REFUSALS_EARLY: u32 = 5;
/// How long after a link's expiry its redemption is still repeated: an answer may have got lost (MBX-53).
const LATE_MS: u64 = 21 * 24 * 60 * 60 * 1000;

/// A bridge, stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct BridgeRecord {
    pub(crate) link: Bridge,
    pub(crate) claim: Claim,
    /// The relay with the person's own path, of this link or of an earlier one.
    pub(crate) own: Option<RelayDescriptor>,
    /// This link was redeemed.
    pub(crate) redeemed: bool,
}

/// A link that is not redeemed yet.
#[derive(Debug)]
pub(crate) struct Unredeemed {
    record: BridgeRecord,
    health: Health,
    /// The exchange under way, and when it is given up.
    flight: Option<(ExchangeId, UnixMillis)>,
    problem: Option<BridgeProblem>,
    /// How often a website answered.
    refusals: u32,
}

impl Unredeemed {
    /// The exchange under way.
    pub(crate) fn flight(&self) -> Option<ExchangeId> {
        self.flight.map(|(id, _)| id)
    }
}

/// All of them.
pub(crate) type Unredeemeds = BTreeMap<RelayId, Unredeemed>;

impl Live {
    /// Whether somebody waits for this exchange.
    pub(crate) fn expects(&self, id: &ExchangeId) -> bool {
        self.exchanges.contains_key(id) || self.redeems(id).is_some()
    }

    fn redeems(&self, id: &ExchangeId) -> Option<RelayId> {
        let is_it = |one: &Unredeemed| one.flight.is_some_and(|(flight, _)| flight == *id);
        self.unredeemed.iter().find(|(_, one)| is_it(one)).map(|(relay, _)| *relay)
    }

    /// When something is due for a link that is not redeemed.
    pub(crate) fn redemption_at(&self) -> Option<UnixMillis> {
        let at = |one: &Unredeemed| one.flight.map_or(one.health.until, |(_, deadline)| deadline);
        self.unredeemed.values().map(at).min()
    }

    /// The links that are not redeemed, as the person sees them.
    pub(crate) fn unredeemed_statuses(&self) -> impl Iterator<Item = RelayStatus> {
        let has_other = |id: &RelayId| self.relays.get(id).is_some_and(|relay| relay.role == Role::Bridge);
        self.unredeemed.iter().filter(move |(id, _)| !has_other(id)).map(|(id, one)| RelayStatus {
            id: id.to_string(),
            host: format!("{}:{}", one.record.link.address().host, one.record.link.address().port),
            bridge: true,
            redeemed: false,
            used: one.problem.is_some(),
            ok: false,
            last_ms: 0,
            error: one.problem.map(|problem| problem.sentence().to_owned()),
            problem: one.problem,
        })
    }

    fn take_bridge(&mut self, record: BridgeRecord) {
        let id = record.link.relay();
        let inviter = Some(*record.link.inviter());
        if let Some(own) = &record.own {
            match self.relays.get_mut(&id) {
                Some(relay) if relay.role == Role::Network => {}
                Some(relay) => {
                    relay.role = Role::Bridge;
                    relay.descriptor = own.clone();
                    relay.inviter = inviter;
                }
                None => {
                    let mut bridge = Relay::new(own.clone(), Role::Bridge);
                    bridge.inviter = inviter;
                    self.relays.insert(id, bridge);
                }
            }
        }
        let new = Unredeemed { health: Health::default(), flight: None, problem: None, refusals: 0, record };
        let old = if new.record.redeemed { self.unredeemed.remove(&id) } else { self.unredeemed.insert(id, new) };
        if let Some(flight) = old.and_then(|one| one.flight()) {
            self.effects.push_back(Effect::Cancel(flight));
        }
    }
}

impl<T: Transaction> Work<'_, T> {
    /// `carrier add`
    pub(crate) fn add_bridge(&mut self, link: &str) -> Result<Reply, CommandError> {
        let link = UnverifiedBridge::parse(link)?.verify(self.live.clock(self.now))?;
        let known = scan::<BridgeRecord>(self.tx, Table::Bridge, &[])?;
        let before = known.iter().find(|(_, one)| one.link.relay() == link.relay());
        if before.is_none() && known.len() >= BRIDGES_MAX {
            return Err(CommandError::Full { what: "bridges", max: BRIDGES_MAX });
        }
        if before.is_some_and(|(_, one)| one.link == link) {
            return self.carrier_reply();
        }
        let mut claim = Claim([0; 32]);
        self.rng.fill_bytes(&mut claim.0);
        // what works is kept until the new link does
        let own = before.and_then(|(_, one)| one.own.clone());
        let record = BridgeRecord { link, claim, own, redeemed: false };
        save(self.tx, Table::Bridge, &record.link.relay().0, &record)?;
        self.live.take_bridge(record);
        self.carrier_reply()
    }

    /// `carrier remove`: a bridge by its id.
    pub(crate) fn remove_bridge(&mut self, id: &str) -> Result<Reply, CommandError> {
        let records = scan::<BridgeRecord>(self.tx, Table::Bridge, &[])?;
        let found = records.into_iter().find(|(_, one)| one.link.relay().to_string() == id);
        let (key, record) = found.ok_or_else(|| CommandError::UnknownBridge(id.to_owned()))?;
        self.tx.delete(Table::Bridge, &key).map_err(stored)?;
        let relay = record.link.relay();
        if let Some((flight, _)) = self.live.unredeemed.remove(&relay).and_then(|one| one.flight) {
            self.live.effects.push_back(Effect::Cancel(flight));
        }
        if let Some(there) = self.live.relays.get_mut(&relay).filter(|there| there.role == Role::Bridge) {
            // mailboxes that contacts have there stay
            there.role = Role::Named;
        }
        self.carrier_reply()
    }

    /// `carrier invite`: what to ask a bridge, by its id or whichever lets her in, the best first.
    pub(crate) fn ask_bridge(&self, id: Option<&str>) -> Result<Reply, CommandError> {
        let records = scan::<BridgeRecord>(self.tx, Table::Bridge, &[])?.into_iter().map(|(_, record)| record);
        let named = |record: &BridgeRecord| id.is_none_or(|id| record.link.relay().to_string() == id);
        let does_well = |relay: &RelayId| self.live.relays.get(relay).is_some_and(|one| one.as_entry.is_good(self.now));
        let (mut lets_in, mut any) = (Vec::new(), false);
        for record in records.filter(named) {
            any = true;
            lets_in.extend(record.own.map(|own| (!does_well(&own.id()), own)));
        }
        let best = lets_in.into_iter().min_by_key(|(badly, own)| (*badly, own.id()));
        let Some((_, own)) = best else {
            let unknown = id.filter(|_| !any).map(|id| CommandError::UnknownBridge(id.to_owned()));
            return Err(unknown.unwrap_or(CommandError::NoBridge));
        };
        let body = encode_body(&HopBody::Friend(FriendRequest::default())).map_err(damaged)?;
        Ok(Reply::BridgeQuestion(BridgeQuestion { bridge: own.id().to_string(), address: own.address, body }))
    }

    /// Takes what a bridge said: a link counts only if it leads to this bridge and is signed by who invited her to it.
    pub(crate) fn bridge_said(&self, id: &str, answer: &[u8]) -> Result<Reply, CommandError> {
        let records = scan::<BridgeRecord>(self.tx, Table::Bridge, &[])?;
        let known = records.into_iter().map(|(_, one)| one.link).find(|link| link.relay().to_string() == id);
        let known = known.ok_or_else(|| CommandError::UnknownBridge(id.to_owned()))?;
        let said = decode_reply(answer);
        let Ok(HopReply::Friend(said)) = said else { return Ok(Reply::BridgeInvitation(BridgeInvitation::Refused)) };
        let told = match said.friend {
            Friend::Link { link, left } => {
                let now = self.live.clock(self.now);
                // it is shown and handed on as it stands
                let is_whole = UnverifiedBridge::is_link(&link) && link.trim() == link;
                let read = UnverifiedBridge::parse(&link).and_then(|link| link.verify(now)).ok();
                let is_its = |one: &Bridge| {
                    let soon = one.expires() <= now.plus_ms(LIFETIME_MS_MAX);
                    one.relay() == known.relay() && one.inviter() == known.inviter() && soon
                };
                match read.filter(|one| is_whole && is_its(one)) {
                    Some(read) => BridgeInvitation::Link { link, expires: read.expires(), left },
                    None => BridgeInvitation::Refused,
                }
            }
            Friend::NotYet { from_s } => {
                let from = UnixMillis(from_s.saturating_mul(1000));
                let is_soon = from <= self.now.plus_ms(LIFETIME_MS_MAX);
                if is_soon { BridgeInvitation::NotYet { from } } else { BridgeInvitation::Refused }
            }
            Friend::NoMore => BridgeInvitation::NoMore,
            Friend::Full => BridgeInvitation::Full,
        };
        Ok(Reply::BridgeInvitation(told))
    }

    fn carrier_reply(&self) -> Result<Reply, CommandError> {
        self.carrier_status().map(Reply::Carrier)
    }

    /// What a client that was just opened has to take up again.
    pub(crate) fn resume_bridges(&mut self) -> Result<(), CommandError> {
        for (_, record) in scan::<BridgeRecord>(self.tx, Table::Bridge, &[])? {
            self.live.take_bridge(record);
        }
        Ok(())
    }

    /// Begins what is due, and gives up what was lost.
    pub(crate) fn redeem(&mut self) -> Result<(), CommandError> {
        let now = self.now;
        let lost = |one: &Unredeemed| one.flight.is_some_and(|(_, deadline)| deadline <= now);
        let lost: Vec<ExchangeId> = self
            .live
            .unredeemed
            .values()
            .filter(|one| lost(one))
            .filter_map(|one| one.flight)
            .map(|(id, _)| id)
            .collect();
        for id in lost {
            self.live.effects.push_back(Effect::Cancel(id));
            self.redeem_answered(id, Err(ExchangeFailure::TimedOut))?;
        }
        for one in self.live.unredeemed.values_mut() {
            if one.flight.is_some() || one.health.until > now {
                continue;
            }
            if one.record.link.expires().plus_ms(LATE_MS) <= now {
                one.problem = Some(BridgeProblem::Used);
                one.health.rest(UnixMillis(u64::MAX));
                continue;
            }
            let redemption = Redemption::new(one.record.link.token(), one.record.claim.clone());
            let body = encode_body(&HopBody::Redeem(redemption)).map_err(damaged)?;
            self.live.next_exchange = self.live.next_exchange.saturating_add(1);
            let id = ExchangeId(self.live.next_exchange);
            one.flight = Some((id, now.plus_ms(REDEEM_MS).plus_ms(GRACE_MS)));
            let entry = one.record.link.address().clone();
            self.live.effects.push_back(Effect::Exchange { id, entry, body, timeout_ms: REDEEM_MS });
        }
        Ok(())
    }

    /// Takes what came of a redemption.
    pub(crate) fn redeem_answered(
        &mut self,
        id: ExchangeId,
        answer: Result<Vec<u8>, ExchangeFailure>,
    ) -> Result<(), CommandError> {
        let Some(relay) = self.live.redeems(&id) else { return Ok(()) };
        let jitter = self.rng.next_u32();
        let Some(one) = self.live.unredeemed.get_mut(&relay) else { return Ok(()) };
        one.flight = None;
        let redeemed = match answer {
            Ok(body) => match decode_reply(&body) {
                Ok(HopReply::Redeemed(redeemed)) => one.record.link.redeemed(redeemed),
                Ok(HopReply::Sealed(_) | HopReply::Refused(_) | HopReply::Friend(_)) | Err(_) => None,
            },
            Err(failure) => {
                one.problem = Some(match failure {
                    ExchangeFailure::Refused => BridgeProblem::Used,
                    ExchangeFailure::Unreachable | ExchangeFailure::TimedOut | ExchangeFailure::Narrow => {
                        BridgeProblem::Unreachable
                    }
                });
                one.health.fails(self.now, jitter);
                if failure == ExchangeFailure::Refused {
                    one.refusals = one.refusals.saturating_add(1);
                    if one.refusals > REFUSALS_EARLY {
                        one.health.rest(self.now.plus_ms(REFUSED_MS));
                    }
                }
                return Ok(());
            }
        };
        let Some(own) = redeemed else {
            one.problem = Some(BridgeProblem::NotABridge);
            one.health.fails(self.now, jitter);
            return Ok(());
        };
        let record = BridgeRecord { own: Some(own), redeemed: true, ..one.record.clone() };
        save(self.tx, Table::Bridge, &relay.0, &record)?;
        self.live.take_bridge(record);
        let status = self.carrier_status()?;
        self.events.push(Event::Carrier(status));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
