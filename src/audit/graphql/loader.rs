use std::collections::HashMap;

use entity::audit_event::Model;
use uuid::Uuid;

use crate::{Result, audit::store, auth::Caller, db::Store, graphql::loader::Batched};

/// Loader key: the audit event with an id, within the caller's project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AuditEventById(pub Uuid);

impl Batched for AuditEventById {
    type Value = Model;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Model>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(store, caller, &ids).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}
