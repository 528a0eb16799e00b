//! Who is let in besides those who know the relay's first path: invitations by bridge links, and the paths that people
//! got for them (MBX-50 to MBX-56). One small file each, in the folder `invitations`: the operator's command makes and
//! deletes files, the running relay changes one when it is redeemed, and neither holds anything that opens a door.
//!
//! Requirements: the relay's folder. Provided: what a path is good for, found by its hash, in the same time for every
//! path; redemption that is on disk before it is answered. Not provided: the links (`operator`).

use crate::StartError;
use crate::keys::{make_private_dir, read_or_make, write_private};
use mailbox::bridge::{Claim, Invitation, Redeemed, Redemption, Token, link_path, own_path, token_hash};
use parking_lot::RwLock;
use rand_core::{OsRng, RngCore};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use store::files;
use wire::{Secret32, UnixMillis, hash::domain_hash, id};

const FOLDER: &str = "invitations";
const SECRET_FILE: &str = "bridge.secret";
const LOCK_FILE: &str = "lock";
/// Invitations of one relay, used ones included: each is a file of some 300 bytes.
pub(crate) const INVITATIONS_MAX: usize = 10_000;
/// How often the folder is looked at while the relay runs.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What a path is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// For nothing: the website.
    Website,
    /// For everything but redemptions.
    Relay,
    /// For the redemption of the token with this hash.
    Link([u8; 32]),
}

/// An invitation as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub(crate) invitation: Invitation,
    /// Whom the operator made it for, in words of his own.
    pub(crate) label: String,
    /// Hash of the link's path.
    link_path: [u8; 32],
    /// Hash of the person's own path, once redeemed.
    own_path: Option<[u8; 32]>,
}

/// The doors of a relay.
#[derive(Debug)]
pub(crate) struct Invitations {
    folder: PathBuf,
    secret: Secret32,
    first_path: [u8; 32],
    hop_key: Vec<u8>,
    known: RwLock<Known>,
    /// One redemption at a time: each is a write to the disk.
    redeeming: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Known {
    paths: BTreeMap<[u8; 32], Access>,
    stored: BTreeMap<[u8; 32], Stored>,
}

impl Invitations {
    /// Reads the folder of the relay in `dir`. `first_path` is the path of its descriptor.
    pub(crate) fn open(dir: &Path, first_path: &str, hop_key: &[u8]) -> Result<Self, StartError> {
        let this = Self {
            folder: dir.join(FOLDER),
            secret: secret(dir)?,
            first_path: path_hash(&format!("/{first_path}")),
            hop_key: hop_key.to_vec(),
            known: RwLock::default(),
            redeeming: tokio::sync::Mutex::default(),
        };
        this.read_again();
        Ok(this)
    }

    /// What is behind a path, as it stands in the URL. Compared by hash: the time tells nothing about how much of the
    /// path is right.
    pub(crate) fn access(&self, path: &str) -> Access {
        let hash = path_hash(path);
        let known = self.known.read().paths.get(&hash).copied();
        if hash == self.first_path { Access::Relay } else { known.unwrap_or(Access::Website) }
    }

    /// Whether the link with this name can be redeemed with this token and this claim (MBX-53).
    pub(crate) fn admits(&self, name: [u8; 32], token: Token, claim: &Claim, now: UnixMillis) -> bool {
        let stored = self.known.read().stored.get(&name).map(|stored| stored.invitation.clone());
        token_hash(token) == name && stored.is_some_and(|mut stored| stored.redeem(claim, now).is_ok())
    }

    /// Redeems the token of the link with this name; `None`: the website.
    pub(crate) async fn redeem(&self, name: [u8; 32], redemption: &Redemption, now: UnixMillis) -> Option<Redeemed> {
        if token_hash(redemption.token) != name {
            return None;
        }
        let _turn = self.redeeming.lock().await;
        let mut stored = self.known.read().stored.get(&name).cloned()?;
        let changed = stored.invitation.redeem(&redemption.claim, now).ok()?;
        let path = own_path(&self.secret, redemption.token, &redemption.claim);
        stored.own_path = Some(path_hash(&format!("/{path}")));
        if changed {
            let (folder, writing) = (self.folder.clone(), stored.clone());
            let written = tokio::task::spawn_blocking(move || replace(&folder, &writing)).await;
            match written.ok()? {
                Ok(true) => {}
                // The operator has revoked it just now.
                Ok(false) => return None,
                Err(error) => {
                    tracing::error!(%error, "a bridge link could not be redeemed");
                    return None;
                }
            }
            self.known.write().insert(stored);
        }
        Some(Redeemed { secret_path: path, hop_key: self.hop_key.clone() })
    }

