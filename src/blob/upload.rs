//! Checks uploaded document images: `image-intake` validates and re-encodes them, two at a time.

use std::sync::{Arc, LazyLock};

use tokio::sync::Semaphore;

use crate::{CheckError, Error, Result};
pub use image_intake::{IntakeError, Picture};

/// Limits concurrent image decoding: each image may need some hundred megabytes.
static DECODING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));

/// Validates and re-encodes an image.
///
/// # Errors
///
/// Rejected with the reason why the image cannot be accepted.
pub async fn check(bytes: Vec<u8>, most_pixels: u64) -> Result<Picture, CheckError<IntakeError>> {
    look_at(move || image_intake::intake(&bytes, most_pixels)).await
}

/// Validates and re-encodes an image, but keeps the bytes of a JPEG that contains only visible data: they are
/// evidence.
///
/// # Errors
///
/// As [`check`].
pub async fn check_kept(bytes: Vec<u8>, most_pixels: u64) -> Result<Picture, CheckError<IntakeError>> {
    look_at(move || image_intake::intake_kept(&bytes, most_pixels)).await
}

/// Returns why an image is rejected, with the setting that decides it.
#[must_use]
pub fn reason(unfit: IntakeError) -> String {
    match unfit {
        IntakeError::TooManyPixels(_) | IntakeError::TooMuchMemory => {
            format!("{unfit} (`limits.image_pixels`)")
        }
        IntakeError::Empty | IntakeError::Type | IntakeError::Broken => unfit.to_string(),
    }
}

/// Returns the media type of a stored image, from its first bytes.
#[must_use]
pub fn content_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'R', b'I', b'F', b'F', ..] => "image/webp",
        _ => "image/jpeg",
    }
}

async fn look_at(
    look: impl FnOnce() -> Result<Picture, IntakeError> + Send + 'static,
) -> Result<Picture, CheckError<IntakeError>> {
    let fault = |_| Error::Fault("failed to decode an image");
    let permit = DECODING.clone().acquire_owned().await;
    let permit = permit.map_err(|_| Error::Fault("the image decoder is shut down"))?;
    let work = move || {
        let picture = look();
        // The work holds the permit, not the request: when a client disconnects, its request ends but the
        // work continues.
        drop(permit);
        picture
    };
    tokio::task::spawn_blocking(work).await.map_err(fault)?.map_err(CheckError::Rejected)
}
