// The local API's types, made from shell/api by `SIMURGH_WRITE_TYPESCRIPT=1 cargo test -p api`. Do not edit.


/**
 * Why a call failed, as one word to branch on.
 */
export type Reason = (
/**
 * The bytes are no JSON-RPC request.
 */
"bad_request" | 
/**
 * There is no such method.
 */
"no_such_method" | 
/**
 * The parameters are not what the method takes.
 */
"bad_params" | 
/**
 * `session.open` must come first, with a token or a session that is still good.
 */
"no_session" | 
/**
 * What was named does not exist.
 */
"not_found" | 
/**
 * The link can't be used: it is cut off, or no such link at all.
 */
"bad_link" | 
/**
 * The link's signature is wrong: it was changed on the way.
 */
"link_changed" | 
/**
 * The link is too old.
 */
"expired" | 
/**
 * The invite link is this person's own.
 */
"own_link" | 
/**
 * The invite link's maker is a contact already.
 */
"already_contact" | 
/**
 * The invite link was made on another network.
 */
"other_network" | 
/**
 * The link was made by a newer program.
 */
"newer_version" | 
/**
 * None of the relays that it needs is known here.
 */
"unknown_relays" | 
/**
 * The address or amount is none.
 */
"bad_value" | 
/**
 * The name is empty or too long.
 */
"bad_name" | 
/**
 * The message is empty or too long.
 */
"bad_text" | 
/**
 * Another contact has this name.
 */
"name_taken" | 
/**
 * It is already so.
 */
"conflict" | 
/**
 * As many as this program holds: something must go first.
 */
"full" | 
/**
 * The contact has not sent an address to pay to yet.
 */
"no_payment_address" | 
/**
 * The wallet does not hold enough.
 */
"insufficient" | 
/**
 * The network answered and refused.
 */
"refused" | 
/**
 * Nobody answered in time.
 */
"unreachable" | 
/**
 * A node answered, and its proof is wrong.
 */
"bad_proof" | 
/**
 * Spending is locked.
 */
"locked" | 
/**
 * Too much at once: try again later.
 */
"busy" | 
/**
 * The file is no bundle, or can't be read.
 */
"bad_bundle" | 
/**
 * The end of the bundle is missing.
 */
"bundle_cut_off" | 
/**
 * The bundle was changed or damaged on the way.
 */
"bundle_changed" | 
/**
 * The bundle is over its bound.
 */
"bundle_too_long" | 
/**
 * The bundle is sealed for somebody else.
 */
"bundle_for_others" | 
/**
 * The contact has not answered yet.
 */
"not_connected" | 
/**
 * There is no demo here.
 */
"no_demo" | 
/**
 * The part of the demo did not stop or start.
 */
"not_switched" | 
/**
 * Something is broken here.
 */
"internal");
export type I32 = number;

/**
 * The machine's half of an error.
 */
export type ErrorData = {

    /**
     * Why, as one word to branch on.
     */
    "reason": Reason;
};

/**
 * A failed call.
 */
export type ApiError = {

    /**
     * JSON-RPC's number.
     */
    "code": I32;

    /**
     * A sentence: what happened, what to do.
     */
    "message": string;

    /**
     * The machine's half.
     */
    "data": ErrorData;
};

/**
 * A 64-bit whole number (logical time, sequence, height), as a decimal string.
 */
export type Count = string;
export type U64 = number;

/**
 * How far a message has got.
 */
export type MessageState = (
/**
 * Kept here, not yet at enough relays.
 */
"pending" | 
/**
 * On disk at two of three relays: it can't be lost any more.
 */
"accepted" | 
/**
 * On disk at the other side.
 */
"delivered" | 
/**
 * Read by the other side.
 */
"read" | 
/**
 * It will not arrive; the text says why.
 */
"failed" | 
/**
 * Somebody else's message, on disk here.
 */
"received");

/**
 * What a message is.
 */
export type MessageKind = (
/**
 * Words.
 */
"text" | 
/**
 * Money.
 */
"payment" | 
/**
 * Something the program says about the conversation.
 */
"notice");

/**
 * What the program says in a conversation.
 */
export type Notice = (
/**
 * A message came that this version can't read.
 */
"unreadable" | 
/**
 * More payments were announced than the chain shows; further ones are not listed until it does.
 */
"payments_unproven");

/**
 * An amount in nanogram, as a decimal string ("12500000000" is 12.5 Gram).
 */
export type Nano = string;

/**
 * How far a payment has got.
 */
export type PaymentState = (
/**
 * On its way to a block.
 */
"sending" | 
/**
 * In a final block; nothing takes it back.
 */
"final" | 
/**
 * It did not happen; the reason says why.
 */
"failed" | 
/**
 * The chain can't be reached: nothing is paid yet, and it is made by itself when the way is open again.
 */
"promised" | 
/**
 * It was sent and the chain can't be reached: it may be paid already.
 */
"unconfirmed");

/**
 * Why a payment was not made.
 */
export type PaymentProblem = (
/**
 * There is not enough money with the fee.
 */
"not_enough" | 
/**
 * The chain did not take it in time; nothing was spent.
 */
"not_in_time" | 
/**
 * The chain did not make it; at most the fee was taken.
 */
"not_made" | 
/**
 * The chain did not take it; `refusal` says why.
 */
"refused");

/**
 * Why the chain did not take a payment.
 */
export type ChainRefusal = (
/**
 * The message is too large.
 */
"too_large" | 
/**
 * The message could not be read.
 */
"malformed" | 
/**
 * The message waits already.
 */
"known" | 
/**
 * Too many messages of this account wait.
 */
"account_full" | 
/**
 * Too many messages wait.
 */
"pool_full" | 
/**
 * The message is for another account.
 */
"wrong_account" | 
/**
 * The account has too little money.
 */
"balance" | 
/**
 * The account does not exist yet.
 */
"account_missing" | 
/**
 * The account's code is another one.
 */
"wrong_state" | 
/**
 * The account is frozen.
 */
"frozen" | 
/**
 * The account takes no signed messages.
 */
"signature_disabled" | 
/**
 * A message of another number is expected.
 */
"seqno" | 
/**
 * The message is for another wallet.
 */
"wallet_id" | 
/**
 * The signature is wrong.
 */
"bad_signature" | 
/**
 * The message came too late.
 */
"expired" | 
/**
 * The account did not accept the message.
 */
"not_accepted" | 
/**
 * The chain can't run the message.
 */
"impossible" | 
/**
 * The node can't read its own state.
 */
"node_state");

/**
 * Money in a message.
 */
export type Payment = {

    /**
     * What the receiver gets.
     */
    "amount": Nano;

    /**
     * What the chain took for it (or is expected to take, while it is being sent).
     */
    "fee": Nano;

    /**
     * How far it has got.
     */
    "state": PaymentState;

    /**
     * The transaction's hash (64 hexadecimal digits), once it is final.
     */
    "transaction": (string | null);

    /**
     * The sender's words.
     */
    "comment": string;

    /**
     * Why it failed, in English.
     */
    "reason"?: string;

    /**
     * Why it failed.
     */
    "problem"?: PaymentProblem;

    /**
     * With the problem `refused`: why the chain did not take it.
     */
    "refusal"?: ChainRefusal;
};

