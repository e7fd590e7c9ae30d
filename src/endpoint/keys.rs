//! The endpoint's two private keys in a file of their own (mode 0600), so that a stolen database does not hold them.
//!
//! Invariant: written once, flushed, never overwritten; a file that others can read is refused.

use crate::fault::Fault;
use crate::folder::Folder;
use crate::random::Machine;
use data_encoding::HEXLOWER;
use std::fs::{File, OpenOptions, read_to_string};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use sync::keys::{EndpointKeys, Seed};

const HEADER: &str = "lylich-endpoint keys 1";

/// Reads the key file, or makes it on the first start.
pub fn load_or_make(folder: &Folder) -> Result<EndpointKeys, Fault> {
    let path = folder.keys();
    let fault = |cause| Fault::KeyFile(path.clone(), cause);
    match File::open(&path) {
        Ok(file) => {
            let mode = file.metadata().map_err(fault)?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(Fault::KeyFileOpen(path));
            }
            parse(&read_to_string(&path).map_err(fault)?).ok_or(Fault::KeyFileDamaged(path))
        }
        Err(missing) if missing.kind() == ErrorKind::NotFound => {
            let keys = EndpointKeys::draw(&mut Machine);
            write(folder, &keys).map_err(fault)?;
            Ok(keys)
        }
        Err(other) => Err(fault(other)),
    }
}

fn write(folder: &Folder, keys: &EndpointKeys) -> std::io::Result<()> {
    let (sign, age) = keys.seeds();
    let text = format!(
        "{HEADER}\n{}\n{}\n",
        HEXLOWER.encode(sign.as_ref()),
        HEXLOWER.encode(age.as_ref())
    );
    // Beside first and then into place: a crash leaves no half key file.
    let beside = folder.path().join(".endpoint.keys.new");
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::hard_link(&beside, folder.keys())?;
    std::fs::remove_file(&beside)?;
    File::open(folder.path())?.sync_all()
}

fn parse(text: &str) -> Option<EndpointKeys> {
    let mut lines = text.lines();
    let (Some(HEADER), Some(sign), Some(age), None) = (lines.next(), lines.next(), lines.next(), lines.next()) else {
        return None;
    };
    let seed = |line: &str| -> Option<Seed> {
        let bytes = HEXLOWER.decode(line.as_bytes()).ok()?;
        Some(Seed::new(bytes.as_slice().try_into().ok()?))
    };
    Some(EndpointKeys::from_seeds(&seed(sign)?, seed(age)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{Permissions, metadata, set_permissions};

    #[test]
    fn keys_are_made_once_and_only_their_owner_reads_them() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(&place.path().join("data")).unwrap();
        let keys = load_or_make(&folder).unwrap();
        assert_eq!(load_or_make(&folder).unwrap().sign_pub(), keys.sign_pub());
        assert_eq!(load_or_make(&folder).unwrap().age_pub(), keys.age_pub());
        assert_eq!(metadata(folder.keys()).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn an_open_or_damaged_key_file_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        load_or_make(&folder).unwrap();
        set_permissions(folder.keys(), Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(load_or_make(&folder), Err(Fault::KeyFileOpen(_))));
        set_permissions(folder.keys(), Permissions::from_mode(0o600)).unwrap();
        std::fs::write(folder.keys(), "lylich-endpoint keys 1\nabcd\n").unwrap();
        assert!(matches!(load_or_make(&folder), Err(Fault::KeyFileDamaged(_))));
    }
}
