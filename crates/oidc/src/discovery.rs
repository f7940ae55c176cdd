use serde::Deserialize;
use url::Url;

use crate::{ClientConfig, Document, Fetch, SignInError, config::is_endpoint, signature::ALGORITHMS};

/// What is used of a discovery document (OIDC Discovery, 3; RFC 8414; RFC 9207).
#[derive(Deserialize)]
pub(crate) struct Metadata {
    issuer: String,
    pub(crate) authorization_endpoint: String,
    pub(crate) token_endpoint: String,
    pub(crate) jwks_uri: String,
    #[serde(default)]
    id_token_signing_alg_values_supported: Vec<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    pub(crate) async fn fetch(config: &ClientConfig, fetch: &impl Fetch) -> Result<Self, SignInError> {
        let document = Document::Discovery;
        let url = format!("{}/.well-known/openid-configuration", config.issuer.trim_end_matches('/'));
        let response = fetch.get(&url).await;
        let metadata: Self =
            response.map_err(|source| SignInError::Unreachable { document, source })?.json(document)?;
        metadata.check(config)?;
        Ok(metadata)
    }

    fn check(&self, config: &ClientConfig) -> Result<(), SignInError> {
        // Exactly: with one character more or less it is another provider (Discovery, 4.3).
        if self.issuer != config.issuer {
            let (expected, found) = (config.issuer.clone(), self.issuer.clone());
            return Err(SignInError::Issuer { expected, found });
        }
        for (endpoint, url) in [
            ("authorization_endpoint", &self.authorization_endpoint),
            ("token_endpoint", &self.token_endpoint),
            ("jwks_uri", &self.jwks_uri),
        ] {
            if !Url::parse(url).is_ok_and(|url| is_endpoint(&url, config.allow_http)) {
                return Err(SignInError::Endpoint { endpoint });
            }
        }
        let supported = &self.id_token_signing_alg_values_supported;
        let is_common = |name: &String| ALGORITHMS.iter().any(|(known, _)| known == name);
        if !supported.is_empty() && !supported.iter().any(is_common) {
            return Err(SignInError::NoCommonAlgorithm);
        }
        Ok(())
    }

    /// Whether the client's secret goes in the `Authorization` header, as by default, or in the form.
    pub(crate) fn has_basic_authentication(&self) -> bool {
        let Some(methods) = &self.token_endpoint_auth_methods_supported else { return true };
        let has = |name: &str| methods.iter().any(|method| method == name);
        has("client_secret_basic") || !has("client_secret_post")
    }

    /// Whether every response names its issuer.
    pub(crate) const fn always_names_issuer(&self) -> bool {
        self.authorization_response_iss_parameter_supported
    }
}
