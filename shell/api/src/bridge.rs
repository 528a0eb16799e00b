//! Bridges: links to them, and links that they give.

use serde::{Deserialize, Serialize};
use typescript_type_def::TypeDef;

/// Why a bridge can't be used yet, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum BridgeProblem {
    /// The link was used by somebody else, or is too old.
    Used,
    /// Nobody answers where the link leads. It is tried again.
    Unreachable,
    /// Whoever answers there is not the relay that the link names. It is tried again.
    NotABridge,
}

/// A bridge link to take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct BridgeAdd {
    /// The link, as it was received.
    pub link: String,
}

/// A bridge to ask for a link for a friend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct BridgeInvite {
    /// The relay's id; without one a bridge that answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// A link to a bridge for a friend, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BridgeInvitation {
    /// A link for one friend. The bridge gives the same until somebody has used it.
    Link {
        /// The link.
        link: String,
        /// When it stops working.
        expires_ms: u64,
        /// How many more the bridge will give this person, ever.
        left: u32,
    },
    /// The bridge gives the next link then.
    NotYet {
        /// When.
        from_ms: u64,
    },
    /// The bridge has given this person all of hers.
    NoMore,
    /// The bridge gives no more links for friends to anybody.
    Full,
    /// It gave no link to itself: its program is older, or it lets this person in no more.
    Refused,
}

/// A bridge to forget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct BridgeRemove {
    /// The relay's id.
    pub id: String,
}