/**
 * One message of a conversation.
 */
export type Message = {

    /**
     * Names the message for good, the same on both sides.
     */
    "id": string;

    /**
     * The conversation it stands in.
     */
    "conversation": string;

    /**
     * "me", or the sender's name.
     */
    "from": string;

    /**
     * This person wrote it.
     */
    "mine": boolean;

    /**
     * When it was written by the sender's clock, Unix milliseconds.
     */
    "at_ms": U64;

    /**
     * How far it has got.
     */
    "state": MessageState;

    /**
     * What it is.
     */
    "kind": MessageKind;

    /**
     * The words; for a payment its comment, for a notice what it says in English.
     */
    "text": string;

    /**
     * What a notice says.
     */
    "notice"?: Notice;

    /**
     * The money, when it is a payment.
     */
    "payment"?: Payment;

    /**
     * The message it answers.
     */
    "reply_to"?: string;
};

/**
 * What sort of conversation it is.
 */
export type ConversationKind = 
/**
 * With one contact.
 */
"contact";
export type U32 = number;

/**
 * How far an acquaintance has got.
 */
export type ContactState = (
/**
 * The link was taken; the other side has not answered yet.
 */
"invited" | 
/**
 * Both sides can write.
 */
"connected" | 
/**
 * It can't come about; the contact's problem says why.
 */
"failed");

/**
 * A conversation as it stands in the list.
 */
export type Conversation = {

    /**
     * Names the conversation for good.
     */
    "id": string;

    /**
     * What it is called: with a contact, the contact's name.
     */
    "title": string;

    /**
     * What sort of conversation it is.
     */
    "kind": ConversationKind;

    /**
     * Messages received and not marked read.
     */
    "unread": U32;

    /**
     * The newest message.
     */
    "last": (Message | null);

    /**
     * How far the acquaintance with the contact has got.
     */
    "peer_state": ContactState;
};

/**
 * Why an acquaintance does not come about, or not yet.
 */
export type ContactProblem = (
/**
 * The inviter's device has not put the key there yet, or somebody else has used the link.
 */
"not_there" | 
/**
 * The link has expired.
 */
"expired" | 
/**
 * Whoever answered is not who made the link.
 */
"impostor" | 
/**
 * The key that waited at the link can't be used.
 */
"bad_key");

/**
 * Somebody this person can write to.
 */
export type Contact = {

    /**
     * The name, unique among this person's contacts.
     */
    "name": string;

    /**
     * The safety number was compared.
     */
    "verified": boolean;

    /**
     * When the contact was added, Unix milliseconds.
     */
    "added_ms": U64;

    /**
     * How far the acquaintance has got.
     */
    "state": ContactState;

    /**
     * What went wrong and what to do, or what it waits for, in English.
     */
    "problem"?: string;

    /**
     * The same as a word.
     */
    "problem_code"?: ContactProblem;
};

/**
 * What is in the wallet.
 */
export type WalletBalance = {

    /**
     * Proven by the newest final block seen.
     */
    "balance": Nano;

    /**
     * What is being sent and not yet final.
     */
    "pending": Nano;
};

/**
 * A transfer that was handed to the network.
 */
export type WalletSent = {

    /**
     * Names the transfer on this machine.
     */
    "id": string;

    /**
     * Where the money goes.
     */
    "to": string;

    /**
     * What the receiver gets.
     */
    "amount": Nano;

    /**
     * What the chain takes.
     */
    "fee": Nano;

    /**
     * How far it has got.
     */
    "state": PaymentState;

    /**
     * The transaction's hash, once it is final.
     */
    "transaction": (string | null);

    /**
     * Why it failed, in English.
     */
    "reason"?: string;

    /**
     * Why it failed.
     */
    "problem"?: PaymentProblem;

    /**
     * With the problem `refused`: why the chain did not take it.
     */
    "refusal"?: ChainRefusal;
};
export type F64 = number;

/**
 * The newest final block this person knows.
 */
export type ChainStatus = {

    /**
     * The masterchain block's number.
     */
    "seqno": U32;

    /**
     * When it was made, Unix milliseconds.
     */
    "at_ms": U64;

    /**
     * How many validators there are.
     */
    "validators": U32;

    /**
     * The network's genesis.
     */
    "genesis_hash": string;

    /**
     * Transactions a second over the last blocks.
     */
    "tps"?: F64;
};

/**
 * Why a carrier is used.
 */
export type CarrierReason = (
/**
 * It is the first choice.
 */
"usual" | 
/**
 * Connections that are kept freeze after some kilobytes.
 */
"frozen" | 
/**
 * A better carrier does not get through.
 */
"blocked" | 
/**
 * The same, and this one takes texts and payments alone.
 */
"narrow" | 
/**
 * Only browsers get through, and the open page's is used.
 */
"fingerprint" | 
/**
 * Nothing has worked yet.
 */
"trying" | 
/**
 * Nothing works.
 */
"down" | 
/**
 * Relays inside the country answer, those abroad don't, whatever way is tried.
 */
"abroad_cut" | 
/**
 * This person chose it.
 */
"pinned");

/**
 * Where the carrier profile in use comes from.
 */
export type ProfileSource = (
/**
 * It is the program's own.
 */
"built_in" | 
/**
 * It is in the network file.
 */
"network" | 
/**
 * It is in the profile's folder.
 */
"folder");

/**
 * A carrier profile that can't be used.
 */
export type RefusedProfile = {

    /**
     * Where it is: a path, or the network file.
     */
    "place": string;

    /**
     * Why, in English.
     */
    "why": string;
};

/**
 * The carrier profile in use.
 */
export type CarrierProfile = {

    /**
     * Its number; newer ones have higher numbers, the program's own has 0.
     */
    "number": U64;

    /**
     * Where it comes from.
     */
    "source": ProfileSource;

    /**
     * One that is there and can't be used; absent: there is none.
     */
    "refused"?: RefusedProfile;
};

/**
 * Why a bridge can't be used yet, or not at all.
 */
export type BridgeProblem = (
/**
 * The link was used by somebody else, or is too old.
 */
"used" | 
/**
 * Nobody answers where the link leads. It is tried again.
 */
"unreachable" | 
/**
 * Whoever answers there is not the relay that the link names. It is tried again.
 */
"not_a_bridge");

/**
 * How a relay answered last.
 */
