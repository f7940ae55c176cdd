//! Rows that one statement selects, locks and changes.

use sea_orm::sea_query::{
    CommonTableExpression, IntoIden, LockBehavior, LockType, Query, SelectStatement, WithClause,
};

/// The name of the selected rows in the statement.
pub const LOCKED: &str = "locked";

/// Returns the clause with which an update or a delete selects its rows from [`LOCKED`]. It leaves out rows that other
/// transactions have locked. SQLite has one writer, and no such locks.
///
/// PostgreSQL may run a subselect that locks and limits rows once for each row of the table, and then changes more
/// rows than the limit. A materialized expression runs once.
#[must_use]
pub fn with_locked<C: IntoIden>(
    mut rows: SelectStatement,
    columns: impl IntoIterator<Item = C>,
) -> WithClause {
    rows.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let mut selected = CommonTableExpression::new();
    selected.table_name(LOCKED).query(rows).materialized(true);
    for column in columns {
        selected.column(column);
    }
    Query::with().cte(selected).to_owned()
}
