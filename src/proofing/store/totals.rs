//! Totals of proofing requests: stored beside them, updated in the transaction of each change.

use std::collections::BTreeMap;

use entity::{
    proofing_request::{self, DeviceCheck, Model, State},
    proofing_total::{ActiveModel, Column, EVERY_DAY, Entity, NOTHING},
};
use sea_orm::{
    ActiveEnum,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IdenStatic, QueryFilter, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, Func, OnConflict, Query, SelectStatement},
};
use uuid::Uuid;

use super::filtered;
use crate::{
    Error, Result,
    auth::Caller,
    db::{
        Store, TimeRange, Transaction,
        column::TOTAL,
        days::{self, DAY},
        dialect::Dialect,
        page::{counting, sum},
    },
    proofing::filter::{ProofingFilter, StateFilter},
};

/// Maximum number of groups per statement, limited by the parameters that both databases allow.
const STATEMENT: usize = 500;

/// The values by which requests are counted. The key of a total, without its slot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    project: Uuid,
    day: i64,
    device: DeviceCheck,
    state: State,
    document: String,
    face: String,
}

impl Group {
    /// Returns the groups in which a request is counted.
    fn of(row: &Model) -> [Self; 2] {
        [EVERY_DAY, days::of(row.request_time)].map(|day| Self {
            project: row.project_id,
            day,
            device: row.device_check_result,
            state: row.state,
            document: row
                .document_authentication_result
                .map_or_else(|| NOTHING.to_owned(), |it| it.to_value()),
            face: row.face_match.map_or_else(|| NOTHING.to_owned(), |it| it.to_string()),
        })
    }

    fn row(self, slot: i32, count: i64) -> ActiveModel {
        ActiveModel {
            project_id: Set(self.project),
            day: Set(self.day),
            device_check_result: Set(self.device),
            state: Set(self.state),
            document_authentication_result: Set(self.document),
            face_match: Set(self.face),
            slot: Set(slot),
            count: Set(count),
        }
    }
}

/// Changes of totals.
// Sorted: transactions that change the same totals lock them in the same order, so that they cannot deadlock.
#[derive(Debug, Default)]
struct Changes(BTreeMap<Group, i64>);

impl Changes {
    fn add(&mut self, row: &Model, by: i64) {
        for group in Group::of(row) {
            *self.0.entry(group).or_default() += by;
        }
    }

    async fn write(self, transaction: &Transaction, slot: i32) -> Result<()> {
        let changes = self.0.into_iter().filter(|(_, by)| *by != 0);
        let rows: Vec<ActiveModel> = changes.map(|(group, by)| group.row(slot, by)).collect();
        for rows in rows.chunks(STATEMENT) {
            let sum = Expr::col((Entity, Column::Count)).add(Expr::col(("excluded", Column::Count)));
            let there = OnConflict::columns(KEY).value(Column::Count, sum).to_owned();
            let insert = Entity::insert_many(rows.iter().cloned()).on_conflict(there);
            transaction.insert_later::<Entity>(insert.into_query()).await?;
        }
        Ok(())
    }
}

const KEY: [Column; 7] = [
    Column::ProjectId,
    Column::Day,
    Column::DeviceCheckResult,
    Column::State,
    Column::DocumentAuthenticationResult,
    Column::FaceMatch,
    Column::Slot,
];

/// Counts new requests. Must be the last statement of the transaction: other transactions wait for its end
/// from here on.
pub async fn add_started(transaction: &Transaction, rows: &[Model]) -> Result<()> {
    let mut changes = Changes::default();
    for row in rows {
        changes.add(row, 1);
    }
    // A bulk insert needs no separate slots: its batches run in sequence.
    let slot = if let [row] = rows { slot(transaction, row.id) } else { 0 };
    changes.write(transaction, slot).await
}

/// Moves a request from its previous groups to its new ones. Must be the last statement of the transaction.
pub async fn moved(transaction: &Transaction, before: &Model, after: &Model) -> Result<()> {
    let mut changes = Changes::default();
    changes.add(before, -1);
    changes.add(after, 1);
    changes.write(transaction, slot(transaction, after.id)).await
}

/// Returns the slot of a request: evenly distributed, because its id has random digits, and constant for its
/// lifetime.
fn slot(transaction: &Transaction, id: Uuid) -> i32 {
    i32::from(id.as_bytes()[15]) % Dialect::of(transaction.get_database_backend()).slots()
}

/// Selects the totals of a project for some days. Every select of this table starts here. A caller that may
/// see the project without tag limits may see all of them.
fn of_project(project: Uuid, days: Condition) -> Select<Entity> {
    Entity::find().filter(Column::ProjectId.eq(project)).filter(days)
}

