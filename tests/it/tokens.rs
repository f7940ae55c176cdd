//! Access tokens: which are valid, for how long, and for what. Every other request is answered with 401.

mod forgery;
mod rotation;

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use entity::{
    Timestamp,
    credential::{self, Strings},
};
use jsonwebtoken::Algorithm;
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    auth::{Permission, Permissions, credential as credentials},
    crypto::RootKey,
};

use self::forgery::Forgery;
use crate::harness::{Answer, Db, TestApp};

const QUERY: &str = "{ viewer { permissions } }";
const NOT_OURS: &str = "this is not an access token of this server";
const EXPIRED: &str = "this access token has expired: get a new one from /oauth2/token";
const REVOKED: &str = "the credential of this access token has been revoked";
const NEEDED: &str = "an access token is required: send `Authorization: Bearer TOKEN`";

async fn send(app: &TestApp, token: &str) -> Answer {
    app.post(token, &json!({ "query": QUERY })).await
}

async fn is_accepted(app: &TestApp, token: &str) -> bool {
    let answer = send(app, token).await;
    if answer.status == 200 {
        assert!(answer.json()["data"]["viewer"]["permissions"].is_array(), "{answer:?}");
        return true;
    }
    assert_eq!(answer.status, 401, "{answer:?}");
    false
}

/// Rejected with the reason, the code and the challenge of RFC 6750, section 3.
fn assert_refused(answer: &Answer, message: &str, case: &str) {
    assert_eq!(answer.status, 401, "{case}: {answer:?}");
    let body = json!({ "errors": [{ "message": message, "extensions": { "code": "UNAUTHENTICATED" } }] });
    assert_eq!(answer.json(), body, "{case}");
    assert_eq!(
        answer.header("www-authenticate"),
        "Bearer realm=\"verigraph\", error=\"invalid_token\"",
        "{case}"
    );
}

