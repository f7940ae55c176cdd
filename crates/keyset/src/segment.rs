//! Lists as segments. A list whose first ordering column has few values, possibly null, is read as one
//! segment per value. Within a segment only the other columns order the rows, so that an index seeks each
//! segment, whatever the other filters of the list are. Read as a whole, nulls would need an OR that no index
//! can seek, and a filter that matches no row of some value would read all rows of that value.

use sea_orm::sea_query::{Condition, OrderedStatement};

use crate::{Cell, Direction, Position, SortColumn, SortOrder, seek::beyond};

/// A part of a list in which rows differ by these columns only.
pub(crate) struct Segment<'a> {
    pub rows: Condition,
    pub columns: &'a [SortColumn],
    /// The column that has the same value in the whole segment.
    constant: Option<(&'static str, &'static str)>,
}

impl Segment<'_> {
    /// Orders the rows of the segment; `reversed` for reading from the end.
    pub(crate) fn sort(&self, rows: &mut impl OrderedStatement, reversed: bool) {
        // This column changes nothing, but it is ordered in the direction of the next one: PostgreSQL does not
        // know that all rows of a null segment are equal, and would scan the primary key for them.
        if let (Some(column), Some(next)) = (self.constant, self.columns.first()) {
            rows.order_by(column, next.order(reversed));
        }
        for column in self.columns {
            column.sort(rows, column.name, reversed);
        }
    }
}

impl SortOrder {
    /// Returns the segments between two positions, in reading order; none if the positions are in the wrong
    /// order.
    pub(crate) fn segments(
        &self,
        after: Option<&Position>,
        before: Option<&Position>,
        reversed: bool,
    ) -> Vec<Segment<'_>> {
        let bounds = [(after, false), (before, true)];
        let bounds = || bounds.into_iter().filter_map(|(position, side)| Some((&position?.0, side)));
        let by_values =
            self.columns.split_first().and_then(|(first, rest)| Some((first, rest, first.domain?)));
        let Some((first, rest, domain)) = by_values else {
            let beyond = bounds().map(|(cells, side)| beyond(&self.columns, cells, side));
            let rows = beyond.fold(Condition::all(), Condition::add);
            return vec![Segment { rows, columns: &self.columns, constant: None }];
        };
        let mut values = domain();
        if first.direction == Direction::Desc {
            values.reverse();
        }
        values.extend(first.nullable.then_some(Cell::Null));
        let rank = |cells: &[Cell]| values.iter().position(|value| cells.first() == Some(value));
        let mut segments = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let is_between = bounds().all(|(cells, side)| match rank(cells) {
                Some(bound) if side => index <= bound,
                Some(bound) => index >= bound,
                None => false,
            });
            if !is_between || self.pinned.as_ref().is_some_and(|pinned| pinned != value) {
                continue;
            }
            let at_bound = bounds().filter(|(cells, _)| rank(cells) == Some(index));
            let at_bound =
                at_bound.map(|(cells, side)| beyond(rest, cells.get(1..).unwrap_or_default(), side));
            let rows = at_bound.fold(Condition::all().add(value.is(first.name)), Condition::add);
            segments.push(Segment { rows, columns: rest, constant: Some(first.name) });
        }
        if reversed {
            segments.reverse();
        }
        segments
    }
}
