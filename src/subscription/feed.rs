use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use entity::event;

use super::store;
use crate::{Result, db::Store};

/// How long a number that was passed by is looked for. Transactions are shorter than that: one that is rolled back
/// leaves a number that never comes.
const HOLE_LIVES: Duration = Duration::from_secs(30);
/// How many numbers are looked for at most.
const HOLES: usize = 4096;
/// How many of the newest numbers are looked at for such that are still to come, when reading begins.
const LOOKED_BACK: u64 = 1000;
/// Events read at once.
pub const PAGE: u64 = 100;

/// How far events have been read.
///
/// PostgreSQL gives out numbers when rows are written and shows rows when they are committed: a smaller number may show
/// up after a larger one. So what was passed by is looked for until it cannot come any more.
#[derive(Debug)]
pub struct Head {
    last: i64,
    /// Numbers that were passed by, and since when.
    holes: BTreeMap<i64, Instant>,
}

impl Head {
    /// Where events are at now: those that are committed from here on will be read.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn now(store: &Store) -> Result<Self> {
        let mut newest = store::newest(store, LOOKED_BACK).await?;
        newest.reverse();
        let is_all = (newest.len() as u64) < LOOKED_BACK;
        let first = if is_all { 0 } else { newest.first().copied().unwrap_or_default() };
        let mut head = Self { last: first, holes: BTreeMap::new() };
        head.pass(newest.into_iter(), Instant::now());
        Ok(head)
    }

    /// The next events, in an order in which those of one object are in theirs. Empty when there are none yet.
    ///
    /// # Errors
    ///
    /// When the database fails: nothing has been passed by then.
    pub async fn advance(&mut self, store: &Store) -> Result<Vec<event::Model>> {
        self.holes.retain(|_, since| since.elapsed() < HOLE_LIVES);
        let new = store::after(store, self.last, PAGE).await?;
        // Read later, told first: whatever they follow is either among them or was told already, and what follows them
        // has a larger number.
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

    /// Goes on to the last of these numbers, which ascend.
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
    fn what_is_passed_by_is_looked_for() {
        let mut head = Head { last: 3, holes: BTreeMap::new() };
        head.pass([4, 7, 9].into_iter(), Instant::now());
        assert_eq!((head.last, head.holes.keys().copied().collect::<Vec<_>>()), (9, vec![5, 6, 8]));
    }

    #[test]
    fn a_leap_of_the_numbers_costs_a_bounded_search() {
        let mut head = Head { last: 0, holes: BTreeMap::new() };
        head.pass([1_000_000_000, 3_000_000_000].into_iter(), Instant::now());
        assert_eq!(head.holes.len(), HOLES);
        assert_eq!(head.holes.last_key_value().map(|(number, _)| *number), Some(2_999_999_999));
    }
}
