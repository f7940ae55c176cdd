//! Member accounts on a real server: the first account, and the recovery of one.

use std::net::SocketAddr;

use passwords::TotpSecret;
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::clock::Clock;

use super::{Place, servers::Server, servers::send, text};
use crate::{
    harness::{Answer, Db},
    members::{ProviderBehaviour, base32},
};

const PASSWORD: &str = "violet tractor sings 41 hymns";

async fn post(address: SocketAddr, path: &str, body: &Value) -> Answer {
    let (port, body) = (address.port(), body.to_string());
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\nX-Verigraph-Client: dashboard\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    send(address, format!("{head}{body}")).await
}

async fn needs_set_up(address: SocketAddr) -> bool {
    let port = address.port();
    let request = format!("GET /auth/state HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    send(address, request).await.json()["needsSetUp"].as_bool().unwrap()
}

/// Starts a server on an empty database. Returns its address and the token of the set-up link that it prints.
fn serve(place: &Place, url: &str) -> (Server, SocketAddr, String) {
    let mut server = Server::start(place, &["serve", "--database-url", url]);
    let address = server.address();
    let token = token_of(&server.read_until("  http"));
    (server, address, token)
}

/// The token of the link in a command's output.
fn token_of(said: &str) -> String {
    let link = said.split_whitespace().find(|word| word.contains("/dashboard/link#")).unwrap();
    link.split_once('#').unwrap().1.to_owned()
}

/// Accepts a link and confirms the second factor. Returns the answer to the confirmation.
async fn accept(address: SocketAddr, token: &str, email: &str) -> Answer {
    let wanted =
        json!({ "token": token, "name": "Ada", "email": email, "locale": "en", "password": PASSWORD });
    let accepted = post(address, "/auth/link/accept", &wanted).await;
    assert_eq!(accepted.status, 200, "{accepted:?}");
    let accepted = accepted.json();
    let secret = TotpSecret::from_bytes(&base32(accepted["totp"]["secret"].as_str().unwrap())).unwrap();
    let code = secret.code_at(Clock::machine().now().seconds()).unwrap();
    post(address, "/auth/link/confirm", &json!({ "attempt": accepted["attempt"], "code": code })).await
}

#[rstest]
#[tokio::test]
async fn the_first_account_is_created_only_with_the_set_up_link_that_serve_prints(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let place = Place::new();
    let url = place.database_url(db).await;
    let (server, address, token) = serve(&place, &url);
    // Without the token the page is served, but no account can be created.
    let page = format!("GET /dashboard/ HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", address.port());
    assert_eq!(send(address, page).await.status, 200);
    let without = json!({ "email": "eve@example.org", "password": PASSWORD });
    assert_eq!(post(address, "/auth/password", &without).await.status, 401);
    for wrong in ["", "x", &format!("{token}x")] {
        let wanted =
            json!({ "token": wrong, "name": "Eve", "email": "eve@example.org", "password": PASSWORD });
        assert_eq!(post(address, "/auth/link/accept", &wanted).await.status, 410, "{wrong}");
    }
    assert!(needs_set_up(address).await);
    assert_eq!(place.run_ok(&["member", "list", "--database-url", &url]), "");

    assert_eq!(accept(address, &token, "ada@example.org").await.status, 200);
    assert!(!needs_set_up(address).await);
    let again = json!({ "token": token, "name": "Eve", "email": "eve@example.org", "password": PASSWORD });
    let again = post(address, "/auth/link/accept", &again).await;
    assert_eq!((again.status.as_u16(), again.json()["code"].take()), (410, json!("LINK_SPENT")));
    let listed = place.run_ok(&["member", "list", "--database-url", &url]);
    assert!(listed.contains("ada@example.org") && !listed.contains("eve@example.org"), "{listed}");
    server.end("-TERM");
    // The command creates no set-up link once a member exists.
    let refused = place.run(&["member", "set-up-link", "--database-url", &url]);
    assert!(!refused.status.success());
}

#[rstest]
#[tokio::test]
async fn the_command_that_recovers_lets_a_member_in_by_a_new_password(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let place = Place::new();
    let url = place.database_url(db).await;
    let (server, address, token) = serve(&place, &url);
    assert_eq!(accept(address, &token, "ada@example.org").await.status, 200);

    let recover = ["member", "recover", "--database-url", &url];
    let printed = place.run_ok(&[&recover[..], &["ada@example.org"]].concat());
    let recovered = accept(address, &token_of(&printed), "ada@example.org").await;
    assert_eq!(recovered.status, 200, "{recovered:?}");
    assert!(recovered.headers["set-cookie"].to_str().unwrap().starts_with("verigraph-local="));
    let again = json!({ "token": token_of(&printed) });
    assert_eq!(post(address, "/auth/link/open", &again).await.status, 410);
    assert!(!place.run(&[&recover[..], &["eve@example.org"]].concat()).status.success());
    server.end("-TERM");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_that_recovers_lets_the_owner_in_while_the_exclusive_provider_is_down(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let place = Place::new();
    let url = place.database_url(db).await;
    let (server, address, token) = serve(&place, &url);
    assert_eq!(accept(address, &token, "ada@example.org").await.status, 200);
    server.end("-TERM");

    let provider = ProviderBehaviour::start(Clock::machine()).await;
    let issuer = provider.lock().unwrap().issuer.clone();
    let add = ["oidc", "add", "Acme", "--issuer", &issuer, "--client-id", "a", "--exclusive"];
    let added = place
        .command(&[&add[..], &["--database-url", &url]].concat())
        .env("VERIGRAPH_OIDC__ALLOW_PRIVATE", "true")
        .output()
        .unwrap();
    assert!(added.status.success(), "{}", text(&added.stderr));
    provider.lock().unwrap().is_down = true;

    let mut command = place.command(&["serve", "--database-url", &url, "--log-format", "json"]);
    command.args(["--listen", "127.0.0.1:0"]).env("VERIGRAPH_OIDC__ALLOW_PRIVATE", "true");
    let mut server = Server::of(command);
    let address = server.address();
    let state = send(address, format!("GET /auth/state HTTP/1.1\r\nHost: {address}\r\n\r\n")).await.json();
    let methods = &state["methods"];
    assert_eq!((&methods["password"], &methods["passkey"]), (&json!(false), &json!(false)));
    let by_password = json!({ "email": "ada@example.org", "password": PASSWORD });
    let refused = post(address, "/auth/password", &by_password).await;
    assert_eq!((refused.status.as_u16(), refused.json()["code"].take()), (403, json!("METHOD_OFF")));
    let by_provider = json!({ "provider": methods["oidc"][0]["id"] });
    let down = post(address, "/auth/oidc/begin", &by_provider).await;
    assert_eq!((down.status.as_u16(), down.json()["code"].take()), (502, json!("PROVIDER_FAILED")));

    let printed = place.run_ok(&["member", "recover", "ada@example.org", "--database-url", &url]);
    let recovered = accept(address, &token_of(&printed), "ada@example.org").await;
    assert_eq!(recovered.status, 200, "{recovered:?}");
    let member = recovered.json()["state"]["member"].take();
    assert_eq!((&member["email"], &member["isOperator"]), (&json!("ada@example.org"), &json!(true)));
    server.end("-TERM");
}
