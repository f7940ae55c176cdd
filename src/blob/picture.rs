//! What is let in as an image of a document: looked at by its content, and written anew, so that nothing of it is kept but
//! what can be seen.

mod bare;

use std::{
    io::Cursor,
    sync::{Arc, LazyLock},
};

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
};
use tokio::sync::Semaphore;

use self::bare::is_bare;
use crate::{Error, Result};

/// The longer side of a thumbnail, in pixels.
const THUMBNAIL: u32 = 320;
/// Of 100.
const QUALITY: u8 = 90;
/// A decoder asks for no more memory than that many bytes for each pixel that an image may have.
const BYTES_A_PIXEL: u64 = 8;

/// The last chunk of a PNG.
const PNG_END: &[u8] = b"\0\0\0\0IEND\xaeB`\x82";

/// Images that are decoded at once: each may take some hundred megabytes.
static DECODING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));

/// An image as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// A small one, as JPEG.
    pub thumbnail: Vec<u8>,
}

/// Why an image is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("the image has no bytes")]
    Empty,
    #[error("the image is no JPEG, PNG or WebP")]
    Type,
    #[error("the image has more than {0} pixels (`limits.image_pixels`)")]
    TooManyPixels(u64),
    #[error("the image is not whole: it cannot be decoded to its end")]
    Broken,
}

/// Looks at an image and writes it anew, the right way up, without what the camera wrote about place and time.
///
/// # Errors
///
/// The outer one when the server fails, the inner one when the image is not let in.
pub async fn check(bytes: Vec<u8>, most_pixels: u64) -> Result<Result<Picture, Unfit>> {
    look_at(bytes, move |bytes| written_anew(bytes, most_pixels)).await
}

/// Likewise, but a JPEG that has nothing in it but what can be seen stays as it is. To write it anew would cost some of that, and what
/// was kept elsewhere is evidence.
///
/// # Errors
///
/// As [`check`].
pub async fn check_kept(bytes: Vec<u8>, most_pixels: u64) -> Result<Result<Picture, Unfit>> {
    look_at(bytes, move |bytes| {
        let mut picture = written_anew(bytes, most_pixels)?;
        if is_bare(bytes) {
            picture.bytes = bytes.to_vec();
        }
        Ok(picture)
    })
    .await
}

async fn look_at(
    bytes: Vec<u8>,
    look: impl FnOnce(&[u8]) -> Result<Picture, Unfit> + Send + 'static,
) -> Result<Result<Picture, Unfit>> {
    let fault = |_| Error::Fault("an image could not be looked at");
    let permit = DECODING.clone().acquire_owned().await;
    let permit = permit.map_err(|_| Error::Fault("images are not decoded any more"))?;
    let work = move || {
        let picture = look(&bytes);
        // The work holds the permit, not the request: a client that hangs up ends its request and not the work.
        drop(permit);
        picture
    };
    tokio::task::spawn_blocking(work).await.map_err(fault)
}

fn written_anew(bytes: &[u8], most_pixels: u64) -> Result<Picture, Unfit> {
    if bytes.is_empty() {
        return Err(Unfit::Empty);
    }
    let Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) = image::guess_format(bytes)
    else {
        return Err(Unfit::Type);
    };
    let broken = |_| Unfit::Broken;
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader().into_dimensions().map_err(broken)?;
    if u64::from(width) * u64::from(height) > most_pixels {
        return Err(Unfit::TooManyPixels(most_pixels));
    }
    // The decoder fills the rest of a JPEG that breaks off with grey, and of a PNG it reads no more than the pixels.
    let is_whole = match format {
        ImageFormat::Jpeg => ends(bytes),
        ImageFormat::Png => bytes.windows(PNG_END.len()).any(|window| window == PNG_END),
        _ => true,
    };
    if !is_whole {
        return Err(Unfit::Broken);
    }
    let mut reader = reader();
    let mut limits = Limits::default();
    limits.max_alloc = Some(most_pixels.saturating_mul(BYTES_A_PIXEL));
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let orientation = decoder.orientation().map_err(broken)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    image.apply_orientation(orientation);

    let small = image.thumbnail(THUMBNAIL, THUMBNAIL);
    let (content_type, bytes) = match format {
        ImageFormat::Jpeg => ("image/jpeg", jpeg(&image).map_err(broken)?),
        ImageFormat::Png => ("image/png", png(&image).map_err(broken)?),
        _ => ("image/webp", webp(image.clone()).map_err(broken)?),
    };
    let thumbnail = jpeg(&small).map_err(broken)?;
    Ok(Picture { content_type, bytes, width: image.width(), height: image.height(), thumbnail })
}

