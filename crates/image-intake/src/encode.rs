//! Encodes an image.

use image::{
    DynamicImage, GenericImageView, ImageFormat, ImageResult,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
    imageops,
};

use crate::{Picture, THUMBNAIL, decode::Decoded, upright::Upright};

/// JPEG quality, 0 to 100.
const QUALITY: u8 = 90;

pub fn encode(decoded: Decoded) -> ImageResult<Picture> {
    let Decoded { format, mut image, orientation } = decoded;
    let upright = Upright { image: &image, orientation };
    let (width, height) = upright.dimensions();
    let thumbnail = thumbnail(&upright)?;
    let (content_type, bytes) = if format == ImageFormat::Jpeg {
        ("image/jpeg", jpeg(&upright)?)
    } else {
        image.apply_orientation(orientation);
        if format == ImageFormat::Png { ("image/png", png(&image)?) } else { ("image/webp", webp(image)?) }
    };
    Ok(Picture { content_type, bytes, width, height, thumbnail })
}

fn thumbnail(upright: &Upright<'_>) -> ImageResult<Vec<u8>> {
    let (width, height) = upright.dimensions();
    let longer = u64::from(width.max(height));
    let scaled = |side: u32| {
        let scaled = (u64::from(side) * u64::from(THUMBNAIL) + longer / 2) / longer;
        u32::try_from(scaled).unwrap_or(THUMBNAIL).max(1)
    };
    jpeg(&imageops::thumbnail(upright, scaled(width), scaled(height)))
}

fn jpeg(image: &impl GenericImageView<Pixel = image::Rgb<u8>>) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(image)?;
    Ok(bytes)
}

fn png(image: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    image.write_with_encoder(PngEncoder::new(&mut bytes))?;
    Ok(bytes)
}

fn webp(image: DynamicImage) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = WebPEncoder::new_lossless(&mut bytes);
    if image.color().has_alpha() {
        image.into_rgba8().write_with_encoder(encoder)?;
    } else {
        image.into_rgb8().write_with_encoder(encoder)?;
    }
    Ok(bytes)
}
