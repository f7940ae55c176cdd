//! The cost of a page does not depend on its depth: every order of every list uses an index. Measured by the
//! rows that the databases report as read, not by time.

mod audit;
mod due;
mod events;
mod filters;
mod lists;
mod names;
mod proofings;

use std::fmt::Write;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;

use crate::harness::{Db, TestApp};

/// What a statement read, over all tables.
#[derive(Debug)]
struct Read {
    /// Rows, where the database reports them. SQLite does not: there every table must be searched by an
    /// index, and at most one page of each segment is sorted.
    rows: f64,
    plan: String,
}

impl TestApp {
    /// What the only statement since the last call read.
    async fn read(&self) -> Read {
        let statements = self.take_bound_statements();
        let [statement] = statements.as_slice() else { panic!("not one statement: {statements:#?}") };
        self.explain(statement.clone()).await
    }

    async fn explain(&self, statement: Statement) -> Read {
        let how = match self.db {
            Db::Sqlite => "EXPLAIN QUERY PLAN",
            Db::Postgres => "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON)",
        };
        let explain = Statement { sql: format!("{how} {}", statement.sql), ..statement };
        let answer = self.store.read().query_all_raw(explain).await.unwrap();
        self.take_statements();
        if self.db == Db::Sqlite {
            let lines: Vec<String> = answer.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
            return Read { rows: 0.0, plan: lines.join("\n") };
        }
        let plan: Value = answer[0].try_get_by_index(0).unwrap();
        let mut lines = String::new();
        write(&plan[0]["Plan"], 0, &mut lines);
        Read { rows: rows(&plan[0]["Plan"]), plan: lines }
    }
}

/// The rows that the scans below a node of a plan looked at.
fn rows(node: &Value) -> f64 {
    let number = |name: &str| node[name].as_f64().unwrap_or_default();
    let is_scan = node["Relation Name"].is_string() || node["Index Name"].is_string();
    let looked =
        number("Actual Rows") + number("Rows Removed by Filter") + number("Rows Removed by Index Recheck");
    let own = if is_scan { looked * number("Actual Loops") } else { 0.0 };
    node["Plans"].as_array().into_iter().flatten().map(rows).sum::<f64>() + own
}

/// A node of a query plan and its children, one line each.
fn write(node: &Value, depth: usize, lines: &mut String) {
    let said =
        ["Node Type", "Relation Name", "Index Name", "Index Cond", "Filter", "Actual Rows", "Actual Loops"];
    let said: Vec<String> = said
        .iter()
        .filter(|name| !node[**name].is_null())
        .map(|name| format!("{name}: {}", node[*name]))
        .collect();
    writeln!(lines, "{:depth$}{}", "", said.join(", ")).unwrap();
    for below in node["Plans"].as_array().into_iter().flatten() {
        write(below, depth + 2, lines);
    }
}

impl Read {
    /// Fails if it read more rows.
    fn assert_bounded(&self, rows: f64, what: &str) {
        assert!(self.rows <= rows, "{what}: {} rows\n{}", self.rows, self.plan);
    }

    /// Fails if it read one of these tables otherwise than by an index.
    fn assert_no_scans(&self, tables: &[&str], what: &str) {
        for table in tables {
            let (sqlite, postgres) =
                (format!("SCAN {table}"), format!("\"Seq Scan\", Relation Name: \"{table}\""));
            let is_scan = |line: &str| {
                line == sqlite || line.starts_with(&format!("{sqlite} ")) && !line.contains("INDEX")
            };
            let scans = self.plan.lines().filter(|line| is_scan(line) || line.contains(&postgres));
            assert_eq!(scans.count(), 0, "{what}\n{}", self.plan);
        }
    }

    /// Fails unless it read at most this many rows, and this table only by an index.
    fn assert_seeks(&self, table: &str, rows: f64, what: &str) {
        self.assert_bounded(rows, what);
        let lines = self.plan.lines().filter(|line| line.starts_with(&format!("SCAN {table}")));
        assert_eq!(lines.count(), 0, "{what}\n{}", self.plan);
        // SQLite reports a sort after the search. Within a segment that is one page.
        let mut pairs = self.plan.lines().zip(self.plan.lines().skip(1));
        let is_sorted = |(found, next): (&str, &str)| {
            found.starts_with(&format!("SEARCH {table}")) && next.starts_with("USE TEMP B-TREE FOR ORDER BY")
        };
        assert!(!pairs.any(is_sorted), "{what}\n{}", self.plan);
    }
}
