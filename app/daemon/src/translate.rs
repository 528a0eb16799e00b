//! From the client core's words to the local API's.

use crate::{
    behaviour::{self, Used},
    person::AskError,
};
use api::{
    ApiError, Count, Event, Nano, Reason, bridge,
    bundle::{BundleExported, BundleImported},
    chain,
    local::{self, CarrierReason},
    money::{self, PaymentState},
    people::{self, ContactState, ConversationKind, MessageKind, MessageState, Spending},
};
use carrier::Carriers;
use client::{BridgeError, BundleError, CommandError, invite::InviteError, problem, view};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use wire::id::to_hex;

/// What the core says when the chain has nothing of a name; it gives no word to branch on, a test holds it to this.
const CHAIN_HAS_NOTHING: &str = "the chain has nothing of this name";
/// The same for a proof that is wrong.
const CHAIN_PROOF_WRONG: &str = "the chain node's proof is wrong";

/// What a failed question is answered with.
pub(crate) fn error(error: AskError) -> ApiError {
    let reason = match &error {
        AskError::Command(error) => reason(error),
        AskError::Chain(sentence) if sentence.starts_with(CHAIN_HAS_NOTHING) => Reason::NotFound,
        AskError::Chain(sentence) if sentence.starts_with(CHAIN_PROOF_WRONG) => Reason::BadProof,
        AskError::Chain(_) => Reason::Unreachable,
        AskError::Busy => Reason::Busy,
        AskError::Stopped => Reason::Internal,
    };
    ApiError::new(reason, sentence(&error.to_string()))
}

/// A sentence begins with a capital letter and ends with a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let begun: String = chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    if begun.ends_with(['.', '!', '?']) { begun } else { format!("{begun}.") }
}

fn reason(error: &CommandError) -> Reason {
    match error {
        CommandError::Bridge(BridgeError::Version(_)) => Reason::NewerVersion,
        CommandError::Bridge(BridgeError::Expired) => Reason::Expired,
        CommandError::Bridge(BridgeError::Signature) => Reason::LinkChanged,
        CommandError::Bridge(_) => Reason::BadLink,
        CommandError::Bundle(error) => bundle_reason(error),
        CommandError::BundleForOthers => Reason::BundleForOthers,
        CommandError::NotConnected(_) => Reason::NotConnected,
        CommandError::TooManyRecipients => Reason::BadValue,
        CommandError::UnknownContact(_)
        | CommandError::UnknownMessage
        | CommandError::UnknownTransfer
        | CommandError::UnknownBridge(_)
        | CommandError::NoBridge => Reason::NotFound,
        CommandError::IdTaken => Reason::Conflict,
        CommandError::NameTaken(_) => Reason::NameTaken,
        CommandError::BadName => Reason::BadName,
        CommandError::BadText => Reason::BadText,
        CommandError::BadAddress(_) | CommandError::BadAmount => Reason::BadValue,
        CommandError::Invite(error) => invite_reason(error),
        CommandError::Full { .. } => Reason::Full,
        CommandError::TooLittle { .. } => Reason::Insufficient,
        CommandError::NoPaymentAddress(_) => Reason::NoPaymentAddress,
        CommandError::ChainUnknown => Reason::Unreachable,
        CommandError::Transfer(_) | CommandError::NoWords => Reason::Refused,
        CommandError::TooFewRelays(_) => Reason::UnknownRelays,
        CommandError::Encryption(_) | CommandError::Store(_) | CommandError::Damaged(_) | _ => Reason::Internal,
    }
}

fn bundle_reason(error: &BundleError) -> Reason {
    match error {
        BundleError::Version(_) => Reason::NewerVersion,
        BundleError::TooLong(_) => Reason::BundleTooLong,
        BundleError::CutOff { .. } => Reason::BundleCutOff,
        BundleError::Changed | BundleError::Trailing(_) => Reason::BundleChanged,
        BundleError::NotABundle | BundleError::Malformed | _ => Reason::BadBundle,
    }
}

