use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use entity::event;

use super::store;
use crate::{Result, db::Store};

/// Time for which a skipped sequence number is looked for. Transactions are shorter than that. A transaction
/// that is rolled back leaves a number that never appears.
const HOLE_LIVES: Duration = Duration::from_secs(30);
/// Maximum number of skipped sequence numbers that are looked for at the same time.
const HOLES: usize = 4096;
/// Number of the newest sequence numbers that are checked for gaps when reading starts.
const LOOKED_BACK: u64 = 1000;
/// Maximum number of events in one read.
pub const PAGE: u64 = 100;

/// Position up to which events have been read.
///
/// PostgreSQL assigns sequence numbers when rows are written, and rows become visible when they are
/// committed. A smaller number may therefore become visible after a larger one. Skipped numbers are looked
/// for until they can no longer appear.
#[derive(Debug)]
pub struct Head {
    last: i64,
    /// Skipped numbers, with the time at which each was skipped.
    holes: BTreeMap<i64, Instant>,
}

impl Head {
    /// Returns the present end of the events. Events that are committed from now on are read.
    pub async fn now(store: &Store) -> Result<Self> {
        let mut newest = store::newest(store, LOOKED_BACK).await?;
        newest.reverse();
        let is_all = (newest.len() as u64) < LOOKED_BACK;
        let first = if is_all { 0 } else { newest.first().copied().unwrap_or_default() };
        let mut head = Self { last: first, holes: BTreeMap::new() };
        head.pass(newest.into_iter(), Instant::now());
        Ok(head)
    }

    /// Reads the next events, in an order that keeps the events of each object in sequence. Empty if no
    /// events are new.
    ///
    /// # Errors
    ///
    /// When the database fails. The position is unchanged then.
    pub async fn advance(&mut self, store: &Store) -> Result<Vec<event::Model>> {
        self.holes.retain(|_, since| since.elapsed() < HOLE_LIVES);
        let new = store::after(store, self.last, PAGE).await?;
        // Returned first although they are read second: the events that precede them are either among them or
        // were returned before, and the events that follow them have larger numbers.
        let mut rows = Vec::new();
        if !self.holes.is_empty() {
            let holes: Vec<i64> = self.holes.keys().copied().collect();
            rows = store::numbered(store, &holes).await?;
        }
        for row in &rows {
            self.holes.remove(&row.sequence);
        }
        self.pass(new.iter().map(|row| row.sequence), Instant::now());
        rows.extend(new);
        Ok(rows)
    }

    /// Advances to the last of these numbers, which are ascending.
    fn pass(&mut self, numbers: impl Iterator<Item = i64>, now: Instant) {
        for number in numbers {
            let room = i64::try_from(HOLES).unwrap_or(i64::MAX);
            for hole in (self.last + 1).max(number - room)..number {
                self.holes.insert(hole, now);
            }
            self.last = self.last.max(number);
        }
        while self.holes.len() > HOLES {
            self.holes.pop_first();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skipped_event_numbers_are_searched() {
        let mut head = Head { last: 3, holes: BTreeMap::new() };
        head.pass([4, 7, 9].into_iter(), Instant::now());
        assert_eq!((head.last, head.holes.keys().copied().collect::<Vec<_>>()), (9, vec![5, 6, 8]));
    }

    #[test]
    fn a_jump_of_event_numbers_causes_a_bounded_search() {
        let mut head = Head { last: 0, holes: BTreeMap::new() };
        head.pass([1_000_000_000, 3_000_000_000].into_iter(), Instant::now());
        assert_eq!(head.holes.len(), HOLES);
        assert_eq!(head.holes.last_key_value().map(|(number, _)| *number), Some(2_999_999_999));
    }
}
