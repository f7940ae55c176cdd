use std::{collections::HashMap, sync::Mutex};

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use oidc::{
    Callback, Client, ClientConfig, Fetch, FetchError, Identity, Prompt, Response, SignInError, Transaction,
};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use crate::keys::Key;

pub const NOW: i64 = 1_800_000_000;
pub const ISSUER: &str = "https://id.example.org/realms/acme";
pub const CLIENT: &str = "verifier";
const SECRET: &str = "s3cret:with space&more";

/// A provider. It behaves well unless a test changes a field.
pub struct Provider(pub Mutex<Behaviour>);

pub struct Behaviour {
    pub key: Key,
    pub key_id: String,
    /// Published beside the signing key.
    pub other_keys: Vec<Value>,
    pub is_key_published: bool,
    /// `alg` of tokens.
    pub algorithm: String,
    /// Changes of the discovery document, of the token's header and of its claims. `null` removes.
    pub metadata: Value,
    pub header: Value,
    pub claims: Value,
    /// Answers this to each request.
    pub failure: Option<Result<Response, FetchError>>,
    /// Paths of requests, in order.
    pub requests: Vec<String>,
    pub authorization: Option<String>,
    pub form: HashMap<String, String>,
    pending: HashMap<String, HashMap<String, String>>,
}

impl Provider {
    pub fn new(key: Key) -> Self {
        Self(Mutex::new(Behaviour {
            algorithm: key.algorithm().to_owned(),
            key,
            key_id: "key-1".to_owned(),
            other_keys: Vec::new(),
            is_key_published: true,
            metadata: json!({}),
            header: json!({}),
            claims: json!({}),
            failure: None,
            requests: Vec::new(),
            authorization: None,
            form: HashMap::new(),
            pending: HashMap::new(),
        }))
    }

    pub fn change(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.0.lock().unwrap());
    }

    /// Number of requests to a path since the provider began.
    pub fn count(&self, path: &str) -> usize {
        self.0.lock().unwrap().requests.iter().filter(|request| request.ends_with(path)).count()
    }

    /// What the browser does: the person signs in, and the provider sends the browser back.
    pub fn authorize(&self, url: &str) -> Callback {
        let url: url::Url = url.parse().unwrap();
        assert_eq!(url.path(), "/realms/acme/authorize");
        let query: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(query["tenant"], "7", "the endpoint's own query is kept");
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["code_challenge_method"], "S256");
        let state = Some(query["state"].clone());
        let mut behaviour = self.0.lock().unwrap();
        let code = format!("code-{}", behaviour.pending.len());
        behaviour.pending.insert(code.clone(), query);
        Callback { state, code: Some(code), ..Callback::default() }
    }
}

impl Behaviour {
    fn document(&self, path: &str) -> Option<Value> {
        match path {
            "/.well-known/openid-configuration" => {
                let mut document = json!({
                    "issuer": ISSUER,
                    "authorization_endpoint": format!("{ISSUER}/authorize?tenant=7"),
                    "token_endpoint": format!("{ISSUER}/token"),
                    "jwks_uri": format!("{ISSUER}/keys"),
                });
                merge(&mut document, &self.metadata);
                Some(document)
            }
            "/keys" => {
                let mut keys = self.other_keys.clone();
                if self.is_key_published {
                    keys.push(self.key.jwk(&self.key_id));
                }
                Some(json!({ "keys": keys }))
            }
            _ => None,
        }
    }

