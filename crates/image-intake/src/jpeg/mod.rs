//! The segments of a JPEG, and whether its pixels are complete.
//!
//! Decoders fill in missing pixels, even if an end marker hides that they are missing. So this module reads
//! the entropy-coded data to its end, block by block, without computing pixels (ITU-T T.81).

mod bare;
mod bits;
mod head;
mod huffman;
mod scan;

pub use self::{bare::is_bare, head::Head};

use self::{huffman::Huffman, scan::Scan};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const TABLES: u8 = 0xc4;
const RESTARTS: u8 = 0xdd;
/// Maximum number of scans of an image: each one reads the whole image.
const SCANS: usize = 100;

/// A segment: its marker, its content, and the position after it.
struct Segment<'a> {
    marker: u8,
    data: &'a [u8],
    after: usize,
}

/// The next segment from a position on. Bytes between segments are skipped.
fn segment(bytes: &[u8], from: usize) -> Option<Segment<'_>> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)? + 1;
        match *bytes.get(at)? {
            // A fill byte, or data.
            0xff | 0x00 => {}
            // These have no length.
            marker @ (END | START | 0x01 | 0xd0..=0xd7) => {
                return Some(Segment { marker, data: &[], after: at + 1 });
            }
            marker => {
                let length = usize::from(u16::from_be_bytes(*bytes.get(at + 1..)?.first_chunk()?));
                let after = at + 1 + length;
                return Some(Segment { marker, data: bytes.get(at + 3..after)?, after });
            }
        }
    }
}

/// Whether every block of every component is present before the end marker.
pub fn is_whole(bytes: &[u8], mut head: Head) -> bool {
    head.prepare();
    read(bytes, &mut head).is_some() && head.is_complete()
}

fn read(bytes: &[u8], head: &mut Head) -> Option<()> {
    let mut tables: [Option<Huffman>; 8] = Default::default();
    let mut restart_interval = 0;
    let mut scans = 0;
    let mut at = 2;
    loop {
        let segment = segment(bytes, at)?;
        at = segment.after;
        match segment.marker {
            END => return Some(()),
            TABLES => huffman::read(segment.data, &mut tables)?,
            RESTARTS => restart_interval = usize::from(u16::from_be_bytes(*segment.data.first_chunk()?)),
            SCAN => {
                scans += 1;
                if scans > SCANS {
                    return None;
                }
                let scan = Scan::read(segment.data, head, restart_interval)?;
                at += scan.walk(bytes.get(at..)?, head, &tables)?;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
