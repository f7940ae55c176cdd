use std::io::Write;

use super::{Counts, Stopped};
use crate::transfer::{Record, pseudonym::Pseudonyms};

/// Writes records, one per line.
pub struct Lines<'a, W, T> {
    pub to: W,
    pub pseudonyms: Option<&'a Pseudonyms>,
    pub counts: Counts,
    /// Callback for each written record.
    pub progress: T,
}

impl<W: Write, T: FnMut(u64)> Lines<'_, W, T> {
    pub fn put(&mut self, mut record: Record) -> Result<(), Stopped> {
        *self.counts.entry(record.key().0).or_default() += 1;
        if let Some(pseudonyms) = self.pseudonyms {
            pseudonyms.mask(&mut record);
        }
        serde_json::to_writer(&mut self.to, &record).map_err(|error| Stopped::Write(error.into()))?;
        self.to.write_all(b"\n").map_err(Stopped::Write)?;
        (self.progress)(1);
        Ok(())
    }

    /// Counts an image whose row exists but whose file is missing in the image store.
    pub fn lost(&mut self) {
        *self.counts.entry(LOST).or_default() += 1;
    }
}

/// The count's label for images whose files are missing.
const LOST: &str = "image with a missing file";
