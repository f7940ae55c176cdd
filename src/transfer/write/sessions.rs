use entity::verification_session::{ActiveModel, Column, Entity, Model, Steps};
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::{Batch, ERASED, Existing, WriteOutcome, given, insert, unless_erased};
use crate::{
    Result,
    session::{
        rules::{ADDRESS, ADDRESSES, DEFAULT_FLOW, FLOW_ID, is_text, may_become},
        store::seal,
    },
    transfer::{Record, record::Session},
};

const SESSION: &str = "session";

impl Batch<'_> {
    /// The sessions that the records name.
    pub(super) async fn sessions_of<'k>(
        &self,
        keys: impl Iterator<Item = &'k str> + Clone,
    ) -> Result<Existing<Model>> {
        self.here::<Entity>(SESSION, Column::Id, keys).await
    }

    pub(super) async fn sessions(&mut self, records: &[Record]) -> Result<()> {
        let Some(given) = given::<Session>(records) else { return Ok(()) };
        let here = self.sessions_of(given.iter().map(|(_, it)| it.id.as_str())).await?;
        let mut new = Vec::new();
        for (index, it) in given {
            let user = match check(it).and_then(|()| self.user(&it.user)) {
                Ok(user) => user.clone(),
                Err(why) => {
                    self.refuse(index, why);
                    continue;
                }
            };
            let before = here.get(&it.id);
            if before.is_some_and(|before| before.updated_at >= it.updated_at.0) {
                continue;
            }
            if let Some(before) = before
                && before.status != it.status.0
                && !may_become(before.status, it.status.0)
            {
                self.refuse(
                    index,
                    "`status`: the session is closed here, or in a later status than in the file",
                );
                continue;
            }
            if let Err(why) = self.may_keep(&user) {
                self.refuse(index, why);
                continue;
            }
            let key = self.key(&user).await?;
            if key.is_none() && !it.addresses.is_empty() {
                self.refuse(index, ERASED);
                continue;
            }
            let id = match before {
                Some(before) => before.id,
                None => self.id_of(SESSION, &it.id, &here),
            };
            let metadata = match &key {
                Some(key) => seal(key, self.of.project, id, &it.addresses)?,
                None => None,
            };
            let row = Model {
                id,
                project_id: self.of.project,
                user_id: before.map_or(user.id, |before| before.user_id),
                source_id: unless_erased(&user, it.source_id.clone())
                    .or_else(|| before.and_then(|before| before.source_id.clone())),
                flow_id: unless_erased(&user, it.flow_id.clone()).unwrap_or_else(|| DEFAULT_FLOW.to_owned()),
                status: it.status.0,
                steps: Steps(it.steps.clone()),
                metadata,
                created_at: before.map_or(it.created_at.0, |before| before.created_at),
                updated_at: it.updated_at.0,
                completed_at: it.completed_at.map(|at| at.0),
                version: 1,
            };
            if before.is_some() {
                let columns: ActiveModel = row.into_active_model().reset_all();
                columns.update(&self.transaction).await?;
                self.written[index] = WriteOutcome::Changed;
            } else {
                new.push(row);
                self.written[index] = WriteOutcome::New;
            }
        }
        insert(&self.transaction, new).await?;
        self.write_names().await
    }
}

fn check(it: &Session) -> std::result::Result<(), String> {
    if it.id.is_empty() || it.id.contains('\0') {
        return Err("`sessionId`: is empty or contains a NUL".to_owned());
    }
    let flow = it.flow_id.as_deref();
    if flow.is_some_and(|flow| !is_text(flow, FLOW_ID)) {
        return Err(format!("`flowId`: is empty, longer than {FLOW_ID} bytes, or contains a NUL: remove it"));
    }
    if it.addresses.len() > ADDRESSES || it.addresses.iter().any(|address| !is_text(address, ADDRESS)) {
        return Err(format!(
            "`metadata`: has more than {ADDRESSES} strings, or one that is empty or too long"
        ));
    }
    Ok(())
}
