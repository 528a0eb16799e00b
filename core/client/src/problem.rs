//! What can go wrong, as closed lists of words: what is stored and told is the word, and whoever shows it has a
//! sentence for it in the reader's language. The sentences here are for logs and the command line.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An enum whose variants have a stable word and a sentence. The words are stored: never change one.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])+ $variant:ident = $word:literal, $sentence:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$doc])+ $variant,)+
        }

        impl $name {
            /// The stable word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What happened and what to do, in English.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence,)+ }
            }

            /// From the word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// Why a chain node says that it does not take a message (CHN-86). Its word is no proof.
    ChainRefusal {
        /// Too large.
        TooLarge = "too_large", "the message is too large for the chain";
        /// Not a message.
        Malformed = "malformed", "the node could not read the message";
        /// It waits already.
        Known = "known", "the message is already waiting for a block";
        /// Too many wait.
        AccountFull = "account_full", "too many messages of this account are waiting";
        /// Too many wait.
        PoolFull = "pool_full", "too many messages are waiting for a block";
        /// For another account.
        WrongAccount = "wrong_account", "the message is not for this account";
        /// Too little money.
        Balance = "balance", "the account has too little money";
        /// No such account.
        AccountMissing = "account_missing", "the account does not exist on the chain yet";
        /// Code that does not fit.
        WrongState = "wrong_state", "the account's code is another one";
        /// In debt.
        Frozen = "frozen", "the account is frozen";
        /// Not by signature.
        SignatureDisabled = "signature_disabled", "the account takes no signed messages";
        /// Another number is expected.
        Seqno = "seqno", "the account expects a message of another number";
        /// Another wallet.
        WalletId = "wallet_id", "the message is for another wallet";
        /// Not signed by the key.
        BadSignature = "bad_signature", "the signature is wrong";
        /// Too late.
        Expired = "expired", "the message came too late";
        /// The contract said no.
        NotAccepted = "not_accepted", "the account did not accept the message";
        /// Can't be run.
        Impossible = "impossible", "the chain can't run the message";
        /// The node's own trouble.
        NodeState = "node_state", "the node can't read its own state";
    }
}

words! {
    /// Why a contact does not come about, or not yet.
    ContactProblem {
        /// The key package is not (or no more) there.
        NotThere = "not_there", "the inviter's device has not put the key there yet, or somebody else has used the link";
        /// The link's time is over.
        Expired = "expired", "the link has expired before the inviter's device answered";
        /// Another identity answered.
        Impostor = "impostor",
            "whoever answered is not who made the link: remove this contact and ask for a new link";
        /// What was offered is no key that can be used.
        BadKey = "bad_key", "the key that waited at the link can't be used: remove this contact and ask for a new link";
    }
}

words! {
    /// Why a bridge can't be used yet, or not at all.
    BridgeProblem {
        /// The link is not good any more.
        Used = "used", "the link was used by somebody else, or is too old: ask for another one";
        /// Nobody answers where the link leads.
        Unreachable = "unreachable", "the bridge can't be reached: it is tried again";
        /// Whoever answers is not the relay that the link names.
        NotABridge = "not_a_bridge", "the bridge answered something else than a bridge: it is tried again";
    }
}

words! {
    /// What the program says in a conversation.
    Notice {
        /// Could not be decrypted, decoded or stored (E2E-47).
        Unreadable = "unreadable", "a message came that this version can't read";
        /// More than is believed without proof (E2E-68).
        PaymentsUnproven = "payments_unproven",
            "more payments were announced than the chain shows: further ones are not listed until it does";
    }
}

/// Why a payment was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum PaymentProblem {
    /// Not enough money, with the fee.
    NotEnough,
    /// The chain did not take it while it was good.
    NotInTime,
    /// The chain ran it, or would run it, without making the payment; at most the fee was taken.
    NotMade,
    /// The chain did not take it, and the nodes said why.
    Refused(ChainRefusal),
}

impl PaymentProblem {
    /// The stable word, without the node's.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotEnough => "not_enough",
            Self::NotInTime => "not_in_time",
            Self::NotMade => "not_made",
            Self::Refused(_) => "refused",
        }
    }

    /// What happened, in English.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NotEnough => "there is not enough money for it with the fee",
            Self::NotInTime => "the chain did not take it in time: nothing was spent",
            Self::NotMade => "the chain did not make the payment: at most the fee was taken",
            Self::Refused(why) => why.sentence(),
        }
    }
}

impl From<PaymentProblem> for String {
    fn from(problem: PaymentProblem) -> Self {
        match problem {
            PaymentProblem::Refused(why) => format!("refused {}", why.word()),
            PaymentProblem::NotEnough | PaymentProblem::NotInTime | PaymentProblem::NotMade => problem.word().into(),
        }
    }
}

impl From<String> for PaymentProblem {
    /// A word that this version does not know says no more than that the payment was not made.
    fn from(text: String) -> Self {
        match text.as_str() {
            "not_enough" => Self::NotEnough,
            "not_in_time" => Self::NotInTime,
            _ => {
                let refused = text.strip_prefix("refused ").and_then(ChainRefusal::from_word);
                refused.map_or(Self::NotMade, Self::Refused)
            }
        }
    }
}

impl fmt::Display for PaymentProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_survives_its_stored_form() {
        for problem in [
            PaymentProblem::NotEnough,
            PaymentProblem::NotInTime,
            PaymentProblem::NotMade,
            PaymentProblem::Refused(ChainRefusal::Seqno),
        ] {
            assert_eq!(PaymentProblem::from(String::from(problem)), problem);
        }
        assert_eq!(PaymentProblem::from("something else".to_owned()), PaymentProblem::NotMade);
    }

    #[test]
    fn every_word_of_the_chain_is_known() {
        let words = "too_large malformed known account_full pool_full wrong_account balance account_missing \
                     wrong_state frozen signature_disabled seqno wallet_id bad_signature expired not_accepted \
                     impossible node_state";
        for word in words.split_whitespace() {
            assert_eq!(ChainRefusal::from_word(word).map(ChainRefusal::word), Some(word));
        }
        assert_eq!(ChainRefusal::from_word("<b>"), None);
    }
}
