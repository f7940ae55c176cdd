//! The chunks of a PNG.

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The camera metadata of a PNG, which may also be after the pixels. The outer `None` means that the file has
/// no end, or ends within a chunk.
#[expect(
    clippy::option_option,
    reason = "an image without an end and one without such a chunk are two things"
)]
pub fn exif(bytes: &[u8]) -> Option<Option<Vec<u8>>> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut exif = None;
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let (data, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        let (_checksum, after) = after.split_first_chunk::<4>()?;
        match kind {
            b"IEND" => return Some(exif),
            b"eXIf" if exif.is_none() => exif = Some(data.to_vec()),
            _ => {}
        }
        rest = after;
    }
}
