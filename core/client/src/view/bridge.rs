//! Links that a bridge gives for friends.

use wire::{RelayAddress, UnixMillis};

/// What to send to a bridge for a friend's link, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BridgeQuestion {
    /// The bridge's id.
    pub bridge: String,
    /// Where, with the person's own path.
    pub address: RelayAddress,
    /// What.
    pub body: Vec<u8>,
}

/// A bridge link for a friend, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BridgeInvitation {
    /// A link for one friend, the same until somebody has redeemed it.
    Link {
        /// The link.
        link: String,
        /// When it stops working.
        expires: UnixMillis,
        /// How many more the bridge will give, ever.
        left: u8,
    },
    /// The bridge gives the next one then.
    NotYet {
        /// When.
        from: UnixMillis,
    },
    /// It has given this person all of hers.
    NoMore,
    /// It gives no more links for friends to anybody.
    Full,
    /// It gave no link to itself: its program is older, it lets this person in no more, or it is none.
    Refused,
}
