//! The SQL of retention. The timer runs without a caller, so no select here starts at `visible_to`.

use entity::{
    Timestamp, document, document_image, project,
    retention_policy::{ActiveModel, Column, DataClass, Entity, Model},
    user, verification_result, verification_session,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, OnConflict, Order, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    Result,
    audit::{self, Action, Entry},
    blob::Images,
    clock::Clock,
    db::{
        Store,
        column::{column, of_project},
    },
    document::store::image::{IMAGE, THUMBNAIL},
    project::Clocks,
    proofing::store::images,
};

/// Number of records blanked per batch.
const BATCH: u64 = 200;
/// Number of proofing requests whose images are deleted at once: they are locked for as long.
const PROOFINGS: u64 = 20;
/// Maximum delay of a deletion in milliseconds, which allows each class to be checked less often.
const LATE: i64 = 30_000;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// Lists the policies of a project, or of all.
pub async fn policies(db: &impl ConnectionTrait, of: Option<Uuid>) -> Result<Vec<Model>> {
    let mut rows = Entity::find().order_by_asc(Column::ProjectId).order_by_asc(Column::DataClass);
    if let Some(project) = of {
        rows = rows.filter(Column::ProjectId.eq(project));
    }
    Ok(rows.all(db).await?)
}

/// Sets how long a class of data is kept; `None` days: indefinitely. Returns the project's policies.
pub async fn set(
    store: &Store,
    clock: &Clock,
    project: Uuid,
    data_class: DataClass,
    days: Option<i32>,
) -> Result<Vec<Model>> {
    let transaction = store.begin().await?;
    if let Some(days) = days {
        let row = ActiveModel {
            project_id: Set(project),
            data_class: Set(data_class),
            days: Set(days),
            done_until: Set(Timestamp(0)),
        };
        let there = OnConflict::columns([Column::ProjectId, Column::DataClass])
            .update_columns([Column::Days, Column::DoneUntil])
            .to_owned();
        Entity::insert(row).on_conflict(there).exec_without_returning(&transaction).await?;
    } else {
        Entity::delete_by_id((project, data_class)).exec(&transaction).await?;
    }
    let set = Entry::of_project(project, Action::RetentionPolicySet);
    audit::store::record(&transaction, clock, set).await?;
    let policies = policies(&transaction, Some(project)).await?;
    transaction.commit().await?;
    Ok(policies)
}

