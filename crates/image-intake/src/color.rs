//! Colours: conversion from an image's profile to sRGB, in which images without a profile are shown.

use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformExecutor, TransformOptions};

/// Maximum difference of a channel between two profiles that count as the same.
const SAME: u8 = 1;

/// Converts an image with 8 bits per channel to sRGB. A profile that is invalid, or for another kind of
/// image, is ignored, as viewers do.
pub fn to_srgb(image: DynamicImage, profile: &[u8]) -> DynamicImage {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return image };
    match (profile.color_space, image) {
        (DataColorSpace::Gray, DynamicImage::ImageLuma8(grey)) => {
            let mut rgb = RgbImage::new(grey.width(), grey.height());
            let is_done = transform(&profile, (Layout::Gray, &*grey), (Layout::Rgb, &mut *rgb), grey.width());
            if is_done { rgb.into() } else { grey.into() }
        }
        (DataColorSpace::Gray, DynamicImage::ImageLumaA8(grey)) => {
            let mut rgba = RgbaImage::new(grey.width(), grey.height());
            let (from, to) = ((Layout::GrayAlpha, &*grey), (Layout::Rgba, &mut *rgba));
            let is_done = transform(&profile, from, to, grey.width());
            if is_done { rgba.into() } else { grey.into() }
        }
        (DataColorSpace::Rgb, image) if !is_srgb(&profile) => {
            if image.color().has_alpha() {
                let mut rgba = image.into_rgba8();
                let width = rgba.width();
                in_place(&profile, Layout::Rgba, &mut rgba, width);
                rgba.into()
            } else {
                let mut rgb = image.into_rgb8();
                let width = rgb.width();
                in_place(&profile, Layout::Rgb, &mut rgb, width);
                rgb.into()
            }
        }
        (_, image) => image,
    }
}

type Executor = std::sync::Arc<dyn TransformExecutor<u8> + Send + Sync>;

fn executor(profile: &ColorProfile, from: Layout, to: Layout) -> Option<Executor> {
    let srgb = ColorProfile::new_srgb();
    profile.create_transform_8bit(from, &srgb, to, TransformOptions::default()).ok()
}

/// Transforms the image row by row. Returns whether it succeeded.
fn transform(
    profile: &ColorProfile,
    (from, source): (Layout, &[u8]),
    (to, target): (Layout, &mut [u8]),
    width: u32,
) -> bool {
    let Some(executor) = executor(profile, from, to) else { return false };
    let row = |layout: Layout| width as usize * layout.channels();
    let mut rows = source.chunks_exact(row(from)).zip(target.chunks_exact_mut(row(to)));
    rows.all(|(source, target)| executor.transform(source, target).is_ok())
}

fn in_place(profile: &ColorProfile, layout: Layout, pixels: &mut [u8], width: u32) {
    let Some(executor) = executor(profile, layout, layout) else { return };
    let mut before = Vec::new();
    for row in pixels.chunks_exact_mut(width as usize * layout.channels()) {
        before.clear();
        before.extend_from_slice(row);
        // All rows have the same length: a failure happens at the first row and leaves the image unchanged.
        if executor.transform(&before, row).is_err() {
            row.copy_from_slice(&before);
            return;
        }
    }
}

/// Whether a profile is equivalent to sRGB, so that no conversion is needed.
fn is_srgb(profile: &ColorProfile) -> bool {
    let step = |index: u8| index % 6 * 51;
    let probe: Vec<u8> =
        (0..216).flat_map(|index| [step(index / 36), step(index / 6), step(index)]).collect();
    let mut shown = vec![0; probe.len()];
    executor(profile, Layout::Rgb, Layout::Rgb)
        .is_none_or(|executor| executor.transform(&probe, &mut shown).is_err())
        || probe.iter().zip(&shown).all(|(one, other)| one.abs_diff(*other) <= SAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An sRGB colour in another profile.
    fn written(profile: &ColorProfile, colour: [u8; 3]) -> [u8; 3] {
        let srgb = ColorProfile::new_srgb();
        let to = srgb
            .create_transform_8bit(Layout::Rgb, profile, Layout::Rgb, TransformOptions::default())
            .unwrap();
        let mut there = [0; 3];
        to.transform(&colour, &mut there).unwrap();
        there
    }

    #[test]
    fn colours_are_preserved() {
        let colour = [200, 60, 40];
        for profile in [ColorProfile::new_display_p3(), ColorProfile::new_adobe_rgb()] {
            let there = written(&profile, colour);
            assert!(there[0].abs_diff(colour[0]) > 10, "the profiles differ: {there:?}");
            let bytes = profile.encode().unwrap();
            let rgb = RgbImage::from_pixel(3, 2, image::Rgb(there));
            let rgba = RgbaImage::from_pixel(3, 2, image::Rgba([there[0], there[1], there[2], 77]));
            for image in [DynamicImage::from(rgb), rgba.into()] {
                let converted = to_srgb(image, &bytes).into_rgba8();
                for pixel in converted.pixels() {
                    let near = pixel.0.iter().zip(colour).all(|(one, other)| one.abs_diff(other) <= 3);
                    assert!(near && [77, 255].contains(&pixel.0[3]), "{pixel:?}");
                }
            }
        }
    }

    #[test]
    fn grey_of_another_gamma_is_converted() {
        let profile = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
        let grey = image::GrayImage::from_pixel(2, 2, image::Luma([55]));
        let converted = to_srgb(grey.into(), &profile).into_rgb8();
        // 55 of 255 in linear light is 128 in sRGB.
        assert!(
            converted.pixels().all(|pixel| pixel.0.iter().all(|it| it.abs_diff(128) <= 3)),
            "{converted:?}"
        );
    }

    #[test]
    fn srgb_and_unreadable_profiles_change_nothing() {
        let image = DynamicImage::from(RgbImage::from_pixel(2, 2, image::Rgb([1, 128, 254])));
        for profile in [&ColorProfile::new_srgb().encode().unwrap()[..], b"", b"no profile", &[0; 200]] {
            assert_eq!(to_srgb(image.clone(), profile), image);
        }
    }
}
