//! How the carriers behave: the newest carrier profile that this machine has of whoever may sign (CAR-5 to CAR-9).
//!
//! Requirements: the network file is the person's choice, and its `carrier_key` with it. Provided: the choice among the
//! network file's profile, the one in the profile folder and the built-in one; taking another one while the carriers
//! run; a sentence for what can't be used. Not provided: getting newer profiles from anywhere.

mod sign;

pub use sign::{Signed, carrier_key, sign_carrier_profile};

pub(crate) use sign::fields;

use crate::translate;
use anyhow::Context as _;
use api::{ApiError, Reason, local};
use carrier::{
    Carriers, Profile,
    profile::{PROFILE_TEXT_BYTES_MAX, ProfileError, UnverifiedProfile, VerifyingKey},
};
use client::NetworkInfo;
use parking_lot::Mutex;
use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};
use store::files::write_private;

/// The signed profile in a profile's folder.
pub(crate) const FILE: &str = "carrier.profile";

/// Where the carrier profile in use comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProfileSource {
    /// It is the program's own.
    BuiltIn,
    /// It is in the network file.
    Network,
    /// It is in the profile's folder.
    Folder,
}

/// A carrier profile that is there and can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// Where it is.
    pub(crate) place: String,
    /// Why.
    pub(crate) why: String,
}

/// Why a carrier profile is not installed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InstallError {
    /// Nobody may sign.
    #[error(
        "the network file names no carrier_key, so nobody can sign profiles for it: get a newer network file first"
    )]
    NoKey,
    /// The named key is none.
    #[error("the network file's carrier_key is no Ed25519 key: get the file again")]
    BadKey,
    /// The profile itself.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// It can't be kept.
    #[error("{0} can't be written: {1}")]
    Disk(PathBuf, io::Error),
}

/// What of a network file is about carrier profiles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    key: Option<[u8; 32]>,
    profile: Option<String>,
}

impl Terms {
    pub(crate) fn of(network: &NetworkInfo) -> Self {
        Self { key: network.carrier_key, profile: network.carrier_profile.clone() }
    }

    fn verify(&self, text: &str, used: &Profile) -> Result<Profile, InstallError> {
        let key = VerifyingKey::from_bytes(&self.key.ok_or(InstallError::NoKey)?).map_err(|_| InstallError::BadKey)?;
        Ok(UnverifiedProfile::from_text(text)?.verify(&key, used)?)
    }
}

/// The profile in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Used {
    pub(crate) profile: Profile,
    pub(crate) source: ProfileSource,
    pub(crate) refused: Option<Refused>,
}

/// Knows which profile is in use, and takes others.
pub(crate) struct Behaviour {
    folder: PathBuf,
    terms: Terms,
    used: Mutex<Used>,
}

impl Behaviour {
    /// Chooses among what there is. Never fails: what can't be used is told, and the rest is used.
    pub(crate) fn of(folder: &Path, terms: Terms) -> Self {
        let used = choose(folder, &terms);
        if let Some(Refused { place, why }) = &used.refused {
            tracing::warn!(place, why, "a carrier profile can't be used");
        }
        Self { folder: folder.to_owned(), terms, used: Mutex::new(used) }
    }

    /// What is in use.
    pub(crate) fn used(&self) -> Used {
        self.used.lock().clone()
    }

    /// Checks a profile, keeps it and has the carriers behave so from now on; blocks on the disk.
    pub(crate) fn install(&self, text: &str, carriers: &Carriers) -> Result<(), InstallError> {
        let mut used = self.used.lock();
        let profile = keep(&self.folder, &self.terms, text, &used.profile)?;
        carriers.set_profile(&profile);
        *used = Used { profile, source: ProfileSource::Folder, refused: None };
        Ok(())
    }
}

/// The same for a profile whose daemon does not run. The number of the carrier profile that is used from now on.
pub fn install_carrier_profile(profile: &Path, text: &str) -> anyhow::Result<u64> {
    let folder = crate::profile::ProfileFolder::open(profile)?;
    let terms = Terms::of(&folder.network(None)?);
    let used = choose(folder.path(), &terms).profile;
    let kept = keep(folder.path(), &terms, text, &used);
    Ok(kept.context("the carrier profile was not installed")?.number)
}

/// Which carrier profile is in use.
pub(crate) fn told(used: &Used) -> local::CarrierProfile {
    let source = match used.source {
        ProfileSource::BuiltIn => local::ProfileSource::BuiltIn,
        ProfileSource::Network => local::ProfileSource::Network,
        ProfileSource::Folder => local::ProfileSource::Folder,
    };
    let refused = used.refused.clone().map(|Refused { place, why }| local::RefusedProfile { place, why });
    local::CarrierProfile { number: used.profile.number, source, refused }
}

/// Why a carrier profile is not installed.
pub(crate) fn install_error(error: &InstallError) -> ApiError {
    let reason = match error {
        InstallError::Profile(ProfileError::Version(_)) => Reason::NewerVersion,
        InstallError::Disk(..) => Reason::Internal,
        InstallError::NoKey | InstallError::BadKey | InstallError::Profile(_) => Reason::BadValue,
    };
    ApiError::new(reason, translate::sentence(&error.to_string()))
}

/// Checks a profile for a network file that names this key; its number.
pub fn check_carrier_profile(key: [u8; 32], text: &str) -> anyhow::Result<u64> {
    let terms = Terms { key: Some(key), profile: None };
    Ok(terms.verify(text, &Profile::default())?.number)
}

fn keep(folder: &Path, terms: &Terms, text: &str, used: &Profile) -> Result<Profile, InstallError> {
    let profile = terms.verify(text, used)?;
    let file = folder.join(FILE);
    let line = format!("{}\n", text.trim());
    write_private(&file, line.as_bytes()).map_err(|error| InstallError::Disk(file, error))?;
    Ok(profile)
}

/// The newest that can be used; of two with one number the network file's.
fn choose(folder: &Path, terms: &Terms) -> Used {
    let mut used = Used { profile: Profile::default(), source: ProfileSource::BuiltIn, refused: None };
    let file = folder.join(FILE);
    let of_network = terms.profile.clone().map(Ok);
    let of_folder = read(&file).transpose();
    let places = [
        (ProfileSource::Network, "the network file".to_owned(), of_network),
        (ProfileSource::Folder, file.display().to_string(), of_folder),
    ];
    for (source, place, found) in places {
        let Some(found) = found else { continue };
        // Not against the one in use: an older one is no mistake, it is only not used.
        let built_in = Profile::default();
        let checked = found
            .map_err(|error| error.to_string())
            .and_then(|text| terms.verify(&text, &built_in).map_err(|error| error.to_string()));
        match checked {
            Ok(profile) if profile.number > used.profile.number => (used.profile, used.source) = (profile, source),
            Ok(_) => {}
            Err(why) => used.refused = Some(Refused { place, why }),
        }
    }
    used
}

fn read(file: &Path) -> io::Result<Option<String>> {
    let opened = match File::open(file) {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    // One byte more than may be: the reader says that it is too long.
    let max = u64::try_from(PROFILE_TEXT_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    opened.take(max).read_to_end(&mut bytes)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests;
