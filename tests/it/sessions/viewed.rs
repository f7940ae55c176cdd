//! Images that members open: each has an entry in the audit, which is written before the address is given.

use entity::role::BuiltIn;
use rstest::rstest;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::images::{addresses, images, put};
use crate::{
    harness::{Db, NewProofing, TestApp, picture},
    members::Person,
};

const OPEN: &str = "query ($id: ID!) { documentImage(id: $id) { id kind contentType width height url } }";
const SIDES: &str = "query ($id: ID!) { proofingRequest(id: $id) { images { side uploadedAt } } }";
const FRONT: &str = "query ($id: ID!) { proofingRequest(id: $id) { images(side: FRONT) { side url } } }";

/// The entries of opened images, oldest first: the object, the user and the actor's type.
async fn entries(app: &TestApp) -> Vec<Value> {
    let query = "{ auditEvents(first: 100, filters: { actions: [\"DocumentImage.Viewed\"] }) {
        edges { node { resourceId userId actor { __typename } } } } }";
    let mut data = app.query(query).await;
    let edges = data["auditEvents"]["edges"].as_array_mut().unwrap();
    edges.iter_mut().rev().map(|edge| edge["node"].take()).collect()
}

async fn open(app: &TestApp, token: &str, image: &Value) -> Value {
    app.query_as(token, OPEN, json!({ "id": image })).await["documentImage"].take()
}

/// A session of a user with an image of its document: the session, the image as it is listed.
async fn uploaded(app: &TestApp) -> (Uuid, Value) {
    let (session, uploads) = addresses(app, &["FRONT"]).await;
    assert_eq!(put(app, &uploads[0], picture()).await.status, 200);
    (session, images(app, session).await.remove(0))
}

#[rstest]
#[tokio::test]
async fn each_image_that_a_member_opens_has_an_entry_and_an_address_that_is_good_once(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (session, listed) = uploaded(&app).await;
    let user = app.query("{ user(id: \"one\") { id } }").await["user"]["id"].take();
    let (_, mut browser) = Person::invited(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    let token = browser.token(&app, app.project).await;

    let shown = open(&app, &token, &listed["id"]).await;
    for name in ["id", "kind", "contentType", "width", "height"] {
        assert_eq!(shown[name], listed[name], "{name}");
    }
    let address = shown["url"].as_str().unwrap();
    assert_eq!(app.get(address, &[]).await.status, 200);
    assert_eq!(app.get(address, &[]).await.status, 403);
    let entry = json!({
        "resourceId": listed["id"], "userId": user, "actor": { "__typename": "Membership" },
    });
    assert_eq!(entries(&app).await, std::slice::from_ref(&entry));

    // Opened a second time, in a list, and by REST: one entry each.
    open(&app, &token, &listed["id"]).await;
    let in_list = "query ($id: ID!) { verificationSession(id: $id) { documents {
        ... on UnclassifiedDocument { images { url } } } } }";
    app.query_as(&token, in_list, json!({ "id": session })).await;
    let path = format!("/v2/images/{}", listed["id"].as_str().unwrap());
    let authorization = format!("Bearer {token}");
    assert_eq!(app.get(&path, &[("authorization", &authorization)]).await.status, 200);
    let whole = app.get("/v2/users/one/documents", &[("authorization", &authorization)]).await;
    assert_eq!(whole.status, 200, "{}", whole.text);
    assert_eq!(entries(&app).await, vec![entry; 5]);

    // Without an address nothing is opened, and programs are not recorded.
    let listed_only = "query ($id: ID!) { documentImage(id: $id) { id kind thumbnailUrl } }";
    app.query_as(&token, listed_only, json!({ "id": listed["id"] })).await;
    open(&app, &app.token, &listed["id"]).await;
    assert_eq!(entries(&app).await.len(), 5);
}

