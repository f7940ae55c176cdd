use std::collections::HashMap;

use entity::verification_session;
use uuid::Uuid;

use crate::{Result, auth::Caller, db::Store, graphql::loader::Batched, session::store};

/// Loader key: the verification session with an id, if it is visible to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VerificationSessionById(pub Uuid);

impl Batched for VerificationSessionById {
    type Value = verification_session::Model;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(store, caller, &ids).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}
