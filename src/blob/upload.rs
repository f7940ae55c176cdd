//! What is let in as an image of a document: `image-intake` checks it and writes it anew, two at a time.

use std::sync::{Arc, LazyLock};

pub use image_intake::{IntakeError, Picture};
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// Images that are decoded at once: each may take some hundred megabytes.
static DECODING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));

/// Checks an image and writes it anew.
///
/// # Errors
///
/// The outer one when the server fails, the inner one when the image is not let in.
pub async fn check(bytes: Vec<u8>, most_pixels: u64) -> Result<Result<Picture, IntakeError>> {
    look_at(move || image_intake::intake(&bytes, most_pixels)).await
}

/// Likewise, but a JPEG that has nothing in it but what can be seen keeps its bytes: they are evidence.
///
/// # Errors
///
/// As [`check`].
pub async fn check_kept(bytes: Vec<u8>, most_pixels: u64) -> Result<Result<Picture, IntakeError>> {
    look_at(move || image_intake::intake_kept(&bytes, most_pixels)).await
}

/// Why an image is not let in, with the setting that decides it.
#[must_use]
pub fn reason(unfit: IntakeError) -> String {
    match unfit {
        IntakeError::TooManyPixels(_) | IntakeError::TooMuchMemory => {
            format!("{unfit} (`limits.image_pixels`)")
        }
        IntakeError::Empty | IntakeError::Type | IntakeError::Broken => unfit.to_string(),
    }
}

async fn look_at(
    look: impl FnOnce() -> Result<Picture, IntakeError> + Send + 'static,
) -> Result<Result<Picture, IntakeError>> {
    let fault = |_| Error::Fault("an image could not be looked at");
    let permit = DECODING.clone().acquire_owned().await;
    let permit = permit.map_err(|_| Error::Fault("images are not decoded any more"))?;
    let work = move || {
        let picture = look();
        // The work holds the permit, not the request: a client that hangs up ends its request and not the work.
        drop(permit);
        picture
    };
    tokio::task::spawn_blocking(work).await.map_err(fault)
}
