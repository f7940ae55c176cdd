//! Requests to identity providers, by the rules for addresses of webhooks.

use std::{
    collections::HashMap,
    error::Error as StdError,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use egress::{Bounds, EgressPolicy, Failure, Fetched};
use entity::oidc_provider::Model as Provider;
use oidc::{Client, ClientConfig, Fetch, FetchError, RESPONSE_LIMIT, Response, TIMEOUT};
use uuid::Uuid;

use super::secret;
use crate::{Error, Result, config, crypto::RootKey};

const USER_AGENT: &str = concat!("verigraph/", env!("CARGO_PKG_VERSION"));
/// The path that providers send browsers back to.
pub const CALLBACK: &str = "/dashboard/oidc";

/// This installation at its providers, with what is kept of them. Cheap to clone.
#[derive(Clone)]
pub struct Providers(Arc<Parts>);

struct Parts {
    allow_private: bool,
    /// Created for the first request, as most installations have no provider. `None` if the machine has no CA
    /// certificates.
    http: OnceLock<Option<egress::Sender>>,
    /// By provider and redirect URI.
    clients: Mutex<HashMap<(Uuid, String), Arc<Client>>>,
}

impl std::fmt::Debug for Providers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Providers")
    }
}

impl Providers {
    /// Creates the clients of an installation.
    #[must_use]
    pub fn new(config: &config::Oidc) -> Self {
        let (http, clients) = (OnceLock::new(), Mutex::default());
        Self(Arc::new(Parts { allow_private: config.allow_private, http, clients }))
    }

    fn http(&self) -> Option<&egress::Sender> {
        let create = || {
            let is_anywhere = self.0.allow_private;
            let policy = if is_anywhere { EgressPolicy::Everywhere } else { EgressPolicy::Internet };
            let sender = egress::Sender::new(policy, USER_AGENT, Vec::new()).inspect_err(|error| {
                tracing::error!(
                    error = error as &dyn StdError,
                    "failed to create the client of OIDC providers"
                );
            });
            sender.ok()
        };
        self.0.http.get_or_init(create).as_ref()
    }

    /// The client at a provider, which sends browsers back to this origin of the server.
    ///
    /// # Errors
    ///
    /// When the secret was sealed with another root key, or the configuration is not valid.
    pub fn client(&self, root: &RootKey, provider: &Provider, origin: &str) -> Result<Arc<Client>> {
        let redirect_uri = format!("{origin}{CALLBACK}");
        let mut clients = self.0.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&(provider.id, redirect_uri.clone())) {
            return Ok(client.clone());
        }
        let client = Client::new(self.config(root, provider, redirect_uri.clone())?);
        let client = Arc::new(client.map_err(|error| {
            tracing::error!(
                provider = provider.label,
                "the configuration of an OIDC provider is not valid: {error}"
            );
            Error::Fault("the configuration of an OIDC provider is not valid")
        })?);
        clients.insert((provider.id, redirect_uri), client.clone());
        Ok(client)
    }

    /// The configuration at a provider, which [`Client::new`] checks.
    ///
    /// # Errors
    ///
    /// When the secret was sealed with another root key.
    pub fn config(&self, root: &RootKey, provider: &Provider, redirect_uri: String) -> Result<ClientConfig> {
        Ok(ClientConfig {
            issuer: provider.issuer.clone(),
            client_id: provider.client_id.clone(),
            client_secret: secret::open(root, provider)?,
            redirect_uri,
            scopes: provider.scopes.0.clone(),
            groups_claim: provider.groups_claim.clone(),
            allow_http: self.0.allow_private,
        })
    }

    async fn send(
        &self,
        url: &str,
        form: Option<String>,
        authorization: Option<&str>,
    ) -> Result<Response, FetchError> {
        const BOUNDS: Bounds = Bounds { timeout: TIMEOUT, bytes: RESPONSE_LIMIT };
        let Some(http) = self.http() else { return Err(FetchError(Failure::NotConnected.name())) };
        let mut headers = vec![("accept", "application/json")];
        headers.extend(authorization.map(|value| ("authorization", value)));
        let sent = match form {
            Some(form) => http.post_form(url, &headers, form, BOUNDS).await,
            None => http.get(url, &headers, BOUNDS).await,
        };
        let Fetched { status, body } = sent.map_err(|failure| FetchError(failure.name()))?;
        Ok(Response { status, body })
    }
}

impl Fetch for Providers {
    async fn get(&self, url: &str, authorization: Option<&str>) -> Result<Response, FetchError> {
        self.send(url, None, authorization).await
    }

    async fn post_form(
        &self,
        url: &str,
        form: String,
        authorization: Option<&str>,
    ) -> Result<Response, FetchError> {
        self.send(url, Some(form), authorization).await
    }
}