    /// Never returns: takes up what the operator's commands change.
    pub(crate) async fn follow(&self) {
        let mut seen = changed(&self.folder);
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let now = changed(&self.folder);
            if now != seen {
                seen = now;
                let _turn = self.redeeming.lock().await;
                self.read_again();
            }
        }
    }

    fn read_again(&self) {
        let mut known = Known::default();
        for stored in read_all(&self.folder) {
            known.insert(stored);
        }
        *self.known.write() = known;
    }
}

impl Known {
    fn insert(&mut self, stored: Stored) {
        let name = stored.invitation.name();
        self.paths.insert(stored.link_path, Access::Link(name));
        if let Some(own) = stored.own_path {
            self.paths.insert(own, Access::Relay);
        }
        self.stored.insert(name, stored);
    }
}

/// What an invitation is made of: who draws it first can say its name before it is made.
pub(crate) fn draw() -> Token {
    let mut token = Token([0; 16]);
    OsRng.fill_bytes(&mut token.0);
    token
}

/// Makes an invitation in the folder of the relay in `dir`; gives the path of its link. A relay that runs there takes it
/// up within a second.
pub(crate) fn invite(dir: &Path, label: &str, token: Token, expires: UnixMillis) -> Result<String, StartError> {
    let folder = dir.join(FOLDER);
    make_private_dir(&folder)?;
    if read_all(&folder).len() >= INVITATIONS_MAX {
        let reason = format!("it holds {INVITATIONS_MAX} invitations: revoke some first");
        return Err(StartError::Folder { path: folder, reason });
    }
    let path = link_path(&secret(dir)?, token);
    let stored = Stored {
        invitation: Invitation::new(token, expires),
        label: label.to_owned(),
        link_path: path_hash(&format!("/{path}")),
        own_path: None,
    };
    write(&folder, &stored)?;
    Ok(path)
}

/// All invitations of the relay in `dir`.
pub(crate) fn list(dir: &Path) -> Vec<Stored> {
    read_all(&dir.join(FOLDER))
}

/// Which invitations are taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Take {
    /// Only what nobody has redeemed.
    Unused,
    /// Also the path that was got for it.
    Any,
}

/// Takes an invitation back; says whether it was redeemed. `None`: there is none of this name.
pub(crate) fn revoke(dir: &Path, name: &[u8; 32], take: Take) -> Result<Option<bool>, StartError> {
    let folder = dir.join(FOLDER);
    let path = file(&folder, name);
    if !path.exists() {
        return Ok(None);
    }
    let _turn = turn(&folder)?;
    // what can't be read opens nothing
    let stored = std::fs::read(&path).ok().and_then(|text| serde_json::from_slice::<Stored>(&text).ok());
    let used = stored.is_some_and(|stored| stored.invitation.is_used());
    if !used || take == Take::Any {
        files::remove(&path).map_err(|error| unusable(&path, &error))?;
    }
    Ok(Some(used))
}

/// The hash of a path as it stands in a URL.
pub(crate) fn path_hash(path: &str) -> [u8; 32] {
    domain_hash("simurgh/relay-secret-path/1", &[path.as_bytes()])
}

fn secret(dir: &Path) -> Result<Secret32, StartError> {
    let bytes = read_or_make(&dir.join(SECRET_FILE), || {
        let mut secret = [0u8; 32];
        OsRng.fill_bytes(&mut secret);
        Ok(secret.to_vec())
    })?;
    let secret = <[u8; 32]>::try_from(bytes).map_err(|_| StartError::Keys(format!("{SECRET_FILE} is damaged")))?;
    Ok(Secret32(secret))
}

fn file(folder: &Path, name: &[u8; 32]) -> PathBuf {
    folder.join(format!("{}.json", id::to_hex(name)))
}

fn write(folder: &Path, stored: &Stored) -> Result<(), StartError> {
    let text = serde_json::to_vec(stored).map_err(|error| StartError::Keys(error.to_string()))?;
    write_private(&file(folder, &stored.invitation.name()), &text)
}

/// Writes an invitation in place of what was there; `false`: nothing is there any more, and nothing is written.
fn replace(folder: &Path, stored: &Stored) -> Result<bool, StartError> {
    let _turn = turn(folder)?;
    if !file(folder, &stored.invitation.name()).exists() {
        return Ok(false);
    }
    write(folder, stored)?;
    Ok(true)
}

