//! The data folder: one place for database and keys, readable by its owner only.

use crate::fault::Fault;
use std::fs::{DirBuilder, Permissions, set_permissions};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Where the endpoint keeps its files.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes the folder if needed and closes it to everybody but its owner (mode 0700).
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let fault = |cause| Fault::Folder(path.to_owned(), cause);
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(fault)?;
        set_permissions(path, Permissions::from_mode(0o700)).map_err(fault)?;
        Ok(Self(path.to_owned()))
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.0.join("endpoint.sqlite")
    }

    /// The endpoint's private keys.
    pub fn keys(&self) -> PathBuf {
        self.0.join("endpoint.keys")
    }

    /// Whether so little space is left that nothing more may be taken: under 5 %, and under 2 GiB.
    pub fn is_nearly_full(&self) -> bool {
        rustix::fs::statvfs(&self.0).is_ok_and(|disk| {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            free < (2 << 30) && disk.f_bavail.saturating_mul(20) < disk.f_blocks
        })
    }
}