/// Causes all data of a project to be checked again, because a legal hold was released or old data was
/// imported.
pub async fn look_again(db: &impl ConnectionTrait, project: Uuid) -> Result<()> {
    let done = || Expr::col(Column::DoneUntil);
    // A different value each time: a concurrent check sees by it that more data needs checking.
    let before_all = Expr::case(done().gt(0), 0).finally(done().sub(1));
    Entity::update_many()
        .col_expr(Column::DoneUntil, before_all.into())
        .filter(Column::ProjectId.eq(project))
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes expired data in all projects, each by its own clock. Returns the number of records.
pub async fn run_due(store: &Store, images: &Images, clocks: &Clocks) -> Result<u64> {
    let mut gone = 0;
    for policy in policies(store.read(), None).await? {
        let row = project::Entity::find_by_id(policy.project_id).one(store.read()).await?;
        let Some(row) = row else { continue };
        let clock = clocks.of(&row);
        if cutoff(&policy, clock.now()).0 - policy.done_until.0 >= LATE {
            gone += run(store, images, &clock, &policy).await?;
        }
    }
    Ok(gone)
}

/// Returns when the next record of a project expires, if any.
pub async fn next(store: &Store, project: Uuid) -> Result<Option<Timestamp>> {
    let mut next = None;
    for policy in policies(store.write(), Some(project)).await? {
        let oldest = first(store, &policy).await?;
        let over = oldest.map(|at| Timestamp(at.0 + i64::from(policy.days) * DAY));
        next = [next, over].into_iter().flatten().min();
    }
    Ok(next)
}

/// Deletes expired data of a project. Returns the number of records.
pub async fn run_project(store: &Store, images: &Images, clock: &Clock, project: Uuid) -> Result<u64> {
    let mut gone = 0;
    for policy in policies(store.write(), Some(project)).await? {
        gone += run(store, images, clock, &policy).await?;
    }
    Ok(gone)
}

fn cutoff(policy: &Model, now: Timestamp) -> Timestamp {
    Timestamp(now.0 - i64::from(policy.days) * DAY)
}

/// Deletes expired data of one class, in batches of one statement each. An interrupted run starts again from
/// the beginning.
async fn run(store: &Store, images: &Images, clock: &Clock, policy: &Model) -> Result<u64> {
    let until = cutoff(policy, clock.now());
    let mut gone = 0;
    loop {
        let ids = over(store, policy, until).await?;
        if ids.is_empty() {
            break;
        }
        blank(store, images, clock, policy, until, &ids).await?;
        gone += ids.len() as u64;
    }
    Entity::update_many()
        .col_expr(Column::DoneUntil, Expr::value(until))
        .filter(Column::ProjectId.eq(policy.project_id))
        .filter(Column::DataClass.eq(policy.data_class))
        // If the policy was set again meanwhile, all data has to be checked.
        .filter(Column::DoneUntil.eq(policy.done_until))
        .exec(store.write())
        .await?;
    Ok(gone)
}

/// Blanks or deletes records. The decisions about them remain.
async fn blank(
    store: &Store,
    images: &Images,
    clock: &Clock,
    policy: &Model,
    until: Timestamp,
    ids: &[Uuid],
) -> Result<()> {
    let (transaction, dialect) = (store.begin().await?, store.dialect());
    let (db, project) = (&transaction, policy.project_id);
    match policy.data_class {
        DataClass::DocumentImages => {
            use document_image::{Column, Entity};
            let id_filter = dialect.id_in(column::<Entity>(Column::Id), ids);
            Entity::delete_many().filter(of_project::<Entity>(project)).filter(id_filter).exec(db).await?;
        }
        DataClass::DocumentFields => {
            use document::{Column, Entity};
            let id_filter = dialect.id_in(column::<Entity>(Column::Id), ids);
            let update = Entity::update_many()
                .col_expr(Column::Fields, nothing())
                .filter(of_project::<Entity>(project));
            update.filter(id_filter).exec(db).await?;
        }
        DataClass::SessionMetadata => {
            use verification_session::{Column, Entity};
            let id_filter = dialect.id_in(column::<Entity>(Column::Id), ids);
            let none = Expr::val(None::<Vec<u8>>);
            let update =
                Entity::update_many().col_expr(Column::Metadata, none).filter(of_project::<Entity>(project));
            update.filter(id_filter).exec(db).await?;
        }
        DataClass::ResultData => {
            use verification_result::{Column, Entity};
            let id_filter = dialect.id_in(column::<Entity>(Column::Id), ids);
            let none = Expr::val(None::<Vec<u8>>);
            let update =
                Entity::update_many().col_expr(Column::Data, none).filter(of_project::<Entity>(project));
            update.filter(id_filter).exec(db).await?;
        }
        DataClass::ProofingImages => images::delete_until(db, dialect, images, (project, until), ids).await?,
    }
    let erased = Entry::of_project(policy.project_id, Action::DataErased);
    audit::store::record(db, clock, erased).await?;
    transaction.commit().await?;
    if policy.data_class == DataClass::DocumentImages {
        for (id, name) in ids.iter().flat_map(|id| [(*id, IMAGE), (*id, THUMBNAIL)]) {
            // A file that cannot be deleted stays, sealed and without a row. The error is logged.
            drop(images.remove(policy.project_id, id, name).await);
        }
    }
    Ok(())
}

fn nothing() -> Expr {
    Expr::val(Vec::<u8>::new())
}

/// Selects the users of a project under a legal hold.
fn held(project: Uuid) -> SelectStatement {
    user::Entity::find()
        .filter(user::Column::ProjectId.eq(project))
        .filter(user::Column::HoldReason.is_not_null())
        .select_only()
        .column(user::Column::Id)
        .into_query()
}

/// Returns where the records of a class are stored: the table, the column of the recording time, and the
/// column to blank.
const fn index(data_class: DataClass) -> (&'static str, &'static str, Option<&'static str>) {
    match data_class {
        DataClass::DocumentImages => ("document_images", "uploaded_at", None),
        DataClass::DocumentFields => ("documents", "created_at", Some("fields")),
        DataClass::SessionMetadata => ("verification_sessions", "created_at", Some("metadata")),
        DataClass::ResultData => ("verification_results", "verified_at", Some("data")),
        DataClass::ProofingImages => ("proofing_requests", "oldest_image_at", None),
    }
}

/// Selects the records of a class that still exist, after those known to be deleted, oldest first.
fn records(policy: &Model) -> SelectStatement {
    let (table, at, blanked) = index(policy.data_class);
    let user = || Expr::col((table, "user_id"));
    let is_free = user().not_in_subquery(held(policy.project_id));
    let mut rows = Query::select();
    rows.expr_as(Expr::col((table, "id")), "id")
        .expr_as(Expr::col((table, at)), "at")
        .from(table)
        .and_where(Expr::col((table, "project_id")).eq(policy.project_id))
        .and_where(Expr::col((table, at)).gt(policy.done_until.0))
        // Legal holds do not apply to records without a user.
        .and_where(user().is_null().or(is_free))
        .order_by((table, at), Order::Asc)
        .order_by((table, "id"), Order::Asc);
    if let Some(blanked) = blanked {
        rows.and_where(Expr::col((table, blanked)).is_not_null());
        rows.and_where(Expr::from(Func::cust("length").arg(Expr::col((table, blanked)))).gt(0));
    }
    rows
}

/// Returns the recording time of the oldest existing record of a class.
async fn first(store: &Store, policy: &Model) -> Result<Option<Timestamp>> {
    let row = store.write().query_one(records(policy).limit(1)).await?;
    row.map(|row| Ok(Timestamp(row.try_get("", "at")?))).transpose()
}

/// Lists some records of a class that were recorded up to a time.
async fn over(store: &Store, policy: &Model, until: Timestamp) -> Result<Vec<Uuid>> {
    let (table, at, _) = index(policy.data_class);
    let mut rows = records(policy);
    let most = if policy.data_class == DataClass::ProofingImages { PROOFINGS } else { BATCH };
    rows.and_where(Expr::col((table, at)).lte(until.0)).limit(most);
    let rows = store.write().query_all(&rows).await?;
    rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
}
