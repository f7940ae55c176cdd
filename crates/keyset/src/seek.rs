//! The condition for the rows on one side of a position.

use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::{Cell, Direction, SortColumn};

/// Condition for the rows after a position, or with `reversed` before it.
pub(crate) fn beyond(columns: &[SortColumn], cells: &[Cell], reversed: bool) -> Condition {
    let ([by, rest_columns @ ..], [cell, rest_cells @ ..]) = (columns, cells) else {
        // A row is never beyond its own position.
        return Condition::all().add(Expr::cust("1 = 0"));
    };
    if columns.iter().all(|other| !other.nullable && other.direction == by.direction) {
        // A row comparison lets the database seek its index. The equivalent OR reads every row before the
        // position (measured: 42 ms against 0.1 ms, 200,000 rows).
        let columns = Expr::tuple(columns.iter().map(|column| Expr::col(column.name)));
        let values = Expr::tuple(cells.iter().map(Cell::expr));
        return Condition::all().add(match by.direction.reversed_if(reversed) {
            Direction::Asc => columns.gt(values),
            Direction::Desc => columns.lt(values),
        });
    }
    let column = || Expr::col(by.name);
    let rest = beyond(rest_columns, rest_cells, reversed);
    let value = match (cell, reversed) {
        // Nulls are last, so only other nulls can follow them; in reverse, all other rows do.
        (Cell::Null, false) => return Condition::all().add(column().is_null()).add(rest),
        (Cell::Null, true) => {
            let ties = Condition::all().add(column().is_null()).add(rest);
            return Condition::any().add(column().is_not_null()).add(ties);
        }
        (cell, _) => cell.expr(),
    };
    // `c >= v AND (c > v OR rest)`, not `c > v OR (c = v AND rest)`: the first half is a range that an index
    // can seek.
    let (reached, passed) = match by.direction.reversed_if(reversed) {
        Direction::Asc => (column().gte(value.clone()), column().gt(value)),
        Direction::Desc => (column().lte(value.clone()), column().lt(value)),
    };
    let values = Condition::all().add(reached).add(Condition::any().add(passed).add(rest));
    if by.nullable && !reversed { Condition::any().add(values).add(column().is_null()) } else { values }
}