fn jpeg(image: &DynamicImage) -> image::ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    // JPEG knows neither alpha nor 16 bits.
    image.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
    Ok(bytes)
}

fn png(image: &DynamicImage) -> image::ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    image.write_with_encoder(PngEncoder::new(&mut bytes))?;
    Ok(bytes)
}

fn webp(image: DynamicImage) -> image::ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    image.into_rgba8().write_with_encoder(WebPEncoder::new_lossless(&mut bytes))?;
    Ok(bytes)
}

/// Whether a JPEG has its end: the marker after the last scan, not one of a preview in its head.
fn ends(bytes: &[u8]) -> bool {
    let mut at = 2;
    let mut in_scan = false;
    while let Some(&[first, marker]) = bytes.get(at..at + 2) {
        match (first, marker) {
            (0xff, 0xd9) => return in_scan,
            // Fill bytes, and what a scan writes for 0xff and between its intervals.
            (0xff, 0xff) => at += 1,
            (0xff, 0x00 | 0x01 | 0xd0..=0xd7) => at += 2,
            (0xff, _) => {
                in_scan |= marker == 0xda;
                let Some(&[high, low]) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([high, low]));
            }
            // Between segments there is nothing else.
            _ if !in_scan => return false,
            _ => at += 1,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use image::RgbImage;

    use super::*;

    const MOST: u64 = 1_000_000;

    /// A picture that no two quarters of look alike.
    fn drawn() -> DynamicImage {
        let shade = |at: u32, of: u32| u8::try_from(at * 255 / of).unwrap_or(255);
        RgbImage::from_fn(640, 400, |x, y| image::Rgb([shade(x, 640), shade(y, 400), 90])).into()
    }

    fn encoded(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        drawn().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn whole_images_of_each_type_are_let_in_with_a_thumbnail() {
        for (format, content_type) in [
            (ImageFormat::Jpeg, "image/jpeg"),
            (ImageFormat::Png, "image/png"),
            (ImageFormat::WebP, "image/webp"),
        ] {
            let picture = written_anew(&encoded(format), MOST).unwrap();
            assert_eq!((picture.content_type, picture.width, picture.height), (content_type, 640, 400));
            assert_eq!(image::guess_format(&picture.bytes).unwrap(), format);
            let small = image::load_from_memory(&picture.thumbnail).unwrap();
            assert_eq!((small.width(), small.height()), (320, 200));
        }
    }

    #[test]
    fn an_image_that_breaks_off_is_not_let_in_wherever_it_does() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let whole = encoded(format);
            for end in [whole.len() - 2, whole.len() * 9 / 10, whole.len() / 2, whole.len() / 4, 40] {
                assert_eq!(written_anew(&whole[..end], MOST), Err(Unfit::Broken), "{format:?} cut at {end}");
            }
        }
        assert_eq!(written_anew(&[], MOST), Err(Unfit::Empty));
    }

    #[test]
    fn other_files_are_not_let_in_whatever_they_look_like() {
        for other in [&b"GIF89a\x01\0\x01\0\0\0\0;"[..], b"%PDF-1.7", b"<svg/>", b"PK\x03\x04", b"\xff\xd8"] {
            assert_eq!(written_anew(other, MOST), Err(Unfit::Type));
        }
        // The first bytes alone make no image.
        for head in [&b"\xff\xd8\xff\xe0\0\x10JFIF"[..], b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8 "] {
            assert_eq!(written_anew(head, MOST), Err(Unfit::Broken));
        }
    }

    #[test]
    fn pixels_are_counted_before_anything_is_decoded() {
        assert_eq!(written_anew(&encoded(ImageFormat::Png), 255_999), Err(Unfit::TooManyPixels(255_999)));
        assert!(written_anew(&encoded(ImageFormat::Png), 256_000).is_ok());
        // The head of an image of 60,000 by 60,000 pixels: some hundred bytes.
        let mut bomb = encoded(ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let refused = written_anew(&bomb, 40_000_000);
        assert!(matches!(refused, Err(Unfit::TooManyPixels(_) | Unfit::Broken)), "{refused:?}");
    }

    #[test]
    fn what_the_camera_wrote_is_gone_and_the_image_stands_upright() {
        let plain = encoded(ImageFormat::Jpeg);
        // An Exif segment that says "turned to the right", and where it was taken.
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend(b" canary of a place ");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let turned = [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat();
        let picture = written_anew(&turned, MOST).unwrap();
        assert_eq!((picture.width, picture.height), (400, 640));
        for bytes in [&picture.bytes, &picture.thumbnail] {
            assert!(!bytes.windows(6).any(|window| window == b"canary" || window == b"Exif\0\0"));
        }
    }
}
