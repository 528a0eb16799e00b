//! What `simurgh fleet add|invite|blocked|show --fleet FILE` does: bridges of one operator whose people share one invite
//! tree (specs/10-bridges.md). The file holds the tree, whose people are numbers, and where the bridges' folders are.
//!
//! Requirements: this machine reaches the folders of the bridges. Provided: whoever is told a bridge by the tree gets a
//! link of her own to it, and days that pass are counted by the clock. Not provided: delivery; the operator hands the
//! links over.

use crate::operator::{self, OperatorError};
use mailbox::tree::{BridgeNumber, Person, Standing, Tree, TreeError};
use rand_core::OsRng;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::path::{Path, PathBuf};
use wire::{RelayId, UnixMillis};

const VERSION: u8 = 1;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// Days that are counted at once: a file that lay for longer has earned everybody everything.
const DAYS_MAX: u64 = 60;
/// Bytes of a fleet's file: 10,000 people with some 150 each.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Why a fleet's command failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FleetError {
    /// The file can't be used.
    #[error("the fleet's file {path} can't be used: {reason}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The relay is in the fleet.
    #[error("{0} is in the fleet already: name each bridge once")]
    Known(PathBuf),
    /// The relay is not in the fleet.
    #[error("{0} is not in the fleet: take it in with `simurgh fleet add`")]
    Unknown(PathBuf),
    /// The tree does not do it.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// A bridge's folder or link.
    #[error(transparent)]
    Relay(#[from] OperatorError),
}

/// A person was told a bridge: the link is to be handed to her.
#[derive(Clone, Debug, Serialize)]
pub struct NewLink {
    /// Her number.
    pub person: u32,
    /// Her link.
    pub link: String,
    /// When it stops working.
    pub expires_ms: u64,
}

/// A person as the operator sees her.
#[derive(Clone, Debug, Serialize)]
pub struct PersonInfo {
    /// Her number.
    pub person: u32,
    /// Who invited her; without one the operator did.
    pub inviter: Option<u32>,
    /// Her trust.
    pub trust: i32,
    /// Invitations that she may give.
    pub invitations: u32,
    /// `connected`, `waits` or `cut_off`.
    pub state: &'static str,
    /// The folder of her bridge.
    pub bridge: Option<PathBuf>,
}

/// A fleet, opened; nobody else changes its file meanwhile.
#[derive(Debug)]
pub struct Fleet {
    file: PathBuf,
    kept: Kept,
    _lock: File,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    version: u8,
    /// Days since 1970 that are counted.
    day: u64,
    /// Days for which a link is good.
    link_days: u64,
    bridges: Vec<Bridge>,
    tree: Tree,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bridge {
    relay: RelayId,
    dir: PathBuf,
}

impl Fleet {
    /// Opens the file, or begins a fleet, and counts the days that have passed.
    ///
    /// # Errors
    /// [`FleetError::File`].
    pub fn open(file: &Path) -> Result<Self, FleetError> {
        Self::open_at(file, store::clock::now())
    }

    fn open_at(file: &Path, now: UnixMillis) -> Result<Self, FleetError> {
        let failed = |reason: String| FleetError::File { path: file.to_owned(), reason };
        let lock = File::create(file.with_extension("lock")).and_then(|lock| lock.lock().map(|()| lock));
        let lock = lock.map_err(|error| failed(error.to_string()))?;
        let today = now.0.checked_div(DAY_MS).unwrap_or(0);
        let mut kept = match std::fs::metadata(file) {
            Ok(found) if found.len() > FILE_BYTES_MAX => return Err(failed("it is too long".to_owned())),
            Ok(_) => {
                let text = std::fs::read(file).map_err(|error| failed(error.to_string()))?;
                serde_json::from_slice(&text).map_err(|error| failed(error.to_string()))?
            }
            Err(_) => Kept { version: VERSION, day: today, link_days: 30, bridges: Vec::new(), tree: Tree::default() },
        };
        if kept.version != VERSION {
            return Err(failed(format!("it is of version {}: update this program", kept.version)));
        }
        (0..today.saturating_sub(kept.day).min(DAYS_MAX)).for_each(|_| kept.tree.pass_day());
        kept.day = kept.day.max(today);
        Ok(Self { file: file.to_owned(), kept, _lock: lock })
    }

    /// Takes a relay in, as a bridge that nobody knows yet.
    ///
    /// # Errors
    /// [`FleetError`].
    pub fn add(&mut self, dir: &Path) -> Result<Vec<NewLink>, FleetError> {
        let relay = operator::descriptor(dir)?.id();
        let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
        if self.kept.bridges.iter().any(|bridge| bridge.relay == relay) {
            return Err(FleetError::Known(dir));
        }
        self.kept.tree.add_bridge()?;
        self.kept.bridges.push(Bridge { relay, dir });
        self.deal()
    }

    /// Takes somebody in, by an invitation of a person of the tree or the operator's own; she may have to wait.
    ///
    /// # Errors
    /// [`FleetError`].
    pub fn invite(&mut self, inviter: Option<u32>) -> Result<(PersonInfo, Vec<NewLink>), FleetError> {
        let person = self.kept.tree.invite(inviter.map(Person), &mut OsRng)?;
        let mut links = Vec::new();
        if let Some(bridge) = self.kept.tree.standing(person)?.bridge {
            links.push(self.link(person, bridge)?);
        }
        links.extend(self.deal()?);
        Ok((self.info(person)?, links))
    }

