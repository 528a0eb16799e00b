//! How two people become contacts (specs/06-invite.md): invite, offer, introduction, hello.

use crate::command::{CommandError, Event, Reply};
use crate::invite::{Invite, InviteError, InviteRelay, UnverifiedInvite, introduction_keys};
use crate::live::Task;
use crate::problem::ContactProblem;
use crate::receive::Fate;
use crate::record::{
    Body, ContactRecord, Hello, Introduction, InviteId, InviteRecord, MailboxPurpose, MailboxRecord, Offer, OutRecord,
    PayAddress, PeerQueue, Replica, Route, Session, TakenInvite, encode, load, out_key, save, scan, stored,
};
use crate::store::{Table, Transaction};
use crate::talk::UnsealedCell;
use crate::view::{ContactId, ContactState, NAME_CHARS_MAX};
use crate::work::{Work, contact_view};
use e2ee::conversation::{Conversation, forget_key_package, new_key_package};
use e2ee::seal::{SEAL_OVERHEAD_BYTES, derive_key, open, seal};
use mailbox::frame::{Ack, AckMailbox, Deposit, Fetch, Fetched};
use mailbox::{Cell, CellId, CellSize, ReceiveCapability, ReceiveId, Request, SendCapability};
use wire::{RelayId, Secret32, hash::domain_hash, text::clean_name};

/// Replicas of every mailbox.
pub(crate) const REPLICAS: usize = 3;
/// Contacts of one person, whoever took the first step.
const CONTACTS_MAX: usize = 2_000;
/// Invites that wait to be used.
const INVITES_MAX: usize = 100;
/// Cells in one contact's queue: more than what a sender has under way.
const QUEUE_CELLS: u32 = 512;
/// Cells in an introduction or offer mailbox.
const INTRODUCTION_CELLS: u32 = 8;
/// How long after a link's expiry an answer may still come: as long as a relay keeps a cell.
const ANSWER_MS: u64 = crate::transport::CELL_LIFETIME_MS;
/// How long the adder waits between looking for an offer that is not there.
const OFFER_PAUSE_MS: u64 = 2_000;

