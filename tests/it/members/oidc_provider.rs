//! An identity provider of the test, on this machine.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::role::BuiltIn;
use ring::{
    digest::{SHA256, digest},
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    clock::Clock,
    member::{
        oidc::provider::{self, NewMapping, NewProvider},
        roles,
    },
};

use crate::harness::TestApp;

/// A provider. It behaves well unless a test changes a field.
#[derive(Clone)]
pub struct Provider {
    pub id: Uuid,
    pub behaviour: Arc<Mutex<Behaviour>>,
}

pub struct Behaviour {
    pub issuer: String,
    clock: Clock,
    key: EcdsaKeyPair,
    /// `alg` of tokens.
    pub algorithm: &'static str,
    /// Changes of a token's claims. `null` removes.
    pub claims: Value,
    /// Whether the provider forgets what each code was asked for with, as if the verifier were missing.
    pub has_other_challenge: bool,
    pub is_down: bool,
    /// The query of the sign-in page, by code.
    pending: HashMap<String, HashMap<String, String>>,
}

type Answer = (StatusCode, Json<Value>);

impl Behaviour {
    /// Starts a provider that no server knows yet.
    pub async fn start(clock: Clock) -> Arc<Mutex<Self>> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (random, algorithm) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let behaviour = Arc::new(Mutex::new(Self {
            issuer: format!("http://{}", listener.local_addr().unwrap()),
            clock,
            key: EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap(),
            algorithm: "ES256",
            claims: json!({}),
            has_other_challenge: false,
            is_down: false,
            pending: HashMap::new(),
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(behaviour.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        behaviour
    }
}

impl Provider {
    /// Starts a provider that is known to the server.
    pub async fn start(app: &TestApp, is_exclusive: bool) -> Self {
        let behaviour = Behaviour::start(app.clock.clone()).await;
        let issuer = behaviour.lock().unwrap().issuer.clone();
        let new = NewProvider {
            label: "Acme".to_owned(),
            issuer,
            client_id: "verigraph".to_owned(),
            client_secret: Some("the secret of the client".to_owned().into()),
            scopes: vec!["email".to_owned()],
            groups_claim: Some("groups".to_owned()),
            is_exclusive,
        };
        let row = provider::row(&app.root, &app.clock, new).unwrap();
        let id = row.id;
        provider::insert(app.store.write(), row).await.unwrap();
        Self { id, behaviour }
    }

    pub fn change(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.behaviour.lock().unwrap());
    }

    /// Changes the claims of the tokens that follow.
    pub fn claims(&self, claims: Value) {
        self.change(|it| it.claims = claims);
    }

    /// Gives a group a role in the project of the test.
    pub async fn map(&self, app: &TestApp, group: &str, role: BuiltIn, rank: i32) {
        roles::ensure_built_in(app.store.write(), &app.clock, app.project).await.unwrap();
        let role = roles::built_in(app.store.write(), app.project, role).await.unwrap();
        let new = NewMapping {
            provider: self.id,
            group: group.to_owned(),
            project: app.project,
            role: role.id,
            tag_limits: None,
            rank,
        };
        let transaction = app.store.begin().await.unwrap();
        provider::map(&transaction, &app.clock, new).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// What the browser does: the person signs in, and the provider sends the browser back with these parameters.
    pub fn authorize(&self, url: &str) -> Value {
        let (_, query) = url.split_once('?').unwrap();
        let query: HashMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        assert_eq!(
            (query["response_type"].as_str(), query["code_challenge_method"].as_str()),
            ("code", "S256")
        );
        assert_eq!(query["redirect_uri"], "http://localhost:8080/dashboard/oidc");
        let state = query["state"].clone();
        let mut behaviour = self.behaviour.lock().unwrap();
        let code = format!("code-{}", behaviour.pending.len());
        behaviour.pending.insert(code.clone(), query);
        json!({ "state": state, "code": code })
    }
}

async fn discovery(State(behaviour): State<Arc<Mutex<Behaviour>>>) -> Answer {
    let behaviour = behaviour.lock().unwrap();
    if behaviour.is_down {
        return (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({})));
    }
    let issuer = &behaviour.issuer;
    let document = json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys"),
    });
    (StatusCode::OK, Json(document))
}

async fn keys(State(behaviour): State<Arc<Mutex<Behaviour>>>) -> Answer {
    let behaviour = behaviour.lock().unwrap();
    let point = behaviour.key.public_key().as_ref();
    let (x, y) = (encode(&point[1..33]), encode(&point[33..]));
    let key = json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "1", "x": x, "y": y });
    (StatusCode::OK, Json(json!({ "keys": [key] })))
}

/// Exchanges a code, once, for who has the verifier of its challenge.
async fn token(
    State(behaviour): State<Arc<Mutex<Behaviour>>>,
    Form(form): Form<HashMap<String, String>>,
) -> Answer {
    let mut behaviour = behaviour.lock().unwrap();
    let asked = behaviour.pending.remove(&form["code"]).unwrap();
    let verifier = form.get("code_verifier").map(String::as_bytes).unwrap_or_default();
    let challenge = encode(digest(&SHA256, verifier).as_ref());
    if challenge != asked["code_challenge"]
        || behaviour.has_other_challenge
        || form["redirect_uri"] != asked["redirect_uri"]
    {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
    }
    let now = behaviour.clock.now().seconds();
    let mut claims = json!({
        "iss": behaviour.issuer, "aud": asked["client_id"], "sub": "248289761001", "nonce": asked["nonce"],
        "exp": now + 300, "iat": now, "name": "Grace Hopper", "email": "grace@example.org", "groups": ["clerks"],
    });
    for (name, value) in behaviour.claims.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let header = json!({ "alg": behaviour.algorithm, "kid": "1", "typ": "JWT" });
    let message =
        format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()));
    let signature = match behaviour.algorithm {
        "none" => Vec::new(),
        // What somebody makes who has the public key alone.
        "HS256" => {
            let key = hmac::Key::new(hmac::HMAC_SHA256, behaviour.key.public_key().as_ref());
            hmac::sign(&key, message.as_bytes()).as_ref().to_vec()
        }
        _ => {
            let signed = behaviour.key.sign(&SystemRandom::new(), message.as_bytes());
            signed.unwrap().as_ref().to_vec()
        }
    };
    let token = format!("{message}.{}", encode(&signature));
    (StatusCode::OK, Json(json!({ "token_type": "Bearer", "access_token": "opaque", "id_token": token })))
}

fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