export type RelayStatus = {

    /**
     * The relay's id.
     */
    "id": string;

    /**
     * Where it is.
     */
    "host": string;

    /**
     * It is a bridge: on no list, this person was invited to it.
     */
    "bridge": boolean;

    /**
     * It is a bridge, and its link was redeemed: it can be used.
     */
    "redeemed": boolean;

    /**
     * It was used since the daemon began; before, nothing is known of it.
     */
    "used": boolean;

    /**
     * It was used, and the last exchange with it succeeded.
     */
    "ok": boolean;

    /**
     * How long the last exchange that did not wait on purpose took, in milliseconds.
     */
    "last_ms": U64;

    /**
     * What went wrong.
     */
    "error"?: string;

    /**
     * Why the link of a bridge is not redeemed: the same as a word.
     */
    "problem_code"?: BridgeProblem;
};

/**
 * How bytes leave this machine.
 */
export type CarrierStatus = {

    /**
     * The name of the carrier that is used: `https`, `https-rotating`, `browser`, `dns`.
     */
    "carrier": string;

    /**
     * Why this one.
     */
    "reason": CarrierReason;

    /**
     * The same as a sentence.
     */
    "why": string;

    /**
     * The names of all carriers, the first choice first.
     */
    "choices": (string)[];

    /**
     * The one that this person chose; absent: whichever works.
     */
    "pinned"?: string;

    /**
     * The carrier profile in use: how the carriers behave.
     */
    "profile": CarrierProfile;

    /**
     * The relays this person uses.
     */
    "relays": (RelayStatus)[];

    /**
     * Open pages that lend their browser: the carrier `browser` needs one.
     */
    "pages": U32;

    /**
     * Messages go through bridges, because no relay of the network can be reached.
     */
    "through_bridge": boolean;

    /**
     * Operators that sign for relays of the network.
     */
    "operators": U32;

    /**
     * Relays of the network for which no operator signs.
     */
    "unnamed_relays": U32;

    /**
     * Relays of the network from which no other one is apart, by operator, host or block of addresses.
     */
    "lone_relays": U32;

    /**
     * Relays of the network.
     */
    "network_relays": U32;

    /**
     * Deposits that no relay has taken yet: a message has one for each relay where it is to lie.
     */
    "waiting": U32;

    /**
     * This person's messages that are not safe at the relays yet.
     */
    "messages_waiting": U32;
};

/**
 * A validator or a relay of the demo.
 */
export type DemoPart = {

    /**
     * Its id.
     */
    "id": string;

    /**
     * It runs.
     */
    "running": boolean;
};

/**
 * A person of the demo.
 */
export type DemoPerson = {

    /**
     * The name.
     */
    "name": string;

    /**
     * The address of their page.
     */
    "page": string;
};

/**
 * What the demo's page shows and switches.
 */
export type DemoStatus = {

    /**
     * The validators, in the order of their index.
     */
    "validators": (DemoPart)[];

    /**
     * The relays, in the order of their index.
     */
    "relays": (DemoPart)[];

    /**
     * The newest final masterchain block.
     */
    "height": Count;

    /**
     * The people. In an answer to `demo.status` each page's address carries a fresh token, in an event none.
     */
    "people": (DemoPerson)[];
};

/**
 * Whether money can be spent now.
 */
export type Spending = (
/**
 * Yes.
 */
"unlocked" | 
/**
 * Not before the passphrase is given.
 */
"locked");

/**
 * The person to whom this daemon belongs.
 */
export type Profile = {

    /**
     * The name that contacts see first; empty until `profile.create` gave one.
     */
    "name": string;

    /**
     * The network's name.
     */
    "network": string;

    /**
     * Money on this network is without worth.
     */
    "devnet": boolean;

    /**
     * The person said that the 24 words are written down.
     */
    "words_saved": boolean;

    /**
     * Whether money can be spent now.
     */
    "spending": Spending;
};

/**
 * Something that changed. The new value is whole: a client replaces what it had.
 */
export type Event = (({

    /**
     * A message was added or changed.
     */
    "kind": "message";
} & {

    /**
     * The message.
     */
    "message": Message;
}) | ({

    /**
     * A conversation was added or changed.
     */
    "kind": "conversation";
} & {

    /**
     * The conversation.
     */
    "conversation": Conversation;
}) | ({

    /**
     * A contact was added or changed.
     */
    "kind": "contact";
} & {

    /**
     * The contact.
     */
    "contact": Contact;
}) | {

    /**
     * Contacts or conversations were removed or renamed: read both lists again.
     */
    "kind": "contacts";
} | ({

    /**
     * Money moved.
     */
    "kind": "wallet";
} & {

    /**
     * What is in the wallet now.
     */
    "wallet": WalletBalance;
}) | ({

    /**
     * A transfer of `wallet.send` got further.
     */
    "kind": "transfer";
} & {

    /**
     * The transfer.
     */
    "transfer": WalletSent;
}) | ({

    /**
     * A block became final.
     */
    "kind": "chain";
} & {

    /**
     * The newest block.
     */
    "chain": ChainStatus;
}) | ({

    /**
     * A relay began or ceased to answer.
     */
    "kind": "carrier";
} & {

    /**
     * How bytes leave this machine now.
     */
    "carrier": CarrierStatus;
}) | ({

    /**
     * Something of the demo was stopped or started, or its chain went on.
     */
    "kind": "demo";
} & {

    /**
     * The demo now; its pages' addresses carry no tokens.
     */
    "demo": DemoStatus;
}) | ({

    /**
     * The person changed something about themselves.
     */
    "kind": "profile";
} & {

    /**
     * The profile now.
     */
    "profile": Profile;
}) | {

    /**
     * Events were lost because this client was too slow: read everything shown again.
     */
    "kind": "resync";
});

/**
 * An event with its place in the daemon's order.
 */
export type NumberedEvent = {

    /**
     * Rises by one with each event; a gap means that events were lost.
     */
    "seq": Count;

    /**
     * What happened.
     */
    "event": Event;
};

/**
 * What a client that lends is to do.
 */
export type Order = (({

    /**
     * POST this, without cookies, and bring the answer.
     */
    "kind": "fetch";
} & {

    /**
     * Names the order.
     */
    "id": Count;

    /**
     * Where.
     */
    "url": string;

    /**
     * What to send, in base64.
     */
    "body": string;
}) | ({

    /**
     * Find out whether anybody answers there: an answer that can't be read is one.
     */
    "kind": "look";
} & {

    /**
     * Names the order.
     */
    "id": Count;

    /**
     * Where.
     */
    "url": string;
}) | ({

    /**
     * Give an order up.
     */
    "kind": "abort";
} & {

    /**
     * Its name.
     */
    "id": Count;
}));

/**
 * Opens a session: with the page address's token the first time, with the session's secret after that.
 */
export type SessionOpen = {

    /**
     * The token of the page's address, good once.
     */
    "token"?: string;

    /**
     * The secret that an earlier `session.open` gave.
     */
    "session"?: string;
};

/**
 * An open session.
 */
export type Session = {

    /**
     * The secret with which the same tab opens the session again.
     */
    "session": string;
};

/**
 * No parameters.
 */
export type Nothing = {
};

/**
 * An address of the page, good once.
 */
export type Page = {

    /**
     * The address, with a token in its fragment.
     */
    "page": string;
};

/**
 * Gives the person a name.
 */
