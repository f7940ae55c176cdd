//! Lists as stretches. A list that is ordered by a column of few values, one of them perhaps null, is read as one stretch
//! a value: within it only the other keys order, so that an index seeks each stretch, whatever else the list is filtered
//! by. Read as a whole, nulls would be an OR that no index can seek, and a filter that leaves no row of some value would
//! have all its rows read to find that out.

use sea_orm::sea_query::{Condition, OrderedStatement};

use super::keyset::{Cell, Direction, Key, Ordering, Position, beyond};

/// A part of a list in which rows differ by these keys alone.
pub(super) struct Segment<'a, M> {
    pub rows: Condition,
    pub keys: &'a [Key<M>],
    /// The column that has one value in all of it.
    same: Option<(&'static str, &'static str)>,
}

impl<M> Segment<'_, M> {
    /// Orders the rows of the stretch; `reversed` for the walk from the end.
    pub(super) fn sort(&self, rows: &mut impl OrderedStatement, reversed: bool) {
        // Said though it changes nothing, in the direction that the next key is walked: PostgreSQL does not see that
        // nulls are all the same, and would walk the primary key for them.
        if let (Some(column), Some(next)) = (self.same, self.keys.first()) {
            rows.order_by(column, next.order(reversed));
        }
        for key in self.keys {
            key.sort(rows, key.column, reversed);
        }
    }
}

impl<M> Ordering<M> {
    /// What lies between two places, in the order of the walk; nothing where the places are the wrong way round.
    pub(super) fn stretches(
        &self,
        after: Option<&Position>,
        before: Option<&Position>,
        reversed: bool,
    ) -> Vec<Segment<'_, M>> {
        let places = [(after, false), (before, true)];
        let places = || places.into_iter().filter_map(|(place, side)| Some((&place?.0, side)));
        let by_values = self.keys.split_first().and_then(|(first, rest)| Some((first, rest, first.domain?)));
        let Some((first, rest, few)) = by_values else {
            let beyond = places().map(|(cells, side)| beyond(&self.keys, cells, side));
            let rows = beyond.fold(Condition::all(), Condition::add);
            return vec![Segment { rows, keys: &self.keys, same: None }];
        };
        let mut values = few();
        if first.direction == Direction::Desc {
            values.reverse();
        }
        values.extend(first.nullable.then_some(Cell::Null));
        let rank = |cells: &[Cell]| values.iter().position(|value| cells.first() == Some(value));
        let mut stretches = Vec::new();
        for (here, value) in values.iter().enumerate() {
            let is_between = places().all(|(cells, side)| match rank(cells) {
                Some(there) if side => here <= there,
                Some(there) => here >= there,
                None => false,
            });
            if !is_between || self.only.as_ref().is_some_and(|only| only != value) {
                continue;
            }
            let cut = places().filter(|(cells, _)| rank(cells) == Some(here));
            let cut = cut.map(|(cells, side)| beyond(rest, cells.get(1..).unwrap_or_default(), side));
            let rows = cut.fold(Condition::all().add(first.is(value)), Condition::add);
            stretches.push(Segment { rows, keys: rest, same: Some(first.column) });
        }
        if reversed {
            stretches.reverse();
        }
        stretches
    }
}
