//! Who came to a bridge without the operator: one of its people has passed a link on (TRE-20).

use super::file::Made;
use super::{Fleet, found, label};
use crate::operator::{self, InvitationInfo};
use mailbox::tree::{BridgeNumber, Person};
use std::collections::BTreeMap;
use std::path::PathBuf;

impl Fleet {
    /// Takes those in. Whether there was anybody.
    pub(super) fn adopt(&mut self) -> bool {
        let before = self.kept.tree.people().count();
        let labels = self.labels();
        for number in (0..u32::try_from(self.kept.bridges.len()).unwrap_or(u32::MAX)).map(BridgeNumber) {
            let all = self.reached(number).and_then(|dir| operator::invitations(&dir).ok());
            self.adopt_at(number, &all.unwrap_or_default(), &labels);
        }
        self.kept.tree.people().count() > before
    }

    /// The folder of a bridge that is in use.
    fn reached(&self, number: BridgeNumber) -> Option<PathBuf> {
        let known = self.bridge(number).filter(|_| !self.kept.tree.is_blocked(number))?;
        found::descriptor(known).is_ok().then(|| known.dir.clone())
    }

    fn adopt_at(&mut self, number: BridgeNumber, all: &[InvitationInfo], labels: &BTreeMap<String, u32>) {
        let mut whose = self.whose(all, labels);
        // friends of friends come after these
        loop {
            let is_new = |one: &&InvitationInfo| one.used && !whose.contains_key(&one.name);
            let next = all.iter().filter(is_new).find_map(|one| Some((one, *whose.get(one.inviter.as_ref()?)?)));
            let Some((one, inviter)) = next else { return };
            let days = self.kept.day.saturating_sub(one.since_day.unwrap_or(self.kept.day));
            let days = u32::try_from(days).unwrap_or(u32::MAX);
            let Ok(person) = self.kept.tree.adopt(Person(inviter), number, days) else { return };
            self.kept.made.insert(person.0, Made { bridge: number, name: one.name.clone() });
            self.kept.friends.insert(one.name.clone(), person.0);
            whose.insert(one.name.clone(), person.0);
        }
    }

    /// What the operator's invitations say of whom they are for.
    fn labels(&self) -> BTreeMap<String, u32> {
        self.kept.tree.people().map(|person| (label(person), person.0)).collect()
    }

    /// By name, whose these invitations are: what was made for a person says so in its label, also when another was made
    /// for her since.
    fn whose(&self, all: &[InvitationInfo], labels: &BTreeMap<String, u32>) -> BTreeMap<String, u32> {
        let by_operator = all.iter().filter(|one| one.inviter.is_none());
        let mut whose: BTreeMap<String, u32> =
            by_operator.filter_map(|one| Some((one.name.clone(), *labels.get(&one.label)?))).collect();
        let friends = all.iter().filter_map(|one| Some((one.name.clone(), *self.kept.friends.get(&one.name)?)));
        whose.extend(friends);
        whose
    }
}