export type ProfileName = {

    /**
     * The name that contacts see first.
     */
    "name": string;
};

/**
 * A link that makes whoever opens it a contact; good once.
 */
export type Invite = {

    /**
     * The link.
     */
    "link": string;

    /**
     * After this the link is refused, Unix milliseconds.
     */
    "expires_ms": U64;
};

/**
 * Takes an invite link.
 */
export type ContactAdd = {

    /**
     * The link as it was received.
     */
    "link": string;
};

/**
 * Gives a contact another name.
 */
export type ContactRename = {

    /**
     * The present name.
     */
    "name": string;

    /**
     * The new name.
     */
    "to": string;
};

/**
 * Removes a contact.
 */
export type ContactRemove = {

    /**
     * The contact's name.
     */
    "name": string;
};

/**
 * Reads a conversation backwards, a page at a time.
 */
export type MessageList = {

    /**
     * The conversation's id, or a contact's name.
     */
    "conversation": string;

    /**
     * Only messages before this one.
     */
    "before"?: string;

    /**
     * At most so many (200 at the most).
     */
    "limit": U32;
};

/**
 * Writes a message.
 */
export type MessageSend = {

    /**
     * The conversation's id, or a contact's name.
     */
    "conversation": string;

    /**
     * The words.
     */
    "text": string;

    /**
     * The message it answers.
     */
    "reply_to"?: string;

    /**
     * The caller's id for it, 32 hexadecimal digits: called again with it, the message is answered and not sent again.
     */
    "id"?: string;
};

/**
 * Marks a conversation read.
 */
export type MessageMarkRead = {

    /**
     * The conversation's id, or a contact's name.
     */
    "conversation": string;

    /**
     * The last message that was read.
     */
    "up_to": string;
};

/**
 * Searches every message's words.
 */
export type MessageSearch = {

    /**
     * Words that must all occur; the last may be unfinished.
     */
    "query": string;

    /**
     * At most so many (200 at the most).
     */
    "limit": U32;
};

/**
 * Asks what a payment would cost: to a conversation or to an address, not both.
 */
export type PaymentQuote = {

    /**
     * The conversation's id, or a contact's name.
     */
    "conversation"?: string;

    /**
     * An address.
     */
    "to"?: string;

    /**
     * What the receiver shall get.
     */
    "amount": Nano;

    /**
     * Words to go with it: they cost a little.
     */
    "comment"?: string;
};

/**
 * What a payment would cost.
 */
export type Quote = {

    /**
     * What the receiver gets.
     */
    "amount": Nano;

    /**
     * What the chain is expected to take.
     */
    "fee": Nano;

    /**
     * Both together.
     */
    "total": Nano;

    /**
     * Where the money goes: a name or an address.
     */
    "to": string;

    /**
     * What is in the wallet now.
     */
    "balance": Nano;

    /**
     * Whether the balance covers the total.
     */
    "sufficient": boolean;
};

/**
 * Pays in a conversation.
 */
export type PaymentSend = {

    /**
     * The conversation's id, or a contact's name.
     */
    "conversation": string;

    /**
     * What the receiver shall get.
     */
    "amount": Nano;

    /**
     * Words to go with it.
     */
    "comment"?: string;

    /**
     * The caller's id for it, 32 hexadecimal digits: called again with it, the payment is answered and not made again.
     */
    "id"?: string;
};

/**
 * Where the wallet is on the chain.
 */
export type WalletAddress = {

    /**
     * To be shown to people.
     */
    "address": string;

    /**
     * `workchain:hash`.
     */
    "raw": string;
};

/**
 * Pays an address or a contact.
 */
export type WalletSend = {

    /**
     * An address, or a contact's name.
     */
    "to": string;

    /**
     * What the receiver shall get.
     */
    "amount": Nano;

    /**
     * Words to go with it: to an address readable by everybody on the chain, to a contact in the conversation only.
     */
    "comment"?: string;

    /**
     * The caller's id for it, 32 hexadecimal digits: called again with it, the transfer is answered and not made
     * again.
     */
    "id"?: string;
};

/**
 * Asks how far a transfer has got.
 */
export type WalletTransfer = {

    /**
     * The id that `wallet.send` gave.
     */
    "id": string;
};

/**
 * Reads the wallet's history backwards.
 */
export type WalletHistory = {

    /**
     * Only transfers before this logical time; with `before_place` only those after that entry.
     */
    "before_lt"?: Count;

    /**
     * The place of the last entry that the caller has, whose logical time is `before_lt`.
     */
    "before_place"?: Count;

    /**
     * At most so many (200 at the most).
     */
    "limit": U32;
};

/**
 * Which way money went.
 */
export type Direction = (
/**
 * To the account.
 */
"in" | 
/**
 * From the account.
 */
"out");

/**
 * One transfer of the wallet's history.
 */
export type WalletEntry = {

    /**
     * The transaction's hash, 64 hexadecimal digits.
     */
    "hash": string;

    /**
     * The transaction's logical time.
     */
    "lt": Count;

    /**
     * When its block was made, Unix milliseconds.
     */
    "at_ms": U64;

    /**
     * Which way the money went.
     */
    "direction": Direction;

    /**
     * How much.
     */
    "amount": Nano;

    /**
     * Tells entries of one logical time apart: `lt` and `place` name an entry for good.
     */
    "place": Count;

    /**
     * The other side: a contact's name or an address.
     */
    "peer": string;

    /**
     * The sender's words.
     */
    "comment": string;

    /**
     * What the chain took from this wallet.
     */
    "fee": Nano;
};

/**
 * The 24 words from which every key of this person comes.
 */
export type WalletWords = {

    /**
     * The words, in order.
     */
    "words": (string)[];
};

/**
 * Lists masterchain blocks, newest first.
 */
export type ChainBlocks = {

    /**
     * Only blocks before this number.
     */
    "before"?: U32;

    /**
     * At most so many (100 at the most).
     */
    "limit": U32;
};

/**
 * A block in a list.
 */
export type BlockSummary = {

    /**
     * −1 is the masterchain, 0 the basechain.
     */
    "workchain": I32;

    /**
     * The shard's prefix.
     */
    "shard": string;

    /**
     * The block's number in its shard.
     */
    "seqno": U32;

    /**
     * Hash of the block's root cell.
     */
    "root_hash": string;

    /**
     * When it was made, Unix milliseconds.
     */
    "at_ms": U64;

    /**
     * How many transactions are in it.
     */
    "transactions": U32;
};

/**
 * Names a block.
 */
export type ChainBlock = {

    /**
     * −1 is the masterchain, 0 the basechain.
     */
    "workchain": I32;

    /**
     * The shard's prefix; the whole workchain when it is left out.
     */
    "shard"?: string;

    /**
     * The block's number in its shard.
     */
    "seqno": U32;
};

/**
 * A transaction in a list.
 */
