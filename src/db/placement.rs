//! Where the tables are on a distributed PostgreSQL (Citus), by [`migration::HOMES`].

use migration::{HOMES, Home, POSTGRES_TRIGGERS};
use sea_orm::DbErr;

use super::{Store, dialect::Dialect, inspect::rows};

/// Returns the statements that place the tables on the nodes of Citus, for a migrated database without rows. A
/// table comes after the tables that it references.
#[must_use]
pub fn citus() -> Vec<String> {
    let triggers = POSTGRES_TRIGGERS.iter().filter(|trigger| {
        HOMES.iter().any(|(table, home)| *table == trigger.table && *home == Home::Project)
    });
    let mut statements: Vec<String> =
        triggers.map(|trigger| format!("DROP TRIGGER {} ON {};", trigger.name, trigger.table)).collect();
    let mut first = None;
    for (table, home) in HOMES {
        match home {
            Home::Here => {}
            Home::Everywhere => statements.push(format!("SELECT create_reference_table('{table}');")),
            Home::Project => {
                let with = first.get_or_insert(*table);
                let with = if with == table { "none" } else { with };
                statements.push(format!(
                    "SELECT create_distributed_table('{table}', 'project_id', colocate_with => '{with}');"
                ));
            }
        }
    }
    statements
}

/// Returns what is wrong with the placement of the tables. Empty on a database that is not distributed, and on one
/// whose tables are all on one node.
pub async fn faults(store: &Store) -> Result<Vec<String>, DbErr> {
    if store.dialect() == Dialect::Sqlite {
        return Ok(Vec::new());
    }
    let is_distributed =
        rows(store, "SELECT coalesce(to_regclass('pg_dist_partition')::text, '')", 1).await?;
    if is_distributed.first().is_none_or(|row| row[0].is_empty()) {
        return Ok(Vec::new());
    }
    let placed = rows(
        store,
        "SELECT logicalrelid::regclass::text, CASE partmethod WHEN 'h' THEN 'hash' ELSE 'other' END \
         FROM pg_dist_partition",
        2,
    )
    .await?;
    if placed.is_empty() {
        return Ok(Vec::new());
    }
    let is = |table: &str, method: &str| placed.iter().any(|row| row[0] == table && row[1] == method);
    let missing = HOMES.iter().filter(|(table, home)| match home {
        Home::Here => false,
        Home::Everywhere => !is(table, "other"),
        Home::Project => !is(table, "hash"),
    });
    Ok(missing
        .map(|(table, _)| {
            format!("the table `{table}` is not placed on the nodes: run `verigraph placement --for citus` and its statements")
        })
        .collect())
}
