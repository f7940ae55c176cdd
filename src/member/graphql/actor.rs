use std::sync::Arc;

use async_graphql::{Context, ID, Interface};

use super::{Membership, MembershipById};
use crate::{
    Result, auth::ActorId, graphql::loader::load, project::graphql::Credential,
    verification::graphql::CredentialById,
};

/// Who changed something: a program, by a credential, or a person, by a membership.
#[derive(Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "Id of the credential or membership."),
    field(
        name = "number",
        ty = "Result<i32>",
        desc = "Number in the project: the `userId` of the verification-history API."
    ),
    field(name = "label", ty = "Result<String>", desc = "Label of the credential, or name of the person.")
)]
pub enum Actor {
    Credential(Credential),
    Membership(Membership),
}

/// Loads an actor of the caller's project.
pub async fn actor(ctx: &Context<'_>, id: Option<ActorId>) -> Result<Option<Actor>> {
    Ok(match id {
        None => None,
        Some(ActorId::Credential(id)) => {
            load(ctx, CredentialById(id)).await?.map(|row| Actor::Credential(Credential(Arc::new(row))))
        }
        Some(ActorId::Membership(id)) => {
            load(ctx, MembershipById(id)).await?.map(|row| Actor::Membership(Membership(row)))
        }
    })
}
