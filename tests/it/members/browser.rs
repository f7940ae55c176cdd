use std::{collections::BTreeMap, net::IpAddr};

use axum::{
    body::Body,
    http::{Method, Request},
};
use entity::{member_link::Purpose, role::BuiltIn};
use passwords::TotpSecret;
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    http::peer::PeerAddress,
    member::{
        link::{self, HOUR, NewLink},
        roles,
    },
};

use crate::harness::{Answer, TestApp};

/// A password that is hard to guess.
pub const PASSWORD: &str = "violet tractor sings 41 hymns";

/// A browser: keeps cookies, and sends what the dashboard sends.
#[derive(Clone, Debug)]
pub struct Browser {
    pub cookies: BTreeMap<String, String>,
    pub headers: Vec<(&'static str, String)>,
    /// The address that its requests come from.
    pub address: Option<IpAddr>,
}

impl Default for Browser {
    fn default() -> Self {
        Self {
            cookies: BTreeMap::new(),
            address: None,
            headers: vec![
                ("host", "localhost:8080".to_owned()),
                ("origin", "http://localhost:8080".to_owned()),
                ("x-verigraph-client", "dashboard".to_owned()),
                ("content-type", "application/json".to_owned()),
            ],
        }
    }
}

impl Browser {
    /// A browser at an address.
    pub fn from_address(address: &str) -> Self {
        Self { address: Some(address.parse().unwrap()), ..Self::default() }
    }

    /// The same browser with another value of a header; none: without it.
    pub fn with(mut self, name: &'static str, value: Option<&str>) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.extend(value.map(|value| (name, value.to_owned())));
        self
    }

    /// Sends a request and keeps the cookies of the answer.
    pub async fn send(&mut self, app: &TestApp, method: Method, path: &str, body: &Value) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<_> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", cookies.join("; "));
        }
        if let Some(address) = self.address {
            request = request.extension(PeerAddress(address));
        }
        let answer = app.send(request.body(Body::from(body.to_string())).unwrap()).await;
        for cookie in answer.headers.get_all("set-cookie") {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    pub async fn post(&mut self, app: &TestApp, path: &str, body: Value) -> Answer {
        self.send(app, Method::POST, path, &body).await
    }

    pub async fn state(&mut self, app: &TestApp) -> Value {
        let answer = self.send(app, Method::GET, "/auth/state", &Value::Null).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    /// Whether a member is signed in.
    pub async fn is_signed_in(&mut self, app: &TestApp) -> bool {
        !self.state(app).await["member"].is_null()
    }

    /// The first step of a sign-in by password.
    pub async fn password(&mut self, app: &TestApp, email: &str, password: &str) -> Answer {
        self.post(app, "/auth/password", json!({ "email": email, "password": password })).await
    }

    /// A whole sign-in by password and code.
    pub async fn sign_in(&mut self, app: &TestApp, person: &Person) -> Answer {
        let first = self.password(app, &person.email, &person.password).await;
        assert_eq!(first.status, 200, "{first:?}");
        let code = person.code(app);
        self.post(app, "/auth/totp", json!({ "attempt": first.json()["attempt"], "code": code })).await
    }

    /// An access token for the explorer, with all permissions of the member.
    pub async fn token(&mut self, app: &TestApp, project: Uuid) -> String {
        let wanted = json!({ "projectId": project, "readOnly": false });
        let answer = self.post(app, "/auth/explorer-token", wanted).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()["token"].as_str().unwrap().to_owned()
    }
}

/// A person with an account.
#[derive(Clone)]
pub struct Person {
    pub email: String,
    pub password: String,
    pub secret: TotpSecret,
    pub recovery_codes: Vec<String>,
}

impl Person {
    /// A person that has accepted an invitation, and its browser. The codes of the next half minute are unused.
    pub async fn invited(
        app: &TestApp,
        email: &str,
        role: BuiltIn,
        tags: Option<&[&str]>,
    ) -> (Self, Browser) {
        let token = invitation(app, email, role, tags).await;
        let mut browser = Browser::default();
        let person = Self::accepting(app, &mut browser, &token, email).await;
        app.clock.set(app.clock.now().plus_seconds(60));
        (person, browser)
    }

    /// A person that accepts a link.
    pub async fn accepting(app: &TestApp, browser: &mut Browser, token: &str, email: &str) -> Self {
        let wanted = json!({
            "token": token, "name": "Ada Lovelace", "email": email, "locale": "en", "password": PASSWORD,
        });
        let accepted = browser.post(app, "/auth/link/accept", wanted).await;
        assert_eq!(accepted.status, 200, "{accepted:?}");
        let accepted = accepted.json();
        let secret = TotpSecret::from_bytes(&base32(accepted["totp"]["secret"].as_str().unwrap())).unwrap();
        let code = secret.code_at(app.clock.now().seconds()).unwrap();
        let confirm = json!({ "attempt": accepted["attempt"], "code": code });
        let confirmed = browser.post(app, "/auth/link/confirm", confirm).await;
        assert_eq!(confirmed.status, 200, "{confirmed:?}");
        let recovery_codes = serde_json::from_value(confirmed.json()["recoveryCodes"].take()).unwrap();
        Self { email: email.to_owned(), password: PASSWORD.to_owned(), secret, recovery_codes }
    }

    /// The present code of the authenticator app.
    pub fn code(&self, app: &TestApp) -> String {
        self.secret.code_at(app.clock.now().seconds()).unwrap()
    }
}

/// The token of an invitation to the project of the test.
pub async fn invitation(app: &TestApp, email: &str, role: BuiltIn, tags: Option<&[&str]>) -> String {
    invitation_to(app, app.project, email, role, tags).await
}

/// The token of an invitation to a project.
pub async fn invitation_to(
    app: &TestApp,
    project: Uuid,
    email: &str,
    role: BuiltIn,
    tags: Option<&[&str]>,
) -> String {
    let db = app.store.write();
    roles::ensure_built_in(db, &app.clock, project).await.unwrap();
    let role = roles::built_in(db, project, role).await.unwrap();
    let tags = tags.map(|tags| tags.iter().map(|tag| (*tag).to_owned()).collect());
    let new = NewLink {
        purpose: Purpose::Invite,
        member: None,
        membership: Some((project, role.id, tags)),
        email: Some(email.to_owned()),
        is_operator: false,
        created_by: None,
        life: HOUR,
    };
    link::create(db, &app.root, &app.clock, new).await.unwrap()
}

/// The token of a link that creates the first member.
pub async fn set_up(app: &TestApp) -> String {
    let new = NewLink {
        purpose: Purpose::SetUp,
        member: None,
        membership: None,
        email: None,
        is_operator: true,
        created_by: None,
        life: HOUR,
    };
    link::create(app.store.write(), &app.root, &app.clock, new).await.unwrap()
}

/// The present code for an account that was accepted.
pub fn code_of(app: &TestApp, accepted: &Value) -> String {
    let secret = TotpSecret::from_bytes(&base32(accepted["totp"]["secret"].as_str().unwrap())).unwrap();
    secret.code_at(app.clock.now().seconds()).unwrap()
}

/// The bytes of a base32 text (RFC 4648), which people may type in groups.
pub fn base32(text: &str) -> Vec<u8> {
    let letters = text.bytes().filter(|byte| *byte != b' ' && *byte != b'=').map(|byte| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'2'..=b'7' => byte - b'2' + 26,
        _ => panic!("not base32: {text}"),
    });
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for letter in letters {
        bits = bits << 5 | u32::from(letter);
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    bytes
}
