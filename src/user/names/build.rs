//! Switches the index of a project on and off, and writes or deletes its hashes: a number of users in a transaction,
//! so that it can stop and resume at any time, on any server.

use std::time::{Duration, Instant};

use entity::{
    Timestamp,
    project_setting::{self, NameSearch},
    user,
    user_name_index::{Column, Entity, Model, State},
    user_name_token as token,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    Bits,
    store::{insert_with, of},
};
use crate::{
    Result,
    audit::{Action, store::unsettled_since},
    clock::Clock,
    crypto::Vault,
    db::{Store, Transaction, column::column, dialect::OpenTransactions},
    project::settings,
    user::Personal,
};

/// Users of one transaction.
const BATCH: u64 = 500;
/// Steps that a change of the setting waits for, and for how long: a small project has its index at once.
const STEPS: usize = 4;
const WAIT: Duration = Duration::from_secs(1);
/// By how many times a project has to grow for its hashes to be made longer.
const GROWTH: u64 = 4;
/// Milliseconds that the change of a state takes to commit, at most. A transaction that began meanwhile may not have
/// seen it.
const COMMIT: i64 = 1000;

/// The services that an index needs.
#[derive(Clone, Copy, Debug)]
pub struct Builder<'a> {
    pub store: &'a Store,
    pub vault: &'a Vault,
    /// The clock of the machine.
    pub machine: &'a Clock,
}

impl Builder<'_> {
    /// Sets how users of a project are searched by name. `clock` is the project's. Returns the project's settings.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn set(self, clock: &Clock, project: Uuid, way: NameSearch) -> Result<project_setting::Model> {
        // Before the transaction: the first creates a key in one of its own, the second reads all users.
        self.vault.project(project).await?;
        let users = self.users(project).await?;
        let transaction = self.store.begin().await?;
        let known = locked(&transaction, project).await?;
        let row = settings::of(&transaction, project).await?;
        let row = project_setting::Model { name_search: way, ..row };
        settings::write(&transaction, clock, row.clone(), Action::NameSearchSet).await?;
        let is_on = |index: &Model| index.state != State::Ending;
        let next = match known {
            Some(index) if is_on(&index) == (way == NameSearch::Index) => None,
            Some(index) if is_on(&index) => Some(Model { state: State::Ending, ..index }),
            None if way != NameSearch::Index => None,
            Some(_) | None => Some(new(project, users)),
        };
        if let Some(next) = next {
            self.enter(&transaction, next).await?;
        }
        transaction.commit().await?;
        let began = Instant::now();
        for _ in 0..STEPS {
            if !self.step(project).await? || began.elapsed() > WAIT {
                break;
            }
        }
        Ok(row)
    }

    /// Writes or deletes the hashes of the next users of a project. Returns whether more are to be done now.
    ///
    /// # Errors
    ///
    /// When the database fails, or a row was modified.
    pub async fn step(self, project: Uuid) -> Result<bool> {
        // A transaction that began before the state was entered may add users without hashes, or with former ones.
        let unsettled = unsettled_since(self.store, self.machine, OpenTransactions::All).await?;
        let transaction = self.store.begin().await?;
        let Some(index) = locked(&transaction, project).await?.filter(|index| index.state != State::Ready)
        else {
            return Ok(false);
        };
        if index.done == 0 && unsettled.is_some_and(|at| at.0 <= index.since.0 + COMMIT) {
            return Ok(false);
        }
        let rows = user::Entity::find()
            .filter(user::Column::ProjectId.eq(project))
            .filter(user::Column::Number.gt(index.last_number))
            .order_by_asc(user::Column::Number)
            .limit(BATCH)
            .select_only()
            .column(user::Column::Id)
            .column(user::Column::Number);
        let rows: Vec<(Uuid, i64)> = rows.into_tuple().all(&transaction).await?;
        let ids: Vec<Uuid> = rows.iter().map(|(id, _)| *id).collect();
        match index.state {
            State::Building => self.replace(&transaction, (project, Bits::present(&index)), &ids).await?,
            State::Ending | State::Ready => self.delete(&transaction, project, &ids).await?,
        }
        let is_last = (rows.len() as u64) < BATCH;
        let done = index.done + i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let last_number = rows.last().map_or(index.last_number, |(_, number)| *number);
        match index.state {
            State::Ending if is_last => {
                Entity::delete_many().filter(Column::ProjectId.eq(project)).exec(&transaction).await?;
            }
            State::Building if is_last => {
                let (former_word_bits, former_start_bits) = (None, None);
                let ready = Model {
                    state: State::Ready,
                    done,
                    last_number,
                    former_word_bits,
                    former_start_bits,
                    ..index
                };
                write(&transaction, ready).await?;
            }
            State::Building | State::Ending | State::Ready => {
                write(&transaction, Model { done, last_number, ..index }).await?;
            }
        }
        transaction.commit().await?;
        Ok(!is_last)
    }

    /// The projects whose hashes are being written or deleted.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn unfinished(self) -> Result<Vec<Uuid>> {
        let rows = Entity::find().filter(Column::State.ne(State::Ready)).select_only();
        Ok(rows.column(Column::ProjectId).into_tuple().all(self.store.read()).await?)
    }

    /// Begins to write longer hashes for projects that have grown. Searches find both until all are written.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn grow(self) -> Result<()> {
        let rows = Entity::find().filter(Column::State.eq(State::Ready)).all(self.store.read()).await?;
        for row in rows {
            let users = self.users(row.project_id).await?;
            let next = new(row.project_id, users);
            if users < row.users.unsigned_abs().saturating_mul(GROWTH)
                || Bits::present(&next) == Bits::present(&row)
            {
                continue;
            }
            let transaction = self.store.begin().await?;
            // Another server may have started, or the index was switched off.
            let known = locked(&transaction, row.project_id).await?;
            if known.as_ref() == Some(&row) {
                let former_word_bits = Some(row.word_bits);
                let former_start_bits = Some(row.start_bits);
                self.enter(&transaction, Model { former_word_bits, former_start_bits, ..next }).await?;
                transaction.commit().await?;
            }
        }
        Ok(())
    }

    async fn users(self, project: Uuid) -> Result<u64> {
        let rows = user::Entity::find().filter(user::Column::ProjectId.eq(project));
        Ok(rows.count(self.store.read()).await?)
    }

    /// Writes the row with a new state, from its beginning.
    async fn enter(self, transaction: &Transaction, next: Model) -> Result<()> {
        write(transaction, Model { done: 0, last_number: 0, since: self.machine.now(), ..next }).await
    }

    /// Replaces the hashes of these users.
    async fn replace(self, transaction: &Transaction, of: (Uuid, Bits), ids: &[Uuid]) -> Result<()> {
        let (project, _) = of;
        // In the order in which others lock users.
        let rows = user::Entity::find()
            .filter(user::Column::ProjectId.eq(project))
            .filter(self.store.dialect().id_in(column::<user::Entity>(user::Column::Id), ids))
            .order_by_asc(user::Column::Id)
            .lock_exclusive()
            .all(transaction)
            .await?;
        self.delete(transaction, project, ids).await?;
        let keys = self.vault.within(transaction);
        let mut users = Vec::new();
        for row in &rows {
            users.push((row.id, Personal::of(&keys, row).await?));
        }
        let users: Vec<_> = users.iter().map(|(id, personal)| (*id, personal)).collect();
        insert_with(transaction, self.vault, of, &users).await
    }

    async fn delete(self, transaction: &Transaction, project: Uuid, ids: &[Uuid]) -> Result<()> {
        let of = column::<token::Entity>(token::Column::UserId);
        let rows = token::Entity::delete_many().filter(token::Column::ProjectId.eq(project));
        rows.filter(self.store.dialect().id_in(of, ids)).exec(transaction).await?;
        Ok(())
    }
}

