use async_graphql::{Context, InputObject, Object, SimpleObject};
use entity::credential::{self as table, Column, Entity};
use keyset::{Cell, CellKind, Direction, Key};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};

use super::Credential;
use crate::{
    Result,
    auth::{
        Caller, Permission, Permissions,
        credential::{self, NewCredential},
        issue::{self, IssueOutcome},
    },
    graphql::{
        Connection, ContextExt, IdInput, PageArgs, Request,
        list::of_project,
        mutate, mutate_fresh,
        payload::idempotency_key,
        rejection::{ForbiddenRejection, FreshSignInNeededRejection, IdempotencyKeyReusedRejection},
        validated_text,
    },
    idempotency, payload,
    project::graphql::rejection::{
        CredentialExceedsRejection, CredentialNotFoundRejection, InvalidCredentialRejection,
    },
    user::rules::check_tags,
};

/// Maximum length of a label, in characters.
const LABEL: usize = 100;

/// Input of the `createCredential` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct CreateCredentialInput {
    /// Label of the credential.
    label: String,
    /// Permissions of the credential. Each of them must be a permission of the caller's credential.
    permissions: Vec<String>,
    /// Tag limits: a user is visible to the credential only if the user has one of these tags. Default: the
    /// tag limits of the caller's credential.
    tag_limits: Option<Vec<String>>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result, with its secrets, for 24 hours.
    idempotency_key: Option<String>,
}

/// Success result of the `createCredential` mutation. The secrets cannot be read again.
#[derive(SimpleObject)]
pub struct CreateCredentialSuccessPayload {
    /// The new credential.
    credential: Option<Credential>,
    /// Client id for `/oauth2/token`.
    client_id: String,
    /// Client secret for `/oauth2/token`.
    client_secret: String,
    /// API key, for clients that send `x-api-key` in place of the client id and secret.
    api_key: String,
}

