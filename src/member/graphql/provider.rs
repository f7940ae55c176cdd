use async_graphql::{Context, Object};
use entity::{oidc_mapping, oidc_provider};

use super::{Role, loader::RoleById};
use crate::{
    Result,
    graphql::{ContextExt, loader::load},
    member::oidc::provider,
};

/// An identity provider, with which people sign in.
pub struct IdentityProvider {
    row: oidc_provider::Model,
    group_roles: Vec<GroupRole>,
}

/// An identity provider, with which people sign in. Operators configure it by `verigraph oidc`.
#[Object]
impl IdentityProvider {
    /// Its name on the sign-in page.
    async fn label(&self) -> &str {
        &self.row.label
    }

    /// The provider's issuer, as its discovery document has it.
    async fn issuer(&self) -> &str {
        &self.row.issuer
    }

    /// Whether it is the only way to sign in, but for recovery links.
    async fn is_exclusive(&self) -> bool {
        self.row.is_exclusive
    }

    /// The groups that have a role in the project, the lowest rank first.
    async fn group_roles(&self) -> &[GroupRole] {
        &self.group_roles
    }
}

/// The role that a group of an identity provider has in the project.
pub struct GroupRole(oidc_mapping::Model);

/// The role that a group of an identity provider has in the project.
#[Object]
impl GroupRole {
    /// The group, as the provider names it.
    async fn group(&self) -> &str {
        &self.0.group_name
    }

    /// Role of the group's members.
    async fn role(&self, ctx: &Context<'_>) -> Result<Option<Role>> {
        Ok(load(ctx, RoleById(self.0.role_id)).await?.map(Role))
    }

    /// Tag limits of the group's members. Null: none.
    async fn tag_limits(&self) -> Option<&[String]> {
        self.0.tag_limits.as_ref().map(|tags| tags.0.as_slice())
    }

    /// Of the groups of a person the lowest rank counts.
    async fn rank(&self) -> i32 {
        self.0.rank
    }
}

/// Query fields of identity providers.
#[derive(Default)]
pub struct ProviderQuery;

#[Object]
impl ProviderQuery {
    /// The identity providers with which people sign in, by name, with the groups that have a role in the project.
    async fn identity_providers(&self, ctx: &Context<'_>) -> Result<Option<Vec<IdentityProvider>>> {
        let request = ctx.request()?;
        let db = request.store.read();
        let mappings = provider::mappings_of_project(db, request.caller.project_id()).await?;
        let providers = provider::list_active(db).await?.into_iter().map(|row| {
            let is_own = |mapping: &&oidc_mapping::Model| mapping.provider_id == row.id;
            let group_roles = mappings.iter().filter(is_own).cloned().map(GroupRole).collect();
            IdentityProvider { row, group_roles }
        });
        Ok(Some(providers.collect()))
    }
}
