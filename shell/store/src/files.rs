//! Folders and small files that belong to one person: keys, settings.
//!
//! Requirements: a disk that keeps what `fsync` acknowledged, and renames at once or not at all.
//!
//! Provided: [`make_private_dir`], [`write_private`].
//!
//! Not provided: locks; of two that write one file at the same time, one wins or both fail.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Makes a folder, and those above it, that only its owner can enter; an existing one is left as it is.
///
/// # Errors
/// The operating system's.
pub fn make_private_dir(dir: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Writes a file that only its owner can read or write, in place of what was there. After a crash the file is the old
/// one or the new one, whole; once this has returned it is the new one.
///
/// # Errors
/// The operating system's.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let side = beside(path);
    match std::fs::remove_file(&side) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
        // what a crash has left
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&side)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| std::fs::rename(&side, path));
    if let Err(why) = written {
        // A half one may hold a key, and takes room on a disk that may be full.
        std::fs::remove_file(&side).ok();
        return Err(why);
    }
    sync_folder_of(path)
}

/// Removes a file, and what a crash has left of writing it, so that both stay removed after a crash; a file that is not
/// there is no error.
///
/// # Errors
/// The operating system's.
pub fn remove(path: &Path) -> io::Result<()> {
    for one in [path, &beside(path)] {
        match std::fs::remove_file(one) {
            Ok(()) => sync_folder_of(one)?,
            Err(why) if why.kind() == io::ErrorKind::NotFound => {}
            Err(why) => return Err(why),
        }
    }
    Ok(())
}

/// Where a file is written before it takes its name.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// Makes the names in a folder durable.
#[cfg(unix)]
fn sync_folder_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => File::open(".")?.sync_all(),
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// Folders can't be opened here.
#[cfg(not(unix))]
fn sync_folder_of(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn folders_and_files_are_for_their_owner_only() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("a").join("b");
        make_private_dir(&folder).unwrap();
        make_private_dir(&folder).unwrap();
        assert_eq!((mode(&dir.path().join("a")), mode(&folder)), (0o700, 0o700));
        let file = folder.join("key");
        write_private(&file, b"one").unwrap();
        assert_eq!(mode(&file), 0o600);
        write_private(&file, b"two").unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
        remove(&file).unwrap();
        remove(&file).unwrap();
        assert!(!file.exists());
    }

    #[test]
    fn what_a_crash_left_beside_it_is_neither_used_nor_in_the_way() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("key");
        let left = beside(&file);
        std::fs::write(&left, "half").unwrap();
        std::fs::set_permissions(&left, std::fs::Permissions::from_mode(0o644)).unwrap();
        write_private(&file, b"whole").unwrap();
        assert_eq!((std::fs::read(&file).unwrap(), mode(&file)), (b"whole".to_vec(), 0o600));
    }

    #[test]
    fn a_file_that_cannot_be_replaced_stays_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let taken = dir.path().join("taken");
        std::fs::create_dir_all(taken.join("full")).unwrap();
        assert!(write_private(&taken, b"x").is_err());
        assert!(taken.join("full").exists());
        assert!(!beside(&taken).exists(), "nothing is left beside it");
    }
}