impl<T: Transaction> Work<'_, T> {
    /// `contact invite`
    pub(crate) fn invite(&mut self) -> Result<Reply, CommandError> {
        self.must_have_name()?;
        if scan::<InviteRecord>(self.tx, Table::Invite, &[])?.len() >= INVITES_MAX {
            return Err(CommandError::Full { what: "invites that wait", max: INVITES_MAX });
        }
        let relays = self.choose_relays()?;
        let id = InviteId(self.random16());
        let secret = self.random_secret();
        let key_package = new_key_package(self.tx.mls(), false, &mut self.rng)?;
        for relay in &relays {
            let keys = introduction_keys(&secret, relay);
            let receive = ReceiveCapability::random(&mut self.rng);
            self.make(*relay, keys.introduction_send, receive, MailboxPurpose::Introduction(id), INTRODUCTION_CELLS)?;
            let send = SendCapability::random(&mut self.rng);
            self.make(*relay, send, keys.offer_receive, MailboxPurpose::Offer(id), INTRODUCTION_CELLS)?;
        }
        let identity = self.setup.root.identity_key();
        let named = relays.into_iter().map(InviteRelay::Known).collect();
        let invite = Invite::new(&self.setup.network.genesis_hash, &identity, secret.clone(), named, self.now);
        let expires = invite.expires();
        let record = InviteRecord { id, secret, expires, key_package, offered: Vec::new() };
        save(self.tx, Table::Invite, &id.0, &record)?;
        let link = invite.to_link(&identity).map_err(crate::record::damaged)?;
        Ok(Reply::Invite { link, expires })
    }

    fn must_have_name(&self) -> Result<(), CommandError> {
        if self.profile()?.name.is_empty() { Err(CommandError::BadName) } else { Ok(()) }
    }

    /// `contact add`
    pub(crate) fn add_contact(&mut self, link: &str) -> Result<Reply, CommandError> {
        let invite = UnverifiedInvite::parse(link)?.verify(&self.setup.network.genesis_hash, self.now)?;
        self.must_have_name()?;
        let contacts = self.contacts()?;
        if contacts.len() >= CONTACTS_MAX {
            return Err(CommandError::Full { what: "contacts", max: CONTACTS_MAX });
        }
        if invite.identity() == self.setup.root.identity_key().verifying_key().as_bytes() {
            return Err(InviteError::Own.into());
        }
        let same = |one: &&ContactRecord| one.identity.as_ref() == Some(invite.identity());
        let before = contacts.iter().find(same).filter(|one| one.state != ContactState::Failed);
        if let Some(contact) = before.filter(|one| one.state != ContactState::Invited || one.session.is_some()) {
            return Err(InviteError::AlreadyContact(contact.name.clone()).into());
        }
        // whatever can refuse the link has to do so before anything is changed
        self.choose_relays()?;
        let relays: Vec<RelayId> = invite.relays().iter().filter_map(|relay| self.live.learn(relay)).collect();
        if relays.is_empty() {
            return Err(InviteError::UnknownRelays.into());
        }
        if let Some(contact) = before {
            // an earlier link that nobody's key came of is given up for the new one
            self.remove_contact(&contact.id.to_string())?;
        }
        let taken = TakenInvite {
            secret: invite.secret().clone(),
            expires: invite.expires(),
            relays: invite.relays().to_vec(),
        };
        let mut contact = self.new_contact("…")?;
        contact.identity = Some(*invite.identity());
        contact.taken = Some(taken);
        self.make_queues(contact.id)?;
        self.save_contact(&contact)?;
        for relay in relays {
            self.live.schedule(relay, Task::FetchOffer(contact.id), self.now);
        }
        self.events.push(Event::Contact(contact_view(&contact)));
        self.touched.insert(contact.id);
        Ok(Reply::Contact(contact_view(&contact)))
    }

    /// `contact remove`: the conversation, its keys and its mailboxes go too.
    pub(crate) fn remove_contact(&mut self, name: &str) -> Result<Reply, CommandError> {
        let contact = self.find_contact(name)?;
        if let Some(session) = &contact.session {
            Conversation::load(self.tx.mls(), &session.group)?.delete()?;
        }
        self.delete_mailboxes(|purpose| purpose == MailboxPurpose::Queue(contact.id))?;
        self.tx.delete_messages(contact.id).map_err(stored)?;
        for table in [Table::Waiting, Table::Inbox] {
            self.delete_all(table, &contact.id.0)?;
        }
        for ciphertext in [false, true] {
            let mut prefix = vec![u8::from(ciphertext)];
            prefix.extend_from_slice(&contact.id.0);
            self.delete_all(Table::Outbox, &prefix)?;
        }
        for table in [Table::Contact, Table::Move] {
            self.tx.delete(table, &contact.id.0).map_err(stored)?;
        }
        self.forget_expected(contact.id)?;
        self.live.receipts.remove(&contact.id);
        self.live.waiting_messages.remove(&contact.id);
        self.live.accepted.remove(&contact.id);
        self.live.drop_deposits(contact.id, 0, u64::MAX);
        self.live.drop_tasks(Task::FetchOffer(contact.id), Task::FetchOffer(contact.id));
        self.live.drop_tasks(Task::AckOffer(contact.id, 0), Task::AckOffer(contact.id, u64::MAX));
        self.events.push(Event::ContactRemoved(contact.id.to_string()));
        Ok(Reply::Done)
    }

    /// `contact rename`
    pub(crate) fn rename_contact(&mut self, name: &str, to: &str) -> Result<Reply, CommandError> {
        let mut contact = self.find_contact(name)?;
        let wanted = clean_name(to, NAME_CHARS_MAX);
        if wanted.is_empty() {
            return Err(CommandError::BadName);
        }
        if self.free_name(&wanted, Some(contact.id))? != wanted {
            return Err(CommandError::NameTaken(wanted));
        }
        contact.name = wanted;
        contact.renamed = true;
        self.save_contact(&contact)?;
        self.events.push(Event::Contact(contact_view(&contact)));
        self.touched.insert(contact.id);
        Ok(Reply::Contact(contact_view(&contact)))
    }

    fn delete_all(&mut self, table: Table, prefix: &[u8]) -> Result<(), CommandError> {
        let rows = self.tx.scan(table, prefix, crate::record::SCAN_MAX).map_err(stored)?;
        rows.iter().try_for_each(|(key, _)| self.tx.delete(table, key).map_err(stored))
    }

    pub(crate) fn new_contact(&mut self, name: &str) -> Result<ContactRecord, CommandError> {
        Ok(ContactRecord {
            id: ContactId(self.random16()),
            name: self.free_name(name, None)?,
            renamed: false,
            added: self.now,
            state: ContactState::Invited,
            problem: None,
            identity: None,
            taken: None,
            session: None,
            peer_queues: Vec::new(),
            next_out: 1,
            out_acked: 0,
            out_read: 0,
            next_in: 1,
            in_read: 0,
            in_eliciting: 0,
            ack_sent: 0,
            read_sent: 0,
            next_order: 1,
            read_order: 0,
            pay_to: None,
            own_account: None,
        })
    }

    fn make(
        &mut self,
        relay: RelayId,
        send: SendCapability,
        receive: ReceiveCapability,
        purpose: MailboxPurpose,
        quota_cells: u32,
    ) -> Result<ReceiveId, CommandError> {
        let record = MailboxRecord { relay, send, receive, purpose, quota_cells, created: false, deleting: false };
        let id = self.save_mailbox(record)?;
        self.live.schedule(relay, Task::Create(id), self.now);
        Ok(id)
    }

    /// Makes the mailboxes in which a contact's messages will arrive.
    fn make_queues(&mut self, contact: ContactId) -> Result<(), CommandError> {
        self.choose_relays()?.into_iter().try_for_each(|relay| self.make_queue(contact, relay).map(drop))
    }

    pub(crate) fn make_queue(&mut self, contact: ContactId, relay: RelayId) -> Result<ReceiveId, CommandError> {
        let send = SendCapability::random(&mut self.rng);
        let receive = ReceiveCapability::random(&mut self.rng);
        self.make(relay, send, receive, MailboxPurpose::Queue(contact), QUEUE_CELLS)
    }

    /// Deletes own mailboxes.
    fn delete_mailboxes(&mut self, which: impl Fn(MailboxPurpose) -> bool) -> Result<(), CommandError> {
        let ids: Vec<ReceiveId> =
            self.live.mailboxes.iter().filter(|(_, one)| which(one.purpose)).map(|(id, _)| *id).collect();
        ids.into_iter().try_for_each(|id| self.delete_mailbox(id))
    }

    /// Deletes an own mailbox, at once here and as soon as it can be at the relay, if that is still known.
    pub(crate) fn delete_mailbox(&mut self, id: ReceiveId) -> Result<(), CommandError> {
        let Some(mut mailbox) = self.live.mailboxes.get(&id).cloned() else { return Ok(()) };
        let Some(relay) = self.live.relays.get_mut(&mailbox.relay) else { return self.forget_mailbox(id) };
        relay.acks.remove(&id);
        relay.poll_stale = true;
        self.live.schedule(mailbox.relay, Task::Delete(id), self.now);
        mailbox.deleting = true;
        self.save_mailbox(mailbox).map(drop)
    }

    /// Invites that are too old: their mailboxes go.
    pub(crate) fn expire_invites(&mut self) -> Result<(), CommandError> {
        for (_, record) in scan::<InviteRecord>(self.tx, Table::Invite, &[])? {
            if record.expires <= self.now {
                forget_key_package(self.tx.mls(), &record.key_package)?;
                self.forget_invite(record.id)?;
            }
        }
        Ok(())
    }

    /// Contacts whose link is over and was never answered: the inviter has deleted its mailboxes (INV-13).
    pub(crate) fn expire_invited(&mut self) -> Result<(), CommandError> {
        for mut contact in self.contacts()? {
            let over = contact.taken.as_ref().is_some_and(|taken| taken.expires.plus_ms(ANSWER_MS) <= self.now);
            if contact.state == ContactState::Invited && over {
                self.fail_contact(&mut contact, ContactProblem::Expired)?;
            }
        }
        Ok(())
    }

    fn forget_invite(&mut self, id: InviteId) -> Result<(), CommandError> {
        self.tx.delete(Table::Invite, &id.0).map_err(stored)?;
        self.delete_mailboxes(|purpose| {
            purpose == MailboxPurpose::Introduction(id) || purpose == MailboxPurpose::Offer(id)
        })
    }

    /// The deposit of a key package into an own offer mailbox.
    pub(crate) fn offer_request(&mut self, id: ReceiveId) -> Result<Option<Request>, CommandError> {
        let Some(mailbox) = self.live.mailboxes.get(&id).filter(|one| !one.deleting).cloned() else { return Ok(None) };
        let MailboxPurpose::Offer(invite) = mailbox.purpose else { return Ok(None) };
        let Some(record): Option<InviteRecord> = load(self.tx, Table::Invite, &invite.0)? else { return Ok(None) };
        if record.offered.contains(&mailbox.relay) {
            return Ok(None);
        }
        let offer = Offer { key_package: record.key_package, name: self.profile()?.name };
        let key = link_key(&record.secret, "simurgh/invite-offer-cell/1", &mailbox.relay);
        let cell = self.link_cell(&key, &encode(&offer)?)?;
        let cell_id = link_cell_id(&key);
        Ok(Some(Request::Deposit(Deposit { send: mailbox.send, cell_id, cell, stamp: None })))
    }

    pub(crate) fn offered(&mut self, relay: RelayId, id: ReceiveId) -> Result<(), CommandError> {
        let Some(MailboxPurpose::Offer(invite)) = self.live.mailboxes.get(&id).map(|one| one.purpose) else {
            return Ok(());
        };
        let Some(mut record): Option<InviteRecord> = load(self.tx, Table::Invite, &invite.0)? else { return Ok(()) };
        record.offered.push(relay);
        save(self.tx, Table::Invite, &invite.0, &record)
    }

    pub(crate) fn fetch_offer_request(
        &mut self,
        contact: ContactId,
        relay: RelayId,
    ) -> Result<Option<Request>, CommandError> {
        let Some(contact) = self.contact(contact)? else { return Ok(None) };
        let (Some(taken), None) = (&contact.taken, &contact.session) else { return Ok(None) };
        if taken.expires <= self.now {
            let mut contact = contact;
            self.fail_contact(&mut contact, ContactProblem::Expired)?;
            return Ok(None);
        }
        let receive = vec![introduction_keys(&taken.secret, &relay).offer_receive];
        Ok(Some(Request::Fetch(Fetch { receive, wait_ms: 0 })))
    }

    pub(crate) fn ack_offer_request(
        &mut self,
        contact: ContactId,
        relay: RelayId,
        sequence: u64,
    ) -> Result<Option<Request>, CommandError> {
        let contact = self.contact(contact)?;
        let Some(taken) = contact.and_then(|contact| contact.taken) else { return Ok(None) };
        let receive = introduction_keys(&taken.secret, &relay).offer_receive;
        let mailboxes = vec![AckMailbox { receive, sequences: vec![sequence] }];
        Ok(Some(Request::Ack(Ack { mailboxes })))
    }

    /// There is no key package (yet).
    pub(crate) fn offer_missing(&mut self, id: ContactId) -> Result<(), CommandError> {
        let Some(mut contact) = self.contact(id)? else { return Ok(()) };
        if contact.session.is_none() && contact.problem.is_none() {
            contact.problem = Some(ContactProblem::NotThere);
            self.save_contact(&contact)?;
            self.events.push(Event::Contact(contact_view(&contact)));
        }
        Ok(())
    }

    /// The key package has come: makes the conversation and answers into the introduction mailboxes.
    pub(crate) fn offer_fetched(
        &mut self,
        relay: RelayId,
        id: ContactId,
        fetched: Fetched,
    ) -> Result<(), CommandError> {
        let Some(mut contact) = self.contact(id)? else { return Ok(()) };
        let (Some(taken), None) = (contact.taken.clone(), &contact.session) else { return Ok(()) };
        let key = link_key(&taken.secret, "simurgh/invite-offer-cell/1", &relay);
        let mut cells = fetched.mailboxes.into_iter().flat_map(|one| one.cells);
        let found = cells.find_map(|cell| {
            let content = open_link_cell(&key, cell.cell.as_bytes())?;
            Some((cell.sequence, crate::record::decode::<Offer>(&content).ok()?))
        });
        let Some((sequence, offer)) = found else {
            self.live.schedule(relay, Task::FetchOffer(id), self.now.plus_ms(OFFER_PAUSE_MS));
            return self.offer_missing(id);
        };
        let (group, cells, hello, welcome) = {
            let made = Conversation::create(self.tx.mls(), &offer.key_package, &mut self.rng);
            let (conversation, group, welcome) = match made {
                Ok(made) => made,
                Err(e2ee::Error::Refused(_)) => return self.fail_contact(&mut contact, ContactProblem::BadKey),
                Err(error) => return Err(error.into()),
            };
            (group, conversation.export("simurgh/cells/1")?, self.hello_parts(&conversation)?, welcome)
        };
        contact.session = Some(Session { group, cells, creator: true });
        contact.problem = None;
        if !contact.renamed {
            contact.name = self.free_name(&offer.name, Some(id))?;
        }
        let body = self.hello(&mut contact, hello)?;
        let sequence_out = contact.next_out;
        let ciphertext = self.encrypt(&mut contact, body)?;
        let introduction = encode(&Introduction { welcome, hello: ciphertext })?;
        self.put_introduction(&contact, &taken, sequence_out, &introduction)?;
        self.save_contact(&contact)?;
        self.live.schedule(relay, Task::AckOffer(id, sequence), self.now);
        self.events.push(Event::Contact(contact_view(&contact)));
        self.touched.insert(id);
        Ok(())
    }

    fn put_introduction(
        &mut self,
        contact: &ContactRecord,
        taken: &TakenInvite,
        sequence: u64,
        content: &[u8],
    ) -> Result<(), CommandError> {
        let replica = |relay: RelayId| Replica {
            relay,
            send: introduction_keys(&taken.secret, &relay).introduction_send,
            done: 0,
        };
        let relays = taken.relays.iter().filter_map(|relay| self.live.known(relay));
        let out = OutRecord {
            route: Route::Introduction,
            parts: 1,
            replicas: relays.map(replica).collect(),
            accepted: false,
            round: 0,
            since: self.now,
        };
        self.tx.put(Table::Outbox, &out_key(contact.id, sequence, true), content).map_err(stored)?;
        save(self.tx, Table::Outbox, &out_key(contact.id, sequence, false), &out)?;
        self.schedule_deposits(contact.id, sequence, &out);
        Ok(())
    }

    /// Somebody answered an invite.
    pub(crate) fn introduced(&mut self, relay: RelayId, invite: InviteId, cell: &[u8]) -> Result<Fate, CommandError> {
        let Some(record): Option<InviteRecord> = load(self.tx, Table::Invite, &invite.0)? else {
            return Ok(Fate::Known);
        };
        let key = link_key(&record.secret, "simurgh/invite-introduction-cell/1", &relay);
        let content = open_link_cell(&key, cell);
        let Some(introduction) = content.and_then(|bytes| crate::record::decode::<Introduction>(&bytes).ok()) else {
            return Ok(Fate::Refused);
        };
        if self.contacts()?.len() >= CONTACTS_MAX {
            return Ok(Fate::Refused);
        }
        self.introduction_opened(invite, &introduction)
    }

    fn introduction_opened(&mut self, invite: InviteId, introduction: &Introduction) -> Result<Fate, CommandError> {
        let (group, cells, plain) = {
            let joined = match Conversation::join(self.tx.mls(), &introduction.welcome) {
                Ok(joined) => joined,
                // the library has used up the key package: nobody can come by this link any more
                Err(e2ee::Error::Refused(_)) => {
                    self.forget_invite(invite)?;
                    return Ok(Fate::Refused);
                }
                Err(error) => return Err(error.into()),
            };
            let (mut conversation, group) = joined;
            (group, conversation.export("simurgh/cells/1")?, conversation.decrypt(&introduction.hello))
        };
        // the key package is used up, whatever comes of it
        self.forget_invite(invite)?;
        let plain = match plain {
            Ok(plain) => plain,
            Err(e2ee::Error::Refused(_)) => {
                Conversation::load(self.tx.mls(), &group)?.delete()?;
                return Ok(Fate::Refused);
            }
            Err(error) => return Err(error.into()),
        };
        let mut contact = self.new_contact("…")?;
        contact.session = Some(Session { group, cells, creator: false });
        contact.next_in = 2;
        self.make_queues(contact.id)?;
        if !self.take_first(&mut contact, &plain)? {
            Conversation::load(self.tx.mls(), &group)?.delete()?;
            self.delete_mailboxes(|purpose| purpose == MailboxPurpose::Queue(contact.id))?;
            return Ok(Fate::Refused);
        }
        let parts = {
            let conversation = Conversation::load(self.tx.mls(), &group)?;
            self.hello_parts(&conversation)?
        };
        let body = self.hello(&mut contact, parts)?;
        self.send_now(&mut contact, body)?;
        self.save_contact(&contact)?;
        self.events.push(Event::Contact(contact_view(&contact)));
        self.touched.insert(contact.id);
        Ok(Fate::New)
    }

    /// The adder's hello; `false` if it is not one.
    fn take_first(&mut self, contact: &mut ContactRecord, plain: &[u8]) -> Result<bool, CommandError> {
        let Some(envelope) = crate::receive::decode_envelope(plain).filter(|envelope| envelope.sequence == 1) else {
            return Ok(false);
        };
        let Body::Hello(hello) = envelope.body else { return Ok(false) };
        contact.in_eliciting = 1;
        self.hello_received(contact, hello)
    }

    /// Checks who it is and takes what a hello says; `false` if it proves nothing.
    pub(crate) fn hello_received(&mut self, contact: &mut ContactRecord, hello: Hello) -> Result<bool, CommandError> {
        let Some(session) = &contact.session else { return Ok(false) };
        let proven = {
            let conversation = Conversation::load(self.tx.mls(), &session.group)?;
            hello.proof.verify(&conversation.binding()?, &conversation.peer_leaf_key()?)
        };
        let Ok(identity) = proven else { return Ok(false) };
        if contact.identity.is_some_and(|expected| expected != identity) {
            return Ok(false);
        }
        contact.identity = Some(identity);
        let queues: Vec<PeerQueue> = hello.queues.into_iter().take(REPLICAS).collect();
        for queue in &queues {
            self.live.learn(&queue.relay);
        }
        contact.peer_queues = queues;
        contact.pay_to = Some(hello.pay_to);
        self.remember_payee(hello.pay_to, contact.id)?;
        if !contact.renamed {
            contact.name = self.free_name(&hello.name, Some(contact.id))?;
        }
        contact.state = ContactState::Connected;
        contact.problem = None;
        self.events.push(Event::Contact(contact_view(contact)));
        self.touched.insert(contact.id);
        Ok(true)
    }

    /// The answer to an introduction does not prove the identity of the link.
    pub(crate) fn impostor(&mut self, contact: &mut ContactRecord) -> Result<(), CommandError> {
        self.fail_contact(contact, ContactProblem::Impostor)
    }

    fn hello_parts(&self, conversation: &Conversation<'_, T::Mls>) -> Result<e2ee::DeviceProof, CommandError> {
        let device = self.profile()?.device;
        Ok(device.prove(&conversation.binding()?, &conversation.own_leaf_key()?))
    }

    fn hello(&mut self, contact: &mut ContactRecord, proof: e2ee::DeviceProof) -> Result<Body, CommandError> {
        let own = |one: &&MailboxRecord| one.purpose == MailboxPurpose::Queue(contact.id) && !one.deleting;
        let queue = |one: &MailboxRecord| PeerQueue { relay: InviteRelay::Known(one.relay), send: one.send.clone() };
        let queues = self.live.mailboxes.values().filter(own).map(queue).collect();
        let pay_to: PayAddress = self.fresh_account(contact)?;
        Ok(Body::Hello(Hello { name: self.profile()?.name, proof, queues, pay_to }))
    }

    fn link_cell(&mut self, key: &Secret32, content: &[u8]) -> Result<Cell, CommandError> {
        let padded =
            mailbox::cell::pad(content, CellSize::Large, SEAL_OVERHEAD_BYTES).map_err(crate::record::damaged)?;
        let sealed = seal(key, b"", &padded, &mut self.rng).map_err(crate::record::damaged)?;
        Cell::new(sealed).map_err(crate::record::damaged)
    }

    /// What a client that was just opened has to take up again.
    pub(crate) fn resume_introductions(&mut self) -> Result<(), CommandError> {
        let mailboxes: Vec<(ReceiveId, MailboxRecord)> = scan::<MailboxRecord>(self.tx, Table::Mailbox, &[])?
            .into_iter()
            .map(|(_, one)| (one.receive.id(), one))
            .collect();
        for (id, mailbox) in mailboxes {
            let task = match (mailbox.deleting, mailbox.created, mailbox.purpose) {
                (true, _, _) => Some(Task::Delete(id)),
                (false, false, _) => Some(Task::Create(id)),
                (false, true, MailboxPurpose::Offer(_)) => Some(Task::Offer(id)),
                (false, true, MailboxPurpose::Queue(_) | MailboxPurpose::Introduction(_)) => None,
            };
            if let Some(task) = task {
                self.live.schedule(mailbox.relay, task, self.now);
            }
            self.live.mailboxes.insert(id, mailbox);
        }
        for contact in self.contacts()? {
            contact.peer_queues.iter().for_each(|queue| {
                self.live.learn(&queue.relay);
            });
            let relays: Vec<InviteRelay> = contact.taken.iter().flat_map(|taken| taken.relays.clone()).collect();
            for relay in relays {
                let known = self.live.learn(&relay);
                if let (Some(known), None, ContactState::Invited) = (known, &contact.session, contact.state) {
                    self.live.schedule(known, Task::FetchOffer(contact.id), self.now);
                }
            }
        }
        Ok(())
    }
}

/// The cell of an introduction for one relay.
pub(crate) fn introduction_cell(
    contact: &ContactRecord,
    relay: &RelayId,
    content: &[u8],
) -> Result<UnsealedCell, CommandError> {
    let taken = contact.taken.as_ref().ok_or_else(|| crate::record::damaged("an introduction without a link"))?;
    let key = link_key(&taken.secret, "simurgh/invite-introduction-cell/1", relay);
    let padded = mailbox::cell::pad(content, CellSize::Large, SEAL_OVERHEAD_BYTES).map_err(crate::record::damaged)?;
    Ok(UnsealedCell { id: link_cell_id(&key), key, padded })
}

fn link_key(secret: &Secret32, label: &'static str, relay: &RelayId) -> Secret32 {
    derive_key(secret, label, &relay.0)
}

/// One cell per key, so the key names it.
fn link_cell_id(key: &Secret32) -> CellId {
    crate::talk::cut16(&domain_hash("simurgh/invite-cell-id/1", &[&key.0]))
}

fn open_link_cell(key: &Secret32, cell: &[u8]) -> Option<Vec<u8>> {
    let padded = open(key, b"", cell).ok()?;
    mailbox::cell::unpad(&padded).ok().map(<[u8]>::to_vec)
}
