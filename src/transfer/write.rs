//! Puts records into a project, in batches of one transaction each. No event is recorded: nobody is told again what
//! happened elsewhere long ago.

mod identifications;
mod proofings;
mod results;
mod sessions;
mod users;
mod verifications;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use entity::{import_source, user};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, SqlErr,
    TransactionTrait,
};
use uuid::Uuid;

use super::{Record, record::User};
use crate::{
    Error, Result,
    clock::Clock,
    crypto::{DataKey, ProjectKeys, Vault},
    db::{Store, page::column},
    user::personal::key_of,
};

/// Records in one transaction.
pub const BATCH: usize = 500;

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    New,
    Changed,
    /// It was here already, just so.
    Same,
    /// Why it was not written.
    Refused(String),
}

/// Writes the records of one project.
pub struct Writer {
    store: Store,
    vault: Vault,
    clock: Clock,
    project: Uuid,
    /// What everything is written in that is thrown away in the end.
    trial: Option<DatabaseTransaction>,
}

impl Writer {
    /// A writer of a project. What it writes on `trial` is seen by itself alone, until the end.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn new(
        (store, vault, clock): (&Store, &Vault, &Clock),
        project: Uuid,
        trial: bool,
    ) -> Result<Self> {
        // Before a transaction: the first key of a project is made in one of its own.
        vault.project(project).await?;
        let trial = if trial { Some(store.begin().await?) } else { None };
        Ok(Self { store: store.clone(), vault: vault.clone(), clock: clock.clone(), project, trial })
    }

    /// Writes records, which are told apart by [`Record::key`], in one transaction.
    ///
    /// # Errors
    ///
    /// When the database fails. Then none of them is written.
    pub async fn write(&self, records: &[Record]) -> Result<Vec<Written>> {
        match self.try_to_write(records).await {
            Err(error) if clashes(&error) => {}
            written => return written,
        }
        // One of them has something that another row has: the others are none the worse for it.
        let mut written = Vec::new();
        for record in records {
            written.push(match self.try_to_write(std::slice::from_ref(record)).await {
                Ok(of_one) => of_one.into_iter().next().unwrap_or(Written::Same),
                Err(error) if clashes(&error) => Written::Refused(
                    "another record of this project has its `refId`, number, name or id already".to_owned(),
                ),
                Err(error) => return Err(error),
            });
        }
        Ok(written)
    }

    async fn try_to_write(&self, records: &[Record]) -> Result<Vec<Written>> {
        let keys = self.vault.project(self.project).await?;
        let transaction = match &self.trial {
            None => self.store.begin().await?,
            Some(trial) => trial.begin().await?,
        };
        let mut batch = Batch {
            of: self,
            keys,
            transaction,
            written: vec![Written::Same; records.len()],
            users: HashMap::new(),
            data_keys: HashMap::new(),
            sources: Vec::new(),
        };
        batch.levels(records).await?;
        batch.users(records).await?;
        batch.identifications(records).await?;
        batch.sessions(records).await?;
        batch.documents(records).await?;
        batch.results(records).await?;
        batch.verifications(records).await?;
        let sources = std::mem::take(&mut batch.sources);
        insert(&batch.transaction, sources).await?;
        // The last: others wait for the totals from here on.
        batch.proofings(records).await?;
        batch.transaction.commit().await?;
        Ok(batch.written)
    }

    /// Throws away what was written on trial.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn end(self) -> Result<()> {
        if let Some(trial) = self.trial {
            trial.rollback().await?;
        }
        Ok(())
    }
}