    /// Exchanges a code, once, for who has the verifier of its challenge and the client's secret.
    fn token(&mut self) -> Result<Value, &'static str> {
        let form = &self.form;
        let code = form.get("code").ok_or("invalid_request")?;
        let asked = self.pending.remove(code).ok_or("invalid_grant")?;
        let basic =
            format!("Basic {}", BASE64_STANDARD.encode(format!("{CLIENT}:s3cret%3Awith+space%26more")));
        let is_in_form = form.get("client_secret").is_some_and(|secret| secret == SECRET);
        if self.authorization.as_ref() != Some(&basic) && !is_in_form {
            return Err("invalid_client");
        }
        let verifier = form.get("code_verifier").map(String::as_bytes).unwrap_or_default();
        let is_verified = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier)) == asked["code_challenge"];
        if form["grant_type"] != "authorization_code"
            || form["redirect_uri"] != asked["redirect_uri"]
            || !is_verified
        {
            return Err("invalid_grant");
        }
        let mut header = json!({ "alg": self.algorithm, "kid": self.key_id, "typ": "JWT" });
        merge(&mut header, &self.header);
        let mut claims = json!({
            "iss": ISSUER, "aud": asked["client_id"], "sub": "248289761001", "nonce": asked["nonce"],
            "exp": NOW + 300, "iat": NOW, "name": "Ada Lovelace", "email": "ada@example.org", "email_verified": true,
            "groups": ["clerks", "vip"], "realm_access": { "roles": ["auditor"] },
        });
        merge(&mut claims, &self.claims);
        let encode = |part: &Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
        let message = format!("{}.{}", encode(&header), encode(&claims));
        let signature = self.key.sign(&self.algorithm, message.as_bytes());
        let token = format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature));
        Ok(json!({ "token_type": "Bearer", "access_token": "opaque", "id_token": token }))
    }
}

impl Fetch for Provider {
    async fn get(&self, url: &str) -> Result<Response, FetchError> {
        let mut behaviour = self.0.lock().unwrap();
        let path = url.strip_prefix(ISSUER).ok_or(FetchError("address_not_allowed"))?;
        behaviour.requests.push(path.to_owned());
        if let Some(failure) = &behaviour.failure {
            return failure.clone();
        }
        Ok(answer(200, &behaviour.document(path).unwrap()))
    }

    async fn post_form(
        &self,
        url: &str,
        form: String,
        authorization: Option<&str>,
    ) -> Result<Response, FetchError> {
        let mut behaviour = self.0.lock().unwrap();
        let path = url.strip_prefix(ISSUER).ok_or(FetchError("address_not_allowed"))?;
        behaviour.requests.push(path.to_owned());
        behaviour.form = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
        behaviour.authorization = authorization.map(str::to_owned);
        if let Some(failure) = &behaviour.failure {
            return failure.clone();
        }
        Ok(match behaviour.token() {
            Ok(response) => answer(200, &response),
            Err(error) => answer(400, &json!({ "error": error })),
        })
    }
}

pub fn answer(status: u16, body: &Value) -> Response {
    Response { status, body: body.to_string().into_bytes() }
}

fn merge(document: &mut Value, changes: &Value) {
    let document = document.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            document.remove(name);
        } else {
            document.insert(name.clone(), value.clone());
        }
    }
}

pub fn config() -> ClientConfig {
    ClientConfig {
        issuer: ISSUER.to_owned(),
        client_id: CLIENT.to_owned(),
        client_secret: Some(SECRET.to_owned().into()),
        redirect_uri: "https://app.example.org/auth/oidc/callback".to_owned(),
        scopes: vec!["email".to_owned()],
        groups_claim: Some("groups".to_owned()),
        allow_http: false,
    }
}

pub fn client() -> Client {
    Client::new(config()).unwrap()
}

/// Signs in from start to finish. `change` is applied between, to what the browser brings back.
pub async fn sign_in_with(
    client: &Client,
    provider: &Provider,
    prompt: Prompt,
    now: i64,
    change: impl FnOnce(&mut Transaction, &mut Callback),
) -> Result<Identity, SignInError> {
    let mut started = client.start(provider, prompt, NOW).await?;
    let mut callback = provider.authorize(&started.url);
    change(&mut started.transaction, &mut callback);
    client.finish(provider, &started.transaction, &callback, now).await
}

pub async fn sign_in(client: &Client, provider: &Provider) -> Result<Identity, SignInError> {
    sign_in_with(client, provider, Prompt::Default, NOW, |_, _| {}).await
}
