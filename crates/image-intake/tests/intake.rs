//! Which images are accepted, and what is stored of them.

#![expect(clippy::unwrap_used, reason = "what must not fail in a test fails it")]

use std::io::Cursor;

use image::{
    DynamicImage, ImageEncoder, ImageFormat, RgbImage, RgbaImage,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
};
use image_intake::{IntakeError, intake, intake_kept};

const MOST: u64 = 1_000_000;

/// An image whose four quarters differ.
fn drawn() -> DynamicImage {
    let shade = |at: u32, of: u32| u8::try_from(at * 255 / of).unwrap_or(255);
    RgbImage::from_fn(640, 400, |x, y| image::Rgb([shade(x, 640), shade(y, 400), 90])).into()
}

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    drawn().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// An Exif block with the orientation "rotated to the right", and a place.
fn exif() -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend(b" canary of a place ");
    exif
}

/// A PNG with a chunk before its end, that is after the pixels.
fn with_late_chunk(png: &[u8], kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let (pixels, end) = png.split_at(png.len() - 12);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    let checked = [&kind[..], data].concat();
    [pixels, &length, &checked, &crc(&checked).to_be_bytes(), end].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

#[test]
fn complete_images_of_each_type_are_accepted_with_a_thumbnail() {
    for (format, content_type) in [
        (ImageFormat::Jpeg, "image/jpeg"),
        (ImageFormat::Png, "image/png"),
        (ImageFormat::WebP, "image/webp"),
    ] {
        let picture = intake(&encoded(format), MOST).unwrap();
        assert_eq!((picture.content_type, picture.width, picture.height), (content_type, 640, 400));
        assert_eq!(image::guess_format(&picture.bytes).unwrap(), format);
        let kept = image::load_from_memory(&picture.bytes).unwrap().into_rgb8();
        let differs = |one: &image::Rgb<u8>, other: &image::Rgb<u8>| {
            one.0.iter().zip(other.0).any(|(a, b)| a.abs_diff(b) > 8)
        };
        assert!(
            !kept.pixels().zip(drawn().to_rgb8().pixels()).any(|(one, other)| differs(one, other)),
            "{format:?}"
        );
        let small = image::load_from_memory(&picture.thumbnail).unwrap();
        assert_eq!((small.width(), small.height()), (320, 200));
    }
}

#[test]
fn an_image_truncated_at_any_byte_is_rejected() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(format);
        for end in [whole.len() - 2, whole.len() * 9 / 10, whole.len() / 2, whole.len() / 4, 40] {
            assert_eq!(intake(&whole[..end], MOST), Err(IntakeError::Broken), "{format:?} cut at {end}");
        }
    }
    assert_eq!(intake(&[], MOST), Err(IntakeError::Empty));
}

/// The files have a valid end, lengths and checksums.
#[test]
fn missing_pixels_before_an_end_marker_are_rejected() {
    for share in 3..10 {
        let jpeg = encoded(ImageFormat::Jpeg);
        let cut = [&jpeg[..jpeg.len() * share / 10], b"\xff\xd9"].concat();
        assert_eq!(intake(&cut, MOST), Err(IntakeError::Broken), "JPEG at {share}");

        let png = encoded(ImageFormat::Png);
        let first = png.windows(4).position(|it| it == b"IDAT").unwrap();
        let mut chunks = png[..first - 4].to_vec();
        let data = first + 4..first + 4 + (png.len() - first) * share / 10;
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        chunks.extend(length);
        let checked = [&b"IDAT"[..], &png[data]].concat();
        chunks.extend(&checked);
        chunks.extend(crc(&checked).to_be_bytes());
        chunks.extend(&png[png.len() - 12..]);
        assert_eq!(intake(&chunks, MOST), Err(IntakeError::Broken), "PNG at {share}");

        let webp = encoded(ImageFormat::WebP);
        let mut cut = webp[..webp.len() * share / 20 * 2].to_vec();
        let length = u32::try_from(cut.len()).unwrap();
        cut[4..8].copy_from_slice(&(length - 8).to_le_bytes());
        cut[16..20].copy_from_slice(&(length - 20).to_le_bytes());
        assert_eq!(intake(&cut, MOST), Err(IntakeError::Broken), "WebP at {share}");
    }
}

#[test]
fn other_file_types_are_rejected() {
    for other in [&b"GIF89a\x01\0\x01\0\0\0\0;"[..], b"%PDF-1.7", b"<svg/>", b"PK\x03\x04", b"\xff\xd8"] {
        assert_eq!(intake(other, MOST), Err(IntakeError::Type));
    }
    // The first bytes alone are not an image.
    for head in [&b"\xff\xd8\xff\xe0\0\x10JFIF"[..], b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8 "] {
        assert_eq!(intake(head, MOST), Err(IntakeError::Broken));
    }
}

