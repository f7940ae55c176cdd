//! Inserts that a transaction sends together. PostgreSQL executes several inserts as one statement, which spares a
//! round trip for each.

use sea_orm::{
    DbBackend, EntityTrait, Statement,
    sea_query::{CommonTableExpression, InsertStatement, WithClause},
};

/// Inserts that wait for the transaction's next other statement, or for its commit. At most one for each table.
#[derive(Debug, Default)]
pub(super) struct Deferred {
    inserts: Vec<(&'static str, InsertStatement)>,
}

impl Deferred {
    pub(super) fn has<E: EntityTrait>(&self) -> bool {
        self.inserts.iter().any(|(table, _)| *table == E::default().table_name())
    }

    pub(super) fn add<E: EntityTrait>(&mut self, insert: InsertStatement) {
        self.inserts.push((E::default().table_name(), insert));
    }

    pub(super) fn clear(&mut self) {
        self.inserts.clear();
    }

    /// Takes the inserts as one statement. Each but the last is a common table expression with the name of its table:
    /// where a later one selects from that table, it selects from the inserted rows.
    pub(super) fn take(&mut self) -> Option<Statement> {
        let (_, last) = self.inserts.pop()?;
        if self.inserts.is_empty() {
            return Some(DbBackend::Postgres.build(&last));
        }
        let mut earlier = WithClause::new();
        for (table, mut insert) in self.inserts.drain(..) {
            insert.returning_all();
            earlier.cte(CommonTableExpression::new().query(insert).table_name(table).to_owned());
        }
        Some(DbBackend::Postgres.build(&last.with(earlier)))
    }
}
