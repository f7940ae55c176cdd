//! Lists as segments. A list whose first ordering column has few values, possibly null, is read as one
//! segment per value. Within a segment only the other keys order the rows, so that an index seeks each
//! segment, whatever the other filters of the list are. Read as a whole, nulls would need an OR that no index
//! can seek, and a filter that matches no row of some value would read all rows of that value.

use sea_orm::sea_query::{Condition, OrderedStatement};

use super::keyset::{Cell, Direction, Key, Ordering, Position, beyond};

/// A part of a list in which rows differ by these keys only.
pub(super) struct Segment<'a, M> {
    pub rows: Condition,
    pub keys: &'a [Key<M>],
    /// The column that has the same value in the whole segment.
    same: Option<(&'static str, &'static str)>,
}

impl<M> Segment<'_, M> {
    /// Orders the rows of the segment; `reversed` for reading from the end.
    pub(super) fn sort(&self, rows: &mut impl OrderedStatement, reversed: bool) {
        // This key changes nothing, but it is ordered in the direction of the next key: PostgreSQL does not
        // know that all rows of a null segment are equal, and would scan the primary key for them.
        if let (Some(column), Some(next)) = (self.same, self.keys.first()) {
            rows.order_by(column, next.order(reversed));
        }
        for key in self.keys {
            key.sort(rows, key.column, reversed);
        }
    }
}

impl<M> Ordering<M> {
    /// Returns the segments between two positions, in reading order; none if the positions are in the wrong
    /// order.
    pub(super) fn stretches(
        &self,
        after: Option<&Position>,
        before: Option<&Position>,
        reversed: bool,
    ) -> Vec<Segment<'_, M>> {
        let bounds = [(after, false), (before, true)];
        let bounds = || bounds.into_iter().filter_map(|(position, side)| Some((&position?.0, side)));
        let by_values = self.keys.split_first().and_then(|(first, rest)| Some((first, rest, first.domain?)));
        let Some((first, rest, few)) = by_values else {
            let beyond = bounds().map(|(cells, side)| beyond(&self.keys, cells, side));
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
            let is_between = bounds().all(|(cells, side)| match rank(cells) {
                Some(there) if side => here <= there,
                Some(there) => here >= there,
                None => false,
            });
            if !is_between || self.only.as_ref().is_some_and(|only| only != value) {
                continue;
            }
            let cut = bounds().filter(|(cells, _)| rank(cells) == Some(here));
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
