//! Compares the schema of a database with the schema that the migrations create.

use std::collections::{BTreeMap, BTreeSet};

use migration::POSTGRES_TRIGGERS;

use super::{
    Store,
    dialect::Dialect,
    inspect::rows,
    migrate::{self, SchemaError},
};

/// Tables with their columns, indexes and triggers, by name.
#[derive(Debug, Default)]
struct Shape {
    tables: BTreeMap<String, BTreeSet<String>>,
    /// The table, and the indexed columns.
    indexes: BTreeMap<String, (String, String)>,
    /// The table, and the trigger's definition.
    triggers: BTreeMap<String, (String, String)>,
}

/// The differences between a database and the result of the migrations.
#[derive(Debug, Default)]
pub struct Differences {
    /// Missing or changed objects.
    pub faults: Vec<String>,
    /// Objects that verigraph did not create.
    pub notes: Vec<String>,
}

/// Compares an up-to-date database with the result of the migrations. Only reads.
pub async fn compare(store: &Store) -> Result<Differences, SchemaError> {
    let scratch = Store::scratch().await?;
    migrate::up(&scratch).await?;
    // Names of tables, columns and indexes are the same on both databases; triggers differ.
    let mut expected = Shape::of(&scratch).await?;
    scratch.close().await;
    if store.dialect() == Dialect::Postgres {
        expected.triggers = POSTGRES_TRIGGERS
            .iter()
            .map(|it| (it.name.to_owned(), (it.table.to_owned(), trigger(it.kind, "O", it.body))))
            .collect();
    }
    Ok(Shape::of(store).await?.differences(&expected))
}

fn trigger(kind: &str, enabled: &str, body: &str) -> String {
    // `A`: enabled on replicas as well.
    let enabled = if matches!(enabled, "O" | "A") { "enabled" } else { "disabled" };
    format!("{enabled} {kind} {}", body.trim())
}

impl Shape {
    async fn of(store: &Store) -> Result<Self, sea_orm::DbErr> {
        let [columns, indexes, triggers] = catalog(store.dialect());
        let mut shape = Self::default();
        for row in rows(store, columns, 2).await? {
            let [table, column] = <[String; 2]>::try_from(row).unwrap_or_default();
            shape.tables.entry(table).or_default().insert(column);
        }
        for row in rows(store, indexes, 4).await? {
            let [index, table, kind, column] = <[String; 4]>::try_from(row).unwrap_or_default();
            let entry = shape.indexes.entry(index).or_insert_with(|| (table, kind));
            entry.1 = format!("{} {column}", entry.1);
        }
        for row in rows(store, triggers, 5).await? {
            let [name, table, kind, enabled, body] = <[String; 5]>::try_from(row).unwrap_or_default();
            shape.triggers.insert(name, (table, trigger(&kind, &enabled, &body)));
        }
        Ok(shape)
    }

    fn differences(&self, expected: &Self) -> Differences {
        let mut found = Differences::default();
        for (table, columns) in &expected.tables {
            let Some(there) = self.tables.get(table) else {
                found.faults.push(format!("the table `{table}` is missing"));
                continue;
            };
            let missing = columns.difference(there);
            found.faults.extend(missing.map(|column| format!("the column `{table}.{column}` is missing")));
        }
        for (what, there, wanted) in
            [("index", &self.indexes, &expected.indexes), ("trigger", &self.triggers, &expected.triggers)]
        {
            for (name, (table, text)) in wanted {
                match there.get(name) {
                    None => {
                        found.faults.push(format!("the {what} `{name}` of the table `{table}` is missing"));
                    }
                    Some(other) if other != &(table.clone(), text.clone()) => {
                        let text =
                            format!("the {what} `{name}` of the table `{table}` differs from the migrations");
                        found.faults.push(text);
                    }
                    Some(_) => {}
                }
            }
        }
        // A foreign index only serves queries; a foreign trigger can change what is written.
        for (name, (table, _)) in
            self.triggers.iter().filter(|(name, _)| !expected.triggers.contains_key(*name))
        {
            if expected.tables.contains_key(table) {
                found
                    .notes
                    .push(format!("the trigger `{name}` of the table `{table}` is not one of verigraph's"));
            }
        }
        found
    }
}

/// Returns the selects of columns, of indexed columns and of triggers, each as rows of texts.
fn catalog(dialect: Dialect) -> [&'static str; 3] {
    match dialect {
        Dialect::Sqlite => [
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' \
             AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
            "SELECT m.name, m.tbl_name, CASE l.\"unique\" WHEN 1 THEN 'unique' ELSE 'plain' END || \
             CASE l.partial WHEN 1 THEN ' partial' ELSE '' END, coalesce(i.name, '(expression)') \
             FROM sqlite_master m JOIN pragma_index_list(m.tbl_name) l ON l.name = m.name \
             JOIN pragma_index_info(m.name) i WHERE m.type = 'index' AND m.sql IS NOT NULL ORDER BY m.name, i.seqno",
            "SELECT name, tbl_name, '', 'O', sql FROM sqlite_master WHERE type = 'trigger'",
        ],
        Dialect::Postgres => [
            "SELECT c.relname::text, a.attname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
             WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace \
             AND a.attnum > 0 AND NOT a.attisdropped",
            // An invalid index serves no query.
            "SELECT x.relname::text, t.relname::text, CASE WHEN i.indisunique THEN 'unique' ELSE 'plain' END || \
             CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END, coalesce(a.attname::text, '(expression)') \
             FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid \
             CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place) \
             LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number \
             WHERE i.indisvalid AND x.relnamespace = current_schema()::regnamespace ORDER BY x.relname, k.place",
            "SELECT g.tgname::text, c.relname::text, g.tgtype::text, g.tgenabled::text, p.prosrc FROM pg_trigger g \
             JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid \
             WHERE NOT g.tgisinternal AND c.relnamespace = current_schema()::regnamespace",
        ],
    }
}
