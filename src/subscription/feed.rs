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

/// Number of low bits of a sequence number that count within a range. The nodes of a distributed database take
/// their numbers from a range each, so that numbers of different ranges say nothing about the order of events.
const RANGE_BITS: u32 = 48;

/// Positions up to which events have been read, one in each range of sequence numbers.
///
/// PostgreSQL assigns sequence numbers when rows are written, and rows become visible when they are
/// committed. A smaller number may therefore become visible after a larger one. Skipped numbers are looked
/// for until they can no longer appear.
#[derive(Debug, Default)]
pub struct Positions(BTreeMap<i64, Position>);

#[derive(Debug)]
struct Position {
    last: i64,
    /// Skipped numbers, with the time at which each was skipped.
    holes: BTreeMap<i64, Instant>,
}

impl Positions {
    /// Returns the present end of the events. Events that are committed from now on are read.
    pub async fn now(store: &Store) -> Result<Self> {
        let (mut positions, mut below) = (Self::default(), i64::MAX);
        loop {
            let mut newest = store::newest(store, below, LOOKED_BACK).await?;
            let Some(range) = newest.first().map(|number| number >> RANGE_BITS) else { return Ok(positions) };
            let is_all = (newest.len() as u64) < LOOKED_BACK;
            newest.retain(|number| number >> RANGE_BITS == range);
            newest.reverse();
            below = range << RANGE_BITS;
            let last = if is_all { below } else { newest.first().copied().unwrap_or(below) };
            positions.0.insert(range, Position { last, holes: BTreeMap::new() });
            positions.pass(newest.into_iter(), Instant::now());
            if range == 0 {
                return Ok(positions);
            }
        }
    }

    /// Reads the next events, in an order that keeps the events of each object in sequence. Empty if no
    /// events are new.
    ///
    /// # Errors
    ///
    /// When the database fails. The positions are unchanged then.
    pub async fn advance(&mut self, store: &Store) -> Result<Vec<event::Model>> {
        for position in self.0.values_mut() {
            position.holes.retain(|_, since| since.elapsed() < HOLE_LIVES);
        }
        let new = store::within(store, &self.unread(), PAGE).await?;
        // Returned first although they are read second: the events that precede them are either among them or
        // were returned before, and the events that follow them have larger numbers.
        let holes: Vec<i64> = self.0.values().flat_map(|position| position.holes.keys().copied()).collect();
        let mut rows = if holes.is_empty() { Vec::new() } else { store::numbered(store, &holes).await? };
        for row in &rows {
            if let Some(position) = self.0.get_mut(&(row.sequence >> RANGE_BITS)) {
                position.holes.remove(&row.sequence);
            }
        }
        self.pass(new.iter().map(|row| row.sequence), Instant::now());
        rows.extend(new);
        Ok(rows)
    }

    /// Returns the numbers after the positions: intervals without their bounds. Ranges without a position, in which
    /// no event was read yet, are in them.
    fn unread(&self) -> Vec<(i64, i64)> {
        let starts = self.0.keys().map(|range| range << RANGE_BITS);
        let ends = starts.chain([i64::MAX]);
        let froms = [0].into_iter().chain(self.0.values().map(|position| position.last));
        froms.zip(ends).filter(|(from, end)| from < end).collect()
    }

    fn pass(&mut self, numbers: impl Iterator<Item = i64>, now: Instant) {
        for number in numbers {
            let range = number >> RANGE_BITS;
            let first = Position { last: range << RANGE_BITS, holes: BTreeMap::new() };
            self.0.entry(range).or_insert(first).pass(number, now);
        }
    }
}

impl Position {
    fn pass(&mut self, number: i64, now: Instant) {
        let room = i64::try_from(HOLES).unwrap_or(i64::MAX);
        for hole in (self.last + 1).max(number - room)..number {
            self.holes.insert(hole, now);
        }
        self.last = self.last.max(number);
        while self.holes.len() > HOLES {
            self.holes.pop_first();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OTHER: i64 = 3 << RANGE_BITS;

    fn holes(positions: &Positions) -> Vec<i64> {
        positions.0.values().flat_map(|position| position.holes.keys().copied()).collect()
    }

    #[test]
    fn skipped_event_numbers_are_searched() {
        let mut positions = Positions([(0, Position { last: 3, holes: BTreeMap::new() })].into());
        positions.pass([4, 7, 9].into_iter(), Instant::now());
        assert_eq!((positions.0[&0].last, holes(&positions)), (9, vec![5, 6, 8]));
    }

    #[test]
    fn a_jump_of_event_numbers_causes_a_bounded_search() {
        let mut positions = Positions::default();
        positions.pass([1_000_000_000, 3_000_000_000].into_iter(), Instant::now());
        let holes = holes(&positions);
        assert_eq!((holes.len(), holes.last()), (HOLES, Some(&2_999_999_999)));
    }

    #[test]
    fn each_range_of_event_numbers_has_its_own_position() {
        let mut positions = Positions::default();
        assert_eq!(positions.unread(), [(0, i64::MAX)]);
        positions.pass([1, OTHER + 1, 2, OTHER + 4].into_iter(), Instant::now());
        assert_eq!(holes(&positions), [OTHER + 2, OTHER + 3]);
        assert_eq!(positions.unread(), [(2, OTHER), (OTHER + 4, i64::MAX)]);
        positions.pass([(1 << RANGE_BITS) + 1].into_iter(), Instant::now());
        let middle = 1 << RANGE_BITS;
        assert_eq!(positions.unread(), [(2, middle), (middle + 1, OTHER), (OTHER + 4, i64::MAX)]);
    }
}
