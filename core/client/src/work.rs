//! One handled input: everything it may look at and change, within one transaction.

use crate::client::Setup;
use crate::command::{CommandError, Event};
use crate::live::Live;
use crate::problem::{ContactProblem, Notice};
use crate::record::{ContactRecord, MailboxRecord, PROFILE_KEY, ProfileRecord, load, save, scan, stored};
use crate::store::{MessageRow, Table, Transaction};
use crate::view::{
    Contact, ContactId, ContactState, Conversation, Message, MessageId, MessageKind, MessageState, NAME_CHARS_MAX,
    Payment, Profile,
};
use mailbox::ReceiveId;
use rand_core::CryptoRngCore;
use std::collections::BTreeSet;
use wire::{UnixMillis, text::clean_name};

pub(crate) struct Work<'a, T: Transaction> {
    pub(crate) tx: &'a mut T,
    pub(crate) rng: &'a mut dyn CryptoRngCore,
    pub(crate) now: UnixMillis,
    pub(crate) setup: &'a Setup,
    pub(crate) live: &'a mut Live,
    pub(crate) events: Vec<Event>,
    /// Conversations of which an event is due.
    pub(crate) touched: BTreeSet<ContactId>,
}

impl<T: Transaction> Work<'_, T> {
    pub(crate) fn profile(&self) -> Result<ProfileRecord, CommandError> {
        load(self.tx, Table::Profile, PROFILE_KEY)?.ok_or_else(|| CommandError::Damaged("no profile".into()))
    }

    pub(crate) fn save_profile(&mut self, profile: &ProfileRecord) -> Result<(), CommandError> {
        save(self.tx, Table::Profile, PROFILE_KEY, profile)
    }

    pub(crate) fn profile_view(&self) -> Result<Profile, CommandError> {
        let profile = self.profile()?;
        Ok(Profile {
            name: profile.name,
            network: self.setup.network.name.clone(),
            devnet: self.setup.network.devnet,
            words_saved: profile.words_saved,
            identity: *profile.device.identity(),
        })
    }

    pub(crate) fn contact(&self, id: ContactId) -> Result<Option<ContactRecord>, CommandError> {
        load(self.tx, Table::Contact, &id.0)
    }

    pub(crate) fn contacts(&self) -> Result<Vec<ContactRecord>, CommandError> {
        Ok(scan(self.tx, Table::Contact, &[])?.into_iter().map(|(_, contact)| contact).collect())
    }

    /// A contact by id or name.
    pub(crate) fn find_contact(&self, text: &str) -> Result<ContactRecord, CommandError> {
        let by_id = match text.parse() {
            Ok(id) => self.contact(id)?,
            Err(_) => None,
        };
        let found = match by_id {
            Some(contact) => Some(contact),
            None => self.contacts()?.into_iter().find(|contact| contact.name == text),
        };
        found.ok_or_else(|| CommandError::UnknownContact(text.to_owned()))
    }

    pub(crate) fn save_contact(&mut self, contact: &ContactRecord) -> Result<(), CommandError> {
        save(self.tx, Table::Contact, &contact.id.0, contact)
    }

    pub(crate) fn save_mailbox(&mut self, mailbox: MailboxRecord) -> Result<ReceiveId, CommandError> {
        let id = mailbox.receive.id();
        save(self.tx, Table::Mailbox, &id.0, &mailbox)?;
        self.live.mailboxes.insert(id, mailbox);
        Ok(id)
    }

    pub(crate) fn forget_mailbox(&mut self, id: ReceiveId) -> Result<(), CommandError> {
        self.live.mailboxes.remove(&id);
        self.tx.delete(Table::Mailbox, &id.0).map_err(stored)
    }

    pub(crate) fn random16(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.rng.fill_bytes(&mut bytes);
        bytes
    }

    pub(crate) fn random_secret(&mut self) -> wire::Secret32 {
        e2ee::root::random_secret(&mut self.rng)
    }

    /// A cleaned name that no other contact has: where it is taken, a number is added.
    pub(crate) fn free_name(&self, wanted: &str, own: Option<ContactId>) -> Result<String, CommandError> {
        let cleaned = clean_name(wanted, NAME_CHARS_MAX);
        let base = if cleaned.is_empty() {
            "?".to_owned()
        } else if is_misleading(&cleaned) {
            format!("~{cleaned}")
        } else {
            cleaned
        };
        let taken: BTreeSet<String> = self
            .contacts()?
            .into_iter()
            .filter(|contact| Some(contact.id) != own)
            .map(|contact| contact.name)
            .collect();
        if !taken.contains(&base) {
            return Ok(base);
        }
        let free = (2..u32::MAX).map(|number| format!("{base} {number}")).find(|name| !taken.contains(name));
        free.ok_or(CommandError::BadName)
    }

    pub(crate) fn message(&self, contact: ContactId, id: MessageId) -> Result<Option<MessageRow>, CommandError> {
        self.tx.message(contact, id).map_err(stored)
    }

    /// Stores a message and tells of it.
    pub(crate) fn put_message(&mut self, contact: &ContactRecord, row: &MessageRow) -> Result<(), CommandError> {
        self.tx.put_message(row).map_err(stored)?;
        self.events.push(Event::Message(message_view(contact, row)?));
        self.touched.insert(contact.id);
        Ok(())
    }

    /// Something that the program says in a conversation; its word is stored.
    pub(crate) fn put_notice(&mut self, contact: &mut ContactRecord, notice: Notice) -> Result<(), CommandError> {
        let id = MessageId(self.random16());
        let row = MessageRow {
            id,
            conversation: contact.id,
            order: take_order(contact),
            mine: false,
            at: self.now,
            state: MessageState::Received,
            kind: MessageKind::Notice,
            text: notice.word().to_owned(),
            reply_to: None,
            payment: Vec::new(),
            sequence: 0,
        };
        self.put_message(contact, &row)
    }

    /// The same, unless it was the last thing that was said.
    pub(crate) fn put_notice_once(&mut self, contact: &mut ContactRecord, notice: Notice) -> Result<(), CommandError> {
        let newest = self.tx.messages(contact.id, u64::MAX, 1).map_err(stored)?;
        let said = |row: &MessageRow| row.kind == MessageKind::Notice && row.text == notice.word();
        if newest.last().is_some_and(said) { Ok(()) } else { self.put_notice(contact, notice) }
    }

    /// A contact that can't come about.
    pub(crate) fn fail_contact(
        &mut self,
        contact: &mut ContactRecord,
        problem: ContactProblem,
    ) -> Result<(), CommandError> {
        contact.state = ContactState::Failed;
        contact.problem = Some(problem);
        self.save_contact(contact)?;
        self.events.push(Event::Contact(contact_view(contact)));
        Ok(())
    }

    /// The events that are told once per input.
    pub(crate) fn finish_events(&mut self) -> Result<(), CommandError> {
        for id in std::mem::take(&mut self.touched) {
            if let Some(contact) = self.contact(id)? {
                let view = conversation_view(self.tx, &contact)?;
                self.events.push(Event::Conversation(view));
            }
        }
        Ok(())
    }
}

