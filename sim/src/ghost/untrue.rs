//! What can be claimed, and the verdict on a claim that is not true.

use anyhow::Result;
use std::fmt;

/// What a relay or a client says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// A relay: this cell is on my disk (MBX-31).
    Deposited,
    /// A relay: what was on my disk stays until its reader has acknowledged it, or its time is over.
    Kept,
    /// A client: what I send is stored here (E2E-54).
    Left,
    /// A client: what I let the relay delete is stored here (E2E-41).
    Acknowledged,
    /// A client: what you asked for is stored.
    Promised,
    /// A client: this message and all before it are on the disks of enough relays, or the contact has them (E2E-44).
    Accepted,
    /// A client: the contact has stored it.
    Delivered,
    /// A client: the contact has seen it.
    Read,
    /// A client: no message's state falls (E2E-44).
    Risen,
    /// A client: what I tell the page is what is stored, and nothing is left out.
    Told,
    /// A client: this payment is in a final block.
    Paid,
}

/// A claim that was not true when it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untrue {
    /// Which.
    pub claim: Claim,
    /// Who said what.
    pub what: String,
}

impl fmt::Display for Untrue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not true when it was said: {:?}: {}", self.claim, self.what)
    }
}

impl std::error::Error for Untrue {}

impl Claim {
    /// Refuses the claim where it does not hold.
    pub(crate) fn holds(self, holds: bool, what: impl FnOnce() -> String) -> Result<()> {
        if holds { Ok(()) } else { Err(Untrue { claim: self, what: what() }.into()) }
    }
}
