//! Writing a project as lines of JSON, in an order that can be read back: what a line points at stands above it.

mod rows;

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Write},
};

use entity::{
    document, identification, proofing_request, user, verification, verification_level, verification_result,
    verification_session,
};
use sea_orm::{
    AccessMode, ColumnTrait, DatabaseTransaction, EntityTrait, IsolationLevel, QueryFilter, QueryOrder,
    QuerySelect, TransactionTrait,
};
use uuid::Uuid;

use super::{Record, pseudonym::Pseudonyms};
use crate::{
    Result,
    crypto::Vault,
    db::{Store, page::column},
};

/// Rows that are in memory at once.
const PAGE: u64 = 500;

/// Why an export stopped.
#[derive(Debug)]
pub enum Stopped {
    Write(io::Error),
    Read(crate::Error),
}

impl From<crate::Error> for Stopped {
    fn from(error: crate::Error) -> Self {
        Self::Read(error)
    }
}

impl From<sea_orm::DbErr> for Stopped {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Read(error.into())
    }
}

/// How many records of each type there are.
pub type Counts = BTreeMap<&'static str, u64>;

/// Writes one project.
pub struct Export<'a, W> {
    store: &'a Store,
    vault: &'a Vault,
    project: Uuid,
    pseudonyms: Option<Pseudonyms>,
    to: W,
    counts: Counts,
}

impl<'a, W: Write> Export<'a, W> {
    pub fn new(
        (store, vault): (&'a Store, &'a Vault),
        project: Uuid,
        pseudonyms: Option<Pseudonyms>,
        to: W,
    ) -> Self {
        Self { store, vault, project, pseudonyms, to, counts: Counts::new() }
    }

