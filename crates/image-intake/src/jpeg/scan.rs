//! One scan: the blocks of some components, with all or some of their coefficients.

use super::{Head, bits::Bits, huffman::Huffman};

pub struct Scan {
    /// Indexes of a component and of its two tables.
    components: Vec<(usize, usize, usize)>,
    /// The coefficients of this scan.
    first: u32,
    last: u32,
    /// Whether the scan refines existing coefficients by one bit.
    is_refinement: bool,
    /// Whether its coefficients have full precision after the scan.
    is_last: bool,
    restart_interval: usize,
}

type Tables = [Option<Huffman>; 8];

impl Scan {
    /// Reads the header of a scan.
    pub fn read(data: &[u8], head: &Head, restart_interval: usize) -> Option<Self> {
        let (&count, data) = data.split_first()?;
        let (components, data) = data.split_at_checked(usize::from(count) * 2)?;
        let &[first, last, approximation, ..] = data else { return None };
        let components: Option<Vec<_>> = components
            .chunks_exact(2)
            .map(|it| {
                let index = head.components.iter().position(|component| component.id == it[0])?;
                Some((index, usize::from(it[1] >> 4 & 3), usize::from(it[1] & 3) + 4))
            })
            .collect();
        let components = components.filter(|it| !it.is_empty())?;
        if !head.is_progressive {
            return Some(Self {
                components,
                first: 0,
                last: 63,
                is_refinement: false,
                is_last: true,
                restart_interval,
            });
        }
        let (first, last) = (u32::from(first), u32::from(last));
        // Only scans of first coefficients have several components.
        let is_valid =
            last < 64 && first <= last && (first > 0 || last == 0) && (first == 0 || components.len() == 1);
        let (is_refinement, is_last) = (approximation >> 4 > 0, approximation.trailing_zeros() >= 4);
        is_valid.then_some(Self { components, first, last, is_refinement, is_last, restart_interval })
    }

    /// Reads every block and returns the number of bytes. `None` if blocks are missing.
    pub fn walk(&self, bytes: &[u8], head: &mut Head, tables: &Tables) -> Option<usize> {
        let mut bits = Bits::new(bytes);
        let mut run = 0;
        let units = match self.components.as_slice() {
            [(index, ..)] => {
                let component = head.components.get(*index)?;
                component.blocks_across * component.blocks_down
            }
            _ => head.units(),
        };
        for unit in 0..units {
            if self.restart_interval > 0 && unit > 0 && unit.is_multiple_of(self.restart_interval) {
                bits.restart()?;
                run = 0;
            }
            for &(index, dc, ac) in &self.components {
                let (dc, ac) = (tables[dc].as_ref(), tables[ac].as_ref());
                let is_progressive = head.is_progressive;
                let component = head.components.get_mut(index)?;
                let blocks = if self.components.len() == 1 { 1 } else { component.across * component.down };
                for _ in 0..blocks {
                    if !is_progressive {
                        whole(&mut bits, dc?, ac?)?;
                    } else if self.first == 0 {
                        self.first_coefficient(&mut bits, dc)?;
                    } else {
                        let (row, column) = (unit / component.blocks_across, unit % component.blocks_across);
                        let nonzero = component.nonzero.get_mut(row * component.stride + column)?;
                        self.others(&mut bits, ac?, nonzero, &mut run)?;
                    }
                }
            }
        }
        for (index, ..) in self.components.iter().filter(|_| self.is_last) {
            head.components.get_mut(*index)?.brought |= mask(self.first, self.last);
        }
        Some(bits.position())
    }

    fn first_coefficient(&self, bits: &mut Bits<'_>, table: Option<&Huffman>) -> Option<()> {
        let length = if self.is_refinement { 1 } else { u32::from(table?.decode(bits)?) };
        if length > 16 {
            return None;
        }
        bits.take(length).map(|_| ())
    }

    fn others(&self, bits: &mut Bits<'_>, table: &Huffman, nonzero: &mut u64, run: &mut u32) -> Option<()> {
        if self.is_refinement {
            self.refine(bits, table, nonzero, run)
        } else {
            self.coefficients(bits, table, nonzero, run)
        }
    }

    /// Reads coefficients for the first time (T.81, G.1.2.2). The run counts blocks without further
    /// coefficients.
    fn coefficients(
        &self,
        bits: &mut Bits<'_>,
        table: &Huffman,
        nonzero: &mut u64,
        run: &mut u32,
    ) -> Option<()> {
        if *run > 0 {
            *run -= 1;
            return Some(());
        }
        let mut at = self.first;
        while at <= self.last {
            let symbol = table.decode(bits)?;
            let (zeros, length) = (u32::from(symbol >> 4), u32::from(symbol & 15));
            match (zeros, length) {
                (15, 0) => at += 16,
                (zeros, 0) => {
                    *run = (1 << zeros) - 1 + bits.take(zeros)?;
                    return Some(());
                }
                _ => {
                    at += zeros;
                    bits.take(length)?;
                    *nonzero |= 1_u64.checked_shl(at)?;
                    at += 1;
                }
            }
        }
        Some(())
    }

    /// Reads one more bit of existing coefficients, and coefficients that become nonzero (T.81, G.1.2.3).
    fn refine(&self, bits: &mut Bits<'_>, table: &Huffman, nonzero: &mut u64, run: &mut u32) -> Option<()> {
        let mut at = self.first;
        while *run == 0 && at <= self.last {
            let symbol = table.decode(bits)?;
            let (mut zeros, is_new) = (u32::from(symbol >> 4), symbol & 15 != 0);
            if !is_new && zeros < 15 {
                *run = (1 << zeros) + bits.take(zeros)?;
                break;
            }
            if is_new {
                bits.take(1)?;
            }
            while at <= self.last {
                if *nonzero >> at & 1 == 1 {
                    bits.take(1)?;
                } else if zeros == 0 {
                    break;
                } else {
                    zeros -= 1;
                }
                at += 1;
            }
            if is_new && at <= self.last {
                *nonzero |= 1 << at;
            }
            at += 1;
        }
        if *run > 0 {
            let there = if at > self.last { 0 } else { *nonzero & mask(at, self.last) };
            for _ in 0..there.count_ones() {
                bits.take(1)?;
            }
            *run -= 1;
        }
        Some(())
    }
}

/// A block of a sequential image.
fn whole(bits: &mut Bits<'_>, dc: &Huffman, ac: &Huffman) -> Option<()> {
    let length = Some(dc.decode(bits)?).filter(|length| *length <= 16)?;
    bits.take(length.into())?;
    let mut at = 1;
    while at < 64 {
        let symbol = ac.decode(bits)?;
        match (u32::from(symbol >> 4), u32::from(symbol & 15)) {
            (15, 0) => at += 16,
            (_, 0) => break,
            (zeros, length) => {
                bits.take(length)?;
                at += zeros + 1;
            }
        }
    }
    Some(())
}

/// The bits of a range of coefficients.
const fn mask(first: u32, last: u32) -> u64 {
    (u64::MAX >> (63 - last)) & (u64::MAX << first)
}
