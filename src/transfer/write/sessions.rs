use std::collections::{HashMap, HashSet};

use entity::{
    document, user,
    verification_session::{self, Steps},
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{Batch, ERASED, Written, insert};
use crate::{
    Result,
    db::page::column,
    document::{Fields, checks, store::submit::day},
    session::{
        rules::{ADDRESS, ADDRESSES, FLOW_ID, is_text, may_become},
        store::seal,
    },
    transfer::{
        Record,
        record::{Document, Session},
    },
};

const SESSION: &str = "session";
const DOCUMENT: &str = "document";

impl Batch<'_> {
    async fn sessions_of(
        &self,
        keys: &[&str],
    ) -> Result<(super::Known, HashMap<Uuid, verification_session::Model>)> {
        let known = self.known(SESSION, keys.iter().copied()).await?;
        let mut ids = known.ids(keys.iter().copied());
        ids.extend(keys.iter().filter_map(|key| super::uuid(key)));
        let column = column::<verification_session::Entity>(verification_session::Column::Id);
        let rows = verification_session::Entity::find().filter(self.of.store.dialect().id_in(column, &ids));
        let rows = rows.all(&self.transaction).await?;
        Ok((known, rows.into_iter().map(|row| (row.id, row)).collect()))
    }

    pub(super) async fn sessions(&mut self, records: &[Record]) -> Result<()> {
        let given: Vec<(usize, &Session)> = records
            .iter()
            .enumerate()
            .filter_map(|(place, record)| {
                let Record::Session(it) = record else { return None };
                Some((place, it))
            })
            .collect();
        if given.is_empty() {
            return Ok(());
        }
        let keys: Vec<&str> = given.iter().map(|(_, it)| it.id.as_str()).collect();
        let (known, rows) = self.sessions_of(&keys).await?;
        let taken: HashSet<Uuid> = rows.keys().copied().collect();
        let mut new = Vec::new();
        for (place, it) in given {
            let user = match check(it).and_then(|()| self.user(&it.user)) {
                Ok(user) => user.clone(),
                Err(why) => {
                    self.refuse(place, why);
                    continue;
                }
            };
            let here = known.id(&it.id).and_then(|id| rows.get(&id));
            let before = here.filter(|row| row.project_id == self.of.project);
            if before.is_some_and(|before| before.updated_at >= it.updated_at.0) {
                continue;
            }
            if let Some(before) = before
                && before.status != it.status.0
                && !may_become(before.status, it.status.0)
            {
                self.refuse(place, "`status`: the session is closed here, or further than the file says");
                continue;
            }
            let key = self.key(&user).await?;
            if key.is_none() && !it.addresses.is_empty() {
                self.refuse(place, ERASED);
                continue;
            }
            let id = match before {
                Some(before) => before.id,
                None => self.id_of(SESSION, &it.id, &taken),
            };
            let metadata = match &key {
                Some(key) => seal(key, self.of.project, id, &it.addresses)?,
                None => None,
            };
            let row = verification_session::Model {
                id,
                project_id: self.of.project,
                user_id: before.map_or(user.id, |before| before.user_id),
                source_id: it
                    .source_id
                    .clone()
                    .or_else(|| before.and_then(|before| before.source_id.clone())),
                flow_id: it.flow_id.clone(),
                status: it.status.0,
                steps: Steps(it.steps.clone()),
                metadata,
                created_at: before.map_or(it.created_at.0, |before| before.created_at),
                updated_at: it.updated_at.0,
                completed_at: it.completed_at.map(|at| at.0),
                version: 1,
            };
            if before.is_some() {
                let columns: verification_session::ActiveModel = row.into_active_model().reset_all();
                columns.update(&self.transaction).await?;
                self.written[place] = Written::Changed;
            } else {
                new.push(row);
                self.written[place] = Written::New;
            }
        }
        insert(&self.transaction, new).await?;
        let sources = std::mem::take(&mut self.sources);
        insert(&self.transaction, sources).await
    }

    pub(super) async fn documents(&mut self, records: &[Record]) -> Result<()> {
        let given: Vec<(usize, &Document)> = records
            .iter()
            .enumerate()
            .filter_map(|(place, record)| {
                let Record::Document(it) = record else { return None };
                Some((place, it.as_ref()))
            })
            .collect();
        if given.is_empty() {
            return Ok(());
        }
        let sessions: Vec<&str> = given.iter().filter_map(|(_, it)| it.session.as_deref()).collect();
        let (sessions, session_rows) = self.sessions_of(&sessions).await?;
        let known = self.known(DOCUMENT, given.iter().map(|(_, it)| it.id.as_str())).await?;
        let identifications: Vec<&str> =
            given.iter().filter_map(|(_, it)| it.identification.as_deref()).collect();
        let identifications = self.identifications_named(&identifications).await?;
        let mut ids = known.ids(given.iter().map(|(_, it)| it.id.as_str()));
        ids.extend(given.iter().filter_map(|(_, it)| super::uuid(&it.id)));
        let rows = self.of.store.dialect().id_in(column::<document::Entity>(document::Column::Id), &ids);
        let rows = document::Entity::find().filter(rows).all(&self.transaction).await?;
        let rows: HashMap<Uuid, document::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
        let taken: HashSet<Uuid> = rows.keys().copied().collect();
        let mut new = Vec::new();
        for (place, it) in given {
            let user = match document_is_good(it).and_then(|()| self.user(&it.user)) {
                Ok(user) => user.clone(),
                Err(why) => {
                    self.refuse(place, why);
                    continue;
                }
            };
            let session = it.session.as_deref().map(|key| {
                let row = sessions.id(key).and_then(|id| session_rows.get(&id));
                row.filter(|row| row.user_id == user.id).map(|row| row.id).ok_or(key)
            });
            let identification =
                it.identification.as_deref().map(|key| identifications.get(key).copied().ok_or(key));
            let (session, identification) = match (session.transpose(), identification.transpose()) {
                (Ok(session), Ok(identification)) => (session, identification),
                (Err(key), _) | (_, Err(key)) => {
                    self.refuse(
                        place,
                        format!(
                            "there is no session or identification `{key}` of that user: import it first"
                        ),
                    );
                    continue;
                }
            };
            let Some(key) = self.key(&user).await? else {
                self.refuse(place, ERASED);
                continue;
            };
            let here = known.id(&it.id).and_then(|id| rows.get(&id));
            let here = here.filter(|row| row.project_id == self.of.project);
            if let Some(before) = here {
                if let Some(after) = self.newer(it, before, &user, session).await? {
                    let columns: document::ActiveModel = after.into_active_model().reset_all();
                    columns.update(&self.transaction).await?;
                    self.written[place] = Written::Changed;
                }
                continue;
            }
            let id = self.id_of(DOCUMENT, &it.id, &taken);
            let now = self.of.clock.now();
            let (created_at, updated_at) =
                if it.updated_at.0.0 == 0 { (now, now) } else { (it.created_at.0, it.updated_at.0) };
            let (mrz_status, findings) = checks::check(&it.fields, day(updated_at));
            new.push(document::Model {
                id,
                project_id: self.of.project,
                user_id: user.id,
                session_id: session,
                identification_id: identification,
                step: it.step,
                kind: it.kind.map(|kind| kind.0),
                fields: it.fields.seal(&key, self.of.project, id)?,
                mrz_status,
                findings: document::Findings(findings),
                match_level: it.match_level,
                created_at,
                updated_at,
            });
            self.written[place] = Written::New;
        }
        insert(&self.transaction, new).await
    }

    /// What a document becomes, if the record says more of it or something later.
    async fn newer(
        &mut self,
        it: &Document,
        before: &document::Model,
        user: &user::Model,
        session: Option<Uuid>,
    ) -> Result<Option<document::Model>> {
        let Some(key) = self.key(user).await? else { return Ok(None) };
        let mut after = before.clone();
        after.session_id = before.session_id.or(session);
        after.kind = before.kind.or(it.kind.map(|kind| kind.0));
        after.match_level = before.match_level.or(it.match_level);
        if it.updated_at.0 > before.updated_at {
            after.kind = it.kind.map(|kind| kind.0).or(after.kind);
            after.match_level = it.match_level.or(after.match_level);
            after.updated_at = it.updated_at.0;
            if Fields::of(&self.of.vault, user, before).await? != it.fields {
                let (mrz_status, findings) = checks::check(&it.fields, day(it.updated_at.0));
                after.fields = it.fields.seal(&key, before.project_id, before.id)?;
                after.mrz_status = mrz_status;
                after.findings = document::Findings(findings);
            }
        }
        Ok((after != *before).then_some(after))
    }

    async fn identifications_named<'k>(&self, keys: &[&'k str]) -> Result<HashMap<&'k str, Uuid>> {
        use entity::identification::{Column, Entity};
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let known = self.known("identification", keys.iter().copied()).await?;
        let ids = known.ids(keys.iter().copied());
        let rows = Entity::find().filter(self.of.store.dialect().id_in(column::<Entity>(Column::Id), &ids));
        let rows = rows.all(&self.transaction).await?;
        let is_mine = |id: Uuid| rows.iter().any(|row| row.id == id && row.project_id == self.of.project);
        Ok(keys
            .iter()
            .filter_map(|key| known.id(key).filter(|id| is_mine(*id)).map(|id| (*key, id)))
            .collect())
    }
}

fn check(it: &Session) -> std::result::Result<(), String> {
    if it.id.is_empty() || it.id.contains('\0') {
        return Err("`sessionId`: empty, or with a NUL in it".to_owned());
    }
    let flow = it.flow_id.as_deref();
    if flow.is_some_and(|flow| !is_text(flow, FLOW_ID)) {
        return Err(format!(
            "`flowId`: empty, longer than {FLOW_ID} bytes, or with a NUL in it: leave it out"
        ));
    }
    if it.addresses.len() > ADDRESSES || it.addresses.iter().any(|address| !is_text(address, ADDRESS)) {
        return Err(format!("`metadata`: more than {ADDRESSES} texts, or one that is empty or too long"));
    }
    Ok(())
}

fn document_is_good(it: &Document) -> std::result::Result<(), String> {
    match it.fields.unstorable() {
        Some(name) => Err(format!("`{name}`: empty, too long, or with a NUL in it: leave it out")),
        None => Ok(()),
    }
}
