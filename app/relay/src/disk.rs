//! How much is free on the disk of the relay's folder.

use std::path::Path;

/// Bytes that this user may still write there; nothing where that can't be asked.
#[cfg(unix)]
pub(crate) fn free_bytes(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Bytes that this user may still write there; nothing where that can't be asked.
#[cfg(not(unix))]
pub(crate) fn free_bytes(_folder: &Path) -> Option<u64> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    #[test]
    fn the_disk_of_a_folder_tells_how_much_is_free() {
        let dir = tempfile::tempdir().unwrap();
        assert!(super::free_bytes(dir.path()).is_some_and(|bytes| bytes > 0));
        assert_eq!(super::free_bytes(&dir.path().join("missing")), None);
    }
}
