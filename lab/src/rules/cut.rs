//! The border is cut: nothing crosses it.

use super::{Judgement, Rule, Scene};
use serde::Deserialize;

/// See the file.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cut {}

impl Rule for Cut {
    fn judge(&mut self, _: &mut Scene<'_>) -> Judgement {
        Judgement::Drop("the border is cut")
    }
}