    /// A bridge is blocked. Gives how many knew it, and new links for those who are told another.
    ///
    /// # Errors
    /// [`FleetError`].
    pub fn blocked(&mut self, dir: &Path) -> Result<(usize, Vec<NewLink>), FleetError> {
        let relay = operator::descriptor(dir)?.id();
        let place = self.kept.bridges.iter().position(|bridge| bridge.relay == relay);
        let number = place.and_then(|place| u32::try_from(place).ok());
        let number = number.ok_or_else(|| FleetError::Unknown(dir.to_owned()))?;
        let knew = self.kept.tree.blocked(BridgeNumber(number))?.len();
        Ok((knew, self.deal()?))
    }

    /// Links for those who waited and are told a bridge now; then everything is written.
    ///
    /// # Errors
    /// [`FleetError`].
    pub fn deal(&mut self) -> Result<Vec<NewLink>, FleetError> {
        let dealt = self.kept.tree.deal(&mut OsRng);
        let links = dealt.into_iter().map(|(person, bridge)| self.link(person, bridge)).collect::<Result<_, _>>()?;
        let failed = |reason: String| FleetError::File { path: self.file.clone(), reason };
        let text = serde_json::to_vec(&self.kept).map_err(|error| failed(error.to_string()))?;
        store::files::write_private(&self.file, &text).map_err(|error| failed(error.to_string()))?;
        Ok(links)
    }

    /// Everybody, each after who invited her, with how far below the operator she is.
    ///
    /// # Errors
    /// [`FleetError::Tree`].
    pub fn people(&self) -> Result<Vec<(usize, PersonInfo)>, FleetError> {
        self.kept.tree.by_branch().into_iter().map(|(depth, person)| Ok((depth, self.info(person)?))).collect()
    }

    fn info(&self, person: Person) -> Result<PersonInfo, FleetError> {
        let Standing { inviter, trust, invitations, bridge, cut_off } = self.kept.tree.standing(person)?;
        let state = match (bridge, cut_off) {
            (Some(_), _) => "connected",
            (None, true) => "cut_off",
            (None, false) => "waits",
        };
        let dir = bridge.and_then(|bridge| self.bridge(bridge)).map(|bridge| bridge.dir.clone());
        let inviter = inviter.map(|inviter| inviter.0);
        Ok(PersonInfo { person: person.0, inviter, trust, invitations, state, bridge: dir })
    }

    fn bridge(&self, number: BridgeNumber) -> Option<&Bridge> {
        self.kept.bridges.get(usize::try_from(number.0).ok()?)
    }

    fn link(&self, person: Person, bridge: BridgeNumber) -> Result<NewLink, FleetError> {
        let bridge = self.bridge(bridge).ok_or(TreeError::NoBridge)?;
        let made = operator::invite(&bridge.dir, &format!("fleet {}", person.0), self.kept.link_days)?;
        Ok(NewLink { person: person.0, link: made.link, expires_ms: made.expires.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operator::{InitOptions, init};
    use mailbox::bridge::UnverifiedBridge;
    use std::net::{Ipv4Addr, SocketAddr};

    const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

    fn days(days: u64) -> UnixMillis {
        NOW.plus_ms(days * DAY_MS)
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_fleet_gives_links_by_the_tree_and_new_ones_when_a_bridge_is_blocked() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("fleet.json");
        let mut relays = Vec::new();
        for name in ["one", "two", "three", "four"] {
            let folder = dir.path().join(name);
            let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
            relays.push((init(&folder, InitOptions { listen, ..InitOptions::default() }).await.unwrap().id(), folder));
            let mut fleet = Fleet::open_at(&file, NOW).unwrap();
            fleet.add(&relays.last().unwrap().1).unwrap();
            assert!(matches!(fleet.add(&relays.last().unwrap().1), Err(FleetError::Known(_))));
        }
        let to = |link: &NewLink| {
            let bridge = UnverifiedBridge::parse(&link.link).unwrap().verify(store::clock::now()).unwrap();
            relays.iter().find(|(id, _)| *id == bridge.relay()).unwrap().1.clone()
        };
        let (guest, links) = Fleet::open_at(&file, NOW).unwrap().invite(None).unwrap();
        let [first] = &links[..] else { panic!("{links:?}") };
        assert_eq!((guest.person, guest.state, guest.bridge), (0, "connected", Some(to(first))));
        let (friend, links) = Fleet::open_at(&file, days(3)).unwrap().invite(Some(0)).unwrap();
        assert_eq!((friend.inviter, to(&links[0])), (Some(0), to(first)));
        assert!(matches!(
            Fleet::open_at(&file, days(3)).unwrap().invite(Some(1)),
            Err(FleetError::Tree(TreeError::NoInvitation))
        ));

        let (knew, links) = Fleet::open_at(&file, days(9)).unwrap().blocked(&to(first)).unwrap();
        assert_eq!(knew, 2);
        assert!(!links.is_empty() && links.iter().all(|link| to(link) != to(first)), "{links:?}");
        let fleet = Fleet::open_at(&file, days(9)).unwrap();
        let people = fleet.people().unwrap();
        let seen: Vec<_> = people.iter().map(|(depth, one)| (*depth, one.person, one.trust < 9)).collect();
        assert_eq!(seen, [(0, 0, true), (1, 1, true)], "both have lost trust");
    }
}