/// Who has it may replace and remove files of the folder: of the relay and the operator's commands one at a time.
fn turn(folder: &Path) -> Result<File, StartError> {
    let path = folder.join(LOCK_FILE);
    let lock = File::create(&path).and_then(|lock| lock.lock().map(|()| lock));
    lock.map_err(|error| unusable(&path, &error))
}

fn unusable(path: &Path, error: &std::io::Error) -> StartError {
    StartError::Folder { path: path.to_owned(), reason: error.to_string() }
}

/// What can be read; what can't is told and left alone.
fn read_all(folder: &Path) -> Vec<Stored> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let paths = paths.filter(|path| path.extension().is_some_and(|kind| kind == "json"));
    let read = |path: PathBuf| -> Option<Stored> {
        let text = std::fs::read(&path).ok()?;
        serde_json::from_slice(&text)
            .inspect_err(|error| tracing::warn!(%error, path = %path.display(), "an invitation can't be read"))
            .ok()
    };
    paths.filter_map(read).take(INVITATIONS_MAX).collect()
}

/// A folder changes when a file is made, renamed or deleted in it.
fn changed(folder: &Path) -> Option<SystemTime> {
    std::fs::metadata(folder).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1_700_000_000_000);

    fn made(dir: &Path, label: &str) -> (Token, String) {
        let token = draw();
        (token, invite(dir, label, token, NOW.plus_ms(60_000)).unwrap())
    }

    fn open(dir: &Path) -> Invitations {
        Invitations::open(dir, "first", &[7; 40]).unwrap()
    }

    #[tokio::test]
    async fn a_link_opens_one_path_for_one_person_and_a_restart_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (token, link) = made(dir.path(), "a friend");
        let (name, link) = (token_hash(token), format!("/{link}"));
        let doors = open(dir.path());
        assert_eq!(doors.access("/first"), Access::Relay);
        assert_eq!(doors.access(&link), Access::Link(name));
        assert_eq!(doors.access("/other"), Access::Website);
        let (alice, mallory) = (Redemption::new(token, Claim([1; 32])), Redemption::new(token, Claim([2; 32])));
        assert_eq!(doors.redeem(name, &Redemption::new(Token([0; 16]), Claim([1; 32])), NOW).await, None);
        let own = doors.redeem(name, &alice, NOW).await.unwrap();
        assert_eq!(doors.access(&format!("/{}", own.secret_path)), Access::Relay);

        let doors = open(dir.path());
        assert_eq!(doors.redeem(name, &mallory, NOW).await, None);
        assert_eq!(doors.redeem(name, &alice, NOW).await, Some(own.clone()));
        assert_eq!(doors.access(&format!("/{}", own.secret_path)), Access::Relay);
        let kept = std::fs::read_to_string(file(&dir.path().join(FOLDER), &name)).unwrap();
        assert!(!kept.contains(&own.secret_path) && !kept.contains(&link[1..]), "{kept}");
    }

    /// The relay looks at the folder each second only.
    #[tokio::test]
    async fn what_was_just_revoked_is_not_redeemed_and_does_not_come_back() {
        let dir = tempfile::tempdir().unwrap();
        let (token, link) = made(dir.path(), "");
        let doors = open(dir.path());
        assert_eq!(revoke(dir.path(), &token_hash(token), Take::Any).unwrap(), Some(false));
        assert_eq!(doors.redeem(token_hash(token), &Redemption::new(token, Claim([1; 32])), NOW).await, None);
        assert_eq!(list(dir.path()), []);
        doors.read_again();
        assert_eq!(doors.access(&format!("/{link}")), Access::Website);
    }

    #[tokio::test]
    async fn what_is_revoked_is_a_website_again() {
        let dir = tempfile::tempdir().unwrap();
        let (token, link) = made(dir.path(), "");
        let doors = open(dir.path());
        let own = doors.redeem(token_hash(token), &Redemption::new(token, Claim([1; 32])), NOW).await.unwrap();
        assert_eq!(revoke(dir.path(), &token_hash(token), Take::Unused).unwrap(), Some(true));
        assert_eq!(list(dir.path()).len(), 1, "what was redeemed stays until it is closed");
        assert_eq!(revoke(dir.path(), &token_hash(token), Take::Any).unwrap(), Some(true));
        assert_eq!(revoke(dir.path(), &token_hash(token), Take::Any).unwrap(), None);
        doors.read_again();
        assert_eq!(doors.access(&format!("/{link}")), Access::Website);
        assert_eq!(doors.access(&format!("/{}", own.secret_path)), Access::Website);
    }
}