export type TransactionSummary = {

    /**
     * The transaction's hash.
     */
    "hash": string;

    /**
     * Whose it is.
     */
    "account": string;

    /**
     * Its logical time.
     */
    "lt": Count;

    /**
     * When its block was made, Unix milliseconds.
     */
    "at_ms": U64;

    /**
     * Neither aborted nor thrown.
     */
    "success": boolean;

    /**
     * The money it moved.
     */
    "value": Nano;

    /**
     * Which way, seen from the account.
     */
    "direction": Direction;
};

/**
 * A block with what is in it.
 */
export type Block = {

    /**
     * −1 is the masterchain, 0 the basechain.
     */
    "workchain": I32;

    /**
     * The shard's prefix.
     */
    "shard": string;

    /**
     * The block's number in its shard.
     */
    "seqno": U32;

    /**
     * Hash of the block's root cell.
     */
    "root_hash": string;

    /**
     * When it was made, Unix milliseconds.
     */
    "at_ms": U64;

    /**
     * How many transactions are in it.
     */
    "transactions": U32;

    /**
     * Hash of the block's bytes.
     */
    "file_hash": string;

    /**
     * Root hash of the block before.
     */
    "parent_hash": string;

    /**
     * The transactions, in order of logical time.
     */
    "transactions_list": (TransactionSummary)[];
};

/**
 * Names an account.
 */
export type ChainAccount = {

    /**
     * Its address, raw or as shown to people.
     */
    "address": string;
};

/**
 * What state an account is in.
 */
export type AccountState = (
/**
 * It has code.
 */
"active" | 
/**
 * It has a balance and no code yet.
 */
"uninit" | 
/**
 * It owes storage fees.
 */
"frozen" | 
/**
 * Nothing was ever there.
 */
"nonexist");

/**
 * An account.
 */
export type Account = {

    /**
     * To be shown to people.
     */
    "address": string;

    /**
     * `workchain:hash`.
     */
    "raw": string;

    /**
     * What state it is in.
     */
    "state": AccountState;

    /**
     * What it holds.
     */
    "balance": Nano;

    /**
     * Logical time of its newest transaction.
     */
    "last_lt": Count;

    /**
     * Hash of its newest transaction; empty when there is none.
     */
    "last_hash": string;

    /**
     * Hash of its code.
     */
    "code_hash": (string | null);

    /**
     * State and balance were proven from a block that the validators signed.
     */
    "verified": boolean;

    /**
     * The newest transactions.
     */
    "transactions": (TransactionSummary)[];
};

/**
 * Names a transaction.
 */
export type ChainTransaction = {

    /**
     * Its hash.
     */
    "hash": string;
};

/**
 * A message of a transaction.
 */
export type ChainMessage = {

    /**
     * The sender; `null` when it came from outside the chain.
     */
    "from": (string | null);

    /**
     * The receiver; `null` when it left the chain.
     */
    "to": (string | null);

    /**
     * The money in it.
     */
    "value": Nano;

    /**
     * Its words, when it carries any.
     */
    "comment": string;
};

/**
 * A block's name.
 */
export type BlockName = {

    /**
     * −1 is the masterchain, 0 the basechain.
     */
    "workchain": I32;

    /**
     * The shard's prefix.
     */
    "shard": string;

    /**
     * The block's number in its shard.
     */
    "seqno": U32;
};

/**
 * A transaction with its messages.
 */
export type Transaction = {

    /**
     * The transaction's hash.
     */
    "hash": string;

    /**
     * Whose it is.
     */
    "account": string;

    /**
     * Its logical time.
     */
    "lt": Count;

    /**
     * When its block was made, Unix milliseconds.
     */
    "at_ms": U64;

    /**
     * Neither aborted nor thrown.
     */
    "success": boolean;

    /**
     * The money it moved.
     */
    "value": Nano;

    /**
     * Which way, seen from the account.
     */
    "direction": Direction;

    /**
     * The TVM's exit code; `null` when no code ran.
     */
    "exit_code": (I32 | null);

    /**
     * Gas used by the TVM.
     */
    "gas_used": Count;

    /**
     * What the chain took.
     */
    "fee": Nano;

    /**
     * What set it off.
     */
    "in_message": (ChainMessage | null);

    /**
     * What it sent.
     */
    "out_messages": (ChainMessage)[];

    /**
     * The block that holds it.
     */
    "block": BlockName;
};

/**
 * Searches the chain.
 */
export type ChainSearch = {

    /**
     * A block's number, a transaction's hash or an address.
     */
    "query": string;
};

/**
 * What a search in the explorer found.
 */
export type Found = (({

    /**
     * A block.
     */
    "kind": "block";
} & {

    /**
     * The block.
     */
    "block": BlockName;
}) | ({

    /**
     * An account.
     */
    "kind": "account";
} & {

    /**
     * Its address.
     */
    "address": string;
}) | ({

    /**
     * A transaction.
     */
    "kind": "transaction";
} & {

    /**
     * Its hash.
     */
    "hash": string;
}) | {

    /**
     * Nothing goes by that.
     */
    "kind": "nothing";
});

/**
 * A bridge link to take.
 */
export type BridgeAdd = {

    /**
     * The link, as it was received.
     */
    "link": string;
};

/**
 * A bridge to ask for a link for a friend.
 */
export type BridgeInvite = {

    /**
     * The relay's id; without one a bridge that answers.
     */
    "id"?: string;
};

/**
 * A link to a bridge for a friend, or why there is none.
 */
export type BridgeInvitation = (({

    /**
     * A link for one friend. The bridge gives the same until somebody has used it.
     */
    "kind": "link";
} & {

    /**
     * The link.
     */
    "link": string;

    /**
     * When it stops working.
     */
    "expires_ms": U64;

    /**
     * How many more the bridge will give this person, ever.
     */
    "left": U32;
}) | ({

    /**
     * The bridge gives the next link then.
     */
    "kind": "not_yet";
} & {

    /**
     * When.
     */
    "from_ms": U64;
}) | {

    /**
     * The bridge has given this person all of hers.
     */
    "kind": "no_more";
} | {

    /**
     * The bridge gives no more links for friends to anybody.
     */
    "kind": "full";
} | {

    /**
     * It gave no link to itself: its program is older, or it lets this person in no more.
     */
    "kind": "refused";
});

/**
 * A bridge to forget.
 */
export type BridgeRemove = {

    /**
     * The relay's id.
     */
    "id": string;
};

/**
 * Begins or ends to lend.
 */
export type CarrierLend = {

    /**
     * Whether this client takes orders.
     */
    "on": boolean;
};
export type U16 = number;

/**
 * What came of an order.
 */
export type FetchOutcome = (({

    /**
     * A piece of the answer.
     */
    "kind": "answer";
} & {

    /**
     * The HTTP status; 0 when it can't be read.
     */
    "status": U16;

    /**
     * The next bytes of the answer, in base64.
     */
    "body": string;

    /**
     * Another piece follows. It is sent when this one has been taken.
     */
    "more": boolean;
}) | ({

    /**
     * Nothing came.
     */
    "kind": "failed";
} & {

    /**
     * What the browser says of it.
     */
    "why": string;
}));

