//! The numbers of counters that this process has taken and not used, and the statements that take them.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use entity::counter;
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, QueryTrait,
    sea_query::{Expr, ExprTrait, InsertStatement, OnConflict},
};
use uuid::Uuid;

/// Number of numbers in a block.
const BLOCK: i64 = 100;

/// A counter: its project and its name.
pub(super) type CounterKey = (Uuid, &'static str);

/// The numbers that this process has taken and not used.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks(Arc<Mutex<HashMap<CounterKey, BTreeSet<i64>>>>);

impl Blocks {
    /// Takes the lowest number.
    pub fn pop(&self, key: CounterKey) -> Option<i64> {
        self.of(|blocks| blocks.get_mut(&key)?.pop_first())
    }

    /// Puts a number back that no row got.
    pub fn put_back(&self, key: CounterKey, number: i64) {
        self.of(|blocks| blocks.entry(key).or_default().insert(number));
    }

    /// Adds the block that ends with this number.
    pub fn add(&self, key: CounterKey, last: i64) {
        self.of(|blocks| blocks.entry(key).or_default().extend(last - BLOCK + 1..=last));
    }

    /// Whether a block has to be taken before the next number is used.
    pub fn is_empty(&self, key: CounterKey) -> bool {
        self.of(|blocks| blocks.get(&key).is_none_or(BTreeSet::is_empty))
    }

    /// Forgets the numbers of a counter.
    pub fn clear(&self, key: CounterKey) {
        self.of(|blocks| blocks.remove(&key));
    }

    fn of<T>(&self, run: impl FnOnce(&mut HashMap<CounterKey, BTreeSet<i64>>) -> T) -> T {
        run(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Builds the statement that takes a block.
pub(super) fn taking_block((project, name): CounterKey) -> InsertStatement {
    taking(project, name, BLOCK)
}

/// Builds the statement that takes numbers.
pub(super) fn taking(project: Uuid, name: &str, count: i64) -> InsertStatement {
    let last = Expr::col((counter::Entity, counter::Column::Last)).add(count);
    raising(project, name, count, last)
}

/// Builds the statement that raises the last number to `first`, or if there is one, to `then`.
pub(super) fn raising(project: Uuid, name: &str, first: i64, then: Expr) -> InsertStatement {
    let row = counter::ActiveModel { project_id: Set(project), name: Set(name.to_owned()), last: Set(first) };
    let key = OnConflict::columns([counter::Column::ProjectId, counter::Column::Name])
        .value(counter::Column::Last, then)
        .to_owned();
    let mut insert = counter::Entity::insert(row).on_conflict(key).into_query();
    insert.returning_col(counter::Column::Last);
    insert
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_block_are_used_once_and_the_lowest_first() {
        let (blocks, key) = (Blocks::default(), (Uuid::nil(), "rows"));
        assert!(blocks.is_empty(key) && blocks.pop(key).is_none());
        blocks.add(key, 250);
        assert_eq!([(); 3].map(|()| blocks.pop(key)), [Some(151), Some(152), Some(153)]);
        blocks.put_back(key, 152);
        assert_eq!([(); 2].map(|()| blocks.pop(key)), [Some(152), Some(154)]);
        assert_eq!(blocks.pop((Uuid::nil(), "others")), None);
        blocks.clear(key);
        assert!(blocks.is_empty(key));
    }
}
