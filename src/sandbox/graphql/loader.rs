use std::collections::HashMap;

use uuid::Uuid;

use crate::{Result, auth::Caller, db::Store, graphql::loader::Batched, sandbox::store};

/// Loader key: the consent marker of a sandbox user. The value exists if the user consents to every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConsentOf(pub Uuid);

impl Batched for ConsentOf {
    type Value = ();

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, ()>> {
        let users: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let consenting = store::consenting(store, caller, &users).await?;
        Ok(consenting.into_iter().map(|user| (Self(user), ())).collect())
    }
}
