//! The bits of a scan.

/// Reads bits up to the next marker.
pub struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    buffer: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, buffer: 0, count: 0 }
    }

    fn fill(&mut self) {
        while self.count <= 56 {
            let Some(&byte) = self.bytes.get(self.at) else { return };
            // A data byte of 0xff is followed by a zero; otherwise a marker begins.
            let length = match (byte, self.bytes.get(self.at + 1)) {
                (0xff, Some(0)) => 2,
                (0xff, _) => return,
                _ => 1,
            };
            self.at += length;
            self.buffer = self.buffer << 8 | u64::from(byte);
            self.count += 8;
        }
    }

    /// The next bits, at most 16; `None` if the data ends before.
    pub fn take(&mut self, count: u32) -> Option<u32> {
        if count == 0 {
            return Some(0);
        }
        if self.count < count {
            self.fill();
        }
        self.count = self.count.checked_sub(count)?;
        let bits = self.buffer >> self.count & ((1 << count) - 1);
        u32::try_from(bits).ok()
    }

    /// The next 16 bits without consuming them, with zeros after the end.
    pub fn peek(&mut self) -> usize {
        if self.count < 16 {
            self.fill();
        }
        let bits = if self.count >= 16 {
            self.buffer >> (self.count - 16)
        } else {
            self.buffer << (16 - self.count)
        };
        usize::from(u16::try_from(bits & 0xffff).unwrap_or_default())
    }

    /// Skips the next restart marker; `None` if another marker is next.
    pub fn restart(&mut self) -> Option<()> {
        (self.buffer, self.count) = (0, 0);
        loop {
            self.at += self.bytes.get(self.at..)?.iter().position(|byte| *byte == 0xff)? + 1;
            match self.bytes.get(self.at)? {
                0x00 | 0xff => {}
                0xd0..=0xd7 => {
                    self.at += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    /// Number of bytes read.
    pub const fn position(&self) -> usize {
        self.at
    }
}
