//! Bounded counters by key.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

/// Counters by key, each with a limit.
#[derive(Debug)]
pub struct Counts<K>(Arc<Mutex<HashMap<K, u64>>>);

impl<K> Clone for Counts<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K> Default for Counts<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

/// A permit of a key. Dropping it releases it.
#[derive(Debug)]
pub struct CountPermit<K: Eq + Hash> {
    counts: Counts<K>,
    key: K,
}

impl<K: Eq + Hash + Clone> Counts<K> {
    /// Acquires one more permit for a key. Returns `None` if `limit` permits are held.
    #[must_use]
    pub fn acquire(&self, key: K, limit: u64) -> Option<CountPermit<K>> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(key.clone()).or_default();
        if *count >= limit {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(CountPermit { counts: self.clone(), key })
    }
}

impl<K: Eq + Hash> Drop for CountPermit<K> {
    fn drop(&mut self) {
        let mut counts = self.counts.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_permit_is_released() {
        let counts = Counts::default();
        let first = counts.acquire("a", 1);
        assert!(first.is_some() && counts.acquire("a", 1).is_none() && counts.acquire("b", 1).is_some());
        drop(first);
        assert!(counts.acquire("a", 1).is_some());
        assert!(counts.0.lock().unwrap().is_empty());
    }
}
