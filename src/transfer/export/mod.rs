//! Exports a project as lines of JSON, in an order in which they can be imported: a line comes after the
//! lines it refers to.

mod lines;
mod rows;
mod view;

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use entity::{
    document, document_image, identification, proofing_request, user, verification, verification_level,
    verification_result, verification_session,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use self::{lines::Lines, view::View};
use super::pseudonym::Pseudonyms;
use crate::{blob::Images, crypto::Vault, db::Store, document::store::image::IMAGE, user::personal::key_of};

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

type ExportResult = Result<(), Stopped>;

/// Number of records of each type.
pub type Counts = BTreeMap<&'static str, u64>;

/// The people in an export. Pseudonyms cannot be combined with images, because images show the real people.
pub enum People<'a> {
    /// The real users; with their images if the image store is given.
    Real(Option<&'a Images>),
    /// Pseudonyms instead of the real users.
    MadeUp(&'a Pseudonyms),
}

/// Exports a project as of one moment. Reports to `progress` how many records were written since the last report.
///
/// # Errors
///
/// If reading or writing fails.
pub async fn write<W: Write>(
    store: &Store,
    vault: &Vault,
    project: Uuid,
    people: People<'_>,
    to: W,
    progress: impl FnMut(u64),
) -> Result<Counts, Stopped> {
    let (images, pseudonyms) = match people {
        People::Real(images) => (images, None),
        People::MadeUp(pseudonyms) => (None, Some(pseudonyms)),
    };
    let view = View::of(store, vault, project).await?;
    let lines = Lines { to, pseudonyms, counts: Counts::new(), progress };
    let mut export = Export { view, lines };
    export.levels().await?;
    export.users().await?;
    export.identifications().await?;
    export.proofings().await?;
    export.verifications().await?;
    export.sessions().await?;
    export.documents().await?;
    if let Some(images) = images {
        export.images(images).await?;
    }
    export.results().await?;
    let Export { view, mut lines } = export;
    lines.to.flush().map_err(Stopped::Write)?;
    view.db.commit().await?;
    Ok(lines.counts)
}

struct Export<'a, W, T> {
    view: View<'a>,
    lines: Lines<'a, W, T>,
}

impl<W: Write, T: FnMut(u64)> Export<'_, W, T> {
    async fn levels(&mut self) -> ExportResult {
        let rows = verification_level::Entity::find();
        let rows = rows.filter(verification_level::Column::ProjectId.eq(self.view.project));
        for row in rows.order_by_asc(verification_level::Column::Number).all(&self.view.db).await? {
            self.lines.put(rows::level(row))?;
        }
        Ok(())
    }

    async fn users(&mut self) -> ExportResult {
        use user::Column::{Id, ProjectId};
        let mut pages = self.view.pages::<user::Entity>(ProjectId, Id);
        while let Some(rows) = pages.next().await? {
            let mut tags = rows::tags(&self.view, rows.iter().map(|row| row.id)).await?;
            for row in rows {
                let tags = tags.remove(&row.id).unwrap_or_default();
                self.lines.put(rows::user(self.view.vault, row, tags).await?)?;
            }
        }
        Ok(())
    }

    async fn identifications(&mut self) -> ExportResult {
        use identification::Column::{Id, ProjectId};
        let mut pages = self.view.pages::<identification::Entity>(ProjectId, Id);
        while let Some(rows) = pages.next().await? {
            let mut sources = rows::sources(&self.view, rows.iter().map(|row| row.id)).await?;
            let mut history = rows::history(&self.view, rows.iter().map(|row| row.id)).await?;
            for row in rows {
                let source = sources.remove(&row.id);
                let history = history.remove(&row.id).unwrap_or_default();
                self.lines.put(rows::identification(row, source, history))?;
            }
        }
        Ok(())
    }

    async fn proofings(&mut self) -> ExportResult {
        use proofing_request::Column::{Id, ProjectId};
        let mut pages = self.view.pages::<proofing_request::Entity>(ProjectId, Id);
        while let Some(rows) = pages.next().await? {
            for row in &rows {
                self.lines.put(rows::proofing(row))?;
            }
        }
        Ok(())
    }

    async fn verifications(&mut self) -> ExportResult {
        use verification::Column::{Id, ProjectId};
        let (levels, granters) = rows::numbers(&self.view).await?;
        let mut pages = self.view.pages::<verification::Entity>(ProjectId, Id);
        while let Some(rows) = pages.next().await? {
            for row in rows {
                self.lines.put(rows::verification(row, &levels, &granters))?;
            }
        }
        Ok(())
    }

    async fn sessions(&mut self) -> ExportResult {
        use verification_session::Column::{Id, ProjectId};
        let mut pages = self.view.pages::<verification_session::Entity>(ProjectId, Id);
        while let Some(rows) = pages.next().await? {
            let users = self.view.people(rows.iter().map(|row| row.user_id)).await?;
            for row in rows {
                let Some(user) = users.get(&row.user_id) else { continue };
                self.lines.put(rows::session(self.view.vault, user, row).await?)?;
            }
        }
        Ok(())
    }

    async fn documents(&mut self) -> ExportResult {
        use document::Column::{Id, ProjectId};
        let mut pages = self.view.pages::<document::Entity>(ProjectId, Id);
        while let Some(rows) = pages.next().await? {
            let users = self.view.people(rows.iter().map(|row| row.user_id)).await?;
            for row in rows {
                // The data of an erased user cannot be decrypted, and could not be stored by an importer.
                let Some(user) = users.get(&row.user_id).filter(|user| rows::is_open(user)) else { continue };
                self.lines.put(rows::document(self.view.vault, user, row).await?)?;
            }
        }
        Ok(())
    }

    async fn images(&mut self, images: &Images) -> ExportResult {
        use document_image::Column::{Id, ProjectId};
        let mut pages = self.view.pages::<document_image::Entity>(ProjectId, Id);
        while let Some(rows) = pages.next().await? {
            let users = self.view.people(rows.iter().map(|row| row.user_id)).await?;
            for row in rows {
                let Some(user) = users.get(&row.user_id).filter(|user| rows::is_open(user)) else { continue };
                let Some(key) = key_of(self.view.vault, user).await? else { continue };
                // Retention may have deleted the image since the snapshot was taken: it does not wait for
                // readers.
                match images.read(&key, row.project_id, row.id, IMAGE).await? {
                    Some(bytes) => self.lines.put(rows::image(&row, &bytes))?,
                    None => self.lines.lost(),
                }
            }
        }
        Ok(())
    }

    async fn results(&mut self) -> ExportResult {
        use verification_result::Column::{Id, ProjectId};
        let labels = rows::labels(&self.view).await?;
        let mut pages = self.view.pages::<verification_result::Entity>(ProjectId, Id);
        while let Some(rows) = pages.next().await? {
            let users = self.view.people(rows.iter().map(|row| row.user_id)).await?;
            for row in rows {
                let Some(user) = users.get(&row.user_id) else { continue };
                self.lines.put(rows::result(self.view.vault, user, row, &labels).await?)?;
            }
        }
        Ok(())
    }
}
