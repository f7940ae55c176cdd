//! Lossy WebP and animations.

#![expect(clippy::unwrap_used, reason = "what must not fail in a test fails it")]

use image_intake::{IntakeError, intake};

const MOST: u64 = 1_000_000;

/// An animation of two lossy frames.
const ANIMATION: &[u8] = include_bytes!("animated.webp");
/// Sizes of a chunk's header, and of the data before a frame's image.
const CHUNK: usize = 8;
const FRAME: usize = CHUNK + 16;

/// The positions of the animation's frames.
fn frames() -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 12;
    while let Some(head) = ANIMATION.get(at..at + CHUNK) {
        if head.starts_with(b"ANMF") {
            found.push(at);
        }
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        at += CHUNK + length.next_multiple_of(2);
    }
    found
}

/// A WebP of these chunks whose container has the correct length.
fn contained(chunks: &[u8]) -> Vec<u8> {
    let length = u32::try_from(4 + chunks.len()).unwrap();
    [b"RIFF", &length.to_le_bytes()[..], b"WEBP", chunks].concat()
}

/// Bytes of an image data chunk, truncated and labelled with the remaining length.
fn cut(chunk: &[u8], left: usize) -> Vec<u8> {
    let length = u32::try_from(left).unwrap();
    [&chunk[..4], &length.to_le_bytes(), &chunk[CHUNK..CHUNK + left]].concat()
}

/// The lossy image of the animation's first frame, as a chunk.
fn lossy() -> &'static [u8] {
    &ANIMATION[frames()[0] + FRAME..frames()[1]]
}

#[test]
fn a_lossy_webp_and_an_animation_become_a_still_image() {
    assert_eq!(frames().len(), 2);
    let still = intake(&contained(lossy()), MOST).unwrap();
    let first = intake(ANIMATION, MOST).unwrap();
    for picture in [&still, &first] {
        assert_eq!(picture.content_type, "image/webp");
        // One image, without frames.
        assert!(!picture.bytes.windows(4).any(|window| window == b"ANMF"));
    }
    // Of an animation the first frame is kept.
    assert_eq!((still.width, still.height), (first.width, first.height));
    assert_eq!(still.bytes, first.bytes);
}

#[test]
fn a_lossy_webp_truncated_at_any_byte_is_rejected() {
    let (whole, length) = (contained(lossy()), lossy().len() - CHUNK);
    for share in 1..20 {
        let at = whole.len() * share / 20;
        assert_eq!(intake(&whole[..at], MOST), Err(IntakeError::Broken), "cut at {share}");
        let left = length * share / 20 / 2 * 2;
        assert_eq!(
            intake(&contained(&cut(lossy(), left)), MOST),
            Err(IntakeError::Broken),
            "with its length, at {share}"
        );
    }
}

#[test]
fn an_animation_truncated_at_any_byte_is_rejected() {
    for share in 1..40 {
        let at = ANIMATION.len() * share / 40;
        assert_eq!(intake(&ANIMATION[..at], MOST), Err(IntakeError::Broken), "cut at {share}");
    }
    // The first frame is truncated, and every length agrees.
    let [first, second] = frames()[..] else { panic!("two frames") };
    for share in 1..20 {
        let left = (lossy().len() - CHUNK) * share / 20 / 2 * 2;
        let image = cut(lossy(), left);
        let length = u32::try_from(16 + image.len()).unwrap();
        let frame =
            [b"ANMF", &length.to_le_bytes()[..], &ANIMATION[first + CHUNK..first + FRAME], &image].concat();
        let chunks = [&ANIMATION[12..first], &frame, &ANIMATION[second..]].concat();
        assert_eq!(intake(&contained(&chunks), MOST), Err(IntakeError::Broken), "first frame at {share}");
    }
}