    /// Writes everything, as it is at one moment.
    ///
    /// # Errors
    ///
    /// When reading or writing fails.
    pub async fn write(mut self, mut told: impl FnMut(u64)) -> std::result::Result<Counts, Stopped> {
        // Before: the keys are read on a connection of their own.
        self.vault.project(self.project).await?;
        // One view of the database for all pages: nothing points at what came after its page.
        let all = (Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly));
        let db = match self.store.dialect() {
            crate::db::dialect::Dialect::Postgres => {
                self.store.read().begin_with_config(all.0, all.1).await?
            }
            crate::db::dialect::Dialect::Sqlite => self.store.read().begin().await?,
        };
        self.levels(&db).await?;
        self.users(&db, &mut told).await?;
        self.identifications(&db, &mut told).await?;
        self.proofings(&db, &mut told).await?;
        self.verifications(&db, &mut told).await?;
        self.sessions(&db, &mut told).await?;
        self.documents(&db, &mut told).await?;
        self.results(&db, &mut told).await?;
        self.to.flush().map_err(Stopped::Write)?;
        db.commit().await?;
        Ok(self.counts)
    }

    fn put(&mut self, mut record: Record) -> std::result::Result<(), Stopped> {
        *self.counts.entry(record.key().0).or_default() += 1;
        if let Some(pseudonyms) = &self.pseudonyms {
            pseudonyms.mask(&mut record);
        }
        serde_json::to_writer(&mut self.to, &record).map_err(|error| Stopped::Write(error.into()))?;
        self.to.write_all(b"\n").map_err(Stopped::Write)
    }

    async fn levels(&mut self, db: &DatabaseTransaction) -> std::result::Result<(), Stopped> {
        let rows = verification_level::Entity::find();
        let rows = rows.filter(verification_level::Column::ProjectId.eq(self.project));
        for row in rows.order_by_asc(verification_level::Column::Number).all(db).await? {
            self.put(rows::level(row))?;
        }
        Ok(())
    }

    async fn users(
        &mut self,
        db: &DatabaseTransaction,
        told: &mut impl FnMut(u64),
    ) -> std::result::Result<(), Stopped> {
        use user::Column::{Id, ProjectId};
        let mut after = Uuid::nil();
        loop {
            let rows = page::<user::Entity>(db, ProjectId.eq(self.project), Id, after).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.id;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut tags = rows::tags(db, self.store, &ids).await?;
            told(rows.len() as u64);
            for row in rows {
                let tags = tags.remove(&row.id).unwrap_or_default();
                let record = rows::user(self.vault, row, tags).await?;
                self.put(record)?;
            }
        }
    }

    async fn identifications(
        &mut self,
        db: &DatabaseTransaction,
        told: &mut impl FnMut(u64),
    ) -> std::result::Result<(), Stopped> {
        use identification::Column::{Id, ProjectId};
        let mut after = Uuid::nil();
        loop {
            let rows = page::<identification::Entity>(db, ProjectId.eq(self.project), Id, after).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.id;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut sources = rows::sources(db, self.store, &ids).await?;
            let mut history = rows::history(db, self.store, &ids).await?;
            told(rows.len() as u64);
            for row in rows {
                let source = sources.remove(&row.id);
                let history = history.remove(&row.id).unwrap_or_default();
                self.put(rows::identification(row, source, history))?;
            }
        }
    }

    async fn proofings(
        &mut self,
        db: &DatabaseTransaction,
        told: &mut impl FnMut(u64),
    ) -> std::result::Result<(), Stopped> {
        use proofing_request::Column::{Id, ProjectId};
        let mut after = Uuid::nil();
        loop {
            let rows = page::<proofing_request::Entity>(db, ProjectId.eq(self.project), Id, after).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.id;
            told(rows.len() as u64);
            for row in &rows {
                self.put(rows::proofing(row))?;
            }
        }
    }

    async fn verifications(
        &mut self,
        db: &DatabaseTransaction,
        told: &mut impl FnMut(u64),
    ) -> std::result::Result<(), Stopped> {
        use verification::Column::{Id, ProjectId};
        let (levels, granters) = rows::numbers(db, self.project).await?;
        let mut after = Uuid::nil();
        loop {
            let rows = page::<verification::Entity>(db, ProjectId.eq(self.project), Id, after).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.id;
            told(rows.len() as u64);
            for row in rows {
                self.put(rows::verification(row, &levels, &granters))?;
            }
        }
    }

    async fn sessions(
        &mut self,
        db: &DatabaseTransaction,
        told: &mut impl FnMut(u64),
    ) -> std::result::Result<(), Stopped> {
        use verification_session::Column::{Id, ProjectId};
        let mut after = Uuid::nil();
        loop {
            let rows =
                page::<verification_session::Entity>(db, ProjectId.eq(self.project), Id, after).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.id;
            let users = self.people(db, rows.iter().map(|row| row.user_id).collect()).await?;
            told(rows.len() as u64);
            for row in rows {
                let Some(user) = users.get(&row.user_id) else { continue };
                let record = rows::session(self.vault, user, row).await?;
                self.put(record)?;
            }
        }
    }

    async fn documents(
        &mut self,
        db: &DatabaseTransaction,
        told: &mut impl FnMut(u64),
    ) -> std::result::Result<(), Stopped> {
        use document::Column::{Id, ProjectId};
        let mut after = Uuid::nil();
        loop {
            let rows = page::<document::Entity>(db, ProjectId.eq(self.project), Id, after).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.id;
            let users = self.people(db, rows.iter().map(|row| row.user_id).collect()).await?;
            told(rows.len() as u64);
            for row in rows {
                // Of somebody erased nothing of it can be read, and nothing could be kept elsewhere.
                let Some(user) = users.get(&row.user_id).filter(|user| rows::is_open(user)) else { continue };
                let record = rows::document(self.vault, user, row).await?;
                self.put(record)?;
            }
        }
    }

    async fn results(
        &mut self,
        db: &DatabaseTransaction,
        told: &mut impl FnMut(u64),
    ) -> std::result::Result<(), Stopped> {
        use verification_result::Column::{Id, ProjectId};
        let labels = rows::labels(db, self.project).await?;
        let mut after = Uuid::nil();
        loop {
            let rows = page::<verification_result::Entity>(db, ProjectId.eq(self.project), Id, after).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.id;
            let users = self.people(db, rows.iter().map(|row| row.user_id).collect()).await?;
            told(rows.len() as u64);
            for row in rows {
                let Some(user) = users.get(&row.user_id) else { continue };
                let record = rows::result(self.vault, user, row, &labels).await?;
                self.put(record)?;
            }
        }
    }

    async fn people(&self, db: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<HashMap<Uuid, user::Model>> {
        let rows = self.store.dialect().id_in(column::<user::Entity>(user::Column::Id), &ids);
        let rows = user::Entity::find().filter(rows).all(db).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

/// The rows of a project after an id.
async fn page<E: EntityTrait>(
    db: &DatabaseTransaction,
    project: sea_orm::sea_query::Expr,
    id: E::Column,
    after: Uuid,
) -> Result<Vec<E::Model>> {
    let rows = E::find().filter(project).filter(id.gt(after)).order_by_asc(id).limit(PAGE);
    Ok(rows.all(db).await?)
}
