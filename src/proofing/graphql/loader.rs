use std::collections::HashMap;

use entity::proofing_request;
use uuid::Uuid;

use crate::{Result, auth::Caller, db::Store, graphql::loader::Batched, proofing::store};

/// Loader key: the proofing request with an id, if it is visible to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProofingRequestById(pub Uuid);

impl Batched for ProofingRequestById {
    type Value = proofing_request::Model;

    async fn batch(
        keys: &[Self],
        store: &Store,
        caller: &Caller,
    ) -> Result<HashMap<Self, proofing_request::Model>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(store, caller, &ids).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}