fn invite_reason(error: &InviteError) -> Reason {
    match error {
        InviteError::Version(_) => Reason::NewerVersion,
        InviteError::Expired => Reason::Expired,
        InviteError::OtherNetwork => Reason::OtherNetwork,
        InviteError::UnknownRelays => Reason::UnknownRelays,
        InviteError::Own => Reason::OwnLink,
        InviteError::AlreadyContact(_) => Reason::AlreadyContact,
        InviteError::Signature => Reason::LinkChanged,
        InviteError::Malformed | _ => Reason::BadLink,
    }
}

/// What the core tells, unless it is for somebody who asked.
pub(crate) fn event(event: client::Event) -> Option<Event> {
    Some(match event {
        client::Event::Message(message) => Event::Message { message: self::message(message) },
        client::Event::Conversation(conversation) => {
            Event::Conversation { conversation: self::conversation(conversation) }
        }
        client::Event::Contact(contact) => Event::Contact { contact: self::contact(contact) },
        client::Event::ContactRemoved(_) => Event::Contacts,
        client::Event::Wallet(balance) => Event::Wallet { wallet: self::balance(balance) },
        client::Event::Sent(sent) => Event::Transfer { transfer: self::sent(sent) },
        client::Event::Profile(profile) => Event::Profile { profile: self::profile(profile) },
        // These two need more than the core knows.
        client::Event::Carrier(_) | client::Event::ChainAnswer { .. } | _ => return None,
    })
}

pub(crate) fn profile(profile: view::Profile) -> people::Profile {
    people::Profile {
        name: profile.name,
        network: profile.network,
        devnet: profile.devnet,
        words_saved: profile.words_saved,
        spending: Spending::Unlocked,
    }
}

fn contact_state(state: view::ContactState) -> ContactState {
    match state {
        view::ContactState::Invited => ContactState::Invited,
        view::ContactState::Connected => ContactState::Connected,
        view::ContactState::Failed => ContactState::Failed,
    }
}

pub(crate) fn contact(contact: view::Contact) -> people::Contact {
    people::Contact {
        name: contact.name,
        verified: contact.verified,
        added_ms: contact.added.0,
        state: contact_state(contact.state),
        problem: contact.problem.map(|problem| problem.sentence().to_owned()),
        problem_code: contact.problem.map(contact_problem),
    }
}

pub(crate) fn conversation(conversation: view::Conversation) -> people::Conversation {
    people::Conversation {
        id: conversation.id.to_string(),
        title: conversation.title,
        kind: ConversationKind::Contact,
        unread: u32::try_from(conversation.unread).unwrap_or(u32::MAX),
        last: conversation.last.map(message),
        peer_state: contact_state(conversation.state),
    }
}

pub(crate) fn message(message: view::Message) -> people::Message {
    people::Message {
        id: message.id.to_string(),
        conversation: message.conversation.to_string(),
        from: message.from,
        mine: message.mine,
        at_ms: message.at.0,
        state: match message.state {
            view::MessageState::Pending => MessageState::Pending,
            view::MessageState::Accepted => MessageState::Accepted,
            view::MessageState::Delivered => MessageState::Delivered,
            view::MessageState::Read => MessageState::Read,
            view::MessageState::Failed => MessageState::Failed,
            view::MessageState::Received => MessageState::Received,
        },
        kind: match message.kind {
            view::MessageKind::Text => MessageKind::Text,
            view::MessageKind::Payment => MessageKind::Payment,
            view::MessageKind::Notice => MessageKind::Notice,
        },
        text: message.text,
        notice: message.notice.map(notice),
        payment: message.payment.map(payment),
        reply_to: message.reply_to.map(|id| id.to_string()),
    }
}

fn payment_state(state: view::PaymentState) -> PaymentState {
    match state {
        view::PaymentState::Sending => PaymentState::Sending,
        view::PaymentState::Final => PaymentState::Final,
        view::PaymentState::Failed => PaymentState::Failed,
        view::PaymentState::Promised => PaymentState::Promised,
        view::PaymentState::Unconfirmed => PaymentState::Unconfirmed,
    }
}

