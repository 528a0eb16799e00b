//! The page lends its browser: the daemon gives orders what to fetch, the page brings back what came of it.

use crate::number::Count;
use serde::{Deserialize, Serialize};
use typescript_type_def::TypeDef;

/// Largest piece of an answer in one `carrier.fetched`, in bytes: in base64 it fits a request.
pub const PIECE_BYTES_MAX: usize = 192 * 1024;

/// Begins or ends to lend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct CarrierLend {
    /// Whether this client takes orders.
    pub on: bool,
}

/// What a client that lends is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Order {
    /// POST this, without cookies, and bring the answer.
    Fetch {
        /// Names the order.
        id: Count,
        /// Where.
        url: String,
        /// What to send, in base64.
        body: String,
    },
    /// Find out whether anybody answers there: an answer that can't be read is one.
    Look {
        /// Names the order.
        id: Count,
        /// Where.
        url: String,
    },
    /// Give an order up.
    Abort {
        /// Its name.
        id: Count,
    },
}

/// What came of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct CarrierFetched {
    /// The order.
    pub id: Count,
    /// What came.
    pub outcome: FetchOutcome,
}

/// What came of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FetchOutcome {
    /// A piece of the answer.
    Answer {
        /// The HTTP status; 0 when it can't be read.
        status: u16,
        /// The next bytes of the answer, in base64.
        body: String,
        /// Another piece follows. It is sent when this one has been taken.
        more: bool,
    },
    /// Nothing came.
    Failed {
        /// What the browser says of it.
        why: String,
    },
}
