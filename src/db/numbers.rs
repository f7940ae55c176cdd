//! The numbers that a transaction gives to rows: from the blocks of its process, to which they return if it is rolled
//! back.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::blocks::{Blocks, CounterKey};

/// The numbers of a transaction.
pub(super) struct TransactionNumbers {
    pub blocks: Blocks,
    given: Mutex<Given>,
}

#[derive(Default)]
struct Given {
    used: Vec<(CounterKey, i64)>,
    /// Counters whose block was used up.
    missing: Vec<CounterKey>,
}

impl TransactionNumbers {
    pub fn new(blocks: Blocks) -> Self {
        Self { blocks, given: Mutex::default() }
    }

    /// Takes a number from the process's block. `None` if it is used up: then a block is missing.
    pub fn take(&self, key: CounterKey) -> Option<i64> {
        let number = self.blocks.pop(key);
        let mut given = self.given();
        match number {
            Some(number) => given.used.push((key, number)),
            None => given.missing.push(key),
        }
        number
    }

    /// Keeps the numbers, whatever becomes of the transaction, and returns the counters whose block is missing.
    pub fn keep(&self) -> Vec<CounterKey> {
        std::mem::take(&mut *self.given()).missing
    }

    /// Puts the numbers back that were not kept.
    pub fn put_back(&self) {
        for (key, number) in std::mem::take(&mut *self.given()).used {
            self.blocks.put_back(key, number);
        }
    }

    fn given(&self) -> MutexGuard<'_, Given> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