fn contact_problem(problem: problem::ContactProblem) -> people::ContactProblem {
    match problem {
        problem::ContactProblem::NotThere => people::ContactProblem::NotThere,
        problem::ContactProblem::Expired => people::ContactProblem::Expired,
        problem::ContactProblem::Impostor => people::ContactProblem::Impostor,
        problem::ContactProblem::BadKey => people::ContactProblem::BadKey,
    }
}

/// What a bridge said.
pub(crate) fn bridge_invitation(told: view::BridgeInvitation) -> bridge::BridgeInvitation {
    match told {
        view::BridgeInvitation::Link { link, expires, left } => {
            bridge::BridgeInvitation::Link { link, expires_ms: expires.0, left: left.into() }
        }
        view::BridgeInvitation::NotYet { from } => bridge::BridgeInvitation::NotYet { from_ms: from.0 },
        view::BridgeInvitation::NoMore => bridge::BridgeInvitation::NoMore,
        view::BridgeInvitation::Full => bridge::BridgeInvitation::Full,
        view::BridgeInvitation::Refused => bridge::BridgeInvitation::Refused,
    }
}

fn bridge_problem(problem: problem::BridgeProblem) -> bridge::BridgeProblem {
    match problem {
        problem::BridgeProblem::Used => bridge::BridgeProblem::Used,
        problem::BridgeProblem::Unreachable => bridge::BridgeProblem::Unreachable,
        problem::BridgeProblem::NotABridge => bridge::BridgeProblem::NotABridge,
    }
}

fn notice(notice: problem::Notice) -> people::Notice {
    match notice {
        problem::Notice::Unreadable => people::Notice::Unreadable,
        problem::Notice::PaymentsUnproven => people::Notice::PaymentsUnproven,
    }
}

fn payment_problem(problem: problem::PaymentProblem) -> money::PaymentProblem {
    match problem {
        problem::PaymentProblem::NotEnough => money::PaymentProblem::NotEnough,
        problem::PaymentProblem::NotInTime => money::PaymentProblem::NotInTime,
        problem::PaymentProblem::NotMade => money::PaymentProblem::NotMade,
        problem::PaymentProblem::Refused(_) => money::PaymentProblem::Refused,
    }
}

fn refusal(problem: problem::PaymentProblem) -> Option<money::ChainRefusal> {
    use money::ChainRefusal as To;
    use problem::ChainRefusal as From;
    let problem::PaymentProblem::Refused(refusal) = problem else { return None };
    Some(match refusal {
        From::TooLarge => To::TooLarge,
        From::Malformed => To::Malformed,
        From::Known => To::Known,
        From::AccountFull => To::AccountFull,
        From::PoolFull => To::PoolFull,
        From::WrongAccount => To::WrongAccount,
        From::Balance => To::Balance,
        From::AccountMissing => To::AccountMissing,
        From::WrongState => To::WrongState,
        From::Frozen => To::Frozen,
        From::SignatureDisabled => To::SignatureDisabled,
        From::Seqno => To::Seqno,
        From::WalletId => To::WalletId,
        From::BadSignature => To::BadSignature,
        From::Expired => To::Expired,
        From::NotAccepted => To::NotAccepted,
        From::Impossible => To::Impossible,
        From::NodeState => To::NodeState,
    })
}

fn payment(payment: view::Payment) -> money::Payment {
    money::Payment {
        amount: Nano(payment.amount),
        fee: Nano(payment.fee),
        state: payment_state(payment.state),
        transaction: payment.transaction.as_ref().map(to_hex),
        comment: payment.comment,
        reason: payment.reason.map(|problem| problem.to_string()),
        problem: payment.reason.map(payment_problem),
        refusal: payment.reason.and_then(refusal),
    }
}

pub(crate) fn quote(quote: view::Quote) -> money::Quote {
    money::Quote {
        amount: Nano(quote.amount),
        fee: Nano(quote.fee),
        total: Nano(quote.total),
        to: quote.to,
        balance: Nano(quote.balance),
        sufficient: quote.sufficient,
    }
}

pub(crate) fn balance(balance: view::WalletBalance) -> money::WalletBalance {
    money::WalletBalance { balance: Nano(balance.balance), pending: Nano(balance.pending) }
}

