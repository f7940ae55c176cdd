use std::{collections::HashMap, sync::Arc};

use entity::{
    document, document_image, identification, import_source, proofing_request, user, verification_result,
    verification_session,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter};
use uuid::Uuid;

use super::{BATCH, ERASED, WriteOutcome, Writer};
use crate::{
    Result,
    audit::{self, Action, Entry},
    crypto::{DataKey, ProjectKeys},
    db::{
        Transaction,
        column::{column, of_project},
    },
    retention,
    transfer::{Record, record::RecordType},
    user::{personal::key_of, store::lock::is_actionable},
};

/// Records written in one transaction, with the state needed to write them.
pub struct Batch<'a> {
    pub of: &'a Writer,
    pub keys: Arc<ProjectKeys>,
    pub transaction: Transaction,
    pub written: Vec<WriteOutcome>,
    /// Users by the names that the records use.
    pub users: HashMap<String, user::Model>,
    data_keys: HashMap<Uuid, Option<DataKey>>,
    sources: Vec<import_source::Model>,
}

/// A row with an id.
pub trait Row: ModelTrait {
    fn id(&self) -> Uuid;
}

macro_rules! rows {
    ($($table:ident)*) => {$(
        impl Row for $table::Model {
            fn id(&self) -> Uuid {
                self.id
            }
        }
    )*};
}

rows! {
    document document_image identification proofing_request user verification_result verification_session
}

/// Ids of the rows that records of one type name.
pub struct KnownIds {
    /// The local ids of rows that have another name in the source.
    sources: HashMap<String, Uuid>,
}

impl KnownIds {
    /// No row has another name in the source.
    pub fn nothing() -> Self {
        Self { sources: HashMap::new() }
    }

    /// Adds a row's id under a key.
    pub fn learn(&mut self, key: &str, id: Uuid) {
        self.sources.insert(key.to_owned(), id);
    }

    /// The ids that the keys may name.
    pub fn ids<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Vec<Uuid> {
        keys.into_iter().filter_map(|key| self.id(key)).collect()
    }

    pub fn id(&self, key: &str) -> Option<Uuid> {
        self.sources.get(key).copied().or_else(|| uuid(key))
    }
}

/// The project's rows that records name.
pub struct Existing<M> {
    known: KnownIds,
    rows: HashMap<Uuid, M>,
}

impl<M: Row> Existing<M> {
    /// The project's row with this name.
    pub fn get(&self, key: &str) -> Option<&M> {
        self.known.id(key).and_then(|id| self.rows.get(&id))
    }

    /// Whether a record with this name was imported before, even if its row no longer exists.
    pub fn was_written(&self, key: &str) -> bool {
        self.known.sources.contains_key(key)
    }

    /// The id that a record names itself by, if it is a valid id that is not in use.
    pub fn free_id(&self, key: &str) -> Option<Uuid> {
        uuid(key).filter(|id| !self.rows.contains_key(id))
    }
}

/// Parses an id in canonical form; other texts are not ids.
pub fn uuid(text: &str) -> Option<Uuid> {
    (text.len() == 36).then(|| Uuid::try_parse(text).ok()).flatten()
}

/// The records of one type with their indexes in the batch; `None` if there are none.
pub fn given<T: RecordType>(records: &[Record]) -> Option<Vec<(usize, &T)>> {
    let indexes = records.iter().enumerate();
    let given: Vec<_> = indexes.filter_map(|(index, record)| Some((index, T::pick(record)?))).collect();
    (!given.is_empty()).then_some(given)
}

/// Returns a text about a user, or `None` if the user is erased.
pub fn unless_erased<T>(user: &user::Model, text: Option<T>) -> Option<T> {
    text.filter(|_| user.status != user::Status::Erased)
}

/// Inserts rows, in statements of a size that both databases accept.
pub async fn insert<M>(db: &Transaction, rows: Vec<M>) -> Result<()>
where
    M: IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + ModelTrait,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity>,
{
    let mut rows = rows.into_iter().map(|row| row.into_active_model().reset_all()).peekable();
    while rows.peek().is_some() {
        let statement: Vec<_> = rows.by_ref().take(BATCH).collect();
        <M::Entity as EntityTrait>::insert_many(statement).exec_without_returning(db).await?;
    }
    Ok(())
}

impl<'a> Batch<'a> {
    pub fn new(of: &'a Writer, keys: Arc<ProjectKeys>, transaction: Transaction, records: usize) -> Self {
        Self {
            of,
            keys,
            transaction,
            written: vec![WriteOutcome::Same; records],
            users: HashMap::new(),
            data_keys: HashMap::new(),
            sources: Vec::new(),
        }
    }

