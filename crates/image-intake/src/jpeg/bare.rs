//! Checks whether a JPEG contains only the visible picture.

/// Segments needed for decoding pixels: tables, frames, restart intervals.
const HOW: [u8; 6] = [0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd];
const APP0: u8 = 0xe0;
const SCAN: u8 = 0xda;
const END: u8 = 0xd9;

/// Whether a JPEG has no metadata, preview or profile, and no data after its end. These could contain the
/// place, the camera or the orientation.
#[must_use]
pub fn is_bare(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(b"\xff\xd8") else { return false };
    loop {
        let &[0xff, marker, ref after @ ..] = rest else { return false };
        if marker == END {
            return after.is_empty();
        }
        let &[high, low, ..] = after else { return false };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let (Some(segment), Some(behind)) = (after.get(2..length), after.get(length..)) else { return false };
        // The JFIF header, without its optional preview.
        let is_mark = marker == APP0 && length == 16 && segment.starts_with(b"JFIF\0");
        if marker == SCAN {
            rest = behind.get(pixels(behind)..).unwrap_or_default();
        } else if is_mark || HOW.contains(&marker) {
            rest = behind;
        } else {
            return false;
        }
    }
}

/// Number of bytes of pixel data before the next marker.
fn pixels(bytes: &[u8]) -> usize {
    // A stuffed zero or a restart marker does not end the data.
    let is_end = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7);
    bytes.windows(2).position(is_end).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, RgbImage, codecs::jpeg::JpegEncoder};

    use super::*;

    fn drawn() -> Vec<u8> {
        let mut bytes = Vec::new();
        let image = RgbImage::from_fn(90, 70, |x, y| {
            image::Rgb([x, y, x * y].map(|it| u8::try_from(it % 256).unwrap_or_default()))
        });
        image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 95)).unwrap();
        bytes
    }

    #[test]
    fn encoded_images_have_no_metadata() {
        assert!(is_bare(&drawn()));
        let mut grey = Vec::new();
        GrayImage::new(9, 9).write_with_encoder(JpegEncoder::new(&mut grey)).unwrap();
        assert!(is_bare(&grey));
    }

    #[test]
    fn metadata_previews_and_trailing_data_are_detected() {
        let plain = drawn();
        let with = |segment: &[u8]| [&plain[..2], segment, &plain[2..]].concat();
        for segment in [
            &b"\xff\xe1\0\x08Exif\0\0"[..],
            b"\xff\xe2\0\x04ab",
            b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0",
            b"\xff\xfe\0\x08canary",
            b"\xff\xe0\0\x12JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01ab",
            b"\xff\xe0\0\x10JFXX\0\x01\x01\0\0\x01\0\x01\0\0",
        ] {
            assert!(!is_bare(&with(segment)), "{segment:?}");
        }
        assert!(!is_bare(&[&plain[..], b"canary"].concat()));
        assert!(!is_bare(&[&plain[..], &plain].concat()));
        assert!(!is_bare(b"\x89PNG\r\n\x1a\n") && !is_bare(b"") && !is_bare(b"\xff\xd8"));
        for end in 0..plain.len() {
            assert!(!is_bare(&plain[..end]), "cut at {end}");
        }
    }
}