pub(crate) fn address(address: view::WalletAddress) -> money::WalletAddress {
    money::WalletAddress { address: address.address, raw: address.raw }
}

pub(crate) fn sent(sent: view::WalletSent) -> money::WalletSent {
    money::WalletSent {
        id: sent.id,
        to: sent.to,
        amount: Nano(sent.payment.amount),
        fee: Nano(sent.payment.fee),
        state: payment_state(sent.payment.state),
        transaction: sent.payment.transaction.as_ref().map(to_hex),
        reason: sent.payment.reason.map(|problem| problem.to_string()),
        problem: sent.payment.reason.map(payment_problem),
        refusal: sent.payment.reason.and_then(refusal),
    }
}

fn direction(direction: view::Direction) -> money::Direction {
    match direction {
        view::Direction::In => money::Direction::In,
        view::Direction::Out => money::Direction::Out,
    }
}

pub(crate) fn entry(entry: view::WalletEntry) -> money::WalletEntry {
    money::WalletEntry {
        hash: to_hex(&entry.hash),
        lt: Count(entry.lt),
        at_ms: entry.at.0,
        direction: direction(entry.direction),
        amount: Nano(entry.amount),
        place: Count(entry.place),
        peer: entry.peer,
        comment: entry.comment,
        fee: Nano(entry.fee),
    }
}

