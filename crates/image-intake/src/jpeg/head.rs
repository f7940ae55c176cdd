//! The frame header: size, components and their sampling.

use super::{SCAN, segment};

/// The frame header of a JPEG, and the coefficients that its scans have supplied so far.
pub struct Head {
    width: usize,
    height: usize,
    pub is_progressive: bool,
    pub components: Vec<Component>,
    /// Whether the first scan has all components.
    is_interleaved: bool,
}

/// A component, in blocks of 8 by 8 samples.
pub struct Component {
    pub id: u8,
    /// Blocks of an interleaved unit, horizontally and vertically.
    pub across: usize,
    pub down: usize,
    /// Blocks of the component itself, without the padding of units.
    pub blocks_across: usize,
    pub blocks_down: usize,
    /// Blocks per row, including that padding.
    pub stride: usize,
    /// For each block, its coefficients that are not zero. Filled while the scans of a progressive image are
    /// read.
    pub nonzero: Vec<u64>,
    /// The coefficients that scans have supplied in full precision.
    pub brought: u64,
}

impl Head {
    /// Reads the frame header; `None` if it is missing, or of an unsupported kind (lossless, arithmetic, 12
    /// bits).
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let mut head = None;
        let mut at = 2;
        loop {
            let segment = segment(bytes, at)?;
            at = segment.after;
            match segment.marker {
                0xc0..=0xc2 if head.is_none() => {
                    head = Some(Self::read(segment.data, segment.marker == 0xc2)?);
                }
                0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => return None,
                SCAN => {
                    let mut head = head?;
                    head.is_interleaved = usize::from(*segment.data.first()?) == head.components.len();
                    return Some(head);
                }
                _ => {}
            }
        }
    }

    fn read(data: &[u8], is_progressive: bool) -> Option<Self> {
        let &[8, high, low, left, right, count, ref components @ ..] = data else { return None };
        let height = usize::from(u16::from_be_bytes([high, low]));
        let width = usize::from(u16::from_be_bytes([left, right]));
        let components = components.get(..usize::from(count) * 3)?;
        let factors: Vec<(u8, usize, usize)> = components
            .chunks_exact(3)
            .map(|it| (it[0], usize::from(it[1] >> 4), usize::from(it[1] & 15)))
            .collect();
        let is_valid = |factor: usize| (1..=4).contains(&factor);
        let are_valid = factors.iter().all(|(_, across, down)| is_valid(*across) && is_valid(*down));
        if !are_valid || !(1..=4).contains(&factors.len()) || width == 0 || height == 0 {
            return None;
        }
        let most_across = factors.iter().map(|(_, across, _)| *across).max()?;
        let most_down = factors.iter().map(|(.., down)| *down).max()?;
        let components = factors.into_iter().map(|(id, across, down)| {
            let stride = width.div_ceil(8 * most_across) * across;
            Component {
                id,
                across,
                down,
                blocks_across: (width * across).div_ceil(most_across).div_ceil(8),
                blocks_down: (height * down).div_ceil(most_down).div_ceil(8),
                stride,
                nonzero: Vec::new(),
                brought: 0,
            }
        });
        Some(Self { width, height, is_progressive, components: components.collect(), is_interleaved: true })
    }

    /// Interleaved units of the whole image.
    pub fn units(&self) -> usize {
        let unit = |component: &Component| component.stride / component.across;
        let across = self.components.first().map_or(0, unit);
        let most_down = self.components.iter().map(|it| it.down).max().unwrap_or(1);
        across * self.height.div_ceil(8 * most_down)
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
        (side(self.width), side(self.height))
    }

    /// Allocates the state of each block of a progressive image.
    pub fn prepare(&mut self) {
        if !self.is_progressive {
            return;
        }
        let blocks: Vec<usize> = self.components.iter().map(|it| self.blocks(it)).collect();
        for (component, blocks) in self.components.iter_mut().zip(blocks) {
            component.nonzero = vec![0; blocks];
        }
    }

    /// Blocks of a component, including the padding of units.
    fn blocks(&self, component: &Component) -> usize {
        let most_down = self.components.iter().map(|it| it.down).max().unwrap_or(1);
        component.stride * self.height.div_ceil(8 * most_down) * component.down
    }

    /// Bytes that a decoder needs for the coefficients of the whole image, if scans supply them in parts.
    pub fn coefficients(&self) -> u64 {
        if !self.is_progressive && self.is_interleaved {
            return 0;
        }
        let blocks: usize = self.components.iter().map(|it| self.blocks(it)).sum();
        // 64 coefficients of two bytes.
        u64::try_from(blocks).unwrap_or(u64::MAX).saturating_mul(128)
    }

    /// Whether the scans have supplied every coefficient.
    pub fn is_complete(&self) -> bool {
        self.components.iter().all(|component| component.brought == u64::MAX)
    }
}