#[rstest]
#[tokio::test]
async fn a_token_is_required(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let body = json!({ "errors": [{ "message": NEEDED, "extensions": { "code": "UNAUTHENTICATED" } }] });
    let uri = format!("/graphql?query={}", "%7B%20viewer%20%7B%20permissions%20%7D%20%7D");
    let answer = app.get(&uri, &[("accept", "application/json")]).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (401, body));
    // The request had no token, so the challenge has no error.
    assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"verigraph\"");
    let bearer = format!("bearer {}", app.token);
    let answer = app.get(&uri, &[("accept", "application/json"), ("authorization", &bearer)]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[rstest]
#[tokio::test]
async fn a_header_that_is_not_exactly_one_bearer_token_is_rejected(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let bearer = format!("Bearer {}", app.token);
    let basic = format!("Basic {}", app.token);
    let uri = "/graphql?query=%7Bviewer%7Bpermissions%7D%7D";
    for (headers, message) in [
        (vec![("authorization", app.token.as_str())], "the Authorization header is not `Bearer TOKEN`"),
        (vec![("authorization", basic.as_str())], "the Authorization header is not `Bearer TOKEN`"),
        (vec![("authorization", "Bearer")], "the Authorization header is not `Bearer TOKEN`"),
        (vec![("authorization", "")], "the Authorization header is not `Bearer TOKEN`"),
        (vec![("authorization", "Bearer \u{e9}")], "the Authorization header is not `Bearer TOKEN`"),
        (
            vec![("authorization", bearer.as_str()), ("authorization", bearer.as_str())],
            "send one Authorization header",
        ),
    ] {
        assert_refused(&app.get(uri, &headers).await, message, &format!("{headers:?}"));
    }
    // Only the header is accepted: URLs are logged.
    let uri = format!("{uri}&access_token={}", app.token);
    assert_eq!(app.get(&uri, &[]).await.status, 401);
}

#[rstest]
#[tokio::test]
async fn a_forged_token_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let forge = async || Forgery::of(&app).await;
    let good = forge().await;
    assert!(is_accepted(&app, &good.token()).await, "the forger can do it right");

    let kid = good.header.kid.clone().unwrap();
    let other = Uuid::from_u128(7);
    let token = good.token();
    let [head, body, signature]: [&str; 3] = token.split('.').collect::<Vec<_>>().try_into().unwrap();
    let all = good.claims.to_string().replace("USERS:VIEW", "USERS:VIEW USERS:PERSONAL");
    let all = BASE64_URL_SAFE_NO_PAD.encode(all);
    let unsigned = good.claiming("none");
    let stripped = unsigned.rsplit_once('.').unwrap().0;
    for (case, token) in [
        ("no algorithm, signed", unsigned.clone()),
        ("no algorithm, no signature", format!("{stripped}.")),
        ("no algorithm, two parts", stripped.to_owned()),
        ("HS384 with our key", forge().await.signed(Algorithm::HS384)),
        ("HS512 with our key", forge().await.signed(Algorithm::HS512)),
        ("says RS256", good.claiming("RS256")),
        ("says ES256", good.claiming("ES256")),
        ("says HS512", good.claiming("HS512")),
        ("says nothing we know", good.claiming("HS1")),
        ("another key", forge().await.keyed(vec![0; 32])),
        ("an empty key", forge().await.keyed(Vec::new())),
        ("the key's name for a key", forge().await.keyed(kid.clone().into_bytes())),
        ("no kid", forge().await.named(None)),
        ("an unknown kid", forge().await.named(Some(&other.to_string()))),
        ("an unknown kid with its key", {
            let mut forgery = forge().await;
            forgery.secret = app.root.signing_key(other);
            forgery.named(Some(&other.to_string()))
        }),
        ("a kid that is a path", forge().await.named(Some("../../dev/null"))),
        ("a kid that is SQL", forge().await.named(Some("' OR '1'='1"))),
        ("no iss", forge().await.without("iss").token()),
        ("another iss", forge().await.with("iss", "verigraph2").token()),
        ("no aud", forge().await.without("aud").token()),
        ("another aud", forge().await.with("aud", "verigraph:results").token()),
        ("no sub", forge().await.without("sub").token()),
        ("a sub that is no id", forge().await.with("sub", "me").token()),
        ("no exp", forge().await.without("exp").token()),
        ("an exp that is no number", forge().await.with("exp", "never").token()),
        ("an exp of null", forge().await.with("exp", Value::Null).token()),
        ("no iat", forge().await.without("iat").token()),
        ("from the future", forge().await.with("iat", app.clock.now().seconds() + 6).token()),
        ("no scope", forge().await.without("scope").token()),
        ("more scope than was signed", format!("{head}.{all}.{signature}")),
        ("no signature", format!("{head}.{body}.")),
        ("half a signature", format!("{head}.{body}.{}", &signature[..20])),
        ("one part more", format!("{token}.{signature}")),
        ("garbage", "garbage".to_owned()),
        ("dots", "..".to_owned()),
        ("many dots", ".".repeat(5000)),
        ("nothing", String::new()),
    ] {
        assert_refused(&send(&app, &token).await, NOT_OURS, case);
    }
    let nobody = forge().await.with("sub", other.to_string()).token();
    assert_refused(&send(&app, &nobody).await, REVOKED, "a credential that is not there");
}

#[rstest]
#[tokio::test]
async fn a_token_of_another_server_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut forgery = Forgery::of(&app).await;
    let kid = Uuid::try_parse(forgery.header.kid.as_deref().unwrap()).unwrap();
    let root = RootKey::parse(&BASE64_STANDARD.encode([7; 32])).unwrap();
    forgery.secret = root.signing_key(kid);
    assert_refused(&send(&app, &forgery.token()).await, NOT_OURS, "another root key");
}

/// The clocks of two servers may differ by at most five seconds in either direction.
#[rstest]
#[tokio::test]
async fn a_token_is_valid_until_its_expiry_plus_five_seconds(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let token = app
        .token_of(
            app.credential(app.project, Permissions::all(), None).await.credential,
            Permissions::all(),
            60,
        )
        .await;
    let issued = app.clock.now();
    for (seconds, good) in
        [(-6, false), (-5, true), (0, true), (59, true), (60, true), (64, true), (65, false), (3600, false)]
    {
        app.clock.set(issued.plus_seconds(seconds));
        assert_eq!(is_accepted(&app, &token).await, good, "{seconds} seconds after");
    }
    assert_refused(&send(&app, &token).await, EXPIRED, "expired");
    app.clock.set(Timestamp(issued.0 + 64_999));
    assert!(is_accepted(&app, &token).await, "a millisecond before");
}

