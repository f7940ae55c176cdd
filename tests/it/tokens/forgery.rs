//! Tokens forged with knowledge of their format.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, Header, decode_header};
use ring::hmac;
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::auth::Permissions;

use crate::harness::TestApp;

/// The parts of a token, initially as the server would issue them.
pub struct Forgery {
    pub header: Header,
    pub claims: Value,
    pub secret: Vec<u8>,
}

impl Forgery {
    /// A valid token.
    pub async fn of(app: &TestApp) -> Self {
        let header = decode_header(&app.token).unwrap();
        let kid = Uuid::try_parse(header.kid.as_deref().unwrap()).unwrap();
        let credential = app.credential(app.project, Permissions::all(), None).await.credential;
        let now = app.clock.now().seconds();
        let claims = json!({
            "iss": "verigraph", "aud": "verigraph:graphql", "sub": credential, "scope": "USERS:VIEW",
            "iat": now, "exp": now + 60, "jti": Uuid::nil(),
        });
        Self { header, claims, secret: app.root.signing_key(kid) }
    }

    pub fn with(mut self, claim: &str, value: impl Into<Value>) -> Self {
        self.claims[claim] = value.into();
        self
    }

    pub fn without(mut self, claim: &str) -> Self {
        self.claims.as_object_mut().unwrap().remove(claim);
        self
    }

    pub fn token(&self) -> String {
        let hash = match self.header.alg {
            Algorithm::HS384 => hmac::HMAC_SHA384,
            Algorithm::HS512 => hmac::HMAC_SHA512,
            _ => hmac::HMAC_SHA256,
        };
        let header = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&self.header).unwrap());
        let message = format!("{header}.{}", BASE64_URL_SAFE_NO_PAD.encode(self.claims.to_string()));
        let signature = hmac::sign(&hmac::Key::new(hash, &self.secret), message.as_bytes());
        format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
    }

    pub fn signed(mut self, algorithm: Algorithm) -> String {
        self.header.alg = algorithm;
        self.token()
    }

    pub fn named(mut self, kid: Option<&str>) -> String {
        self.header.kid = kid.map(str::to_owned);
        self.token()
    }

    pub fn keyed(mut self, secret: Vec<u8>) -> String {
        self.secret = secret;
        self.token()
    }

    /// With a header that names another algorithm than the one it is signed with.
    pub fn claiming(&self, algorithm: &str) -> String {
        let header = json!({ "alg": algorithm, "typ": "JWT", "kid": self.header.kid });
        let header = BASE64_URL_SAFE_NO_PAD.encode(header.to_string());
        let token = self.token();
        let (_, rest) = token.split_once('.').unwrap();
        format!("{header}.{rest}")
    }
}
