use base64::{Engine, prelude::BASE64_STANDARD};
use form_urlencoded::{Serializer, byte_serialize};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::{
    ClientConfig, Document, Fetch, SignInError, Transaction, client::printable, discovery::Metadata,
};

/// The tokens that a code was exchanged for.
pub(crate) struct Tokens {
    pub(crate) id_token: Zeroizing<String>,
    /// For the `UserInfo` endpoint alone.
    pub(crate) access_token: Option<Zeroizing<String>>,
}

#[derive(Deserialize)]
struct TokenResponse {
    id_token: Option<String>,
    access_token: Option<String>,
}

#[derive(Deserialize)]
struct ErrorResponse {
    error: String,
}

/// Exchanges a code for tokens (RFC 6749, 4.1.3; RFC 7636, 4.5).
pub(crate) async fn exchange(
    config: &ClientConfig,
    fetch: &impl Fetch,
    metadata: &Metadata,
    code: &str,
    transaction: &Transaction,
) -> Result<Tokens, SignInError> {
    let (form, authorization) = request(config, metadata, code, transaction);
    let authorization = authorization.as_ref().map(|value| value.as_str());
    let document = Document::Token;
    let response = fetch
        .post_form(&metadata.token_endpoint, form, authorization)
        .await
        .map_err(|source| SignInError::Unreachable { document, source })?;
    if let 400..=499 = response.status
        && let Ok(refused) = serde_json::from_slice::<ErrorResponse>(&response.body)
    {
        return Err(SignInError::TokenRefused { code: printable(&refused.error) });
    }
    let response: TokenResponse = response.json(document)?;
    Ok(Tokens {
        id_token: response.id_token.map(Zeroizing::new).ok_or(SignInError::MalformedToken)?,
        access_token: response.access_token.map(Zeroizing::new),
    })
}

/// The form, and the `Authorization` header of a client with a secret. Apart, because a serializer of forms is
/// bound to its thread.
fn request(
    config: &ClientConfig,
    metadata: &Metadata,
    code: &str,
    transaction: &Transaction,
) -> (String, Option<Zeroizing<String>>) {
    let mut form = Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("redirect_uri", &config.redirect_uri)
        .append_pair("code_verifier", &transaction.verifier);
    let mut authorization = None;
    match &config.client_secret {
        Some(secret) if metadata.has_basic_authentication() => {
            authorization = Some(basic(&config.client_id, secret));
        }
        Some(secret) => {
            form.append_pair("client_id", &config.client_id).append_pair("client_secret", secret);
        }
        None => {
            form.append_pair("client_id", &config.client_id);
        }
    }
    (form.finish(), authorization)
}

/// The `Authorization` header of a client with a secret. Both parts are encoded as in a form (RFC 6749, 2.3.1).
fn basic(client_id: &str, secret: &str) -> Zeroizing<String> {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = Zeroizing::new(format!("{}:{}", encoded(client_id), encoded(secret)));
    Zeroizing::new(format!("Basic {}", BASE64_STANDARD.encode(pair.as_bytes())))
}
