use std::{
    fs,
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

use crate::{DerivationKey, KeyFileError};

/// Reads the key in a file. `None` if the file does not exist.
///
/// # Errors
///
/// If the file cannot be read, or has other content.
pub fn read(path: &Path) -> Result<Option<DerivationKey>, KeyFileError> {
    match fs::read_to_string(path) {
        Ok(text) => DerivationKey::parse(&text).map(Some),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(source) => Err(KeyFileError::File { path: path.to_owned(), source }),
    }
}

/// Reads the key in a file. If the file does not exist, creates it with a new key, readable only by its
/// owner. The caller must ensure that no data was sealed with another key.
///
/// # Errors
///
/// If the file cannot be read or created, or has other content.
///
/// # Panics
///
/// If the operating system provides no randomness.
pub fn read_or_create(path: &Path) -> Result<DerivationKey, KeyFileError> {
    let failed = |source| KeyFileError::File { path: path.to_owned(), source };
    if let Some(directory) = path.parent() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(failed)?;
    }
    // Written to a temporary file and linked, so that two servers that start at once read the same complete
    // key.
    if !path.exists() {
        let text = DerivationKey::generate_text().expect("the operating system gives randomness");
        let draft = path.with_extension(format!("{}.new", std::process::id()));
        let mut file =
            fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft).map_err(failed)?;
        writeln!(file, "{}", *text).and_then(|()| file.sync_all()).map_err(failed)?;
        let linked = fs::hard_link(&draft, path);
        fs::remove_file(&draft).map_err(failed)?;
        match linked {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(error)),
            Ok(()) | Err(_) => {}
        }
    }
    DerivationKey::parse(&fs::read_to_string(path).map_err(failed)?)
}

/// The permissions of a key file, if users other than its owner can read or change it.
#[must_use]
pub fn exposed_mode(path: &Path) -> Option<u32> {
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    Some(mode).filter(|mode| mode & 0o077 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn creates_a_file_for_its_owner_once_and_reads_it_after_that() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("new/root.key");
        assert!(read(&path).unwrap().is_none());
        let created = read_or_create(&path).unwrap().fingerprint();
        assert_eq!(exposed_mode(&path), None);
        assert_eq!(read_or_create(&path).unwrap().fingerprint(), created);
        assert_eq!(read(&path).unwrap().unwrap().fingerprint(), created);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft is left");

        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(exposed_mode(&path), Some(0o640));
    }

    #[test]
    fn does_not_replace_a_file_with_other_content() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("root.key");
        fs::write(&path, "not a key").unwrap();
        assert!(matches!(read_or_create(&path), Err(KeyFileError::Malformed)));
        assert!(matches!(read(&path), Err(KeyFileError::Malformed)));
        assert!(matches!(read(directory.path()), Err(KeyFileError::File { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "not a key");
    }
}