/**
 * What came of an order.
 */
export type CarrierFetched = {

    /**
     * The order.
     */
    "id": Count;

    /**
     * What came.
     */
    "outcome": FetchOutcome;
};

/**
 * Which carrier is to be used.
 */
export type CarrierUse = {

    /**
     * Its name, or `auto`: whichever works.
     */
    "name": string;
};

/**
 * A field of a carrier profile.
 */
export type ProfileField = {

    /**
     * Its name.
     */
    "name": string;

    /**
     * Its value, as JSON.
     */
    "value": string;
};

/**
 * The carrier profile in use, with what it says.
 */
export type CarrierProfileFields = {

    /**
     * Which it is.
     */
    "profile": CarrierProfile;

    /**
     * What it says, field by field.
     */
    "fields": (ProfileField)[];
};

/**
 * A signed carrier profile.
 */
export type ProfileInstall = {

    /**
     * The line that whoever runs the network passes on.
     */
    "profile": string;
};

/**
 * Asks how people on the same network are reached, or turns it on or off.
 */
export type LanSwitch = {

    /**
     * Left out: it stays as it is.
     */
    "on"?: boolean;
};

/**
 * How people on the same network are reached.
 */
export type LanStatus = {

    /**
     * They are looked for, and can see that somebody looks.
     */
    "on": boolean;

    /**
     * Contacts who are here now.
     */
    "contacts": (string)[];

    /**
     * How many are here that run this program too, strangers among them.
     */
    "neighbours": U32;

    /**
     * Why it can't be done, in English.
     */
    "problem"?: string;
};

/**
 * Asks in which country this person has said to be, or says so.
 */
export type RegionSet = {

    /**
     * Two letters (ISO 3166-1), or empty: it is not said. Left out: it stays as it is.
     */
    "region"?: string;
};

/**
 * How many relays say that they are in a country.
 */
export type RegionRelays = {

    /**
     * The country, as two letters.
     */
    "region": string;

    /**
     * Relays there.
     */
    "relays": U32;
};

/**
 * Where this person has said to be, and where the network's relays say they are.
 */
export type RegionStatus = {

    /**
     * The country, as two letters; absent: it is not said.
     */
    "region"?: string;

    /**
     * The countries of relays.
     */
    "relays": (RegionRelays)[];

    /**
     * Relays that don't say.
     */
    "unsaid": U32;

    /**
     * Contacts whose messages to this person all lie outside the country, although relays are in it: they have not
     * answered yet that they write to the mailboxes there (E2E-80).
     */
    "contacts_elsewhere": U32;
};

/**
 * What a bundle shall hold.
 */
export type BundleExport = {

    /**
     * Contacts that it is sealed for, by name or id; none: it is open.
     */
    "to"?: (string)[];

    /**
     * What is for others goes in too. An open bundle holds it anyway.
     */
    "carry"?: boolean;

    /**
     * Bytes that it may have; left out: as many as a file may.
     */
    "bytes_max"?: U32;
};

/**
 * A bundle that was made; `bundle.read` gives it.
 */
export type BundleExported = {

    /**
     * What `bundle.read` asks for it by. A few are kept; the oldest gives way.
     */
    "id": string;

    /**
     * Its length.
     */
    "bytes": U32;

    /**
     * Whom it is sealed for; nobody: it is open.
     */
    "to": (string)[];

    /**
     * Cells of this person's own messages in it: parts of messages, receipts, introductions.
     */
    "cells": U32;

    /**
     * Cells in it that are carried for others.
     */
    "carried": U32;

    /**
     * Cells for which there was no room.
     */
    "left_out": U32;
};

/**
 * Asks for a piece of a bundle.
 */
export type BundleRead = {

    /**
     * Which bundle.
     */
    "id": string;

    /**
     * From which byte on.
     */
    "offset": U32;
};

/**
 * A piece of a bundle.
 */
export type BundlePart = {

    /**
     * At most 256 KiB, as base64.
     */
    "data": string;

    /**
     * There is no more.
     */
    "end": boolean;
};

/**
 * Announces a bundle.
 */
export type BundleBegin = {

    /**
     * Its length.
     */
    "bytes": U32;
};

/**
 * A bundle that is to come.
 */
export type BundleBegun = {

    /**
     * What `bundle.write` and `bundle.import` name it by.
     */
    "id": string;
};

/**
 * The next piece of a bundle.
 */
export type BundleWrite = {

    /**
     * Which bundle.
     */
    "id": string;

    /**
     * How many bytes are there already.
     */
    "offset": U32;

    /**
     * At most 256 KiB, as base64.
     */
    "data": string;
};

/**
 * Takes a bundle that is there whole.
 */
export type BundleImport = {

    /**
     * Which bundle.
     */
    "id": string;
};

/**
 * What became of a bundle.
 */
export type BundleImported = {

    /**
     * Messages to this person that are new.
     */
    "messages": U32;

    /**
     * Cells that are new: parts of messages, receipts, introductions.
     */
    "cells": U32;

    /**
     * Cells that had come before.
     */
    "known": U32;

    /**
     * Cells that are carried for others from now on.
     */
    "carried": U32;

    /**
     * Cells that are of no use here: they do not open, or nobody may deposit them.
     */
    "refused": U32;

    /**
     * Cells for others for which there is no room.
     */
    "no_room": U32;

    /**
     * It says to be from the future: one of the two clocks is wrong.
     */
    "from_future": boolean;
};

/**
 * Asks for a frame of a bundle that was made.
 */
export type BundleFrameGet = {

    /**
     * Which bundle.
     */
    "id": string;

    /**
     * Which frame, counted from 0.
     */
    "index": U32;
};

/**
 * A QR code without its quiet zone.
 */
export type Qr = {

    /**
     * Modules along a side.
     */
    "size": U32;

    /**
     * `size` × `size` of `0` (light) and `1` (dark), row by row.
     */
    "modules": string;
};

/**
 * A frame of a bundle, to be shown as a QR code among the others.
 */
export type BundleFrame = {

    /**
     * How many frames there are.
     */
    "total": U32;

    /**
     * What the code holds.
     */
    "text": string;

    /**
     * The code.
     */
    "qr": Qr;
};

/**
 * Brings what a QR code held.
 */
export type BundleScan = {

    /**
     * The collection that it goes to; left out: a new one.
     */
    "id"?: string;

    /**
     * What the code held.
     */
    "frame": string;
};

/**
 * How far a collection of frames has come.
 */
export type BundleScanned = {

    /**
     * What the collection goes by; when it is whole, `bundle.import` takes it.
     */
    "id": string;

    /**
     * How many frames are there.
     */
    "have": U32;

    /**
     * How many there will be.
     */
    "total": U32;

    /**
     * The code was of another bundle, and changed nothing.
     */
    "other": boolean;

    /**
     * All are there.
     */
    "whole": boolean;
};

/**
 * Who may sign programs.
 */
