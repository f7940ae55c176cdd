use base64::{Engine, prelude::BASE64_STANDARD};
use form_urlencoded::{Serializer, byte_serialize};
use serde::Deserialize;
use url::Url;
use zeroize::Zeroizing;

use crate::{
    Callback, ClientConfig, ConfigError, Document, Fetch, Identity, Prompt, SignInError, Transaction,
    claims::{self, Expected},
    discovery::Metadata,
    keys::Cache,
    token::IdToken,
    transaction::is_same,
};

/// This application at one provider, with what is kept of the provider. Share it between requests.
pub struct Client {
    config: ClientConfig,
    cache: Cache,
}

/// A sign-in that was started.
pub struct Started {
    /// Where to send the browser.
    pub url: String,
    pub transaction: Transaction,
}

/// What a provider says about itself, for a check of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderSummary {
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    /// Number of keys that can verify an ID token.
    pub keys: usize,
}

#[derive(Deserialize)]
struct TokenResponse {
    id_token: Option<String>,
}

#[derive(Deserialize)]
struct ErrorResponse {
    error: String,
}

impl Client {
    pub fn new(config: ClientConfig) -> Result<Self, ConfigError> {
        config.check()?;
        Ok(Self { config, cache: Cache::default() })
    }

    #[must_use]
    pub const fn config(&self) -> &ClientConfig {
        &self.config
    }

    /// Reads the provider's documents and tells what they say. Starts no sign-in.
    pub async fn check(&self, fetch: &impl Fetch, now: i64) -> Result<ProviderSummary, SignInError> {
        let metadata = self.cache.metadata(&self.config, fetch, now).await?;
        let keys = self.cache.keys(&metadata.jwks_uri, fetch, now).await?;
        Ok(ProviderSummary {
            authorization_endpoint: metadata.authorization_endpoint.clone(),
            token_endpoint: metadata.token_endpoint.clone(),
            keys: keys.count(),
        })
    }

    /// Starts a sign-in.
    pub async fn start(&self, fetch: &impl Fetch, prompt: Prompt, now: i64) -> Result<Started, SignInError> {
        let metadata = self.cache.metadata(&self.config, fetch, now).await?;
        let transaction = Transaction::new(&self.config.issuer, &self.config.client_id, prompt, now)?;
        let mut url = Url::parse(&metadata.authorization_endpoint)
            .map_err(|_| SignInError::Endpoint { endpoint: "authorization_endpoint" })?;
        let mut query = url.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.config.client_id)
            .append_pair("redirect_uri", &self.config.redirect_uri)
            .append_pair("scope", &self.config.scope())
            .append_pair("state", &transaction.state)
            .append_pair("nonce", &transaction.nonce)
            .append_pair("code_challenge", &transaction.challenge())
            .append_pair("code_challenge_method", "S256");
        if prompt == Prompt::Login {
            // `max_age` obliges the provider to send `auth_time`; `prompt` alone does not.
            query.append_pair("prompt", "login").append_pair("max_age", "0");
        }
        drop(query);
        Ok(Started { url: url.into(), transaction })
    }

    /// Finishes a sign-in: exchanges the code and validates the ID token. The provider accepts the code once.
    pub async fn finish(
        &self,
        fetch: &impl Fetch,
        transaction: &Transaction,
        callback: &Callback,
        now: i64,
    ) -> Result<Identity, SignInError> {
        transaction.check(&self.config.issuer, &self.config.client_id, now)?;
        if !callback.state.as_deref().is_some_and(|state| is_same(state, &transaction.state)) {
            return Err(SignInError::State);
        }
        let metadata = self.cache.metadata(&self.config, fetch, now).await?;
        let is_issuer = match &callback.iss {
            Some(issuer) => *issuer == self.config.issuer,
            None => !metadata.always_names_issuer(),
        };
        if !is_issuer {
            return Err(SignInError::ResponseIssuer);
        }
        if let Some(error) = &callback.error {
            return Err(SignInError::Denied { code: printable(error) });
        }
        let code = callback.code.as_deref().ok_or(SignInError::NoCode)?;
        let token = self.exchange(fetch, &metadata, code, transaction).await?;
        let token = IdToken::parse(&token)?;
        self.verify(fetch, &metadata, &token, now).await?;
        let expected = Expected {
            issuer: &self.config.issuer,
            client_id: &self.config.client_id,
            groups_claim: self.config.groups_claim.as_deref(),
            transaction,
        };
        claims::validate(&token.claims()?, &expected, now)
    }

    async fn exchange(
        &self,
        fetch: &impl Fetch,
        metadata: &Metadata,
        code: &str,
        transaction: &Transaction,
    ) -> Result<Zeroizing<String>, SignInError> {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.config.redirect_uri)
            .append_pair("code_verifier", &transaction.verifier);
        let mut authorization = None;
        match &self.config.client_secret {
            Some(secret) if metadata.has_basic_authentication() => {
                authorization = Some(basic(&self.config.client_id, secret));
            }
            Some(secret) => {
                form.append_pair("client_id", &self.config.client_id).append_pair("client_secret", secret);
            }
            None => {
                form.append_pair("client_id", &self.config.client_id);
            }
        }
        let authorization = authorization.as_ref().map(|value| value.as_str());
        let document = Document::Token;
        let response = fetch
            .post_form(&metadata.token_endpoint, form.finish(), authorization)
            .await
            .map_err(|source| SignInError::Unreachable { document, source })?;
        if let 400..=499 = response.status
            && let Ok(refused) = serde_json::from_slice::<ErrorResponse>(&response.body)
        {
            return Err(SignInError::TokenRefused { code: printable(&refused.error) });
        }
        let response: TokenResponse = response.json(document)?;
        response.id_token.map(Zeroizing::new).ok_or(SignInError::MalformedToken)
    }

    /// Verifies the signature. A key that is not known may be a new one: the keys are then read again.
    async fn verify(
        &self,
        fetch: &impl Fetch,
        metadata: &Metadata,
        token: &IdToken<'_>,
        now: i64,
    ) -> Result<(), SignInError> {
        let keys = self.cache.keys(&metadata.jwks_uri, fetch, now).await?;
        if let Some(outcome) = token.verify(&keys) {
            return outcome;
        }
        let reread = self.cache.reread(&metadata.jwks_uri, fetch, now).await?;
        reread.and_then(|keys| token.verify(&keys)).unwrap_or(Err(SignInError::UnknownKey))
    }
}

/// The `Authorization` header of a client with a secret. Both parts are encoded as in a form (RFC 6749, 2.3.1).
fn basic(client_id: &str, secret: &str) -> Zeroizing<String> {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = Zeroizing::new(format!("{}:{}", encoded(client_id), encoded(secret)));
    Zeroizing::new(format!("Basic {}", BASE64_STANDARD.encode(pair.as_bytes())))
}

/// An error code of a provider, bounded and safe in a log.
fn printable(code: &str) -> String {
    code.chars().filter(char::is_ascii_graphic).take(64).collect()
}
