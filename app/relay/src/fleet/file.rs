//! The file of a fleet (TRE-15): what it holds, how it is read and written, and the lock that keeps others from it.

use super::FleetError;
use mailbox::tree::{BridgeNumber, Tree};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use wire::RelayId;

/// 2: what is made for whom; 3: who came by a friend's link. Of the versions before all fields are there and mean the same.
const VERSION: u8 = 3;
const VERSION_OLDEST: u8 = 1;
/// Days for which a link is good.
const LINK_DAYS: u64 = 30;
/// Bytes of a fleet's file: 10,000 people with some 300 each.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// What the file holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    version: u8,
    /// Days since 1970 that are counted.
    pub(super) day: u64,
    pub(super) link_days: u64,
    pub(super) bridges: Vec<Bridge>,
    pub(super) tree: Tree,
    /// Of each person what was made for her last; nothing for whoever got her link before version 2.
    #[serde(default)]
    pub(super) made: BTreeMap<u32, Made>,
    /// Who has redeemed which invitation that somebody passed on, by its name (TRE-20).
    #[serde(default)]
    pub(super) friends: BTreeMap<String, u32>,
    /// What is to be taken back.
    #[serde(default)]
    pub(super) unwanted: Vec<Unwanted>,
}

/// A bridge, in the order of the tree's numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bridge {
    pub(super) relay: RelayId,
    pub(super) dir: PathBuf,
    /// `host:port`, as it was when its folder was last read.
    #[serde(default)]
    pub(super) address: Option<String>,
}

/// An invitation at a bridge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Made {
    pub(super) bridge: BridgeNumber,
    /// The hash of its token, as `relay invitations` says it.
    pub(super) name: String,
}

/// An invitation that is to be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unwanted {
    pub(super) invitation: Made,
    /// Also when somebody has redeemed it.
    pub(super) close: bool,
}

#[derive(Deserialize)]
struct Version {
    version: u8,
}

/// Begins a fleet.
pub(super) fn begin(file: &Path, day: u64) -> Result<(), FleetError> {
    let _lock = lock(file)?;
    match std::fs::symlink_metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(unusable(file, error)),
        Ok(_) => return Err(FleetError::Exists(file.to_owned())),
    }
    let kept = Kept {
        version: VERSION,
        day,
        link_days: LINK_DAYS,
        bridges: Vec::new(),
        tree: Tree::default(),
        made: BTreeMap::new(),
        friends: BTreeMap::new(),
        unwanted: Vec::new(),
    };
    write(file, &kept)
}

/// Reads the file. Whoever holds what comes with it is alone with it; where there is none, nothing is made.
pub(super) fn open(file: &Path) -> Result<(Kept, File), FleetError> {
    match std::fs::metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(FleetError::Missing(file.to_owned())),
        Err(error) => return Err(unusable(file, error)),
        Ok(found) if !found.is_file() => return Err(unusable(file, "it is no file")),
        Ok(_) => {}
    }
    let lock = lock(file)?;
    let length = std::fs::metadata(file).map_err(|error| unusable(file, error))?.len();
    if length > FILE_BYTES_MAX {
        return Err(unusable(file, "it is too long"));
    }
    let text = std::fs::read(file).map_err(|error| unusable(file, error))?;
    let Version { version } = serde_json::from_slice(&text).map_err(|error| unusable(file, error))?;
    if !(VERSION_OLDEST..=VERSION).contains(&version) {
        return Err(unusable(file, format!("it is of version {version}: update this program")));
    }
    let kept: Kept = serde_json::from_slice(&text).map_err(|error| unusable(file, error))?;
    Ok((Kept { version: VERSION, ..kept }, lock))
}

/// Writes the file in place of what was there.
pub(super) fn write(file: &Path, kept: &Kept) -> Result<(), FleetError> {
    let text = serde_json::to_vec(kept).map_err(|error| unusable(file, error))?;
    store::files::write_private(file, &text).map_err(|error| unusable(file, error))
}

/// The lock is a file beside: the other one is replaced when it is written.
fn lock(file: &Path) -> Result<File, FleetError> {
    let mut name = file.as_os_str().to_owned();
    name.push(".lock");
    let lock = File::create(PathBuf::from(name)).and_then(|lock| lock.lock().map(|()| lock));
    lock.map_err(|error| unusable(file, error))
}

fn unusable(file: &Path, reason: impl ToString) -> FleetError {
    FleetError::File { path: file.to_owned(), reason: reason.to_string() }
}
