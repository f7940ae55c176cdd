use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage, codecs::jpeg::JpegEncoder};

use super::*;

fn is_whole(bytes: &[u8]) -> bool {
    Head::of(bytes).is_some_and(|head| super::is_whole(bytes, head))
}

/// A progressive JPEG of 45 by 37 pixels with subsampled colours, in hexadecimal: the library cannot encode
/// one.
const PROGRESSIVE: &str = "\
    ffd8ffe000104a46494600010100000100010000ffdb00430017101114110e171412141a18171b223925221f1f2246323529\
    39524857555148504e5b66836f5b617c624e50729b737c878b929492586da0ac9f8eaa838f928dffdb004301181a1a221e22\
    432525438d5e505e8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d\
    8d8d8d8d8d8d8d8dffc20011080025002d03012200021101031101ffc4001800010101010100000000000000000000000302\
    000504ffc4001801010101010100000000000000000000000304020105ffda000c03010002100310000001f0a4a71e96108a\
    ee18c79686be95349284575a8c79a9b5f6226d89edf62c7fffc4001b10000203010101000000000000000000000132003141\
    021021ffda00080101000105020b93435f9a1b982850be605c8605c9a187df3437302f35ffc4001811010101010100000000\
    000000000000000001023121ffda0008010301013f01aaead56bd696b3d7ffc4001711010101010000000000000000000000\
    0000010212ffda0008010201013f01b95cae572b972aad3fffc40017100003010000000000000000000000000001102011ff\
    da0008010100063f0240407b1ac08101ebffc4001e1000020203000301000000000000000000000111213151714161d181ff\
    da0008010100013f215862223b3e86516849e0566c8c0caad16e28c98abb22ace0b3fa3c985862223b3e85e168a7546156cd\
    0caad16e284b33c2115e1761b3fa2ac28fffda000c0301000200030000001042cb69d96fa1f3ffc4001f1100020104020300\
    00000000000000000000012111317181419161a1c1ffda0008010301013f108aa6bb26f2fd21c9572314ef6ec45535d9792e\
    7e092f432a9e4b2bc1ffc4001811010101010100000000000000000000000100101121ffda0008010201013f10c5e7baf308\
    90f1bfffc400231001000201030305010000000000000000010011214151a13161817191b1c1f0d1ffda0008010100013f10\
    063a9479851c320898f23f7bcaa7d1cb2cf366043a90b87b47a1f54f8fb81b00e61bb6c12aaed32f7a85caad75bde13556dd\
    a86d381565e95173a97880c7528f30a386411301eafdef0587472c376f8206e0b889d1f54f8fb81b00e61bb6c135865b2e27\
    64ab3a1bc7f5328e8d1e25d797d69700aabc57be20c7ffd9\
    ";

fn progressive() -> Vec<u8> {
    let byte = |at: usize| u8::from_str_radix(&PROGRESSIVE[at..at + 2], 16).unwrap();
    (0..PROGRESSIVE.len()).step_by(2).map(byte).collect()
}

fn drawn(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| {
        image::Rgb(
            [x * 37 + y * 11, x * 5, y * 7 + x * x].map(|it| u8::try_from(it % 256).unwrap_or_default()),
        )
    })
    .into()
}

fn sequential(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 80)).unwrap();
    bytes.into_inner()
}

/// The position of the first scan's pixels.
fn pixels(bytes: &[u8]) -> usize {
    let mut at = 2;
    loop {
        let segment = segment(bytes, at).unwrap();
        at = segment.after;
        if segment.marker == SCAN {
            return at;
        }
    }
}

#[test]
fn complete_images_of_every_size_and_kind_are_accepted() {
    for (width, height) in [(1, 1), (8, 8), (9, 17), (64, 48), (131, 77)] {
        let image = drawn(width, height);
        for image in [DynamicImage::from(image.to_luma8()), image] {
            assert!(is_whole(&sequential(&image)), "{width} by {height}");
        }
    }
    let progressive = progressive();
    assert!(is_whole(&progressive));
    assert!(image::load_from_memory_with_format(&progressive, ImageFormat::Jpeg).is_ok());
}

#[test]
fn missing_pixels_are_detected_before_any_end_marker() {
    for whole in [sequential(&drawn(131, 77)), progressive()] {
        let first = pixels(&whole);
        // The last two bytes are the end marker; the byte before it may be padding.
        for cut in first..whole.len() - 3 {
            let mut cut = whole[..cut].to_vec();
            assert!(!is_whole(&cut), "without an end at {}", cut.len());
            // A cut after 0xff would turn the end marker into another marker.
            if cut.last() != Some(&0xff) {
                cut.extend([0xff, 0xd9]);
                assert!(!is_whole(&cut), "with an end at {}", cut.len() - 2);
            }
        }
    }
}

#[test]
fn stray_bytes_between_segments_are_skipped() {
    for whole in [sequential(&drawn(64, 48)), progressive()] {
        let mut at = 2;
        while at < pixels(&whole) {
            for stray in [&b"\0"[..], b"abc", b"\xff\xff"] {
                let with = [&whole[..at], stray, &whole[at..]].concat();
                assert!(is_whole(&with), "{stray:?} at {at}");
                let decoded = image::load_from_memory_with_format(&with, ImageFormat::Jpeg);
                assert_eq!(decoded.unwrap(), image::load_from_memory(&whole).unwrap(), "{stray:?} at {at}");
            }
            at = segment(&whole, at).unwrap().after;
            if at >= pixels(&whole) {
                break;
            }
        }
    }
}

#[test]
fn coefficients_of_progressive_images_are_counted_before_they_are_decoded() {
    assert_eq!(Head::of(&sequential(&drawn(64, 48))).unwrap().coefficients(), 0);
    // 6 by 6 blocks of luminance in units of two by two, and a block of each chrominance in each of 3 by 3
    // units.
    assert_eq!(Head::of(&progressive()).unwrap().coefficients(), (36 + 9 + 9) * 128);
}

#[test]
fn too_many_scans_are_rejected() {
    let progressive = progressive();
    let first = pixels(&progressive);
    let header = progressive[..first].iter().rposition(|byte| *byte == SCAN).unwrap() - 1;
    let next = first + progressive[first..].windows(2).position(|it| it[0] == 0xff && it[1] != 0).unwrap();
    let scan = &progressive[header..next];
    let many = [&progressive[..header], &scan.repeat(101), &progressive[header..]].concat();
    assert!(!is_whole(&many));
}
