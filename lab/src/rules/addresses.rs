//! Lists of addresses: those on it are refused, or those not on it.

use super::{How, Judgement, Rule, Scene};
use serde::Deserialize;

/// See the file.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Addresses {
    list: List,
    #[serde(default)]
    how: How,
}

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum List {
    /// Every relay of the public list that is abroad is refused.
    RefusePublicRelays,
    /// Everything but what the censor approves of is refused.
    AllowApproved,
}

impl Rule for Addresses {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        let abroad = scene.abroad();
        match self.list {
            List::RefusePublicRelays if scene.places.public_relays.contains(&abroad) => {
                self.how.stop("address on the block-list")
            }
            List::AllowApproved if !scene.places.approved.contains(&abroad) => {
                self.how.stop("address not on the allow-list")
            }
            List::RefusePublicRelays | List::AllowApproved => Judgement::Pass,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        packet::RST,
        rules::bench::{APPROVED, BRIDGE, Bench, PUBLIC_RELAY},
    };

    #[test]
    fn a_block_list_refuses_relays_on_it_both_ways_and_no_bridge() {
        let rule = Addresses { list: List::RefusePublicRelays, how: How::Drop };
        let mut bench = Bench::new(rule);
        assert!(bench.open(PUBLIC_RELAY).is_empty());
        assert!(bench.answer_open(PUBLIC_RELAY).is_empty());
        assert_eq!(bench.open(BRIDGE).len(), 1);
    }

    #[test]
    fn an_allow_list_refuses_the_rest() {
        let mut bench = Bench::new(Addresses { list: List::AllowApproved, how: How::Drop });
        assert!(bench.open(BRIDGE).is_empty());
        assert_eq!(bench.open(APPROVED).len(), 1);
    }

    #[test]
    fn resets_go_to_both_ends() {
        let mut bench = Bench::new(Addresses { list: List::RefusePublicRelays, how: How::Reset });
        let sent = bench.open(PUBLIC_RELAY);
        assert_eq!(sent.len(), 2);
        assert!(sent.iter().all(|packet| packet.flags & RST != 0));
    }
}
