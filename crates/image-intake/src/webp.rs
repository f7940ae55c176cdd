//! The container of a WebP.

/// Whether every chunk that the container announces is complete.
pub fn is_whole(bytes: &[u8]) -> bool {
    let whole = || {
        let (size, after) = bytes.strip_prefix(b"RIFF")?.split_first_chunk::<4>()?;
        let mut rest = after.get(..length(*size)?)?.strip_prefix(b"WEBP")?;
        while !rest.is_empty() {
            let (size, after) = rest.get(4..)?.split_first_chunk::<4>()?;
            let length = length(*size)?;
            // Chunks are padded to an even length; the last one may lack the padding.
            let after = after.get(length..)?;
            rest = if length % 2 == 1 { after.get(1..).unwrap_or_default() } else { after };
        }
        Some(())
    };
    whole().is_some()
}

fn length(size: [u8; 4]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(size)).ok()
}
