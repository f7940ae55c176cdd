use std::collections::HashSet;

use entity::{
    credential::Strings,
    integration,
    verification_result::{Column, Entity, Model, Status},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{Batch, ERASED, WriteOutcome, given, insert, unless_erased};
use crate::{
    Error, Result,
    db::column::column,
    document::day,
    result::store::seal,
    transfer::{Record, record::VerificationResult},
};

const KIND: &str = "result";
/// Label of the integration for results that do not name one.
const LABEL: &str = "Imported";

impl Batch<'_> {
    pub(super) async fn results(&mut self, records: &[Record]) -> Result<()> {
        let Some(given) = given::<VerificationResult>(records) else { return Ok(()) };
        let dialect = self.of.store.dialect();
        let here = self.here::<Entity>(KIND, Column::Id, given.iter().map(|(_, it)| it.id.as_str())).await?;
        let traces: Vec<Uuid> = given.iter().map(|(_, it)| it.trace_id).collect();
        let traces = Entity::find()
            .filter(Column::ProjectId.eq(self.of.project))
            .filter(dialect.id_in(column::<Entity>(Column::TraceId), &traces));
        let mut traces: HashSet<Uuid> =
            traces.all(&self.transaction).await?.into_iter().map(|row| row.trace_id).collect();
        let mut integrations = self.integrations().await?;
        let mut new = Vec::new();
        for (index, it) in given {
            let user = match self.user(&it.user) {
                Ok(user) => user.clone(),
                Err(why) => {
                    self.refuse(index, why);
                    continue;
                }
            };
            if let Some(before) = here.get(&it.id) {
                let verified = it.verified_at.map(|at| at.0);
                if before.status != it.status.0 || before.verified_at != verified {
                    self.refuse(index, "this result exists with another outcome, which cannot change");
                }
                continue;
            }
            if let Err(why) = self.may_keep(&user) {
                self.refuse(index, why);
                continue;
            }
            let data = it.data.as_ref().filter(|_| it.status.0 == Status::Verified);
            let data = match data.map(|data| data.validated(day(self.of.clock.now()))).transpose() {
                Ok(data) => data,
                Err(why) => {
                    self.refuse(index, why);
                    continue;
                }
            };
            let key = self.key(&user).await?;
            if data.is_some() && key.is_none() {
                self.refuse(index, ERASED);
                continue;
            }
            let id = self.id_of(KIND, &it.id, &here);
            let data = match (data, &key) {
                (Some(data), Some(key)) => Some(seal(key, self.of.project, id, &data)?),
                _ => None,
            };
            let is_free = traces.insert(it.trace_id);
            new.push(Model {
                id,
                project_id: self.of.project,
                user_id: user.id,
                integration_id: self.integration(&mut integrations, it).await?,
                trace_id: if is_free { it.trace_id } else { self.of.clock.new_id() },
                correlation_id: unless_erased(&user, it.correlation_id.clone()),
                status: it.status.0,
                scopes: it.scopes.clone().map(Strings),
                data,
                verified_at: it.verified_at.map(|at| at.0),
                created_at: it.created_at.0,
                updated_at: it.updated_at.0,
                version: 1,
            });
            self.written[index] = WriteOutcome::New;
        }
        insert(&self.transaction, new).await
    }

    async fn integrations(&self) -> Result<Vec<integration::Model>> {
        let rows = integration::Entity::find().filter(integration::Column::ProjectId.eq(self.of.project));
        Ok(rows.order_by_asc(integration::Column::Id).all(&self.transaction).await?)
    }

    /// The integration with this label. A missing one is created without keys, so it cannot be used.
    async fn integration(
        &self,
        known: &mut Vec<integration::Model>,
        it: &VerificationResult,
    ) -> Result<Uuid> {
        let label = it.integration.as_deref().unwrap_or(LABEL);
        if let Some(known) = known.iter().find(|row| row.label == label || row.id.to_string() == label) {
            return Ok(known.id);
        }
        let mut nobody_knows = vec![0; 32];
        crate::crypto::provider::fill(&mut nobody_knows)
            .map_err(|_| Error::Fault("the operating system provides no randomness"))?;
        let row = integration::Model {
            id: self.of.clock.new_id(),
            project_id: self.of.project,
            label: label.to_owned(),
            api_key_hash: nobody_knows,
            scopes: Strings(it.scopes.clone().unwrap_or_default()),
            created_at: self.of.clock.now(),
        };
        insert(&self.transaction, vec![row.clone()]).await?;
        known.push(row.clone());
        Ok(row.id)
    }
}
