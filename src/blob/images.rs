use std::{fs::DirBuilder, io, os::unix::fs::DirBuilderExt, path::PathBuf};

use axum::body::Bytes;
use object_store::{ObjectStoreExt, local::LocalFileSystem, path::Path};
use uuid::Uuid;

use crate::{
    Error, Result,
    crypto::{DataKey, Place},
};

/// Where images are kept: `DIRECTORY/PROJECT/REQUEST/SIDE`.
#[derive(Clone, Debug)]
pub struct Images(PathBuf);

impl Images {
    /// Images in a directory, which is made when the first one comes.
    #[must_use]
    pub fn in_directory(directory: &std::path::Path) -> Self {
        Self(directory.to_owned())
    }

    /// Keeps an image, sealed, in place of one that is there.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub async fn keep(
        &self,
        key: &DataKey,
        project: Uuid,
        request: Uuid,
        side: &str,
        image: Bytes,
    ) -> Result<()> {
        let (key, column) = (key.clone(), side.to_owned());
        // Ten milliseconds for the largest: too long for a thread that others wait for.
        let sealed = tokio::task::spawn_blocking(move || {
            key.seal(Place { project, table: "images", column: &column, row: request }, &image)
        });
        let sealed = sealed.await.map_err(|_| Error::Fault("the sealing of an image broke off"))??;
        let path = Path::from(format!("{project}/{request}/{side}"));
        let store = self.open().map_err(|error| failed(&error))?;
        // Written beside and moved into place, so that nobody reads half an image.
        store.put(&path, sealed.into()).await.map_err(|error| failed(&error))?;
        Ok(())
    }

    fn open(&self) -> io::Result<LocalFileSystem> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.0)?;
        LocalFileSystem::new_with_prefix(&self.0).map_err(io::Error::other)
    }
}

fn failed(error: &dyn std::error::Error) -> Error {
    tracing::error!(%error, "an image could not be kept");
    Error::Fault("an image could not be kept")
}

/// Whether bytes are an image of a type that documents come in: JPEG, PNG or `WebP`, by its first bytes and not by what
/// the client calls it.
#[must_use]
pub fn is_image(bytes: &[u8]) -> bool {
    let is_webp = bytes.len() >= 12 && bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WEBP";
    bytes.starts_with(b"\xff\xd8\xff") || bytes.starts_with(b"\x89PNG\r\n\x1a\n") || is_webp
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_told_by_their_first_bytes() {
        for image in [&b"\xff\xd8\xff\xe0"[..], b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8 "] {
            assert!(is_image(image));
        }
        for other in
            [&b""[..], b"\xff\xd8", b"GIF89a", b"%PDF-1.7", b"RIFF\0\0\0\0WAVEfmt ", b"<svg>", b"RIFF"]
        {
            assert!(!is_image(other));
        }
    }
}
