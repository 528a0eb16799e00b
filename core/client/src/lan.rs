//! What the local network needs to know of this person (BUN-50 to BUN-58): whether it is wanted, and by what contacts
//! are known there.

use crate::command::{CommandError, Reply};
use crate::record::{load, save};
use crate::store::{Table, Transaction};
use crate::view::LanKey;
use crate::work::Work;
use e2ee::seal::derive_key;

/// Key of the switch in [`Table::Profile`].
const SWITCH: &[u8] = b"lan";

impl<T: Transaction> Work<'_, T> {
    /// Whether people on the same network are looked for.
    pub(crate) fn lan(&self) -> Result<Reply, CommandError> {
        Ok(Reply::Lan(load(self.tx, Table::Profile, SWITCH)?.unwrap_or(false)))
    }

    pub(crate) fn set_lan(&mut self, on: bool) -> Result<Reply, CommandError> {
        save(self.tx, Table::Profile, SWITCH, &on)?;
        Ok(Reply::Lan(on))
    }

    /// By what each contact is known on a network (BUN-52).
    pub(crate) fn lan_keys(&self) -> Result<Reply, CommandError> {
        let mut keys = Vec::new();
        for contact in self.contacts()? {
            let Some(session) = contact.session else { continue };
            let key = derive_key(&session.cells, "simurgh/lan/1", b"");
            keys.push(LanKey { contact: contact.id, name: contact.name, key, creator: session.creator });
        }
        Ok(Reply::LanKeys(keys))
    }
}
