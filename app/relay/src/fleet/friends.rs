//! Who came to a bridge without the operator: one of its people has passed a link on (TRE-20).

use super::file::Made;
use super::{Fleet, found};
use crate::operator::{self, InvitationInfo};
use mailbox::tree::{BridgeNumber, Person};
use std::collections::BTreeMap;
use std::path::PathBuf;

impl Fleet {
    /// Takes those in. Whether there was anybody.
    pub(super) fn adopt(&mut self) -> bool {
        let before = self.kept.tree.people().count();
        for number in (0..u32::try_from(self.kept.bridges.len()).unwrap_or(u32::MAX)).map(BridgeNumber) {
            let all = self.reached(number).and_then(|dir| operator::invitations(&dir).ok());
            self.adopt_at(number, &all.unwrap_or_default());
        }
        self.kept.tree.people().count() > before
    }

    /// The folder of a bridge that is in use.
    fn reached(&self, number: BridgeNumber) -> Option<PathBuf> {
        let known = self.bridge(number).filter(|_| !self.kept.tree.is_blocked(number))?;
        found::descriptor(known).is_ok().then(|| known.dir.clone())
    }

    fn adopt_at(&mut self, number: BridgeNumber, all: &[InvitationInfo]) {
        let here = self.kept.made.iter().filter(|(_, made)| made.bridge == number);
        let mut people: BTreeMap<String, u32> = here.map(|(person, made)| (made.name.clone(), *person)).collect();
        // friends of friends come after these
        loop {
            let is_new = |one: &&InvitationInfo| one.used && !people.contains_key(&one.name);
            let by_whom = |one: &InvitationInfo| people.get(one.inviter.as_ref()?).copied();
            let next = all.iter().filter(is_new).find_map(|one| Some((one.name.clone(), by_whom(one)?)));
            let Some((name, inviter)) = next else { return };
            let Ok(person) = self.kept.tree.adopt(Person(inviter), number) else { return };
            self.kept.made.insert(person.0, Made { bridge: number, name: name.clone() });
            people.insert(name, person.0);
        }
    }
}