export type BundlePrograms = {

    /**
     * The network's key for it, 64 hexadecimal digits; none: no program is passed on in this network.
     */
    "key": (string | null);
};

/**
 * What can be stopped and started in the demo.
 */
export type DemoKind = (
/**
 * A validator.
 */
"validator" | 
/**
 * A relay.
 */
"relay");

/**
 * Stops or starts a part of the demo.
 */
export type DemoSwitch = {

    /**
     * What it is.
     */
    "kind": DemoKind;

    /**
     * Which one, counted from 0.
     */
    "index": U32;
};

/**
 * The page's language.
 */
export type Language = (
/**
 * What the browser asks for.
 */
"auto" | 
/**
 * Persian.
 */
"fa" | 
/**
 * English.
 */
"en");

/**
 * The page's colours.
 */
export type Theme = (
/**
 * What the system says.
 */
"auto" | 
/**
 * Light on dark.
 */
"dark" | 
/**
 * Dark on light.
 */
"light");

/**
 * The page's digits.
 */
export type Digits = (
/**
 * As the language writes them.
 */
"auto" | 
/**
 * ۰۱۲۳
 */
"persian" | 
/**
 * 0123
 */
"latin");

/**
 * The page's calendar.
 */
export type Calendar = (
/**
 * As the language counts.
 */
"auto" | 
/**
 * Solar Hijri.
 */
"jalali" | 
/**
 * Gregorian.
 */
"gregorian");

/**
 * How the page looks; `settings.set` replaces all of it.
 */
export type Settings = {

    /**
     * The page's language.
     */
    "language": Language;

    /**
     * The page's colours.
     */
    "theme": Theme;

    /**
     * The page's digits.
     */
    "digits": Digits;

    /**
     * The page's calendar.
     */
    "calendar": Calendar;
};

/**
 * Asks for a QR code.
 */
export type QrEncode = {

    /**
     * What the code shall say.
     */
    "text": string;
};

/**
 * One thing that the doctor looked at.
 */
export type Finding = {

    /**
     * What was looked at.
     */
    "check": string;

    /**
     * It is well.
     */
    "ok": boolean;

    /**
     * What was seen.
     */
    "detail": string;

    /**
     * What to do about it; empty when it is well.
     */
    "advice": string;
};

/**
 * A relay that does not answer.
 */
export type SilentRelay = {

    /**
     * Where it is.
     */
    "host": string;

    /**
     * What went wrong, in English; empty when nothing is known.
     */
    "error": string;
};

/**
 * What the doctor saw, as a code with its values. `error` is the system's own words, in English.
 */
export type Seen = (({

    /**
     * Nobody else can look into the profile's folder.
     */
    "code": "folder_private";
} & {

    /**
     * The folder.
     */
    "path": string;
}) | ({

    /**
     * Others can.
     */
    "code": "folder_open";
} & {

    /**
     * The folder.
     */
    "path": string;

    /**
     * Its permissions, in octal digits.
     */
    "mode": string;
}) | ({

    /**
     * The folder can't be looked at.
     */
    "code": "folder_lost";
} & {

    /**
     * What went wrong.
     */
    "error": string;
}) | ({

    /**
     * Nobody else can read the key.
     */
    "code": "key_private";
} & {

    /**
     * The file.
     */
    "path": string;
}) | ({

    /**
     * Others can.
     */
    "code": "key_open";
} & {

    /**
     * The file.
     */
    "path": string;

    /**
     * Its permissions, in octal digits.
     */
    "mode": string;
}) | ({

    /**
     * The key can't be looked at.
     */
    "code": "key_lost";
} & {

    /**
     * What went wrong.
     */
    "error": string;
}) | ({

    /**
     * The database is there.
     */
    "code": "database_there";
} & {

    /**
     * Its size on disk, in thousands of bytes.
     */
    "kilobytes": U64;
}) | ({

    /**
     * The database can't be looked at.
     */
    "code": "database_lost";
} & {

    /**
     * What went wrong.
     */
    "error": string;
}) | {

    /**
     * The 24 words are written down.
     */
    "code": "words_saved";
} | {

    /**
     * They are not, and money here is without worth.
     */
    "code": "words_devnet";
} | {

    /**
     * They are not.
     */
    "code": "words_unsaved";
} | ({

    /**
     * The profile did not say.
     */
    "code": "words_unknown";
} & {

    /**
     * What went wrong.
     */
    "error": string;
}) | ({

    /**
     * The network's relays are in several hands, so that nobody sees both who asks and what.
     */
    "code": "operators_apart";
} & {

    /**
     * How many operators there are.
     */
    "operators": U32;
}) | {

    /**
     * No relay is apart from another: by operator, host or block of addresses one hand may run them all.
     */
    "code": "operators_one";
} | ({

    /**
     * From some relays no other one is apart.
     */
    "code": "operators_near";
} & {

    /**
     * From how many.
     */
    "lone": U32;

    /**
     * How many there are.
     */
    "all": U32;
}) | ({

    /**
     * Of some relays nobody says who runs them.
     */
    "code": "operators_unknown";
} & {

    /**
     * Of how many.
     */
    "unnamed": U32;

    /**
     * No two operators sign: one may be behind every relay.
     */
    "may_be_all": boolean;
}) | ({

    /**
     * The carriers behave by this profile, and there is none that can't be used.
     */
    "code": "carrier_profile_used";
} & {

    /**
     * Its number.
     */
    "number": U64;
}) | ({

    /**
     * A carrier profile is there and can't be used.
     */
    "code": "carrier_profile_refused";
} & {

    /**
     * The number of the one in use.
     */
    "number": U64;

    /**
     * Where the other is.
     */
    "place": string;

    /**
     * What is wrong with it.
     */
    "error": string;
}) | ({

    /**
     * Every relay answers.
     */
    "code": "relays_answer";
} & {

    /**
     * How many there are.
     */
    "all": U32;

    /**
     * Exchanges that wait.
     */
    "waiting": U32;
}) | ({

    /**
     * Some relays, or all, do not answer.
     */
    "code": "relays_silent";
} & {

    /**
     * Which do not.
     */
    "silent": (SilentRelay)[];

    /**
     * How many there are.
     */
    "all": U32;

    /**
     * Exchanges that wait.
     */
    "waiting": U32;
}) | ({

    /**
     * Only relays inside the country answer.
     */
    "code": "relays_abroad_cut";
} & {

    /**
     * How many do.
     */
    "answering": U32;

    /**
     * How many there are.
     */
    "all": U32;

    /**
     * This person's messages that are not safe at the relays yet.
     */
    "messages": U32;
}) | ({

    /**
     * The carrier did not say.
     */
    "code": "relays_unknown";
} & {

    /**
     * What went wrong.
     */
    "error": string;
}) | ({

    /**
     * The newest block is young.
     */
    "code": "chain_moves";
} & {

    /**
     * The masterchain block's number.
     */
    "seqno": U32;

    /**
     * Its age in seconds.
     */
    "age_s": U64;
}) | ({

    /**
     * The newest block is old.
     */
    "code": "chain_stands";
} & {

    /**
     * The masterchain block's number.
     */
    "seqno": U32;

    /**
     * Its age in seconds.
     */
    "age_s": U64;
}) | ({

    /**
     * The chain does not answer.
     */
    "code": "chain_silent";
} & {

    /**
     * What went wrong.
     */
    "error": string;
}));

