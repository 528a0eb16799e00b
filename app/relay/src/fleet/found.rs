//! How a bridge of a fleet is found again: by its number, by its folder, or by what an operator calls it (TRE-19).

use super::{Bridge, FleetError};
use crate::operator::{self, OperatorError};
use mailbox::tree::BridgeNumber;
use std::path::{Path, PathBuf};
use wire::RelayDescriptor;

/// Digits of the beginning of an id that name a bridge: of a thousand bridges no two are likely to share them.
const ID_DIGITS_MIN: usize = 8;

/// The bridge with a number of the tree's.
pub(super) fn numbered(bridges: &[Bridge], number: BridgeNumber) -> Option<&Bridge> {
    bridges.get(usize::try_from(number.0).ok()?)
}

/// What the folder of a bridge says, if it is still that bridge's.
pub(super) fn descriptor(bridge: &Bridge) -> Result<RelayDescriptor, OperatorError> {
    let found = operator::descriptor(&bridge.dir)?;
    if found.id() == bridge.relay {
        return Ok(found);
    }
    let reason = format!("it is of another relay, {}", found.id());
    Err(OperatorError::File { path: bridge.dir.clone(), reason })
}

/// `host:port`.
pub(super) fn address(descriptor: &RelayDescriptor) -> String {
    format!("{}:{}", descriptor.address.host, descriptor.address.port)
}

/// A path that means the same wherever the program is run.
pub(super) fn absolute(dir: &Path) -> PathBuf {
    std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned())
}

/// The one bridge that is meant.
///
/// # Errors
/// [`FleetError::Unknown`], [`FleetError::Several`], [`FleetError::Another`].
pub(super) fn named(bridges: &[Bridge], name: &Path) -> Result<BridgeNumber, FleetError> {
    let (dir, text) = (absolute(name), name.to_string_lossy());
    let all = || (0u32..).map(BridgeNumber).zip(bridges);
    if let Ok(here) = operator::descriptor(name) {
        let found = all().find(|(_, bridge)| bridge.relay == here.id());
        return found.map(|(number, _)| number).ok_or_else(|| match bridges.iter().find(|bridge| bridge.dir == dir) {
            Some(bridge) => FleetError::Another { dir, id: bridge.relay.to_string() },
            None => FleetError::Unknown(text.into_owned()),
        });
    }
    let exact = |bridge: &Bridge| bridge.dir == dir || text.eq_ignore_ascii_case(&bridge.relay.to_string());
    let mut found: Vec<_> = all().filter(|(_, bridge)| exact(bridge)).collect();
    if found.is_empty() {
        found = all().filter(|(_, bridge)| is_called(bridge, &text)).collect();
    }
    match found.as_slice() {
        [(number, _)] => Ok(*number),
        [] => Err(FleetError::Unknown(text.into_owned())),
        several => {
            let one = |(_, bridge): &(BridgeNumber, &Bridge)| {
                format!("{} ({})", bridge.relay, bridge.address.as_deref().unwrap_or("address unknown"))
            };
            let bridges = several.iter().map(one).collect::<Vec<_>>().join(", ");
            Err(FleetError::Several { name: text.into_owned(), bridges })
        }
    }
}

/// Whether a text is the beginning of the bridge's id, its address or host, or its folder's name.
fn is_called(bridge: &Bridge, text: &str) -> bool {
    let id = || bridge.relay.to_string().starts_with(&text.to_ascii_lowercase());
    let place = text.strip_prefix("https://").unwrap_or(text).trim_end_matches('/');
    let host = |address: &str| address.rsplit_once(':').is_some_and(|(host, _)| host.eq_ignore_ascii_case(place));
    let at = bridge.address.as_deref().is_some_and(|address| address.eq_ignore_ascii_case(place) || host(address));
    let folder = bridge.dir.file_name().is_some_and(|folder| folder.to_string_lossy() == text);
    (text.len() >= ID_DIGITS_MIN && id()) || at || folder
}
