//! Decodes an image within the limits, to 8 bits per channel in sRGB.

use std::io::Cursor;

use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, metadata::Orientation};

use crate::{BYTES_A_PIXEL, IntakeError, color, jpeg, png, webp};

/// Memory in bytes that an image may need regardless of the limit of pixels.
const MEMORY_FLOOR: u64 = 64 * 1024 * 1024;

/// A decoded image, not yet rotated.
pub struct Decoded {
    pub format: ImageFormat,
    /// 8 bits per channel.
    pub image: DynamicImage,
    pub orientation: Orientation,
}

/// Decodes an image.
pub fn decode(bytes: &[u8], most_pixels: u64) -> Result<Decoded, IntakeError> {
    if bytes.is_empty() {
        return Err(IntakeError::Empty);
    }
    let Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) = image::guess_format(bytes)
    else {
        return Err(IntakeError::Type);
    };
    let broken = |_| IntakeError::Broken;
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader().into_dimensions().map_err(broken)?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > most_pixels {
        return Err(IntakeError::TooManyPixels(most_pixels));
    }
    let memory = most_pixels.saturating_mul(BYTES_A_PIXEL).max(MEMORY_FLOOR);
    let mut reader = reader();
    let mut limits = Limits::default();
    limits.max_alloc = Some(memory);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let head = if format == ImageFormat::Jpeg {
        Some(jpeg::Head::of(bytes).ok_or(IntakeError::Broken)?)
    } else {
        None
    };
    if head.as_ref().is_some_and(|head| head.size() != (width, height)) {
        return Err(IntakeError::Broken);
    }
    let exif = match format {
        ImageFormat::Jpeg => Some(decoder.exif_metadata().ok().flatten()),
        ImageFormat::Png => png::exif(bytes),
        _ => webp::is_whole(bytes).then(|| decoder.exif_metadata().ok().flatten()),
    };
    let orientation = orientation(exif.ok_or(IntakeError::Broken)?.as_deref());
    let coefficients = head.as_ref().map_or(0, jpeg::Head::coefficients);
    let needed = pixels * bytes_a_pixel(format, decoder.color_type(), orientation);
    if needed.saturating_add(coefficients) > memory {
        return Err(IntakeError::TooMuchMemory);
    }
    // The decoder fills in missing pixels.
    if head.is_some_and(|head| !jpeg::is_whole(bytes, head)) {
        return Err(IntakeError::Broken);
    }
    let profile = decoder.icc_profile().ok().flatten();
    let image = eight_bits(DynamicImage::from_decoder(decoder).map_err(broken)?);
    let image = match profile {
        Some(profile) => color::to_srgb(image, &profile),
        None => image,
    };
    Ok(Decoded { format, image, orientation })
}

/// Bytes of buffers per pixel while an image is decoded, converted and rotated.
fn bytes_a_pixel(format: ImageFormat, color: ColorType, orientation: Orientation) -> u64 {
    let decoded = u64::from(color.bytes_per_pixel());
    let kept = u64::from(color.channel_count());
    let turned = if orientation == Orientation::NoTransforms { kept } else { 2 * kept };
    match format {
        // A JPEG is rotated while it is encoded.
        ImageFormat::Jpeg => decoded,
        // 16 bits become 8 in a second buffer.
        ImageFormat::Png if decoded > kept => turned.max(decoded + kept),
        ImageFormat::Png => turned,
        // The decoder and the encoder each have their own buffer of four channels.
        _ => turned.max(kept + 4),
    }
}

fn eight_bits(image: DynamicImage) -> DynamicImage {
    use DynamicImage as Image;
    match image {
        Image::ImageLuma8(_) | Image::ImageLumaA8(_) | Image::ImageRgb8(_) | Image::ImageRgba8(_) => image,
        Image::ImageLuma16(_) => image.into_luma8().into(),
        Image::ImageLumaA16(_) => image.into_luma_alpha8().into(),
        image if image.color().has_alpha() => image.into_rgba8().into(),
        image => image.into_rgb8().into(),
    }
}

/// The orientation in the camera's metadata.
fn orientation(exif: Option<&[u8]>) -> Orientation {
    let exif = exif.map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}