/** Every method: what it takes and what it answers. */
export interface Methods {
    /** Opens the session; the first call on a WebSocket. */
    "session.open": { params: SessionOpen; answer: Session };
    /** A fresh address of the page, good once; only for the command line. */
    "session.page": { params: Nothing; answer: Page };
    /** Who this is. */
    "profile.get": { params: Nothing; answer: Profile };
    /** Gives a new profile its name; a conflict when it has one. */
    "profile.create": { params: ProfileName; answer: Profile };
    /** Changes the name that new contacts see first. */
    "profile.rename": { params: ProfileName; answer: Profile };
    /** Everybody this person can write to. */
    "contact.list": { params: Nothing; answer: (Contact)[] };
    /** Makes a link for one new contact. */
    "contact.invite": { params: Nothing; answer: Invite };
    /** Takes a link and becomes the inviter's contact. */
    "contact.add": { params: ContactAdd; answer: Contact };
    /** Gives a contact another name, on this machine only. */
    "contact.rename": { params: ContactRename; answer: Contact };
    /** Removes a contact and what they wrote. */
    "contact.remove": { params: ContactRemove; answer: Nothing };
    /** Every conversation, the newest first. */
    "conversation.list": { params: Nothing; answer: (Conversation)[] };
    /** A page of a conversation, the newest last. */
    "message.list": { params: MessageList; answer: (Message)[] };
    /** Writes a message; it is on disk here when this answers. */
    "message.send": { params: MessageSend; answer: Message };
    /** Marks a conversation read. */
    "message.mark_read": { params: MessageMarkRead; answer: Nothing };
    /** Searches all messages, the newest first. */
    "message.search": { params: MessageSearch; answer: (Message)[] };
    /** What a payment would cost. */
    "payment.quote": { params: PaymentQuote; answer: Quote };
    /** Pays in a conversation. */
    "payment.send": { params: PaymentSend; answer: Message };
    /** What is in the wallet. */
    "wallet.balance": { params: Nothing; answer: WalletBalance };
    /** Where the wallet is on the chain. */
    "wallet.address": { params: Nothing; answer: WalletAddress };
    /** Pays an address. */
    "wallet.send": { params: WalletSend; answer: WalletSent };
    /** How far a transfer has got. */
    "wallet.transfer": { params: WalletTransfer; answer: WalletSent };
    /** The wallet's transfers, the newest first. */
    "wallet.history": { params: WalletHistory; answer: (WalletEntry)[] };
    /** The 24 words. */
    "wallet.words": { params: Nothing; answer: WalletWords };
    /** The person wrote the words down. */
    "wallet.words_saved": { params: Nothing; answer: Nothing };
    /** The newest final block. */
    "chain.status": { params: Nothing; answer: ChainStatus };
    /** Masterchain blocks, the newest first. */
    "chain.blocks": { params: ChainBlocks; answer: (BlockSummary)[] };
    /** A block. */
    "chain.block": { params: ChainBlock; answer: Block };
    /** An account, with its newest transactions. */
    "chain.account": { params: ChainAccount; answer: Account };
    /** A transaction. */
    "chain.transaction": { params: ChainTransaction; answer: Transaction };
    /** Finds what goes by a number, a hash or an address. */
    "chain.search": { params: ChainSearch; answer: Found };
    /** How bytes leave this machine. */
    "carrier.status": { params: Nothing; answer: CarrierStatus };
    /** Takes a bridge link; the bridge is used once the link is redeemed. */
    "carrier.add": { params: BridgeAdd; answer: CarrierStatus };
    /** Asks a bridge for a link that a friend may use. */
    "carrier.invite": { params: BridgeInvite; answer: BridgeInvitation };
    /** Forgets a bridge. */
    "carrier.remove": { params: BridgeRemove; answer: CarrierStatus };
    /** Lends this client's browser to the carrier `browser`, until it is taken back or the client goes. */
    "carrier.lend": { params: CarrierLend; answer: Nothing };
    /** Brings what came of an order. */
    "carrier.fetched": { params: CarrierFetched; answer: Nothing };
    /** Uses one carrier only, or again whichever works. */
    "carrier.use": { params: CarrierUse; answer: CarrierStatus };
    /** What the carrier profile in use says. */
    "carrier.profile": { params: Nothing; answer: CarrierProfileFields };
    /** Takes a signed carrier profile: checked, kept, and used from now on. */
    "carrier.install": { params: ProfileInstall; answer: CarrierStatus };
    /** How people on the same network are reached, without a relay; turns it on or off. */
    "carrier.lan": { params: LanSwitch; answer: LanStatus };
    /** In which country this person is, by which new mailboxes are placed; says so. */
    "carrier.region": { params: RegionSet; answer: RegionStatus };
    /** Puts what is on its way into a bundle, a file for somebody to carry. */
    "bundle.export": { params: BundleExport; answer: BundleExported };
    /** A piece of a bundle that was made. */
    "bundle.read": { params: BundleRead; answer: BundlePart };
    /** Announces a bundle that was brought. */
    "bundle.begin": { params: BundleBegin; answer: BundleBegun };
    /** The next piece of it. */
    "bundle.write": { params: BundleWrite; answer: Nothing };
    /** Takes it. */
    "bundle.import": { params: BundleImport; answer: BundleImported };
    /** Draws a frame of a bundle that was made, for a sequence of QR codes. */
    "bundle.frame": { params: BundleFrameGet; answer: BundleFrame };
    /** Collects what such codes held; when all are there, `bundle.import` takes them. */
    "bundle.scan": { params: BundleScan; answer: BundleScanned };
    /** Says who may sign programs that bundles carry. */
    "bundle.programs": { params: Nothing; answer: BundlePrograms };
    /** The demo's parts and people; refused where there is no demo. */
    "demo.status": { params: Nothing; answer: DemoStatus };
    /** Stops a part of the demo. */
    "demo.stop": { params: DemoSwitch; answer: DemoStatus };
    /** Starts a part of the demo again. */
    "demo.start": { params: DemoSwitch; answer: DemoStatus };
    /** How the page looks. */
    "settings.get": { params: Nothing; answer: Settings };
    /** Changes how the page looks. */
    "settings.set": { params: Settings; answer: Settings };
    /** Draws a QR code. */
    "qr.encode": { params: QrEncode; answer: Qr };
    /** Looks for what is wrong with this profile and its network. */
    "doctor.run": { params: Nothing; answer: (Finding)[] };
    /** The same as codes with values, for whoever has words of their own. */
    "doctor.look": { params: Nothing; answer: (Seen)[] };
}
