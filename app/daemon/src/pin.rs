//! The carrier that a person chose by hand (CAR-45), kept in a file of the profile.

use api::{ApiError, Reason};
use carrier::Carriers;
use std::{fs, io, path::Path};
use store::files;

/// The file's name in the profile.
const FILE: &str = "carrier";
/// Lets whichever carrier works be used.
const AUTO: &str = "auto";

/// Uses what was chosen last. A name that this version does not have is passed over.
pub(crate) fn resume(profile: &Path, carriers: &Carriers) {
    match fs::read_to_string(profile.join(FILE)) {
        Ok(name) if carriers.pin(Some(name.trim())) => {}
        Ok(name) => tracing::warn!(%name, "there is no such carrier: whichever works is used"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => tracing::warn!(%error, "the choice of the carrier can't be read: whichever works is used"),
    }
}

/// Uses the carrier of this name from now on, also after a restart, or whichever works.
pub(crate) fn choose(profile: &Path, carriers: &Carriers, name: &str) -> Result<(), ApiError> {
    let file = profile.join(FILE);
    if name != AUTO && !carriers.names().contains(&name) {
        let all = carriers.names().join(", ");
        return Err(ApiError::new(
            Reason::BadValue,
            format!("There is no carrier “{name}”: use one of {all}, or {AUTO}."),
        ));
    }
    let kept = if name == AUTO { files::remove(&file) } else { files::write_private(&file, name.as_bytes()) };
    kept.map_err(|error| ApiError::new(Reason::Internal, format!("{} can't be written: {error}.", file.display())))?;
    let _known = carriers.pin(Some(name).filter(|name| *name != AUTO));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_outlasts_a_restart_until_it_is_let_go() {
        let (profile, carriers) = (tempfile::tempdir().unwrap(), Carriers::default());
        let refused = choose(profile.path(), &carriers, "pigeon").unwrap_err();
        assert!(refused.message.contains("https, https-rotating, dns, or auto"), "{}", refused.message);
        choose(profile.path(), &carriers, "https-rotating").unwrap();
        let again = Carriers::default();
        resume(profile.path(), &again);
        assert_eq!((carriers.pinned(), again.pinned()), (Some("https-rotating"), Some("https-rotating")));
        choose(profile.path(), &again, AUTO).unwrap();
        let again = Carriers::default();
        resume(profile.path(), &again);
        assert_eq!(again.pinned(), None);
        fs::write(profile.path().join(FILE), "pigeon").unwrap();
        resume(profile.path(), &again);
        assert_eq!(again.pinned(), None, "a name from another version");
    }
}