/// How exchanges go: the core knows the relays, the carriers know the way.
pub(crate) fn carrier(
    status: view::CarrierStatus,
    carriers: &Carriers,
    used: &Used,
    pages: usize,
) -> local::CarrierStatus {
    let way = carriers.way();
    let relay = |relay: view::RelayStatus| local::RelayStatus {
        id: relay.id,
        host: relay.host,
        bridge: relay.bridge,
        redeemed: relay.redeemed,
        used: relay.used,
        ok: relay.ok,
        last_ms: relay.last_ms,
        error: relay.error,
        problem_code: relay.problem.map(bridge_problem),
    };
    let (reason, why) = match way.reason {
        _ if status.abroad_cut => (
            CarrierReason::AbroadCut,
            "Only relays inside the country answer. What is for people inside goes on, the rest waits \
             and goes by itself when the way is open again.",
        ),
        carrier::Reason::Usual => (CarrierReason::Usual, "It is the first choice, and it works."),
        carrier::Reason::Frozen => {
            (CarrierReason::Frozen, "Longer connections freeze on this network, so short ones take turns.")
        }
        carrier::Reason::Blocked => (CarrierReason::Blocked, "The first choice does not get through on this network."),
        carrier::Reason::Narrow => {
            (CarrierReason::Narrow, "Nothing better gets through on this network: slow, texts and payments only.")
        }
        carrier::Reason::Fingerprint => (
            CarrierReason::Fingerprint,
            "Only browsers get through on this network, so the open page's browser carries the messages.",
        ),
        carrier::Reason::Trying => (CarrierReason::Trying, "Nothing has been sent yet."),
        carrier::Reason::Pinned => (CarrierReason::Pinned, "You chose it, and it works."),
        carrier::Reason::Down => (CarrierReason::Down, "Nothing gets through at present. It goes on trying."),
    };
    local::CarrierStatus {
        carrier: way.carrier.to_owned(),
        reason,
        why: why.to_owned(),
        choices: carriers.names().into_iter().map(str::to_owned).collect(),
        pinned: carriers.pinned().map(str::to_owned),
        profile: behaviour::told(used),
        relays: status.relays.into_iter().map(relay).collect(),
        pages: u32::try_from(pages).unwrap_or(u32::MAX),
        through_bridge: status.through_bridge,
        operators: status.hands.operators,
        unnamed_relays: status.hands.unnamed,
        lone_relays: status.hands.lone,
        network_relays: status.hands.relays,
        waiting: u32::try_from(status.waiting).unwrap_or(u32::MAX),
        messages_waiting: u32::try_from(status.messages_waiting).unwrap_or(u32::MAX),
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Without the name under which it is read.
pub(crate) fn bundle_made(made: &view::BundleMade) -> BundleExported {
    BundleExported {
        id: String::new(),
        bytes: number(made.bytes.len()),
        to: made.to.clone(),
        cells: number(made.cells),
        carried: number(made.carried),
        left_out: number(made.left_out),
    }
}

pub(crate) fn bundle_taken(taken: &view::BundleTaken) -> BundleImported {
    BundleImported {
        messages: number(taken.messages),
        cells: number(taken.cells),
        known: number(taken.known),
        carried: number(taken.carried),
        refused: number(taken.refused),
        no_room: number(taken.no_room),
        from_future: taken.from_future,
    }
}

pub(crate) fn chain_status(status: &view::ChainStatus, tps: Option<f64>) -> chain::ChainStatus {
    chain::ChainStatus {
        seqno: status.seqno,
        at_ms: status.at.0,
        validators: status.validators,
        genesis_hash: to_hex(&status.genesis_hash),
        tps,
    }
}

/// A shard's prefix as text.
fn shard(prefix: u64) -> String {
    format!("{prefix:016x}")
}

pub(crate) fn block_summary(block: &view::BlockSummary) -> chain::BlockSummary {
    chain::BlockSummary {
        workchain: block.workchain,
        shard: shard(block.shard),
        seqno: block.seqno,
        root_hash: to_hex(&block.root_hash),
        at_ms: block.at.0,
        transactions: block.transactions,
    }
}

pub(crate) fn block(block: view::Block) -> chain::Block {
    chain::Block {
        workchain: block.summary.workchain,
        shard: shard(block.summary.shard),
        seqno: block.summary.seqno,
        root_hash: to_hex(&block.summary.root_hash),
        at_ms: block.summary.at.0,
        transactions: block.summary.transactions,
        file_hash: to_hex(&block.file_hash),
        parent_hash: to_hex(&block.parent_hash),
        transactions_list: block.transactions.into_iter().map(transaction_summary).collect(),
    }
}

fn transaction_summary(transaction: view::TransactionSummary) -> chain::TransactionSummary {
    chain::TransactionSummary {
        hash: to_hex(&transaction.hash),
        account: transaction.account,
        lt: Count(transaction.lt),
        at_ms: transaction.at.0,
        success: transaction.success,
        value: Nano(transaction.value),
        direction: direction(transaction.direction),
    }
}

pub(crate) fn transaction(transaction: view::Transaction) -> chain::Transaction {
    let summary = transaction.summary;
    let (workchain, prefix, seqno) = transaction.block;
    chain::Transaction {
        hash: to_hex(&summary.hash),
        account: summary.account,
        lt: Count(summary.lt),
        at_ms: summary.at.0,
        success: summary.success,
        value: Nano(summary.value),
        direction: direction(summary.direction),
        exit_code: Some(transaction.exit_code),
        gas_used: Count(transaction.gas_used),
        fee: Nano(transaction.fee),
        in_message: transaction.in_message.map(chain_message),
        out_messages: transaction.out_messages.into_iter().map(chain_message).collect(),
        block: chain::BlockName { workchain, shard: shard(prefix), seqno },
    }
}

fn chain_message(message: view::ChainMessage) -> chain::ChainMessage {
    chain::ChainMessage { from: message.from, to: message.to, value: Nano(message.value), comment: message.comment }
}

pub(crate) fn account(account: view::Account) -> chain::Account {
    chain::Account {
        address: account.address,
        raw: account.raw,
        state: match account.state {
            view::AccountState::Active => chain::AccountState::Active,
            view::AccountState::Uninit => chain::AccountState::Uninit,
            view::AccountState::Frozen => chain::AccountState::Frozen,
            view::AccountState::Nonexist => chain::AccountState::Nonexist,
        },
        balance: Nano(account.balance),
        last_lt: Count(account.last_lt),
        last_hash: if account.last_lt == 0 { String::new() } else { to_hex(&account.last_hash) },
        code_hash: account.code_hash.as_ref().map(to_hex),
        verified: account.verified,
        transactions: account.transactions.into_iter().map(transaction_summary).collect(),
    }
}

/// A country as a caller says it; empty: none.
pub(crate) fn region(text: &str) -> Result<Option<wire::Region>, ApiError> {
    if text.is_empty() {
        return Ok(None);
    }
    let refused = |error: wire::region::BadRegion| ApiError::new(Reason::BadValue, format!("{error}, or empty."));
    text.parse().map(Some).map_err(refused)
}

pub(crate) fn region_status(status: &view::RegionStatus) -> local::RegionStatus {
    let relays =
        |(region, relays): &(wire::Region, u32)| local::RegionRelays { region: region.to_string(), relays: *relays };
    local::RegionStatus {
        region: status.own.map(|region| region.to_string()),
        relays: status.relays.iter().map(relays).collect(),
        unsaid: status.unsaid,
        contacts_elsewhere: status.contacts_elsewhere,
    }
}

/// Settings that this version does not know become the automatic ones.
pub(crate) fn settings(kept: &view::Settings) -> local::Settings {
    fn known<T: DeserializeOwned + Default>(word: &str) -> T {
        serde_json::from_value(Value::from(word)).unwrap_or_default()
    }
    local::Settings {
        language: known(&kept.language),
        theme: known(&kept.theme),
        digits: known(&kept.digits),
        calendar: known(&kept.calendar),
    }
}

pub(crate) fn settings_to_keep(asked: &local::Settings) -> Result<view::Settings, ApiError> {
    fn word(setting: &impl Serialize) -> Result<String, ApiError> {
        let broken = || ApiError::new(Reason::Internal, "A setting could not be written.");
        serde_json::to_value(setting).ok().and_then(|value| value.as_str().map(str::to_owned)).ok_or_else(broken)
    }
    Ok(view::Settings {
        language: word(&asked.language)?,
        theme: word(&asked.theme)?,
        digits: word(&asked.digits)?,
        calendar: word(&asked.calendar)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_has_a_reason_of_its_own() {
        let told = |command: CommandError| error(AskError::Command(command)).data.reason;
        assert_eq!(told(CommandError::NameTaken("Bob".to_owned())), Reason::NameTaken);
        assert_eq!(told(CommandError::BadName), Reason::BadName);
        assert_eq!(told(CommandError::NoPaymentAddress("Bob".to_owned())), Reason::NoPaymentAddress);
        assert_eq!(told(InviteError::Own.into()), Reason::OwnLink);
        assert_eq!(told(InviteError::AlreadyContact("Bob".to_owned()).into()), Reason::AlreadyContact);
        assert_eq!(told(InviteError::OtherNetwork.into()), Reason::OtherNetwork);
        assert_eq!(told(InviteError::Version(9).into()), Reason::NewerVersion);
        assert_eq!(told(InviteError::Expired.into()), Reason::Expired);
        assert_eq!(told(InviteError::Malformed.into()), Reason::BadLink);
        assert_eq!(told(InviteError::Signature.into()), Reason::LinkChanged);
        assert_eq!(told(InviteError::TooLong.into()), Reason::BadLink);
        assert_eq!(told(BridgeError::Malformed.into()), Reason::BadLink);
        assert_eq!(told(BridgeError::TooLong.into()), Reason::BadLink);
        assert_eq!(told(BridgeError::Signature.into()), Reason::LinkChanged);
        assert_eq!(told(BridgeError::Version(9).into()), Reason::NewerVersion);
        assert_eq!(told(BridgeError::Expired.into()), Reason::Expired);
        assert_eq!(told(CommandError::Full { what: "bridges", max: 32 }), Reason::Full);
    }

    #[test]
    fn what_the_chain_does_not_have_is_told_from_a_chain_that_is_silent() {
        let told = |sentence: &str| error(AskError::Chain(sentence.to_owned())).data.reason;
        assert_eq!(told("the chain has nothing of this name: check it"), Reason::NotFound);
        assert_eq!(told("the chain node's proof is wrong, so its answer is not shown: try again"), Reason::BadProof);
        assert_eq!(told("the chain did not answer in time: try again"), Reason::Unreachable);
        // The core's own sentences begin so.
        let core = include_str!("../../../core/client/src/explore.rs");
        assert!(core.contains(CHAIN_HAS_NOTHING) && core.contains(CHAIN_PROOF_WRONG));
    }
}
