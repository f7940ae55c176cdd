//! Checks images of documents and re-encodes them without metadata.
//!
//! The format is detected from the content. The pixels are counted before decoding; the image is checked for
//! completeness, rotated upright, converted to sRGB and encoded again, which removes the camera's metadata
//! about place and time. JPEG stays JPEG, PNG stays PNG, and WebP becomes lossless WebP; of an animation the
//! first frame is kept. The size in pixels never changes, except that a rotation can swap the sides.
//!
//! Memory: an image takes one buffer of 3 or 4 bytes per pixel, in addition to what its decoder needs.
//! [`intake`] estimates both from the image's header and rejects an image that needs more than
//! [`BYTES_A_PIXEL`] for each pixel of the limit.

mod color;
mod decode;
mod encode;
mod jpeg;
mod png;
mod upright;
mod webp;

/// Maximum bytes of memory for each pixel of the limit.
pub const BYTES_A_PIXEL: u64 = 6;
/// The longer side of a thumbnail, in pixels.
pub const THUMBNAIL: u32 = 320;

/// A processed image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// The thumbnail as JPEG, with a longer side of [`THUMBNAIL`] pixels.
    pub thumbnail: Vec<u8>,
}

/// Why an image is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IntakeError {
    #[error("the image has no bytes")]
    Empty,
    #[error("the image is not a JPEG, PNG or WebP")]
    Type,
    #[error("the image has more than {0} pixels")]
    TooManyPixels(u64),
    #[error(
        "the image needs too much memory to be decoded: save it with fewer pixels, 8 bits per channel and not progressive"
    )]
    TooMuchMemory,
    #[error("the image is incomplete: it cannot be fully decoded")]
    Broken,
}

/// Checks an image and encodes it again.
///
/// # Errors
///
/// [`IntakeError`]
pub fn intake(bytes: &[u8], most_pixels: u64) -> Result<Picture, IntakeError> {
    let decoded = decode::decode(bytes, most_pixels)?;
    encode::encode(decoded).map_err(|_| IntakeError::Broken)
}

/// Like [`intake`], but keeps the bytes of a JPEG that contains only the visible picture: encoding it again
/// would lose detail, and an image stored elsewhere is evidence.
///
/// # Errors
///
/// [`IntakeError`]
pub fn intake_kept(bytes: &[u8], most_pixels: u64) -> Result<Picture, IntakeError> {
    let mut picture = intake(bytes, most_pixels)?;
    if jpeg::is_bare(bytes) {
        picture.bytes = bytes.to_vec();
    }
    Ok(picture)
}
