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
        rustix::fs::statvfs(&self.0).is_ok_and(|disk| is_scarce(disk.f_bavail, disk.f_blocks, disk.f_frsize))
    }
}

/// Of `all` blocks, `free` are left. A large disk with gigabytes left is not full, whatever the share.
fn is_scarce(free: u64, all: u64, block: u64) -> bool {
    free.saturating_mul(20) < all && free.saturating_mul(block) < (2 << 30)
}

#[cfg(test)]
mod tests {
    use super::is_scarce;

    #[test]
    fn a_disk_is_nearly_full_below_a_twentieth_and_two_gibibytes() {
        for (free, all, block, full) in [
            (49, 1_000, 4_096, true),
            (50, 1_000, 4_096, false),
            (1, 1 << 20, 4_096, true),
            (1 << 19, 1 << 30, 4_096, false),
            ((1 << 19) - 1, 1 << 30, 4_096, true),
            (0, 10, 4_096, true),
        ] {
            assert_eq!(is_scarce(free, all, block), full, "{free} of {all}");
        }
    }
}