/// The index of a project without hashes.
fn new(project_id: Uuid, users: u64) -> Model {
    let bits = Bits::of(users);
    Model {
        project_id,
        state: State::Building,
        word_bits: bits.word.cast_signed(),
        start_bits: bits.start.cast_signed(),
        former_word_bits: None,
        former_start_bits: None,
        users: i64::try_from(users).unwrap_or(i64::MAX),
        done: 0,
        last_number: 0,
        since: Timestamp(0),
    }
}

/// Reads and locks the row of a project.
async fn locked(transaction: &Transaction, project: Uuid) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(project).lock_exclusive().one(transaction).await?)
}

async fn write(transaction: &Transaction, row: Model) -> Result<()> {
    let columns = [
        Column::State,
        Column::WordBits,
        Column::StartBits,
        Column::FormerWordBits,
        Column::FormerStartBits,
        Column::Users,
        Column::Done,
        Column::LastNumber,
        Column::Since,
    ];
    let there = OnConflict::column(Column::ProjectId).update_columns(columns).to_owned();
    let insert = Entity::insert(row.into_active_model().reset_all()).on_conflict(there);
    insert.exec_without_returning(transaction).await?;
    Ok(())
}

/// How much of the index is built, in percent. `None`: the project has none.
///
/// # Errors
///
/// When the database fails.
pub async fn percent(store: &Store, project: Uuid) -> Result<Option<i32>> {
    let index = of(store.read(), project).await?;
    Ok(index.and_then(|index| match index.state {
        State::Ready => Some(100),
        State::Ending => None,
        // All users are done only if the index is ready: new ones may have come.
        State::Building => i32::try_from((index.done * 100 / index.users.max(1)).clamp(0, 99)).ok(),
    }))
}
