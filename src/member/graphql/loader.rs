use std::collections::HashMap;

use entity::{Timestamp, member, member_session, membership, role};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    Result,
    auth::Caller,
    db::{Store, column::column},
    graphql::loader::Batched,
    member::store,
};

/// Loader key: the membership with an id, within the caller's project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MembershipById(pub Uuid);

impl Batched for MembershipById {
    type Value = membership::Model;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store.with_ids(store::visible_to(caller), membership::Column::Id, &ids);
        let rows = rows.all(store.read()).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}

/// Loader key: the member with an id. The caller has a row of its project that names the member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MemberById(pub Uuid);

impl Batched for MemberById {
    type Value = member::Model;

    async fn batch(keys: &[Self], store: &Store, _: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let is_one = store.dialect().id_in(column::<member::Entity>(member::Column::Id), &ids);
        let rows = member::Entity::find().filter(is_one).all(store.read()).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}

/// Loader key: the role with an id, within the caller's project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RoleById(pub Uuid);

impl Batched for RoleById {
    type Value = role::Model;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let is_one = store.dialect().id_in(column::<role::Entity>(role::Column::Id), &ids);
        let rows = role::Entity::find()
            .filter(role::Column::ProjectId.eq(caller.project_id()))
            .filter(is_one)
            .all(store.read())
            .await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}

/// Loader key: the time at which a member was last active.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LastSeenOf(pub Uuid);

impl Batched for LastSeenOf {
    type Value = Timestamp;

    async fn batch(keys: &[Self], store: &Store, _: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = column::<member_session::Entity>(member_session::Column::MemberId);
        let rows: Vec<(Uuid, Timestamp)> = member_session::Entity::find()
            .select_only()
            .column(member_session::Column::MemberId)
            .column_as(Expr::col(member_session::Column::LastSeenAt).max(), "last_seen_at")
            .filter(store.dialect().id_in(of, &ids))
            .group_by(member_session::Column::MemberId)
            .into_tuple()
            .all(store.read())
            .await?;
        Ok(rows.into_iter().map(|(member, at)| (Self(member), at)).collect())
    }
}

/// Loader key: the number of memberships with a role that have not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MemberCountOf(pub Uuid);

impl Batched for MemberCountOf {
    type Value = i64;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = column::<membership::Entity>(membership::Column::RoleId);
        let rows: Vec<(Uuid, i64)> = store::visible_to(caller)
            .select_only()
            .column(membership::Column::RoleId)
            .column_as(Expr::col(membership::Column::Id).count(), "count")
            .filter(store.dialect().id_in(of, &ids))
            .filter(membership::Column::EndedAt.is_null())
            .group_by(membership::Column::RoleId)
            .into_tuple()
            .all(store.read())
            .await?;
        Ok(rows.into_iter().map(|(role, count)| (Self(role), count)).collect())
    }
}
