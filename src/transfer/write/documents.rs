use std::collections::HashMap;

use entity::{
    document::{ActiveModel, Column, Entity, Findings, Model},
    identification, user,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{Batch, ERASED, Existing, WriteOutcome, given, insert, uuid};
use crate::{
    Result,
    db::column::column,
    document::{Fields, checks, store::submit::day},
    transfer::{Record, record::Document},
};

const DOCUMENT: &str = "document";

/// Users' documents of a step, newest first.
type OfUsers = HashMap<Uuid, Vec<Model>>;

/// The existing document that matches a record without a name.
enum Match {
    Row(Box<Model>),
    /// Documents of this step exist, but their content differs.
    Others,
    Nothing,
}

impl Batch<'_> {
    /// The documents that the records name.
    pub(super) async fn documents_of<'k>(
        &self,
        keys: impl Iterator<Item = &'k str> + Clone,
    ) -> Result<Existing<Model>> {
        self.here::<Entity>(DOCUMENT, Column::Id, keys).await
    }

    pub(super) async fn documents(&mut self, records: &[Record]) -> Result<()> {
        let Some(given) = given::<Document>(records) else { return Ok(()) };
        let sessions = self.sessions_of(given.iter().filter_map(|(_, it)| it.session.as_deref())).await?;
        let named = given.iter().filter_map(|(_, it)| it.identification.as_deref());
        let identifications =
            self.here::<identification::Entity>("identification", identification::Column::Id, named).await?;
        let here = self.documents_of(given.iter().map(|(_, it)| it.id.as_str())).await?;
        let of_users = self.of_users(&given).await?;
        let mut new = Vec::new();
        for (index, it) in given {
            let valid = validated(it).and_then(|valid| Ok((valid, self.user(&it.user)?.clone())));
            let (valid, user) = match valid {
                Ok(valid) => valid,
                Err(why) => {
                    self.refuse(index, why);
                    continue;
                }
            };
            let it = &valid;
            let session = it.session.as_deref().map(|key| {
                let row = sessions.get(key).filter(|row| row.user_id == user.id);
                row.map(|row| row.id).ok_or(key)
            });
            let identification =
                it.identification.as_deref().map(|key| identifications.get(key).map(|row| row.id).ok_or(key));
            let (session, identification) = match (session.transpose(), identification.transpose()) {
                (Ok(session), Ok(identification)) => (session, identification),
                (Err(key), _) | (_, Err(key)) => {
                    self.refuse(
                        index,
                        format!("the user has no session or identification `{key}`: import it first"),
                    );
                    continue;
                }
            };
            let Some(key) = self.key(&user).await? else {
                self.refuse(index, ERASED);
                continue;
            };
            let before = match here.get(&it.id) {
                Some(row) => Some(row.clone()),
                None => match self.alike(it, &user, of_users.get(&user.id)).await? {
                    Match::Row(row) => {
                        self.remember(DOCUMENT, &it.id, row.id);
                        Some(*row)
                    }
                    // The images could not be assigned to a document.
                    Match::Others if it.session.is_none() => {
                        self.refuse(index, OTHERS);
                        continue;
                    }
                    Match::Others | Match::Nothing => None,
                },
            };
            if let Some(before) = before {
                if let Some(after) = self.newer(it, &before, &user, session).await? {
                    let columns: ActiveModel = after.into_active_model().reset_all();
                    columns.update(&self.transaction).await?;
                    self.written[index] = WriteOutcome::Changed;
                }
                continue;
            }
            let id = self.id_of(DOCUMENT, &it.id, &here);
            let now = self.of.clock.now();
            let (created_at, updated_at) =
                if it.updated_at.0.0 == 0 { (now, now) } else { (it.created_at.0, it.updated_at.0) };
            let (mrz_status, findings) = checks::check(&it.fields, day(updated_at));
            new.push(Model {
                id,
                project_id: self.of.project,
                user_id: user.id,
                session_id: session,
                identification_id: identification,
                step: it.step,
                kind: it.kind.map(|kind| kind.0),
                fields: it.fields.seal(&key, self.of.project, id)?,
                mrz_status,
                findings: Findings(findings),
                match_level: it.match_level,
                created_at,
                updated_at,
            });
            self.written[index] = WriteOutcome::New;
        }
        insert(&self.transaction, new).await
    }

    /// The documents that unnamed records may match: of all sessions if the record names no session,
    /// otherwise documents whose session is unknown.
    async fn of_users(&self, given: &[(usize, &Document)]) -> Result<OfUsers> {
        let unnamed = given.iter().filter(|(_, it)| is_unnamed(it));
        let users: Vec<Uuid> =
            unnamed.filter_map(|(_, it)| self.users.get(&it.user).map(|user| user.id)).collect();
        let mut of_users = OfUsers::new();
        if users.is_empty() {
            return Ok(of_users);
        }
        let owner_filter = self.of.store.dialect().id_in(column::<Entity>(Column::UserId), &users);
        let rows = Entity::find()
            .filter(Column::ProjectId.eq(self.of.project))
            .filter(owner_filter)
            .filter(Column::Step.is_not_null())
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id);
        for row in rows.all(&self.transaction).await? {
            of_users.entry(row.user_id).or_default().push(row);
        }
        Ok(of_users)
    }

    /// The latest document of this step with the same content.
    async fn alike(
        &self,
        it: &Document,
        user: &user::Model,
        documents: Option<&Vec<Model>>,
    ) -> Result<Match> {
        let mut alike = Match::Nothing;
        for row in documents.into_iter().flatten().filter(|row| is_unnamed(it) && row.step == it.step) {
            if it.session.is_some() && row.session_id.is_some() {
                continue;
            }
            if Fields::of(&self.of.vault.within(&self.transaction), user, row).await? == it.fields {
                return Ok(Match::Row(Box::new(row.clone())));
            }
            alike = Match::Others;
        }
        Ok(alike)
    }

    /// The updated document, if the record has more or later data.
    async fn newer(
        &mut self,
        it: &Document,
        before: &Model,
        user: &user::Model,
        session: Option<Uuid>,
    ) -> Result<Option<Model>> {
        let Some(key) = self.key(user).await? else { return Ok(None) };
        let mut after = before.clone();
        after.session_id = before.session_id.or(session);
        after.kind = before.kind.or(it.kind.map(|kind| kind.0));
        after.match_level = before.match_level.or(it.match_level);
        if it.updated_at.0 > before.updated_at {
            after.kind = it.kind.map(|kind| kind.0).or(after.kind);
            after.match_level = it.match_level.or(after.match_level);
            after.updated_at = it.updated_at.0;
            if Fields::of(&self.of.vault.within(&self.transaction), user, before).await? != it.fields {
                let (mrz_status, findings) = checks::check(&it.fields, day(it.updated_at.0));
                after.fields = it.fields.seal(&key, before.project_id, before.id)?;
                after.mrz_status = mrz_status;
                after.findings = Findings(findings);
            }
        }
        Ok((after != *before).then_some(after))
    }
}

/// Whether a record's name was generated for it. Records of exports have ids.
fn is_unnamed(it: &Document) -> bool {
    it.step.is_some() && uuid(&it.id).is_none()
}

fn validated(it: &Document) -> std::result::Result<Document, String> {
    let fields = it.fields.clone().validated();
    let fields =
        fields.map_err(|name| format!("`{name}`: is empty, too long, or contains a NUL: remove it"))?;
    Ok(Document { fields, ..it.clone() })
}

const OTHERS: &str = "another document of this step exists, with different content: first import the response of \
    `GET /v2/users/{refId}` that was saved with it";
