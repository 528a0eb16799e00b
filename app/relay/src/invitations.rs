//! Who is let in besides those who know the relay's first path: invitations by bridge links, the paths that people got for
//! them, and the links that these pass on (MBX-50 to MBX-59). One small file each, in the folder `invitations`: the
//! operator's command makes and deletes files, the running relay changes one when it is redeemed and makes one when a
//! link is passed on, and neither holds anything that opens a door.
//!
//! Requirements: the relay's folder. Provided: what a path is good for, found by its hash, in the same time for every
//! path; redemption and passing on that are on disk before they are answered. Not provided: links of the operator's own
//! (`operator`).

use crate::StartError;
use crate::keys::{self, make_private_dir, read_or_make, write_private};
use mailbox::bridge::{
    Bridge, Claim, FRIEND_LINK_MS, Friend, Guest, Invitation, Redeemed, Redemption, Token, friend_token, link_path,
    own_path, token_hash,
};
use parking_lot::RwLock;
use rand_core::{OsRng, RngCore};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use store::files;
use wire::{RelayAddress, RelayDescriptor, Secret32, UnixMillis, hash::domain_hash, id};

const FOLDER: &str = "invitations";
const SECRET_FILE: &str = "bridge.secret";
const LOCK_FILE: &str = "lock";
/// Invitations of one relay, used ones included: each is a file of some 300 bytes.
pub(crate) const INVITATIONS_MAX: usize = 10_000;
/// Bytes of the words with which an operator remembers whom an invitation is for.
pub(crate) const LABEL_BYTES_MAX: usize = 200;
/// How often the folder is looked at while the relay runs.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What a path is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// For nothing: the website.
    Website,
    /// For everything but redemptions and links for friends.
    Relay,
    /// The same, and for links for friends: whoever has redeemed the invitation with this name.
    Own([u8; 32]),
    /// For the redemption of the token with this hash.
    Link([u8; 32]),
}

impl Access {
    /// Exchanges go under it.
    pub(crate) fn is_relay(self) -> bool {
        matches!(self, Self::Relay | Self::Own(_))
    }
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
    /// The name of the invitation of whoever passed this one on; `None`: the operator made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) inviter: Option<[u8; 32]>,
    /// What is known of who has redeemed it.
    #[serde(default)]
    pub(crate) guest: Guest,
}

impl Stored {
    fn new(token: Token, expires: UnixMillis, label: String, path: &str) -> Self {
        let link_path = path_hash(&format!("/{path}"));
        let invitation = Invitation::new(token, expires);
        Self { invitation, label, link_path, own_path: None, inviter: None, guest: Guest::default() }
    }
}

/// The doors of a relay.
#[derive(Debug)]
pub(crate) struct Invitations {
    dir: PathBuf,
    folder: PathBuf,
    secret: Secret32,
    first_path: [u8; 32],
    relay: RelayDescriptor,
    /// How many links for friends there may be.
    friend_links: usize,
    known: RwLock<Known>,
    /// One redemption, one link for a friend at a time: each is a write to the disk.
    redeeming: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Known {
    paths: BTreeMap<[u8; 32], Access>,
    stored: BTreeMap<[u8; 32], Stored>,
}

impl Invitations {
    /// Reads the folder of the relay in `dir`.
    pub(crate) fn open(dir: &Path, relay: &RelayDescriptor, friend_links: usize) -> Result<Self, StartError> {
        let this = Self {
            dir: dir.to_owned(),
            folder: dir.join(FOLDER),
            secret: secret(dir)?,
            first_path: path_hash(&format!("/{}", relay.address.secret_path)),
            relay: relay.clone(),
            friend_links: friend_links.min(INVITATIONS_MAX),
            known: RwLock::default(),
            redeeming: tokio::sync::Mutex::default(),
        };
        this.read_again().map_err(|error| unusable(&this.folder, &error))?;
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
            stored.guest.arrives(now);
            self.keep(stored).await?;
        }
        Some(Redeemed { secret_path: path, hop_key: self.relay.hop_key.clone() })
    }