#[test]
fn pixels_and_memory_are_limited_before_decoding() {
    assert_eq!(intake(&encoded(ImageFormat::Png), 255_999), Err(IntakeError::TooManyPixels(255_999)));
    assert!(intake(&encoded(ImageFormat::Png), 256_000).is_ok());
    // The header of an image of 60,000 by 60,000 pixels: some hundred bytes.
    let mut bomb = encoded(ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let refused = intake(&bomb, 40_000_000);
    assert!(matches!(refused, Err(IntakeError::TooManyPixels(_) | IntakeError::Broken)), "{refused:?}");
    // 16 bits in four channels: 12 bytes per pixel while they are converted to 8 bits.
    let deep = DynamicImage::ImageRgba16(image::ImageBuffer::new(4_000, 2_000));
    let mut bytes = Cursor::new(Vec::new());
    deep.write_to(&mut bytes, ImageFormat::Png).unwrap();
    assert_eq!(intake(bytes.get_ref(), 8_000_000), Err(IntakeError::TooMuchMemory));
    assert!(intake(bytes.get_ref(), 16_000_000).is_ok());
}

#[test]
fn metadata_is_removed_and_the_orientation_applied() {
    let jpeg = encoded(ImageFormat::Jpeg);
    let segment = [b"Exif\0\0", &exif()[..]].concat();
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    let jpeg = [&jpeg[..2], &[0xff, 0xe1], &length, &segment, &jpeg[2..]].concat();
    // In a PNG the orientation may be after the pixels.
    let png = with_late_chunk(&encoded(ImageFormat::Png), *b"eXIf", &exif());
    let mut webp = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut webp);
    encoder.set_exif_metadata(exif()).unwrap();
    drawn().write_with_encoder(encoder).unwrap();
    for turned in [jpeg, png, webp] {
        let picture = intake(&turned, MOST).unwrap();
        assert_eq!((picture.width, picture.height), (400, 640));
        let kept = image::load_from_memory(&picture.bytes).unwrap();
        assert_eq!((kept.width(), kept.height()), (400, 640));
        // The bottom left corner becomes the top left one.
        let corner = kept.into_rgb8().get_pixel(2, 2).0;
        assert!(corner[0] < 12 && corner[1] > 243, "{corner:?}");
        for bytes in [&picture.bytes, &picture.thumbnail] {
            assert!(!bytes.windows(6).any(|window| window == b"canary" || window == b"Exif\0\0"));
        }
    }
}

#[test]
fn colours_of_other_profiles_are_preserved() {
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let (there, seen) = ([234, 51, 35], [255, 0, 0]);
    let image = RgbImage::from_pixel(64, 64, image::Rgb(there));
    let (mut jpeg, mut png, mut webp) = (Vec::new(), Vec::new(), Vec::new());
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 95);
    encoder.set_icc_profile(p3.clone()).unwrap();
    image.write_with_encoder(encoder).unwrap();
    let mut encoder = PngEncoder::new(&mut png);
    encoder.set_icc_profile(p3.clone()).unwrap();
    image.write_with_encoder(encoder).unwrap();
    let mut encoder = WebPEncoder::new_lossless(&mut webp);
    encoder.set_icc_profile(p3).unwrap();
    image.write_with_encoder(encoder).unwrap();
    for bytes in [jpeg, png, webp] {
        let picture = intake(&bytes, MOST).unwrap();
        for kept in [&picture.bytes, &picture.thumbnail] {
            let pixel = image::load_from_memory(kept).unwrap().into_rgb8().get_pixel(20, 20).0;
            assert!(pixel.iter().zip(seen).all(|(one, other)| one.abs_diff(other) <= 8), "{pixel:?}");
        }
    }
}

#[test]
fn thumbnails_show_transparent_pixels_as_white() {
    // Black letters on a transparent background, as apps produce them.
    let image = RgbaImage::from_fn(640, 640, |x, _| image::Rgba([0, 0, 0, if x < 320 { 0 } else { 255 }]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        let picture = intake(bytes.get_ref(), MOST).unwrap();
        let small = image::load_from_memory(&picture.thumbnail).unwrap().into_luma8();
        assert!(small.get_pixel(80, 160).0[0] > 247 && small.get_pixel(240, 160).0[0] < 8);
        let kept = image::load_from_memory(&picture.bytes).unwrap().into_rgba8();
        assert_eq!(kept.get_pixel(10, 10).0[3], 0, "what is kept stays transparent");
    }
}

#[test]
fn an_imported_jpeg_without_metadata_is_not_encoded_again() {
    let plain = encoded(ImageFormat::Jpeg);
    assert_eq!(intake_kept(&plain, MOST).unwrap().bytes, plain);
    let noted = [&plain[..2], b"\xff\xfe\0\x08canary", &plain[2..]].concat();
    assert!(!intake_kept(&noted, MOST).unwrap().bytes.windows(6).any(|it| it == b"canary"));
}

/// 16 bits become 8; grey images stay grey.
#[test]
fn every_depth_and_number_of_channels_is_accepted() {
    let drawn = drawn();
    for image in [
        DynamicImage::from(drawn.to_luma8()),
        drawn.to_luma_alpha8().into(),
        drawn.to_luma16().into(),
        drawn.to_luma_alpha16().into(),
        drawn.to_rgb16().into(),
        drawn.to_rgba16().into(),
        drawn.to_rgba8().into(),
    ] {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let kept = image::load_from_memory(&intake(bytes.get_ref(), MOST).unwrap().bytes).unwrap();
        assert_eq!(kept.color().channel_count(), image.color().channel_count());
        assert_eq!(kept.color().bits_per_pixel(), u16::from(kept.color().channel_count()) * 8);
    }
}
