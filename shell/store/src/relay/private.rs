//! The store's files belong to one user: SQLite itself makes them readable by everybody.

use mailbox::store::StoreError;
use std::path::Path;

/// Makes the file if there is none, readable by its owner only; SQLite gives its log the same rights.
#[cfg(unix)]
pub(super) fn prepare(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let failed = |error: std::io::Error| StoreError(format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let mode = std::fs::metadata(folder).map_err(failed)?.permissions().mode();
        if mode & 0o002 != 0 {
            let folder = folder.display();
            return Err(StoreError(format!("everybody can write to {folder}: take that right away (chmod o-w)")));
        }
    }
    let mut options = std::fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    let file = options.open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.permissions().mode() & 0o077 != 0 {
        file.set_permissions(std::fs::Permissions::from_mode(0o600)).map_err(failed)?;
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn prepare(_path: &Path) -> Result<(), StoreError> {
    Ok(())
}