payload! {
    /// Result of the `createCredential` mutation.
    CreateCredentialPayload: CreateCredentialSuccessPayload,
    Invalid(InvalidCredentialRejection),
    Exceeds(CredentialExceedsRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `revokeCredential` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct RevokeCredentialInput {
    /// Id of the credential.
    credential_id: IdInput,
}

/// Success result of the `revokeCredential` mutation.
#[derive(SimpleObject)]
pub struct RevokeCredentialSuccessPayload {
    /// The revoked credential.
    credential: Option<Credential>,
}

payload! {
    /// Result of the `revokeCredential` mutation.
    RevokeCredentialPayload: RevokeCredentialSuccessPayload,
    NotFound(CredentialNotFoundRejection),
    Exceeds(CredentialExceedsRejection),
    Forbidden(ForbiddenRejection),
}

/// Query fields of credentials.
#[derive(Default)]
pub struct CredentialQuery;

#[Object]
impl CredentialQuery {
    /// The project's credentials, newest first, including revoked ones.
    async fn credentials(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Credential>>> {
        let request = ctx.request()?;
        let page = PageArgs::of(ctx, first, after, last, before);
        let key = |column, kind, cell| Key::of::<Entity>(column, Direction::Desc, kind, cell);
        let keys = vec![
            key(Column::CreatedAt, CellKind::Integer, |row| Cell::Integer(row.created_at.0)),
            key(Column::Id, CellKind::Id, |row| Cell::Id(row.id)),
        ];
        of_project("credentials", &page, visible_to(&request.caller), keys, request).await.map(Some)
    }
}

/// Selects the credentials that are visible to the caller: those of its project.
fn visible_to(caller: &Caller) -> Select<Entity> {
    Entity::find().filter(Column::ProjectId.eq(caller.project_id()))
}

/// Mutations of credentials.
#[derive(Default)]
pub struct CredentialMutation;

#[Object]
impl CredentialMutation {
    /// Creates a credential with at most the permissions of the caller's credential. Null only if the
    /// mutation failed; see `errors`.
    async fn create_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: CreateCredentialInput,
    ) -> Result<Option<CreateCredentialPayload>> {
        use CreateCredentialPayload as Payload;

        mutate_fresh(ctx, |request| async move {
            let label = validated_text("label", &input.label, LABEL)?.to_owned();
            let tag_limits =
                input.tag_limits.clone().or_else(|| request.caller.tag_limits().map(<[_]>::to_vec));
            let key_input = serde_json::json!([label, input.permissions, tag_limits]);
            let key = idempotency_key(request, input.idempotency_key, "createCredential", &key_input)?;
            let permissions = match permitted(request, &input.permissions, tag_limits.as_deref()) {
                Ok(permissions) => permissions,
                Err(payload) => return Ok(payload),
            };
            let project = request.caller.project_id();
            let new = NewCredential {
                project,
                label,
                permissions,
                tag_limits,
                number: None,
                created_by: Some(request.caller.actor()),
            };
            let (store, root, clock) = (&request.store, &request.root, request.machine_clock());
            let attempt = || async {
                Ok(match issue::make(store, root, &request.caller, clock, &new, key.as_ref()).await? {
                    IssueOutcome::Done(row, pair) => Payload::Success(CreateCredentialSuccessPayload {
                        credential: Some(Credential::from(row)),
                        client_id: pair.client_id,
                        client_secret: pair.client_secret,
                        api_key: pair.api_key.unwrap_or_default(),
                    }),
                    IssueOutcome::KeyReused => Payload::KeyReused(IdempotencyKeyReusedRejection::new()),
                })
            };
            idempotency::run(request.op(), key.as_ref(), attempt).await
        })
        .await
        .map(Some)
    }

    /// Revokes a credential. Its secrets stop working immediately, its access tokens within seconds. Revoking
    /// a credential twice has no further effect. Null only if the mutation failed; see `errors`.
    async fn revoke_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: RevokeCredentialInput,
    ) -> Result<Option<RevokeCredentialPayload>> {
        use RevokeCredentialPayload as Payload;

        mutate(ctx, |request| async move {
            let id = input.credential_id.uuid();
            let known =
                visible_to(&request.caller).filter(Column::Id.eq(id)).one(request.store.write()).await?;
            let Some(row) = known else {
                return Ok(Payload::NotFound(CredentialNotFoundRejection::new()));
            };
            // A caller with fewer permissions must not lock out one with more.
            let permissions = Permissions::of(&row);
            if permissions.iter().any(|permission| !request.caller.holds(permission)) {
                return Ok(Payload::Exceeds(CredentialExceedsRejection::new()));
            }
            credential::revoke(&request.store, request.machine_clock(), &row.client_id).await?;
            let row =
                visible_to(&request.caller).filter(Column::Id.eq(id)).one(request.store.write()).await?;
            Ok(Payload::Success(RevokeCredentialSuccessPayload { credential: row.map(Credential::from) }))
        })
        .await
        .map(Some)
    }
}

/// Validates the permissions and tag limits of a new credential. It cannot exceed what the caller may do or
/// see.
fn permitted(
    request: &Request,
    names: &[String],
    tag_limits: Option<&[String]>,
) -> Result<Permissions, CreateCredentialPayload> {
    let invalid = |text: String| CreateCredentialPayload::Invalid(InvalidCredentialRejection::because(text));
    let mut permissions = Vec::new();
    for name in names {
        let named = Permission::named(name).ok_or_else(|| invalid(format!("unknown permission `{name}`")))?;
        if tag_limits.is_some() && !named.goes_with_tag_limits() {
            return Err(invalid(format!(
                "`{named}` cannot be combined with tag limits: it exposes data of all users"
            )));
        }
        permissions.push(named);
    }
    if let Some(tags) = tag_limits {
        if tags.is_empty() {
            return Err(invalid("set at least one tag, or omit `tagLimits`".to_owned()));
        }
        check_tags(tags).map_err(|(name, why)| invalid(format!("`{name}`: {why}")))?;
    }
    let exceeds = |text: String| CreateCredentialPayload::Exceeds(CredentialExceedsRejection::because(text));
    if let Some(more) = permissions.iter().find(|permission| !request.caller.holds(**permission)) {
        return Err(exceeds(format!("the caller's credential lacks `{more}`")));
    }
    if let Some(limits) = request.caller.tag_limits()
        && tag_limits.is_none_or(|tags| tags.iter().any(|tag| !limits.contains(tag)))
    {
        return Err(exceeds("the caller's credential has other tag limits".to_owned()));
    }
    Ok(permissions.into_iter().collect())
}

impl From<table::Model> for Credential {
    fn from(row: table::Model) -> Self {
        Self(row.into())
    }
}