/// Selects the number of a caller's proofing requests that match a filter. It reads as many rows as there are groups, and
/// individual requests only for the partial days at the ends of the time range.
pub fn counted(store: &Store, caller: &Caller, filters: &ProofingFilter) -> SelectStatement {
    if caller.tag_limits().is_some() {
        // The totals are not grouped by user.
        return counting(&filtered(store, caller, filters));
    }
    let Sources { kept, single } = sources(store, caller, filters, false);
    let total = Expr::from(Func::sum(Expr::col((Entity, Column::Count)))).cast_as("bigint");
    let kept = kept.map(|rows| rows.select_only().column_as(total, TOTAL).into_query());
    sum(kept.into_iter().chain(single.iter().map(counting)))
}

/// The rows that contain the count of a filter: each request is in exactly one of them.
pub(super) struct Sources {
    /// The totals of whole days.
    pub kept: Option<Select<Entity>>,
    /// Requests that have to be counted.
    pub single: Vec<Select<proofing_request::Entity>>,
}

/// Returns where a caller's proofing requests that match a filter are counted. `by_day`: from totals of single
/// days, even if all days match.
pub(super) fn sources(store: &Store, caller: &Caller, filters: &ProofingFilter, by_day: bool) -> Sources {
    if caller.tag_limits().is_some() {
        return Sources { kept: None, single: vec![filtered(store, caller, filters)] };
    }
    if filters.state.is_some_and(|state| state.stored().is_none()) {
        return Sources { kept: None, single: Vec::new() };
    }
    let (from, until) = filters.request_time.unwrap_or_default().half_open();
    let split = days::split(from, until);
    let single = split.ends.into_iter().map(|end| {
        let [from, until] = end.map(|at| Some(entity::Timestamp(at)));
        let range = TimeRange { greater_than_or_equal: from, less_than: until, ..TimeRange::default() };
        filtered(store, caller, &ProofingFilter { request_time: Some(range), ..filters.clone() })
    });
    Sources { single: single.collect(), kept: split.days.map(|days| kept(caller, filters, days, by_day)) }
}

fn kept(
    caller: &Caller,
    filters: &ProofingFilter,
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
    if let Some(result) = filters.device_check_result {
        rows = rows.filter(Column::DeviceCheckResult.eq(result));
    }
    if let Some(state) = filters.state.and_then(StateFilter::stored) {
        rows = rows.filter(Column::State.eq(state));
    }
    if let Some(result) = filters.document_authentication_result {
        let result = result.to_value();
        rows = rows.filter(Column::DocumentAuthenticationResult.eq(result));
    }
    if let Some(face_match) = filters.face_match {
        rows = rows.filter(Column::FaceMatch.eq(face_match.to_string()));
    }
    rows
}

/// The columns of a total, as expressions over a request.
pub(super) fn of_request(column: Column) -> Expr {
    match column {
        // Division truncates; days before 1970 have to be rounded down.
        Column::Day => Expr::cust(format!("(request_time - (request_time % {DAY} + {DAY}) % {DAY}) / {DAY}")),
        Column::DocumentAuthenticationResult => Expr::cust("COALESCE(document_authentication_result, '')"),
        Column::FaceMatch => {
            Expr::cust("CASE WHEN face_match THEN 'true' WHEN NOT face_match THEN 'false' ELSE '' END")
        }
        same => Expr::cust(same.as_str()),
    }
}

/// Recounts the requests of a project. Must be the last statement of a transaction.
pub async fn rebuild(db: &impl ConnectionTrait, dialect: Dialect, project: Uuid) -> Result<()> {
    // From here on, transactions that change totals wait, and this one waits for those that have changed
    // some. So each request is counted either here, or by its own transaction, which has not reached the
    // totals yet.
    if let Some(lock) = dialect.lock_table("proofing_totals") {
        db.execute_unprepared(&lock).await?;
    }
    Entity::delete_many().filter(Column::ProjectId.eq(project)).exec(db).await?;
    let mut requests = Query::select();
    requests
        .column(Column::ProjectId)
        .expr_as(of_request(Column::Day), "day")
        .column(Column::DeviceCheckResult)
        .column(Column::State)
        .expr_as(of_request(Column::DocumentAuthenticationResult), "document_authentication_result")
        .expr_as(of_request(Column::FaceMatch), "face_match")
        .expr_as(Expr::cust("1"), "count")
        .from(proofing_request::Entity)
        .and_where(proofing_request::Column::ProjectId.eq(project));
    add_up(db, requests.take(), Expr::col(("parts", Column::Day))).await?;
    let each = of_project(project, Condition::all().add(Column::Day.gt(EVERY_DAY)));
    add_up(db, each.into_query(), Expr::val(EVERY_DAY)).await
}

/// Inserts the sums of parts, under their own day or under another.
async fn add_up(db: &impl ConnectionTrait, parts: SelectStatement, day: Expr) -> Result<()> {
    let same =
        [Column::DeviceCheckResult, Column::State, Column::DocumentAuthenticationResult, Column::FaceMatch];
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
