//! How large an export may be, how long it may take, how many run at once, and what ends one early.

use axum::{
    body::{Body, BodyDataStream, Bytes},
    http::{Method, Request, header},
};
use entity::{
    proofing_request::{DeviceCheck, State},
    proofing_total::{self, EVERY_DAY},
    role::BuiltIn,
};
use futures_util::{StreamExt, TryStreamExt};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{export, exported, lines};
use crate::{
    harness::{Db, NewProofing, TestApp},
    members::{Browser, Person},
    names::many,
};

/// Makes the kept total of proofing requests of the project this large, without the requests.
async fn counts(app: &TestApp, count: i64) {
    let total = proofing_total::Model {
        project_id: app.project,
        day: EVERY_DAY,
        device_check_result: DeviceCheck::Deny,
        state: State::Init,
        document_authentication_result: String::new(),
        face_match: String::new(),
        slot: 0,
        count,
    };
    let row = total.into_active_model().reset_all();
    proofing_total::Entity::insert(row).exec_without_returning(app.store.write()).await.unwrap();
}

#[rstest]
#[case(99_999, true)]
#[case(100_000, false)]
#[tokio::test]
async fn a_list_of_more_than_a_hundred_thousand_rows_is_refused_as_a_whole(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
    #[case] others: i64,
    #[case] is_exported: bool,
) {
    let app = TestApp::start(db).await;
    app.proofing(NewProofing::default()).await;
    counts(&app, others).await;
    let answer = export(&app, &app.token, "proofingRequests", &json!({})).await;
    if is_exported {
        assert_eq!(lines(&answer).len(), 1);
    } else {
        let message = "invalid argument `filters`: the list has 100001 rows, an export at most 100000: narrow the filters";
        assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["message"]), (400, &json!(message)));
        // The rows that the filters leave are fewer.
        let allowed = json!({ "filters": { "deviceCheckResult": "ALLOW" } });
        assert_eq!(lines(&export(&app, &app.token, "proofingRequests", &allowed).await).len(), 1);
    }
    assert_eq!(exported(&app).await, 1);
}

/// An export that was answered, whose rows are read one page at a time.
struct Running(BodyDataStream);

impl Running {
    async fn start(app: &TestApp, request: Request<Body>) -> Self {
        let answer = app.router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), 200);
        Self(answer.into_body().into_data_stream())
    }

    /// The next rows.
    async fn page(&mut self) -> Option<Result<Bytes, axum::Error>> {
        self.0.next().await
    }

    /// The number of the remaining rows, if nothing ends the export early.
    async fn rest(self) -> Result<usize, axum::Error> {
        let pages: Vec<Bytes> = self.0.try_collect().await?;
        Ok(pages.iter().map(|page| page.split(|byte| *byte == b'\n').count() - 1).sum())
    }
}

fn request(token: &str) -> Request<Body> {
    let request = Request::post("/export/users")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json");
    request.body(Body::from("{}")).unwrap()
}

/// The request of a browser, with its cookies.
fn of_browser(app: &TestApp, browser: &Browser) -> Request<Body> {
    let mut request = Request::post("/export/users").header("x-verigraph-project", app.project.to_string());
    for (name, value) in &browser.headers {
        request = request.header(*name, value);
    }
    let cookies: Vec<_> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    request.header("cookie", cookies.join("; ")).body(Body::from("{}")).unwrap()
}

/// Users for three pages.
async fn users(app: &TestApp) {
    let names: Vec<_> = (0..250).map(|index| ("Ada".to_owned(), format!("Muster{index}"))).collect();
    many(app, &names).await;
}

#[rstest]
#[tokio::test]
async fn a_caller_has_one_export_at_a_time(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    users(&app).await;
    let (_, mut ada) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let token = ada.token(&app, app.project).await;
    let mut running = Running::start(&app, request(&token)).await;
    running.page().await.unwrap().unwrap();
    let busy = export(&app, &token, "auditEvents", &json!({})).await;
    assert_eq!((busy.status.as_u16(), busy.code()), (503, "OVERLOADED".to_owned()), "{}", busy.text);
    // Another caller is not concerned, and what is read to its end is over, as is what a client gives up.
    let other = Running::start(&app, request(&app.token)).await;
    assert_eq!(other.rest().await.unwrap(), 250);
    assert_eq!(running.rest().await.unwrap(), 150);
    let mut given_up = Running::start(&app, request(&token)).await;
    given_up.page().await.unwrap().unwrap();
    drop(given_up);
    assert_eq!(Running::start(&app, request(&token)).await.rest().await.unwrap(), 250);
}

#[rstest]
#[tokio::test]
async fn an_export_ends_after_ten_minutes(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    users(&app).await;
    for (seconds, is_complete) in [(10 * 60, true), (10 * 60 + 1, false)] {
        let mut running = Running::start(&app, request(&app.token)).await;
        running.page().await.unwrap().unwrap();
        app.clock.set(app.clock.now().plus_seconds(seconds));
        let rest = running.rest().await;
        assert_eq!(rest.is_ok(), is_complete, "{seconds} s: {rest:?}");
    }
}

#[rstest]
#[tokio::test]
async fn an_export_ends_with_the_session_of_its_member(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    users(&app).await;
    let (ada, first) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut other = Browser::default();
    assert_eq!(other.sign_in(&app, &ada).await.status, 200);
    let mut running = Running::start(&app, of_browser(&app, &first)).await;
    running.page().await.unwrap().unwrap();
    running.page().await.unwrap().unwrap();
    // The member ends the other device's session, where the export runs.
    assert_eq!(other.send(&app, Method::DELETE, "/auth/sessions", &Value::Null).await.status, 200);
    app.app.callers.forget_sessions();
    assert!(running.rest().await.is_err());
    // The device where the member is signed in exports as before.
    let whole = Running::start(&app, of_browser(&app, &other)).await;
    assert_eq!(whole.rest().await.unwrap(), 250);
}
