use url::Url;
use zeroize::Zeroizing;

use crate::{
    Callback, ClientConfig, ConfigError, Document, Fetch, Identity, Prompt, SignInError, Transaction,
    claims::{self, Claims, Expected},
    discovery::Metadata,
    exchange::exchange,
    keys::Cache,
    profile::Profile,
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
        let tokens = exchange(&self.config, fetch, &metadata, code, transaction).await?;
        let token = IdToken::parse(&tokens.id_token)?;
        self.verify(fetch, &metadata, &token, now).await?;
        let claims = token.claims()?;
        let issuer = &self.config.issuer;
        let expected = Expected { issuer, client_id: &self.config.client_id, transaction };
        let proof = claims::validate(&claims, &expected, now)?;
        let access_token = tokens.access_token.as_ref().map(|token| token.as_str());
        let profile = self.profile(fetch, &metadata, &claims, access_token).await?;
        Ok(profile.into_identity(issuer, proof))
    }

    /// What the token says about the person, and what it leaves out from the `UserInfo` endpoint: some providers
    /// give claims there alone.
    async fn profile(
        &self,
        fetch: &impl Fetch,
        metadata: &Metadata,
        claims: &Claims,
        access_token: Option<&str>,
    ) -> Result<Profile, SignInError> {
        let groups_claim = self.config.groups_claim.as_deref();
        let profile = Profile::read(claims, groups_claim)?;
        let (Some(url), Some(access_token)) = (&metadata.userinfo_endpoint, access_token) else {
            return Ok(profile);
        };
        if profile.is_complete() {
            return Ok(profile);
        }
        let document = Document::UserInfo;
        let authorization = Zeroizing::new(format!("Bearer {access_token}"));
        let response = fetch.get(url, Some(&authorization)).await;
        let info: Claims =
            response.map_err(|source| SignInError::Unreachable { document, source })?.json(document)?;
        // Otherwise it is another person's (OIDC Core, 5.3.2).
        if info.get("sub") != claims.get("sub") {
            return Err(SignInError::Claim { claim: "sub" });
        }
        Ok(profile.or(Profile::read(&info, groups_claim)?))
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

/// An error code of a provider, bounded and safe in a log.
pub(crate) fn printable(code: &str) -> String {
    code.chars().filter(char::is_ascii_graphic).take(64).collect()
}
