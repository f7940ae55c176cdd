//! Checks images of documents and writes them anew, with nothing in them but what can be seen.
//!
//! An image is known by its content, counted in pixels before it is decoded, checked to be whole, turned upright, converted
//! to sRGB and encoded again: what a camera wrote about place and time is gone. JPEG stays JPEG, PNG stays PNG, and WebP
//! becomes lossless WebP; of an animation the first frame is kept. The size in pixels never changes.
//!
//! Memory: an image is held in one buffer of 3 or 4 bytes a pixel, besides what its decoder needs. [`intake`] estimates both
//! from the head of the image and rejects what needs more than [`BYTES_A_PIXEL`] for each pixel of the limit.

mod color;
mod decode;
mod encode;
mod jpeg;
mod png;
mod upright;
mod webp;

/// Bytes of memory for each pixel that an image may have, at most.
pub const BYTES_A_PIXEL: u64 = 6;
/// The longer side of a thumbnail, in pixels.
pub const THUMBNAIL: u32 = 320;

/// An image as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// The image with a longer side of [`THUMBNAIL`] pixels, as JPEG.
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

/// Checks an image and writes it anew.
///
/// # Errors
///
/// [`IntakeError`]
pub fn intake(bytes: &[u8], most_pixels: u64) -> Result<Picture, IntakeError> {
    let decoded = decode::decode(bytes, most_pixels)?;
    encode::encode(decoded).map_err(|_| IntakeError::Broken)
}

/// Likewise, but a JPEG that has nothing in it but what can be seen keeps its bytes: encoding it again would lose some detail,
/// and what was kept elsewhere is evidence.
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
