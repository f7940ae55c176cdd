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
    db::{Transaction, page::column},
    retention,
    transfer::{Record, record::RecordType},
    user::{personal::key_of, store::lock::actionable},
};

/// Records that are written in one transaction, and what is known of them.
pub struct Batch<'a> {
    pub of: &'a Writer,
    pub keys: Arc<ProjectKeys>,
    pub transaction: Transaction,
    pub written: Vec<WriteOutcome>,
    /// By what the records call them.
    pub users: HashMap<String, user::Model>,
    data_keys: HashMap<Uuid, Option<DataKey>>,
    sources: Vec<import_source::Model>,
}

/// A row that has an id of its own and belongs to a project.
pub trait Row: ModelTrait {
    fn id(&self) -> Uuid;
    fn project(&self) -> Uuid;
}

macro_rules! rows {
    ($($table:ident)*) => {$(
        impl Row for $table::Model {
            fn id(&self) -> Uuid {
                self.id
            }

            fn project(&self) -> Uuid {
                self.project_id
            }
        }
    )*};
}

rows! {
    document document_image identification proofing_request user verification_result verification_session
}

/// What is known of the records of one sort.
pub struct KnownIds {
    /// What those are called here that are called otherwise.
    sources: HashMap<String, Uuid>,
}

impl KnownIds {
    /// Nothing is called otherwise here.
    pub fn nothing() -> Self {
        Self { sources: HashMap::new() }
    }

    /// That a row is called so.
    pub fn learn(&mut self, key: &str, id: Uuid) {
        self.sources.insert(key.to_owned(), id);
    }

    /// The ids that keys may stand for.
    pub fn ids<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Vec<Uuid> {
        keys.into_iter().filter_map(|key| self.id(key)).collect()
    }

    pub fn id(&self, key: &str) -> Option<Uuid> {
        self.sources.get(key).copied().or_else(|| uuid(key))
    }
}

/// The rows that records are about, and rows of other projects whose ids they have.
pub struct Existing<M> {
    known: KnownIds,
    rows: HashMap<Uuid, M>,
    project: Uuid,
}

impl<M: Row> Existing<M> {
    /// The project's row that a record calls so.
    pub fn get(&self, key: &str) -> Option<&M> {
        let row = self.known.id(key).and_then(|id| self.rows.get(&id));
        row.filter(|row| row.project() == self.project)
    }

    /// Whether a record of that name was written once, whatever has become of its row.
    pub fn was_written(&self, key: &str) -> bool {
        self.known.sources.contains_key(key)
    }

    /// The id that a record calls itself by, if it is one and nothing has it.
    pub fn free_id(&self, key: &str) -> Option<Uuid> {
        uuid(key).filter(|id| !self.rows.contains_key(id))
    }
}

/// An id, if it is written as ids are: other texts stay what they are.
pub fn uuid(text: &str) -> Option<Uuid> {
    (text.len() == 36).then(|| Uuid::try_parse(text).ok()).flatten()
}

/// The records of one sort, each with its place among all; `None` if there are none.
pub fn given<T: RecordType>(records: &[Record]) -> Option<Vec<(usize, &T)>> {
    let places = records.iter().enumerate();
    let given: Vec<_> = places.filter_map(|(place, record)| Some((place, T::pick(record)?))).collect();
    (!given.is_empty()).then_some(given)
}

/// A text about a user; none once the user is erased.
pub fn unless_erased<T>(user: &user::Model, text: Option<T>) -> Option<T> {
    text.filter(|_| user.status != user::Status::Erased)
}

/// Writes rows, in statements that both databases have room for.
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

    pub fn refuse(&mut self, place: usize, why: impl Into<String>) {
        self.written[place] = WriteOutcome::Refused(why.into());
    }

    /// What is kept of what a record is called elsewhere: callers' own ids may be addresses or names.
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

    /// The rows that records of a sort are about, by what these call them.
    pub async fn here<'k, E: EntityTrait<Model: Row>>(
        &self,
        kind: &str,
        id: E::Column,
        keys: impl Iterator<Item = &'k str> + Clone,
    ) -> Result<Existing<E::Model>> {
        let known = self.known(kind, keys.clone()).await?;
        self.here_as::<E>(known, id, keys).await
    }

    /// Likewise, where it is known what some of them are called here.
    pub async fn here_as<'k, E: EntityTrait<Model: Row>>(
        &self,
        known: KnownIds,
        id: E::Column,
        keys: impl Iterator<Item = &'k str> + Clone,
    ) -> Result<Existing<E::Model>> {
        let mut ids = known.ids(keys.clone());
        ids.extend(keys.filter_map(uuid));
        let rows = E::find().filter(self.of.store.dialect().id_in(column::<E>(id), &ids));
        let rows = rows.all(&self.transaction).await?.into_iter().map(|row| (row.id(), row)).collect();
        Ok(Existing { known, rows, project: self.of.project })
    }

    /// The id of a new row: what the source calls it, if that is an id that nothing here has. Otherwise another one, and
    /// what the source calls it is kept.
    pub fn id_of<M: Row>(&mut self, kind: &str, key: &str, here: &Existing<M>) -> Uuid {
        here.free_id(key).unwrap_or_else(|| {
            let id = self.of.clock.new_id();
            self.remember(kind, key, id);
            id
        })
    }

    /// Keeps what a source calls a row.
    pub fn remember(&mut self, kind: &str, key: &str, id: Uuid) {
        self.sources.push(import_source::Model {
            project_id: self.of.project,
            kind: kind.to_owned(),
            source_id: self.kept(kind, key),
            resource_id: id,
        });
    }

    /// Writes what is to be kept of how sources call their rows.
    pub async fn write_names(&mut self) -> Result<()> {
        let sources = std::mem::take(&mut self.sources);
        insert(&self.transaction, sources).await
    }

    /// Writes down that records came.
    pub async fn audit(&self) -> Result<()> {
        let imported = Entry::of_project(self.of.project, Action::RecordsImported);
        audit::store::record(&self.transaction, &self.of.clock, imported).await
    }

    /// Has retention look at what came, which may be older than what it has looked at: if some of it is what it is about.
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

    /// The user that a record calls so, or why there is none.
    pub fn user(&self, key: &str) -> std::result::Result<&user::Model, String> {
        self.users.get(key).ok_or_else(|| format!("`user`: there is no user `{key}`: import it first"))
    }

    /// Whether something can be kept for a user, or why not.
    pub fn may_keep(&self, user: &user::Model) -> std::result::Result<(), String> {
        if actionable(user).is_ok() || self.of.has_closed(user.id) {
            return Ok(());
        }
        Err(ERASED.to_owned())
    }

    /// The key of a user; `None` once it is erased.
    pub async fn key(&mut self, user: &user::Model) -> Result<Option<DataKey>> {
        if let Some(key) = self.data_keys.get(&user.id) {
            return Ok(key.clone());
        }
        let key = key_of(&self.of.vault.within(&self.transaction), user).await?;
        self.data_keys.insert(user.id, key.clone());
        Ok(key)
    }
}