/// Whether something is there already that may be there once.
fn clashes(error: &Error) -> bool {
    let Error::Database(error) = error else { return false };
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Writes rows, in statements that both databases have room for.
async fn insert<M>(db: &DatabaseTransaction, rows: Vec<M>) -> Result<()>
where
    M: IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + sea_orm::ModelTrait,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity>,
{
    let mut rows = rows.into_iter().map(|row| row.into_active_model().reset_all()).peekable();
    while rows.peek().is_some() {
        let statement: Vec<_> = rows.by_ref().take(BATCH).collect();
        <M::Entity as EntityTrait>::insert_many(statement).exec_without_returning(db).await?;
    }
    Ok(())
}

/// What is known of the records of one sort.
struct Known {
    /// What those are called here that are called otherwise.
    sources: HashMap<String, Uuid>,
}

impl Known {
    /// The ids that keys may stand for.
    fn ids<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Vec<Uuid> {
        keys.into_iter().filter_map(|key| self.id(key)).collect()
    }

    fn id(&self, key: &str) -> Option<Uuid> {
        self.sources.get(key).copied().or_else(|| uuid(key))
    }
}

/// An id, if it is written as ids are: other texts stay what they are.
fn uuid(text: &str) -> Option<Uuid> {
    (text.len() == 36).then(|| Uuid::try_parse(text).ok()).flatten()
}

struct Batch<'a> {
    of: &'a Writer,
    keys: Arc<ProjectKeys>,
    transaction: DatabaseTransaction,
    written: Vec<Written>,
    /// By what the records call them.
    users: HashMap<String, user::Model>,
    data_keys: HashMap<Uuid, Option<DataKey>>,
    sources: Vec<import_source::Model>,
}

impl Batch<'_> {
    fn refuse(&mut self, place: usize, why: impl Into<String>) {
        self.written[place] = Written::Refused(why.into());
    }

    /// What is kept of what a record is called elsewhere: callers' own ids may be addresses or names.
    fn kept(&self, kind: &str, key: &str) -> String {
        self.of.vault.lookup(self.of.project, kind, key).simple().to_string()
    }

    async fn known<'k>(&self, kind: &str, keys: impl IntoIterator<Item = &'k str>) -> Result<Known> {
        use import_source::Column::{Kind, ProjectId, SourceId};
        let keys: HashMap<String, &str> = keys.into_iter().map(|key| (self.kept(kind, key), key)).collect();
        let named = column::<import_source::Entity>(SourceId);
        let named = self.of.store.dialect().text_in(named, keys.keys().map(String::as_str));
        let rows = import_source::Entity::find()
            .filter(ProjectId.eq(self.of.project))
            .filter(Kind.eq(kind))
            .filter(named)
            .all(&self.transaction)
            .await?;
        let of = |row: import_source::Model| Some(((*keys.get(&row.source_id)?).to_owned(), row.resource_id));
        Ok(Known { sources: rows.into_iter().filter_map(of).collect() })
    }

    /// The id of a new row: what the source calls it, if that is an id that nothing here has. Otherwise another one, and
    /// what the source calls it is kept.
    fn id_of(&mut self, kind: &str, key: &str, taken: &HashSet<Uuid>) -> Uuid {
        if let Some(id) = uuid(key).filter(|id| !taken.contains(id)) {
            return id;
        }
        let id = self.of.clock.new_id();
        self.sources.push(import_source::Model {
            project_id: self.of.project,
            kind: kind.to_owned(),
            source_id: self.kept(kind, key),
            resource_id: id,
        });
        id
    }

    /// The user that a record calls so, or why there is none.
    fn user(&self, key: &str) -> std::result::Result<&user::Model, String> {
        self.users.get(key).ok_or_else(|| format!("`user`: there is no user `{key}`: import it first"))
    }

    /// The key of a user; `None` once it is erased.
    async fn key(&mut self, user: &user::Model) -> Result<Option<DataKey>> {
        if let Some(key) = self.data_keys.get(&user.id) {
            return Ok(key.clone());
        }
        let key = key_of(&self.of.vault, user).await?;
        self.data_keys.insert(user.id, key.clone());
        Ok(key)
    }
}

/// What a client of the verification history is called: by its number.
pub(super) fn client(user: &User) -> Option<i32> {
    user.number.filter(|number| user.id == format!("client {number}"))
}

/// Why a record cannot be written whose user has no key any more.
const ERASED: &str = "`user`: this user is erased or restricted here: nothing is kept for it";