    /// A link for a friend of whoever has redeemed the invitation with this name, or why there is none (MBX-57, MBX-58).
    /// `None`: the website.
    pub(crate) async fn befriend(&self, name: [u8; 32], now: UnixMillis) -> Option<Friend> {
        let _turn = self.redeeming.lock().await;
        let mut stored = self.known.read().stored.get(&name).cloned()?;
        let last = stored.guest.passed_on.checked_sub(1).map(|number| friend_token(&self.secret, &name, number));
        if let Some((token, expires)) = last.and_then(|token| Some((token, self.waits(token, now)?))) {
            return self.link(token, expires, now, stored.guest.left()).await;
        }
        let before = stored.guest;
        stored.guest.arrives(now);
        while let Ok(()) = stored.guest.may_pass_on(now) {
            let token = friend_token(&self.secret, &name, stored.guest.passed_on);
            // one that is there already was made just before a crash
            if !self.is_known(token) {
                if self.known.read().has_no_room(self.friend_links) {
                    return Some(Friend::Full);
                }
                self.pass_on(token, &stored, now).await?;
            }
            stored.guest.passed_on = stored.guest.passed_on.saturating_add(1);
            self.keep(stored.clone()).await?;
            if let Some(expires) = self.waits(token, now) {
                return self.link(token, expires, now, stored.guest.left()).await;
            }
        }
        if stored.guest != before {
            self.keep(stored.clone()).await?;
        }
        stored.guest.may_pass_on(now).err()
    }

    /// Makes the invitation of a link that somebody passes on.
    async fn pass_on(&self, token: Token, by: &Stored, now: UnixMillis) -> Option<()> {
        let label = wire::text::clean_name(&format!("friend of {}", by.label), LABEL_BYTES_MAX);
        let mut made = Stored::new(token, now.plus_ms(FRIEND_LINK_MS), label, &link_path(&self.secret, token));
        made.inviter = Some(by.invitation.name());
        let (folder, writing, inviter) = (self.folder.clone(), made.clone(), by.invitation.name());
        let written = tokio::task::spawn_blocking(move || make(&folder, &writing, &inviter)).await.ok()?;
        let written = written.inspect_err(|error| tracing::error!(%error, "a bridge link could not be passed on"));
        if !written.ok()? {
            return None;
        }
        self.known.write().insert(made);
        Some(())
    }

    /// Until when a link waits for somebody who redeems it; `None`: it does not.
    fn waits(&self, token: Token, now: UnixMillis) -> Option<UnixMillis> {
        let known = self.known.read();
        let invitation = &known.stored.get(&token_hash(token))?.invitation;
        (!invitation.is_used() && invitation.expires() > now).then(|| invitation.expires())
    }

    fn is_known(&self, token: Token) -> bool {
        self.known.read().stored.contains_key(&token_hash(token))
    }

    /// The link of a token, signed with the operator's key.
    async fn link(&self, token: Token, expires: UnixMillis, now: UnixMillis, left: u8) -> Option<Friend> {
        let dir = self.dir.clone();
        let key = tokio::task::spawn_blocking(move || keys::operator(&dir)).await.ok()?;
        let key = key.inspect_err(|error| tracing::error!(%error, "a bridge link could not be signed")).ok()?;
        let address = RelayAddress { secret_path: link_path(&self.secret, token), ..self.relay.address.clone() };
        let bridge = Bridge::new(self.relay.id(), address, token, expires, now, &key);
        Some(Friend::Link { link: bridge.to_link(&key).ok()?, left })
    }

    /// Writes what has changed of an invitation; `None`: it is there no more, or can't be written.
    async fn keep(&self, stored: Stored) -> Option<()> {
        let (folder, writing) = (self.folder.clone(), stored.clone());
        let written = tokio::task::spawn_blocking(move || replace(&folder, &writing)).await;
        match written.ok()? {
            Ok(true) => {}
            // The operator has revoked it just now.
            Ok(false) => return None,
            Err(error) => {
                tracing::error!(%error, "an invitation could not be written");
                return None;
            }
        }
        self.known.write().insert(stored);
        Some(())
    }

    /// Never returns: takes up what the operator's commands change.
    pub(crate) async fn follow(&self) {
        let mut seen = None;
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let now = changed(&self.folder);
            if seen == Some(now) {
                continue;
            }
            let _turn = self.redeeming.lock().await;
            let read = self.read_again().inspect_err(|error| tracing::warn!(%error, "the invitations can't be read"));
            seen = read.unwrap_or(false).then_some(now);
        }
    }

    /// Reads the folder. What can't be read stays as it was known; `false`: that may pass.
    fn read_again(&self) -> io::Result<bool> {
        let Read { stored, unread, may_pass } = read_all(&self.folder)?;
        let mut known = Known::default();
        let is_unread = |one: &&Stored| unread.contains(&file(&self.folder, &one.invitation.name()));
        let before: Vec<Stored> = self.known.read().stored.values().filter(is_unread).cloned().collect();
        before.into_iter().chain(stored).for_each(|one| known.insert(one));
        *self.known.write() = known;
        Ok(!may_pass)
    }
}

impl Known {
    fn insert(&mut self, stored: Stored) {
        let name = stored.invitation.name();
        self.paths.insert(stored.link_path, Access::Link(name));
        if let Some(own) = stored.own_path {
            self.paths.insert(own, Access::Own(name));
        }
        self.stored.insert(name, stored);
    }

