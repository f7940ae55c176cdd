use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::{
    Role,
    rejection::{
        RoleExceedsRejection, RoleInUseRejection, RoleNameTakenRejection, RoleNotFoundRejection,
        UnknownPermissionRejection,
    },
};
use crate::{
    Result,
    auth::Permission,
    graphql::{
        IdInput, mutate_fresh,
        rejection::{ForbiddenRejection, FreshSignInNeededRejection},
        validated_text,
    },
    member::role_changes::{self, RoleChange, RoleOutcome},
    payload,
};

/// Maximum length of a role's name, in characters.
const NAME: usize = 50;

/// Input of the `createRole` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct CreateRoleInput {
    /// Name of the role, unique in the project.
    name: String,
    /// Permissions of the role. Each of them must be a permission of the caller.
    permissions: Vec<String>,
    /// Whether members with this role read personal data masked.
    #[graphql(default = false)]
    is_masked: bool,
}

/// Input of the `updateRole` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateRoleInput {
    /// Id of the role. Built-in roles cannot be changed.
    role_id: IdInput,
    /// New name. Default: unchanged.
    name: Option<String>,
    /// New permissions. Default: unchanged.
    permissions: Option<Vec<String>>,
    /// Whether members with this role read personal data masked. Default: unchanged.
    is_masked: Option<bool>,
}

/// Input of the `deleteRole` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteRoleInput {
    /// Id of the role.
    role_id: IdInput,
}

/// Success result of mutations of a role.
#[derive(SimpleObject)]
pub struct RoleSuccessPayload {
    /// The role. Null once it is deleted.
    role: Option<Role>,
}

payload! {
    /// Result of mutations of a role.
    RolePayload: RoleSuccessPayload,
    NotFound(RoleNotFoundRejection),
    NameTaken(RoleNameTakenRejection),
    UnknownPermission(UnknownPermissionRejection),
    Exceeds(RoleExceedsRejection),
    InUse(RoleInUseRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of roles.
#[derive(Default)]
pub struct RoleMutation;

#[Object]
impl RoleMutation {
    /// Creates a role of at most the caller's permissions. Null only if the mutation failed; see `errors`.
    async fn create_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CreateRoleInput,
    ) -> Result<Option<RolePayload>> {
        mutate_fresh(ctx, |request| async move {
            let name = validated_text("name", &input.name, NAME)?.to_owned();
            let permissions = match named(&input.permissions) {
                Ok(permissions) => permissions,
                Err(payload) => return Ok(payload),
            };
            let change = RoleChange {
                name: Some(name),
                permissions: Some(permissions),
                is_masked: Some(input.is_masked),
            };
            role_changes::create_role(&request.store, &request.caller, &request.clock, change)
                .await
                .map(Into::into)
        })
        .await
        .map(Some)
    }

    /// Changes a role that the project made. It takes effect within seconds. Null only if the mutation failed;
    /// see `errors`.
    async fn update_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: UpdateRoleInput,
    ) -> Result<Option<RolePayload>> {
        mutate_fresh(ctx, |request| async move {
            let name = match &input.name {
                Some(name) => Some(validated_text("name", name, NAME)?.to_owned()),
                None => None,
            };
            let permissions = match input.permissions.as_deref().map(named).transpose() {
                Ok(permissions) => permissions,
                Err(payload) => return Ok(payload),
            };
            let change = RoleChange { name, permissions, is_masked: input.is_masked };
            let id = input.role_id.uuid();
            let clock = &request.clock;
            role_changes::update_role(&request.store, &request.caller, clock, id, change)
                .await
                .map(Into::into)
        })
        .await
        .map(Some)
    }

    /// Deletes a role that the project made and that no member has. Null only if the mutation failed; see
    /// `errors`.
    async fn delete_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: DeleteRoleInput,
    ) -> Result<Option<RolePayload>> {
        mutate_fresh(ctx, |request| async move {
            let id = input.role_id.uuid();
            role_changes::delete_role(&request.store, &request.caller, &request.clock, id)
                .await
                .map(Into::into)
        })
        .await
        .map(Some)
    }
}

fn named(names: &[String]) -> Result<Vec<Permission>, RolePayload> {
    let permission = |name: &String| {
        Permission::named(name).ok_or_else(|| {
            let text = format!("unknown permission `{name}`: see `permissions`");
            RolePayload::UnknownPermission(UnknownPermissionRejection::because(text))
        })
    };
    names.iter().map(permission).collect()
}

impl From<RoleOutcome> for RolePayload {
    fn from(outcome: RoleOutcome) -> Self {
        match outcome {
            RoleOutcome::Done(row) => Self::Success(RoleSuccessPayload { role: row.map(Role) }),
            RoleOutcome::NotFound => Self::NotFound(RoleNotFoundRejection::new()),
            RoleOutcome::NameTaken => Self::NameTaken(RoleNameTakenRejection::new()),
            RoleOutcome::Exceeds => Self::Exceeds(RoleExceedsRejection::new()),
            RoleOutcome::InUse => Self::InUse(RoleInUseRejection::new()),
        }
    }
}
