//! Huffman tables.

use super::bits::Bits;

/// A table: codes of up to 16 bits.
pub struct Huffman {
    /// By the first eight bits: length and symbol of a code of at most eight bits; length 0 otherwise.
    short: [(u8, u8); 256],
    /// For each length: the code after its last one, aligned to 16 bits, and the offset from a code to its
    /// symbol's index.
    ends: [(usize, usize); 17],
    symbols: Vec<u8>,
}

/// Reads the tables of a segment: four for the first coefficient of a block, four for the others.
pub fn read(mut data: &[u8], tables: &mut [Option<Huffman>; 8]) -> Option<()> {
    while let Some((&class_and_id, after)) = data.split_first() {
        let (counts, after) = after.split_first_chunk::<16>()?;
        let count = counts.iter().map(|it| usize::from(*it)).sum();
        let (symbols, after) = after.split_at_checked(count)?;
        let (class, id) = (usize::from(class_and_id >> 4), usize::from(class_and_id & 15));
        if class > 1 || id > 3 {
            return None;
        }
        tables[class * 4 + id] = Some(Huffman::new(counts, symbols)?);
        data = after;
    }
    Some(())
}

impl Huffman {
    fn new(counts: &[u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut table = Self { short: [(0, 0); 256], ends: [(0, 0); 17], symbols: symbols.to_vec() };
        let (mut code, mut index) = (0_usize, 0_usize);
        for (length, count) in (1_usize..).zip(counts) {
            let count = usize::from(*count);
            if code + count > 1 << length {
                return None;
            }
            for offset in 0..count {
                let first = (code + offset) << (16 - length);
                if length <= 8 {
                    let symbol = *symbols.get(index + offset)?;
                    let entry = (u8::try_from(length).ok()?, symbol);
                    table.short.get_mut(first >> 8..(first >> 8) + (1 << (8 - length)))?.fill(entry);
                }
            }
            // Codes of this length are `code..code + count`, the symbols `index..`.
            table.ends[length] = ((code + count) << (16 - length), index + count);
            index += count;
            code = (code + count) << 1;
        }
        Some(table)
    }

    /// The next symbol; `None` if the bits are not a code or end before.
    pub fn decode(&self, bits: &mut Bits<'_>) -> Option<u8> {
        let next = bits.peek();
        let (length, symbol) = self.short[next >> 8];
        if length > 0 {
            bits.take(length.into())?;
            return Some(symbol);
        }
        for (length, &(end, last)) in self.ends.iter().enumerate().skip(9) {
            if next < end {
                bits.take(u32::try_from(length).ok()?)?;
                let behind = (end - next).div_ceil(1 << (16 - length));
                return self.symbols.get(last.checked_sub(behind)?).copied();
            }
        }
        None
    }
}