    /// No further link can be passed on.
    fn has_no_room(&self, friend_links: usize) -> bool {
        let passed_on = self.stored.values().filter(|stored| stored.inviter.is_some()).count();
        passed_on >= friend_links || self.stored.len() >= INVITATIONS_MAX
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
    let read = read_all(&folder).map_err(|error| unusable(&folder, &error))?;
    if read.stored.len() >= INVITATIONS_MAX {
        let reason = format!("it holds {INVITATIONS_MAX} invitations: revoke some first");
        return Err(StartError::Folder { path: folder, reason });
    }
    let path = link_path(&secret(dir)?, token);
    write(&folder, &Stored::new(token, expires, label.to_owned(), &path))?;
    Ok(path)
}

/// All invitations of the relay in `dir`.
pub(crate) fn list(dir: &Path) -> Result<Vec<Stored>, StartError> {
    let folder = dir.join(FOLDER);
    Ok(read_all(&folder).map_err(|error| unusable(&folder, &error))?.stored)
}

/// Which invitations are taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Take {
    /// Only what nobody has redeemed.
    Unused,
    /// Also the path that was got for it.
    Any,
}

/// Takes an invitation back, and links that whoever redeemed it has passed on and nobody has used; says whether it was
/// redeemed. `None`: there is none of this name.
pub(crate) fn revoke(dir: &Path, name: &[u8; 32], take: Take) -> Result<Option<bool>, StartError> {
    let folder = dir.join(FOLDER);
    let path = file(&folder, name);
    if !path.exists() {
        return Ok(None);
    }
    let _turn = turn(&folder)?;
    let used = match read_one(&path) {
        Ok(Some(stored)) => stored.invitation.is_used(),
        Ok(None) => return Ok(None),
        // what is damaged opens nothing
        Err(error) if error.kind() == ErrorKind::InvalidData => false,
        Err(error) => return Err(unusable(&path, &error)),
    };
    if !used || take == Take::Any {
        // She would come back by one of these. Her own goes last: who repeats this after a crash finds what is left.
        let read = read_all(&folder).map_err(|error| unusable(&folder, &error))?;
        let hers = |stored: &&Stored| stored.inviter == Some(*name) && !stored.invitation.is_used();
        let links = read.stored.iter().filter(hers).map(|stored| file(&folder, &stored.invitation.name()));
        for path in links.chain([path]) {
            files::remove(&path).map_err(|error| unusable(&path, &error))?;
        }
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

/// Writes an invitation that is passed on, if whoever passes it on is still let in and it is not there yet, whatever has
/// become of it; `false`: it is not written.
fn make(folder: &Path, stored: &Stored, inviter: &[u8; 32]) -> Result<bool, StartError> {
    let _turn = turn(folder)?;
    if !file(folder, inviter).exists() || file(folder, &stored.invitation.name()).exists() {
        return Ok(false);
    }
    write(folder, stored)?;
    Ok(true)
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

fn unusable(path: &Path, error: &io::Error) -> StartError {
    StartError::Folder { path: path.to_owned(), reason: error.to_string() }
}

/// What was found in a folder.
#[derive(Debug, Default)]
struct Read {
    stored: Vec<Stored>,
    /// Files that are there and could not be read.
    unread: BTreeSet<PathBuf>,
    /// One of them for a reason that may pass.
    may_pass: bool,
}

/// What can be read; what can't is told and left alone.
fn read_all(folder: &Path) -> io::Result<Read> {
    let mut read = Read::default();
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(read),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        if read.stored.len().saturating_add(read.unread.len()) >= INVITATIONS_MAX {
            break;
        }
        if path.extension().is_none_or(|kind| kind != "json") {
            continue;
        }
        match read_one(&path) {
            Ok(stored) => read.stored.extend(stored),
            Err(error) => {
                // where many can't be read it is mostly for one reason
                if read.unread.is_empty() {
                    tracing::warn!(%error, path = %path.display(), "an invitation can't be read");
                }
                read.may_pass |= !matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::PermissionDenied);
                read.unread.insert(path);
            }
        }
    }
    Ok(read)
}

/// An invitation; `None`: it is there no more.
fn read_one(path: &Path) -> io::Result<Option<Stored>> {
    let text = match std::fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        text => text?,
    };
    serde_json::from_slice(&text).map(Some).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
}

/// A folder changes when a file is made, renamed or deleted in it.
fn changed(folder: &Path) -> Option<SystemTime> {
    std::fs::metadata(folder).ok()?.modified().ok()
}

#[cfg(test)]
pub(crate) mod tests;