#[rstest]
#[tokio::test]
async fn a_token_is_valid_for_at_most_a_day(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let credential = app.credential(app.project, Permissions::all(), None).await.credential;
    let token = app.token_of(credential, Permissions::all(), i64::MAX).await;
    let issued = app.clock.now();
    app.clock.set(issued.plus_seconds(24 * 60 * 60));
    assert!(is_accepted(&app, &token).await);
    app.clock.set(issued.plus_seconds(24 * 60 * 60 + 5));
    assert_refused(&send(&app, &token).await, EXPIRED, "a day old");
}

#[rstest]
#[tokio::test]
async fn tokens_of_a_revoked_credential_are_rejected_within_seconds(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let used = app.token_of(pair.credential, Permissions::all(), 3600).await;
    assert!(is_accepted(&app, &used).await);
    assert!(credentials::revoke(&app.store, &app.clock, &pair.client_id).await.unwrap());
    // A server caches a credential for two seconds.
    tokio::time::sleep(std::time::Duration::from_millis(2100)).await;
    assert_refused(&send(&app, &used).await, REVOKED, "used before");
    assert!(
        !credentials::revoke(&app.store, &app.clock, &pair.client_id).await.unwrap(),
        "it is revoked already"
    );

    let pair = app.credential(app.project, Permissions::all(), None).await;
    let unused = app.token_of(pair.credential, Permissions::all(), 3600).await;
    credentials::revoke(&app.store, &app.clock, &pair.client_id).await.unwrap();
    assert_refused(&send(&app, &unused).await, REVOKED, "never used");
    assert!(is_accepted(&app, &app.token).await, "another credential's is as good as before");
}

#[rstest]
#[tokio::test]
async fn a_scope_narrows_and_never_widens(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let permissions =
        async |token: &str| app.query_as(token, QUERY, json!({})).await["viewer"]["permissions"].take();
    let few: Permissions = [Permission::UsersView].into_iter().collect();
    let all = app.credential(app.project, Permissions::all(), None).await.credential;
    let narrow = app.token_of(all, few, 3600).await;
    assert_eq!(permissions(&narrow).await, json!(["USERS:VIEW"]));
    let denied = app.run_as(&narrow, "{ identifications { totalCount } }", json!({})).await;
    assert_eq!(denied["errors"][0]["extensions"], json!({ "code": "FORBIDDEN" }));
    // Another token of the same credential is not limited by it.
    let everything: Vec<_> = Permission::ALL.iter().map(|permission| permission.name()).collect();
    assert_eq!(permissions(&app.token_of(all, Permissions::all(), 3600).await).await, json!(everything));
    assert_eq!(permissions(&app.token_of(all, Permissions::default(), 3600).await).await, json!([]));

    let one = app.credential(app.project, few, None).await.credential;
    let wide = app.token_of(one, Permissions::all(), 3600).await;
    assert_eq!(permissions(&wide).await, json!(["USERS:VIEW"]));
    let scope = Forgery::of(&app).await.with("sub", one.to_string());
    let scope = scope.with("scope", "USERS:PERSONAL * users:view ALL").token();
    assert_eq!(permissions(&scope).await, json!([]), "names that are not ours grant nothing");
}

/// A newer server may have stored the permission.
#[rstest]
#[tokio::test]
async fn an_unknown_permission_grants_nothing(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let one = app.credential(app.project, Permissions::default(), None).await.credential;
    let names = ["USERS:EVERYTHING", "users:view", "*", "IDENTIFICATIONS:VIEW"].map(str::to_owned);
    credential::Entity::update_many()
        .col_expr(credential::Column::Permissions, Expr::value(Strings(names.to_vec())))
        .filter(credential::Column::Id.eq(one))
        .exec(app.store.write())
        .await
        .unwrap();
    let token = app.token_of(one, Permissions::all(), 3600).await;
    let data = app.query_as(&token, QUERY, json!({})).await;
    assert_eq!(data, json!({ "viewer": { "permissions": ["IDENTIFICATIONS:VIEW"] } }));
}