    pub fn refuse(&mut self, index: usize, why: impl Into<String>) {
        self.written[index] = WriteOutcome::Refused(why.into());
    }

    /// The stored form of a record's name in its source. It is hashed, because callers' own ids may be
    /// addresses or names.
    fn kept(&self, kind: &str, key: &str) -> String {
        self.of.vault.lookup(self.of.project, kind, key).simple().to_string()
    }

    pub async fn known<'k>(&self, kind: &str, keys: impl IntoIterator<Item = &'k str>) -> Result<KnownIds> {
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
        Ok(KnownIds { sources: rows.into_iter().filter_map(of).collect() })
    }

    /// The existing rows of records of a type, by the names in the records.
    pub async fn here<'k, E: EntityTrait<Model: Row>>(
        &self,
        kind: &str,
        id: E::Column,
        keys: impl Iterator<Item = &'k str> + Clone,
    ) -> Result<Existing<E::Model>> {
        let known = self.known(kind, keys.clone()).await?;
        self.here_as::<E>(known, id, keys).await
    }

    /// Like [`Self::here`], with some local ids already known.
    pub async fn here_as<'k, E: EntityTrait<Model: Row>>(
        &self,
        known: KnownIds,
        id: E::Column,
        keys: impl Iterator<Item = &'k str> + Clone,
    ) -> Result<Existing<E::Model>> {
        let mut ids = known.ids(keys.clone());
        ids.extend(keys.filter_map(uuid));
        let rows = E::find()
            .filter(of_project::<E>(self.of.project))
            .filter(self.of.store.dialect().id_in(column::<E>(id), &ids));
        let rows = rows.all(&self.transaction).await?.into_iter().map(|row| (row.id(), row)).collect();
        Ok(Existing { known, rows })
    }

    /// The id of a new row: its id in the source if that is a valid id that is not in use; otherwise a new
    /// id, with the source's name stored.
    pub fn id_of<M: Row>(&mut self, kind: &str, key: &str, here: &Existing<M>) -> Uuid {
        here.free_id(key).unwrap_or_else(|| {
            let id = self.of.clock.new_id();
            self.remember(kind, key, id);
            id
        })
    }

    /// Remembers a source's name of a row.
    pub fn remember(&mut self, kind: &str, key: &str, id: Uuid) {
        self.sources.push(import_source::Model {
            project_id: self.of.project,
            kind: kind.to_owned(),
            source_id: self.kept(kind, key),
            resource_id: id,
        });
    }

    /// Stores the remembered names.
    pub async fn write_names(&mut self) -> Result<()> {
        let sources = std::mem::take(&mut self.sources);
        insert(&self.transaction, sources).await
    }

    /// Writes an audit entry for the imported records.
    pub async fn audit(&self) -> Result<()> {
        let imported = Entry::of_project(self.of.project, Action::RecordsImported);
        audit::store::record(&self.transaction, &self.of.clock, imported).await
    }

    /// Makes retention check again if imported records are of a type that it deletes: they may be older than
    /// those it has checked.
    pub async fn look_again(&self, records: &[Record]) -> Result<()> {
        let is_kept_for_a_time = |record: &Record| match record {
            Record::Session(_) | Record::Document(_) | Record::Image(_) | Record::Result(_) => true,
            Record::VerificationLevel(_)
            | Record::User(_)
            | Record::Identification(_)
            | Record::ProofingRequest(_)
            | Record::Verification(_) => false,
        };
        if records.iter().any(is_kept_for_a_time) {
            retention::store::look_again(&self.transaction, self.of.project).await?;
        }
        Ok(())
    }

    /// The user with this name, or why it is not available.
    pub fn user(&self, key: &str) -> std::result::Result<&user::Model, String> {
        self.users.get(key).ok_or_else(|| format!("`user`: user `{key}` does not exist: import it first"))
    }

    /// Whether data may be stored for a user, or why not.
    pub fn may_keep(&self, user: &user::Model) -> std::result::Result<(), String> {
        if is_actionable(user) || self.of.has_closed(user.id) {
            return Ok(());
        }
        Err(ERASED.to_owned())
    }

    /// The data key of a user; `None` if the user is erased.
    pub async fn key(&mut self, user: &user::Model) -> Result<Option<DataKey>> {
        if let Some(key) = self.data_keys.get(&user.id) {
            return Ok(key.clone());
        }
        let key = key_of(&self.of.vault.within(&self.transaction), user).await?;
        self.data_keys.insert(user.id, key.clone());
        Ok(key)
    }
}
