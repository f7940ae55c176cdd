//! Totals of identifications: stored beside them, updated in the transaction of each change.

use std::collections::BTreeMap;

use entity::{
    identification::{self, Model, Process, Reason, Status},
    identification_total::{ActiveModel, Column, EVERY_DAY, Entity},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Iterable, QueryFilter, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, OnConflict, Query, SelectStatement},
};
use uuid::Uuid;

use super::filtered;
use crate::{
    Error, Result,
    auth::Caller,
    db::{
        Store, TimeRange, Transaction,
        days::{self, DAY},
        dialect::Dialect,
    },
    identification::filter::IdentificationFilter,
};

/// Maximum number of groups per statement, limited by the parameters that both databases allow.
const STATEMENT: usize = 500;

/// The values by which identifications are counted. The key of a total, without its slot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    project: Uuid,
    day: i64,
    process: Process,
    status: Status,
    reasons: i64,
}

impl Group {
    /// Returns the groups in which an identification is counted.
    fn of(row: &Model) -> [Self; 2] {
        [EVERY_DAY, days::of(row.created_at)].map(|day| Self {
            project: row.project_id,
            day,
            process: row.process,
            status: row.status,
            reasons: row.reason_bits(),
        })
    }

    fn row(self, slot: i32, count: i64) -> ActiveModel {
        ActiveModel {
            project_id: Set(self.project),
            day: Set(self.day),
            process: Set(self.process),
            status: Set(self.status),
            reasons: Set(self.reasons),
            slot: Set(slot),
            count: Set(count),
        }
    }
}

const KEY: [Column; 6] =
    [Column::ProjectId, Column::Day, Column::Process, Column::Status, Column::Reasons, Column::Slot];

/// Moves identifications from the groups of their rows before a change to those after it; new ones have no row
/// before. Must be the last statement of the transaction, and the only one that writes totals: other transactions
/// wait for its end from here on.
pub async fn record(transaction: &Transaction, before: &[Model], after: &[Model]) -> Result<()> {
    // Sorted: transactions that change the same totals lock them in the same order, so that they cannot
    // deadlock.
    let mut changes: BTreeMap<Group, i64> = BTreeMap::new();
    for (rows, by) in [(before, -1), (after, 1)] {
        for group in rows.iter().flat_map(Group::of) {
            *changes.entry(group).or_default() += by;
        }
    }
    // A bulk change needs no separate slots: its batches run in sequence.
    let dialect = Dialect::of(transaction.get_database_backend());
    let slot = if let [row] = after { slot(dialect, row.id) } else { 0 };
    let changes = changes.into_iter().filter(|(_, by)| *by != 0);
    let rows: Vec<ActiveModel> = changes.map(|(group, by)| group.row(slot, by)).collect();
    for rows in rows.chunks(STATEMENT) {
        let sum = Expr::col((Entity, Column::Count)).add(Expr::col(("excluded", Column::Count)));
        let there = OnConflict::columns(KEY).value(Column::Count, sum).to_owned();
        let insert = Entity::insert_many(rows.iter().cloned()).on_conflict(there);
        transaction.insert_later::<Entity>(insert.into_query()).await?;
    }
    Ok(())
}

/// Returns the slot of an identification: evenly distributed, because its id has random digits, and constant for
/// its lifetime.
fn slot(dialect: Dialect, id: Uuid) -> i32 {
    i32::from(id.as_bytes()[15]) % dialect.slots()
}

/// The rows that contain the counts of a filter: each identification is in exactly one of them.
pub(super) struct Sources {
    /// The totals of whole days.
    pub kept: Option<Select<Entity>>,
    /// Identifications that have to be counted.
    pub single: Vec<Select<identification::Entity>>,
}

/// Returns where a caller's identifications that match a filter are counted. `by_day`: from totals of single days,
/// even if all days match.
pub(super) fn sources(
    store: &Store,
    caller: &Caller,
    filters: &IdentificationFilter,
    by_day: bool,
) -> Sources {
    // The totals are not grouped by user, nor by what these filters ask for.
    if caller.tag_limits().is_some() || filters.levels.is_some() || filters.updated_at.is_some() {
        return Sources { kept: None, single: vec![filtered(store, caller, filters)] };
    }
    let (from, until) = filters.created_at.unwrap_or_default().half_open();
    let split = days::split(from, until);
    let single = split.ends.into_iter().map(|end| {
        let [from, until] = end.map(|at| Some(entity::Timestamp(at)));
        let range = TimeRange { greater_than_or_equal: from, less_than: until, ..TimeRange::default() };
        filtered(store, caller, &IdentificationFilter { created_at: Some(range), ..filters.clone() })
    });
    Sources { single: single.collect(), kept: split.days.map(|days| kept(caller, filters, days, by_day)) }
}

/// Selects the totals of a project for some days. Every select of this table starts here. A caller that may see
/// the project without tag limits may see all of them.
fn of_project(project: Uuid, days: Condition) -> Select<Entity> {
    Entity::find().filter(Column::ProjectId.eq(project)).filter(days)
}

