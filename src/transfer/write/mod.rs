//! Puts records into a project, in batches of one transaction each. No event is recorded: nobody is told again what
//! happened elsewhere long ago.

mod batch;
mod documents;
mod history;
mod identifications;
mod images;
mod proofings;
mod results;
mod sessions;
mod users;
mod verifications;

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use sea_orm::SqlErr;
use uuid::Uuid;

use self::batch::{Batch, Existing, KnownIds, given, insert, unless_erased, uuid};
use super::{Record, record::User};
use crate::{
    Error, Result,
    blob::Images,
    clock::Clock,
    crypto::Vault,
    db::{Store, Transaction},
};

/// Records in one transaction.
pub const BATCH: usize = 500;

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteOutcome {
    New,
    Changed,
    /// It was here already, just so.
    Same,
    /// Why it was not written.
    Refused(String),
}

/// Where images go, and how large one may be.
#[derive(Clone, Debug)]
pub struct Gallery {
    pub images: Images,
    /// Bytes of one.
    pub most_bytes: u64,
    /// Pixels of one.
    pub most_pixels: u64,
}

/// Writes the records of one project.
pub struct Writer {
    store: Store,
    vault: Vault,
    clock: Clock,
    gallery: Gallery,
    project: Uuid,
    /// Users that this run has written as erased or restricted: what the source has of them comes with them. Of others
    /// that are, nothing is kept.
    closed: Mutex<HashSet<Uuid>>,
    /// What everything is written in that is thrown away in the end.
    trial: Option<Transaction>,
}

impl Writer {
    /// A writer of a project. What it writes on `trial` is seen by itself alone, until the end.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn new(
        store: &Store,
        vault: &Vault,
        clock: &Clock,
        gallery: Gallery,
        project: Uuid,
        trial: bool,
    ) -> Result<Self> {
        // Before a transaction: the first key of a project is made in one of its own.
        vault.project(project).await?;
        let trial = if trial { Some(store.begin().await?) } else { None };
        let (store, vault, clock) = (store.clone(), vault.clone(), clock.clone());
        let closed = Mutex::default();
        Ok(Self { store, vault, clock, gallery, project, closed, trial })
    }

    /// Writes records, which are told apart by [`Record::key`]: rows in one transaction, and then images, each in one of its
    /// own: to look at one takes longer than others should wait for.
    ///
    /// # Errors
    ///
    /// When the database fails. Then none of the rows is written, or some of the images are not.
    pub async fn write(&self, records: &[Record]) -> Result<Vec<WriteOutcome>> {
        let is_image = |record: &Record| matches!(record, Record::Image(_));
        let mut written = vec![WriteOutcome::Same; records.len()];
        if !records.iter().all(is_image) {
            written = self.rows(records).await?;
        }
        for (place, record) in records.iter().enumerate() {
            if let Record::Image(image) = record {
                written[place] = self.image(record, image).await?;
            }
        }
        Ok(written)
    }

    async fn rows(&self, records: &[Record]) -> Result<Vec<WriteOutcome>> {
        match self.try_to_write(records).await {
            Err(error) if clashes(&error) => {}
            written => return written,
        }
        // One of them has something that another row has: the others are none the worse for it.
        let mut written = Vec::new();
        for record in records {
            written.push(match self.try_to_write(std::slice::from_ref(record)).await {
                Ok(of_one) => of_one.into_iter().next().unwrap_or(WriteOutcome::Same),
                Err(error) if clashes(&error) => WriteOutcome::Refused(
                    "another record of this project has its `refId`, number, name or id already".to_owned(),
                ),
                Err(error) => return Err(error),
            });
        }
        Ok(written)
    }

    async fn try_to_write(&self, records: &[Record]) -> Result<Vec<WriteOutcome>> {
        let mut batch = self.begin(records.len()).await?;
        batch.levels(records).await?;
        batch.users(records).await?;
        batch.identifications(records).await?;
        batch.sessions(records).await?;
        batch.documents(records).await?;
        batch.results(records).await?;
        batch.verifications(records).await?;
        batch.write_names().await?;
        batch.look_again(records).await?;
        // The last: others wait for the totals from here on.
        batch.proofings(records).await?;
        if batch.written.iter().any(|written| matches!(written, WriteOutcome::New | WriteOutcome::Changed)) {
            batch.audit().await?;
        }
        batch.transaction.commit().await?;
        Ok(batch.written)
    }

    async fn begin(&self, records: usize) -> Result<Batch<'_>> {
        let keys = self.vault.project(self.project).await?;
        let transaction = match &self.trial {
            None => self.store.begin().await?,
            Some(trial) => trial.begin_part().await?,
        };
        Ok(Batch::new(self, keys, transaction, records))
    }

    /// Takes note of a user that comes as erased or restricted.
    fn close(&self, user: Uuid) {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner).insert(user);
    }

    fn has_closed(&self, user: Uuid) -> bool {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner).contains(&user)
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

/// What a client of the verification history is called: by its number.
pub(super) fn client(user: &User) -> Option<i32> {
    user.number.filter(|number| user.id == format!("client {number}"))
}

/// Why a record cannot be written whose user has no key any more.
const ERASED: &str = "`user`: this user is erased or restricted here: nothing is kept for it";