/// A name that would be taken for an address or an id where either may stand (E2E-69).
fn is_misleading(name: &str) -> bool {
    crate::wallet::parse_address(name).is_ok() || name.trim().parse::<ContactId>().is_ok()
}

pub(crate) fn take_order(contact: &mut ContactRecord) -> u64 {
    let order = contact.next_order;
    contact.next_order = order.saturating_add(1);
    order
}

pub(crate) fn contact_view(contact: &ContactRecord) -> Contact {
    Contact {
        id: contact.id,
        name: contact.name.clone(),
        verified: false,
        added: contact.added,
        state: contact.state,
        problem: contact.problem,
    }
}

pub(crate) fn conversation_view(tx: &impl Transaction, contact: &ContactRecord) -> Result<Conversation, CommandError> {
    let newest = tx.messages(contact.id, u64::MAX, 1).map_err(stored)?;
    Ok(Conversation {
        id: contact.id,
        title: contact.name.clone(),
        unread: tx.unread(contact.id, contact.read_order).map_err(stored)?,
        last: newest.last().map(|row| message_view(contact, row)).transpose()?,
        state: contact.state,
    })
}

pub(crate) fn message_view(contact: &ContactRecord, row: &MessageRow) -> Result<Message, CommandError> {
    let payment: Option<Payment> =
        if row.payment.is_empty() { None } else { Some(crate::record::decode(&row.payment)?) };
    let notice = if row.kind == MessageKind::Notice { Notice::from_word(&row.text) } else { None };
    Ok(Message {
        id: row.id,
        conversation: row.conversation,
        from: if row.mine { "me".to_owned() } else { contact.name.clone() },
        mine: row.mine,
        at: row.at,
        state: row.state,
        kind: row.kind,
        text: notice.map_or_else(|| row.text.clone(), |notice| notice.sentence().to_owned()),
        notice,
        payment,
        reply_to: row.reply_to,
    })
}
