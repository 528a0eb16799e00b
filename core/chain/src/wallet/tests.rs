//! Behaviour of the wallet.
