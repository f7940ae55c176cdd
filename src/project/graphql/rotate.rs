use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::Credential;
use crate::{
    Error, Result,
    auth::rotate::{self, RotateOutcome, Rotation},
    graphql::{
        IdInput, mutate_fresh,
        payload::idempotency_key,
        rejection::{ForbiddenRejection, FreshSignInNeededRejection, IdempotencyKeyReusedRejection},
    },
    idempotency, payload,
    project::graphql::rejection::{
        CredentialExceedsRejection, CredentialNotFoundRejection, InvalidCredentialRejection,
    },
};

/// Maximum time for which the current secrets stay valid, in hours: 30 days.
const MOST_HOURS: i32 = 30 * 24;

/// Input of the `rotateCredential` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct RotateCredentialInput {
    /// Id of the credential.
    credential_id: IdInput,
    /// Whether to issue a new client secret.
    #[graphql(default = false)]
    client_secret: bool,
    /// Whether to issue a new API key.
    #[graphql(default = false)]
    api_key: bool,
    /// Hours for which the current secret or API key stays valid, 0 to 720. Older ones expire now.
    #[graphql(default = 24)]
    keep_hours: i32,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result, with its secrets, for 24 hours.
    idempotency_key: Option<String>,
}

/// Success result of the `rotateCredential` mutation. The secrets cannot be read again.
#[derive(SimpleObject)]
pub struct RotateCredentialSuccessPayload {
    /// The credential.
    credential: Option<Credential>,
    /// The new client secret for `/oauth2/token`. Null if only the API key is new.
    client_secret: Option<String>,
    /// The new API key. Null if only the client secret is new.
    api_key: Option<String>,
}

payload! {
    /// Result of the `rotateCredential` mutation.
    RotateCredentialPayload: RotateCredentialSuccessPayload,
    NotFound(CredentialNotFoundRejection),
    Exceeds(CredentialExceedsRejection),
    Invalid(InvalidCredentialRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutation of the secrets of credentials.
#[derive(Default)]
pub struct RotateCredentialMutation;

#[Object]
impl RotateCredentialMutation {
    /// Issues a new client secret, a new API key, or both, for a credential with at most the permissions of the
    /// caller. The current ones stay valid for a while. Null only if the mutation failed; see `errors`.
    async fn rotate_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: RotateCredentialInput,
    ) -> Result<Option<RotateCredentialPayload>> {
        use RotateCredentialPayload as Payload;

        mutate_fresh(ctx, |request| async move {
            let RotateCredentialInput { client_secret, api_key, keep_hours, .. } = input;
            if !client_secret && !api_key {
                return Err(Error::argument("clientSecret", "set `clientSecret`, `apiKey` or both"));
            }
            if !(0..=MOST_HOURS).contains(&keep_hours) {
                return Err(Error::argument("keepHours", format!("must be between 0 and {MOST_HOURS}")));
            }
            let credential = input.credential_id.uuid();
            let key_input = serde_json::json!([credential, client_secret, api_key, keep_hours]);
            let key = idempotency_key(request, input.idempotency_key, "rotateCredential", &key_input)?;
            let keep_seconds = i64::from(keep_hours) * 60 * 60;
            let rotation = Rotation { credential, secret: client_secret, api_key, keep_seconds };
            let (store, root, clock) = (&request.store, &request.root, request.machine_clock());
            let attempt = || async {
                let rotated =
                    rotate::rotate(store, root, &request.caller, clock, rotation, key.as_ref()).await?;
                Ok(match rotated {
                    RotateOutcome::Done(row, secrets) => Payload::Success(RotateCredentialSuccessPayload {
                        credential: Some(Credential::from(row)),
                        client_secret: secrets.client_secret,
                        api_key: secrets.api_key,
                    }),
                    RotateOutcome::NotFound => Payload::NotFound(CredentialNotFoundRejection::new()),
                    RotateOutcome::Exceeds => Payload::Exceeds(CredentialExceedsRejection::new()),
                    RotateOutcome::NoApiKey => Payload::Invalid(InvalidCredentialRejection::because(
                        "the credential of an integration has no API key of its own".to_owned(),
                    )),
                    RotateOutcome::KeyReused => Payload::KeyReused(IdempotencyKeyReusedRejection::new()),
                })
            };
            idempotency::run(request.op(), key.as_ref(), attempt).await
        })
        .await
        .map(Some)
    }
}