fn kept(
    caller: &Caller,
    filters: &IdentificationFilter,
    (first, end): (Option<i64>, Option<i64>),
    by_day: bool,
) -> Select<Entity> {
    let days = match (first, end) {
        (None, None) if !by_day => Condition::all().add(Column::Day.eq(EVERY_DAY)),
        (first, end) => Condition::all()
            .add(Column::Day.gte(first.unwrap_or(EVERY_DAY + 1)))
            .add_option(end.map(|end| Column::Day.lt(end))),
    };
    let mut rows = of_project(caller.project_id(), days);
    if let Some(statuses) = &filters.statuses {
        rows = rows.filter(Column::Status.is_in(statuses.iter().copied()));
    }
    if let Some(processes) = &filters.processes {
        rows = rows.filter(Column::Process.is_in(processes.iter().copied()));
    }
    if let Some(reasons) = &filters.reasons {
        let bits = reasons.iter().fold(0, |bits, reason| bits | reason.bit());
        rows = rows.filter(Expr::col((Entity, Column::Reasons)).bit_and(bits).ne(0));
    }
    rows
}

/// The columns of a total, as expressions over an identification.
pub(super) fn of_identification(column: Column) -> Expr {
    match column {
        // Division truncates; days before 1970 have to be rounded down.
        Column::Day => Expr::cust(format!("(created_at - (created_at % {DAY} + {DAY}) % {DAY}) / {DAY}")),
        Column::Reasons => Expr::cust(reason_bits()),
        Column::Process => Expr::col((identification::Entity, identification::Column::Process)),
        _ => Expr::col((identification::Entity, identification::Column::Status)),
    }
}

/// SQL of the bits of an identification's reasons. The names of reasons are letters alone, and a list has each of
/// them in quotes.
fn reason_bits() -> String {
    let columns = ["expert_reasons", "qes_reasons", "pvid_reasons"];
    let names = columns.map(|column| format!("COALESCE(CAST({column} AS TEXT), '')")).join(" || ");
    let bits = Reason::iter().map(|reason| {
        let name = serde_json::to_string(&reason).unwrap_or_default();
        format!("CASE WHEN {names} LIKE '%{name}%' THEN {} ELSE 0 END", reason.bit())
    });
    let bits = bits.collect::<Vec<_>>().join(" + ");
    format!("CAST(CASE WHEN {} THEN {bits} ELSE 0 END AS BIGINT)", super::INVALID)
}

/// Recounts the identifications of a project. Must be the last statement of a transaction.
pub async fn rebuild(db: &impl ConnectionTrait, project: Uuid) -> Result<()> {
    // From here on, transactions that change totals wait, and this one waits for those that have changed some. So
    // each identification is counted either here, or by its own transaction, which has not reached the totals
    // yet.
    if let Some(lock) = Dialect::of(db.get_database_backend()).lock_table("identification_totals") {
        db.execute_unprepared(&lock).await?;
    }
    Entity::delete_many().filter(Column::ProjectId.eq(project)).exec(db).await?;
    let mut rows = Query::select();
    rows.column(identification::Column::ProjectId)
        .expr_as(of_identification(Column::Day), "day")
        .column(identification::Column::Process)
        .column(identification::Column::Status)
        .expr_as(of_identification(Column::Reasons), "reasons")
        .expr_as(Expr::cust("1"), "count")
        .from(identification::Entity)
        .and_where(identification::Column::ProjectId.eq(project));
    add_up(db, rows.take(), Expr::col(("parts", Column::Day))).await?;
    let each = of_project(project, Condition::all().add(Column::Day.gt(EVERY_DAY)));
    add_up(db, each.into_query(), Expr::val(EVERY_DAY)).await
}

/// Inserts the sums of parts, under their own day or under another.
async fn add_up(db: &impl ConnectionTrait, parts: SelectStatement, day: Expr) -> Result<()> {
    let same = [Column::Process, Column::Status, Column::Reasons];
    let mut sums = Query::select();
    sums.column(("parts", Column::ProjectId)).expr_as(day, "of_day");
    sums.columns(same.map(|column| ("parts", column))).expr(Expr::cust("0"));
    sums.expr(Expr::from(Func::sum(Expr::col(("parts", Column::Count)))).cast_as("bigint"));
    sums.from_subquery(parts, "parts");
    sums.group_by_col(("parts", Column::ProjectId)).group_by_col("of_day");
    sums.group_by_columns(same.map(|column| ("parts", column)));
    let columns = KEY.into_iter().chain([Column::Count]);
    let mut insert = Query::insert();
    insert.into_table(Entity).columns(columns);
    insert
        .select_from(sums.take())
        .map_err(|_| Error::Fault("totals have a different number of values and columns"))?;
    db.execute(&insert).await?;
    Ok(())
}
