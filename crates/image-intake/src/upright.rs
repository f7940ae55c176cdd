//! An image as displayed: rotated upright, and on white where it is transparent. Pixels are looked up
//! individually, so that no second buffer is needed.

use image::{DynamicImage, GenericImageView, Rgb, metadata::Orientation};

pub struct Upright<'a> {
    pub image: &'a DynamicImage,
    pub orientation: Orientation,
}

impl GenericImageView for Upright<'_> {
    type Pixel = Rgb<u8>;

    fn dimensions(&self) -> (u32, u32) {
        let (width, height) = self.image.dimensions();
        match self.orientation {
            Orientation::NoTransforms
            | Orientation::Rotate180
            | Orientation::FlipHorizontal
            | Orientation::FlipVertical => (width, height),
            Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH => (height, width),
        }
    }

    fn get_pixel(&self, x: u32, y: u32) -> Rgb<u8> {
        let (right, bottom) = (self.image.width() - 1, self.image.height() - 1);
        let (x, y) = match self.orientation {
            Orientation::NoTransforms => (x, y),
            Orientation::Rotate90 => (y, bottom - x),
            Orientation::Rotate180 => (right - x, bottom - y),
            Orientation::Rotate270 => (right - y, x),
            Orientation::FlipHorizontal => (right - x, y),
            Orientation::FlipVertical => (x, bottom - y),
            Orientation::Rotate90FlipH => (y, x),
            Orientation::Rotate270FlipH => (right - y, bottom - x),
        };
        match self.image {
            DynamicImage::ImageRgb8(image) => *image.get_pixel(x, y),
            DynamicImage::ImageLuma8(image) => Rgb([image.get_pixel(x, y).0[0]; 3]),
            image => {
                let [red, green, blue, alpha] = image.get_pixel(x, y).0;
                Rgb([red, green, blue].map(|channel| on_white(channel, alpha)))
            }
        }
    }
}

fn on_white(channel: u8, alpha: u8) -> u8 {
    let mixed = u32::from(channel) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
    u8::try_from((mixed + 127) / 255).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use image::{RgbImage, RgbaImage};

    use super::*;

    #[test]
    fn each_orientation_is_applied_as_the_library_does() {
        let drawn = DynamicImage::from(RgbImage::from_fn(5, 3, |x, y| {
            Rgb([x, y, x * y].map(|it| u8::try_from(it).unwrap_or_default()))
        }));
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).unwrap();
            let mut turned = drawn.clone();
            turned.apply_orientation(orientation);
            let upright = Upright { image: &drawn, orientation };
            assert_eq!(upright.dimensions(), turned.dimensions(), "{orientation:?}");
            let turned = turned.into_rgb8();
            assert!(
                upright.pixels().all(|(x, y, pixel)| *turned.get_pixel(x, y) == pixel),
                "{orientation:?}"
            );
        }
    }

    #[test]
    fn transparent_pixels_become_white() {
        let image = RgbaImage::from_fn(3, 1, |x, _| {
            image::Rgba([[0, 0, 0, 0], [0, 0, 0, 255], [0, 0, 0, 127]][x as usize])
        });
        let image = DynamicImage::from(image);
        let upright = Upright { image: &image, orientation: Orientation::NoTransforms };
        assert_eq!([0, 1, 2].map(|x| upright.get_pixel(x, 0).0[0]), [255, 0, 128]);
    }
}
