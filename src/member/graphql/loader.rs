use std::collections::HashMap;

use entity::{member, membership, role};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    Result,
    auth::Caller,
    db::{Store, column::column},
    graphql::loader::Batched,
};

/// A membership with its member and its role.
#[derive(Clone, Debug)]
pub struct MembershipDetails {
    pub membership: membership::Model,
    pub member: member::Model,
    pub role: role::Model,
}

/// Loader key: the membership with an id, within the caller's project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MembershipById(pub Uuid);

impl Batched for MembershipById {
    type Value = MembershipDetails;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = membership::Entity::find()
            .find_also_related(member::Entity)
            .find_also(membership::Entity, role::Entity)
            .filter(membership::Column::ProjectId.eq(caller.project_id()))
            .filter(store.dialect().id_in(column::<membership::Entity>(membership::Column::Id), &ids))
            .all(store.read())
            .await?;
        let details = |(membership, member, role): (membership::Model, Option<_>, Option<_>)| {
            let key = Self(membership.id);
            Some((key, MembershipDetails { membership, member: member?, role: role? }))
        };
        Ok(rows.into_iter().filter_map(details).collect())
    }
}
