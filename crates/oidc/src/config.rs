use std::fmt;

use url::Url;
use zeroize::Zeroizing;

/// Hosts of Microsoft Entra ID, by cloud.
const ENTRA: [&str; 4] = [
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
    "login.chinacloudapi.cn",
];
/// First parts of the path of its addresses that are not those of one tenant.
const NO_TENANT: [&str; 3] = ["common", "organizations", "consumers"];

/// This application as it is registered at a provider.
#[derive(Clone)]
pub struct ClientConfig {
    /// The provider's issuer, exactly as its discovery document has it.
    pub issuer: String,
    pub client_id: String,
    /// Without a secret, PKCE alone binds the code to this application.
    pub client_secret: Option<Zeroizing<String>>,
    /// Where the provider sends the browser back to.
    pub redirect_uri: String,
    /// Scopes besides `openid`, such as `email`, `profile`, `groups`.
    pub scopes: Vec<String>,
    /// The claim that has the person's groups. If no claim has this name, it is read as a path of names with
    /// dots between them, such as `realm_access.roles`.
    pub groups_claim: Option<String>,
    /// Allows `http` for the provider's addresses: for a provider in the own network, and for tests.
    pub allow_http: bool,
}

/// Why a configuration is rejected, with a message for the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("`issuer` must be an https address without query and fragment, such as https://id.example.org")]
    Issuer,
    #[error(
        "`issuer` is an address for all tenants, under which anybody's tenant could sign people in: write that of your tenant, https://{host}/TENANT-ID/v2.0, where TENANT-ID is the directory (tenant) ID of the app registration"
    )]
    AllTenants { host: String },
    #[error("`client_id` must not be empty")]
    ClientId,
    #[error("`redirect_uri` must be a complete address")]
    RedirectUri,
    #[error("`scopes` must be words of printable characters, without spaces and quotes")]
    Scopes,
}

impl ClientConfig {
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let issuer: Url = self.issuer.parse().map_err(|_| ConfigError::Issuer)?;
        if !is_endpoint(&issuer, self.allow_http) || issuer.query().is_some() {
            return Err(ConfigError::Issuer);
        }
        let host = issuer.host_str().unwrap_or_default();
        let first = issuer.path_segments().and_then(|mut parts| parts.next()).unwrap_or_default();
        if ENTRA.contains(&host) && NO_TENANT.contains(&first.to_ascii_lowercase().as_str()) {
            return Err(ConfigError::AllTenants { host: host.to_owned() });
        }
        if self.client_id.is_empty() {
            return Err(ConfigError::ClientId);
        }
        if Url::parse(&self.redirect_uri).is_err() {
            return Err(ConfigError::RedirectUri);
        }
        // The characters of a scope: RFC 6749, 3.3.
        let is_scope = |scope: &String| {
            !scope.is_empty()
                && scope.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\'))
        };
        if self.scopes.iter().all(is_scope) { Ok(()) } else { Err(ConfigError::Scopes) }
    }

    /// The scopes to ask for, `openid` first.
    pub(crate) fn scope(&self) -> String {
        let others = self.scopes.iter().map(String::as_str).filter(|&scope| scope != "openid");
        std::iter::once("openid").chain(others).collect::<Vec<_>>().join(" ")
    }
}

/// Whether requests may be sent to an address, and browsers to it.
pub(crate) fn is_endpoint(url: &Url, allow_http: bool) -> bool {
    let is_scheme = url.scheme() == "https" || (allow_http && url.scheme() == "http");
    is_scheme
        && url.host_str().is_some_and(|host| !host.is_empty())
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}

impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientConfig")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(issuer: &str) -> ClientConfig {
        ClientConfig {
            issuer: issuer.to_owned(),
            client_id: "verifier".to_owned(),
            client_secret: Some(Zeroizing::new("hush".to_owned())),
            redirect_uri: "https://app.example.org/auth/oidc/callback".to_owned(),
            scopes: vec!["email".to_owned(), "openid".to_owned(), "groups".to_owned()],
            groups_claim: None,
            allow_http: false,
        }
    }

    #[test]
    fn accepts_issuers_with_and_without_a_path() {
        for issuer in [
            "https://accounts.google.com",
            "https://acme.eu.auth0.com/",
            "https://id.example.org:8443/realms/acme",
            "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0",
        ] {
            assert_eq!(config(issuer).check(), Ok(()), "{issuer}");
        }
    }

    #[test]
    fn rejects_issuers_that_are_not_plain_https_addresses() {
        for issuer in
            ["", "id.example.org", "http://id.example.org", "https://id.example.org?a=b", "https://id#x"]
        {
            assert_eq!(config(issuer).check(), Err(ConfigError::Issuer), "{issuer}");
        }
        let local = ClientConfig { allow_http: true, ..config("http://127.0.0.1:8080") };
        assert_eq!(local.check(), Ok(()));
    }

    #[test]
    fn refuses_entra_addresses_of_all_tenants_and_advises_the_tenants() {
        for path in ["common/v2.0", "organizations/v2.0", "consumers/v2.0", "Common/v2.0", "common"] {
            let error = config(&format!("https://login.microsoftonline.com/{path}")).check().unwrap_err();
            let message = error.to_string();
            assert!(message.contains("https://login.microsoftonline.com/TENANT-ID/v2.0"), "{message}");
        }
    }

    #[test]
    fn rejects_incomplete_registrations() {
        let good = config("https://id.example.org");
        let no_id = ClientConfig { client_id: String::new(), ..good.clone() };
        assert_eq!(no_id.check(), Err(ConfigError::ClientId));
        let relative = ClientConfig { redirect_uri: "/auth/oidc/callback".to_owned(), ..good.clone() };
        assert_eq!(relative.check(), Err(ConfigError::RedirectUri));
        for scope in ["", "a b", "a\"", "é"] {
            let wrong = ClientConfig { scopes: vec![scope.to_owned()], ..good.clone() };
            assert_eq!(wrong.check(), Err(ConfigError::Scopes), "{scope}");
        }
    }

    #[test]
    fn asks_for_openid_once_and_first() {
        assert_eq!(config("https://id.example.org").scope(), "openid email groups");
    }

    #[test]
    fn the_secret_is_not_shown_in_logs() {
        assert!(!format!("{:?}", config("https://id.example.org")).contains("hush"));
    }
}