#[rstest]
#[tokio::test]
async fn an_image_that_a_member_may_not_see_is_null_and_has_no_entry(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (_, listed) = uploaded(&app).await;
    let tags: &[&str] = &["vip"];
    let (_, mut vito) = Person::invited(&app, "vito@example.org", BuiltIn::Reviewer, Some(tags)).await;
    let limited = vito.token(&app, app.project).await;
    let (_, mut sam) = Person::invited(&app, "sam@example.org", BuiltIn::Support, None).await;
    let masked = sam.token(&app, app.project).await;
    let other = app.new_project().await;
    let elsewhere = app.token_for(other, verigraph::auth::Permissions::all(), None).await;

    for id in [&listed["id"], &json!("x"), &json!("00000000-0000-7000-8000-000000000000")] {
        for token in [&limited, &elsewhere] {
            assert_eq!(open(&app, token, id).await, Value::Null, "{id}");
        }
        let refused = app.run_as(&masked, OPEN, json!({ "id": id })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
        assert_eq!(refused["data"]["documentImage"], Value::Null);
    }
    assert_eq!(entries(&app).await, Vec::<Value>::new());
}

#[rstest]
#[tokio::test]
async fn without_its_entry_an_image_has_no_address(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, listed) = uploaded(&app).await;
    let (_, mut browser) = Person::invited(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    let token = browser.token(&app, app.project).await;
    app.store.write().execute_unprepared("DROP TABLE audit_events").await.unwrap();
    let answer = app.run_as(&token, OPEN, json!({ "id": listed["id"] })).await;
    assert_eq!(answer["errors"][0]["path"], json!(["documentImage", "url"]), "{answer}");
    assert_eq!(answer["data"]["documentImage"]["url"], Value::Null, "{answer}");
}

#[rstest]
#[tokio::test]
async fn the_images_of_a_proofing_request_are_read_by_side_and_go_with_the_user(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(crate::harness::NewUser::default()).await;
    let request = app.proofing(NewProofing { user: Some(user), ..NewProofing::default() }).await.id;
    let id = json!({ "id": request });
    assert_eq!(app.query_as(&app.token, SIDES, id.clone()).await["proofingRequest"]["images"], json!([]));
    for side in ["0", "1"] {
        let request = axum::http::Request::put(format!("/api/web/v1/idproofing/{request}/image/{side}"))
            .header("content-type", "application/octet-stream")
            .header("authorization", &app.token)
            .body(axum::body::Body::from(picture()));
        assert_eq!(app.send(request.unwrap()).await.status, 200);
    }
    let (_, mut browser) = Person::invited(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    let token = browser.token(&app, app.project).await;
    let at = "2026-01-15T12:00:00.000Z";
    let both = json!([{ "side": "FRONT", "uploadedAt": at }, { "side": "BACK", "uploadedAt": at }]);
    assert_eq!(app.query_as(&token, SIDES, id.clone()).await["proofingRequest"]["images"], both);
    assert_eq!(entries(&app).await, Vec::<Value>::new());

    let shown = app.query_as(&token, FRONT, id.clone()).await["proofingRequest"]["images"].take();
    assert_eq!((&shown[0]["side"], shown.as_array().unwrap().len()), (&json!("FRONT"), 1));
    let address = shown[0]["url"].as_str().unwrap();
    let given = app.get(address, &[]).await;
    assert_eq!((given.status.as_u16(), given.header("content-type")), (200, "image/png"));
    assert_eq!(
        (given.header("cache-control"), app.get(address, &[]).await.status.as_u16()),
        ("no-store", 403)
    );
    let entry = json!({ "resourceId": request, "userId": user, "actor": { "__typename": "Membership" } });
    assert_eq!(entries(&app).await, [entry]);

    // A program that reads proofing requests but not documents sees neither sides nor addresses.
    let reader = app.token_with(&[verigraph::auth::Permission::IdproofingView]).await;
    let refused = app.run_as(&reader, SIDES, id.clone()).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");

    let last =
        app.query_as(&app.token, FRONT, id.clone()).await["proofingRequest"]["images"][0]["url"].take();
    let erase = format!("mutation {{ eraseUser(input: {{ userId: \"{user}\" }}) {{ __typename }} }}");
    let fresh = app.token_with(&[verigraph::auth::Permission::UsersErase]).await;
    let erased = app.query_as(&fresh, &erase, json!({})).await;
    assert_eq!(erased["eraseUser"]["__typename"], "EraseUserSuccessPayload", "{erased}");
    assert_eq!(app.query_as(&app.token, SIDES, id).await["proofingRequest"]["images"], json!([]));
    assert_eq!(app.get(last.as_str().unwrap(), &[]).await.status, 404);
}
