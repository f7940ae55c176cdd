//! The documented queries and their documented answers.

use entity::identification::{Process, Reason, Reasons, Status};
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::{Db, NewIdentification, NewUser, TestApp};

const QUERY: &str = include_str!("seed/identifications.graphql");
const PAYLOAD: &str = include_str!("seed/identifications.json");

/// The user of the API document, with its three identifications.
pub async fn documented_user(app: &TestApp) -> uuid::Uuid {
    let user = app.user(NewUser { ref_id: Some("$YOUR_USER_ID"), ..NewUser::default() }).await;
    let reasons = Reasons(vec![Reason::BadDocumentLighting]);
    for (process, status, updated_at) in [
        (Process::Qes, Status::Invalid, 1_700_822_980_470),
        (Process::Expert, Status::Valid, 1_701_249_325_978),
        (Process::Pvid, Status::Valid, 1_701_190_823_903),
    ] {
        let (reasons, updated_at) = (reasons.clone(), Some(updated_at));
        app.identification(
            user,
            NewIdentification { process, status, reasons, updated_at, ..Default::default() },
        )
        .await;
    }
    user
}

/// Byte for byte, including the order of keys and rows. The stored payload is the document's, without its
/// trailing comma and with `BadDocumentLightning` spelled as in its text and in the published enum.
#[rstest]
#[tokio::test]
async fn the_documented_query_returns_the_documented_payload(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    documented_user(&app).await;
    let answer = app.post(&app.token, &json!({ "query": QUERY })).await;
    let documented: Value = serde_json::from_str(PAYLOAD).unwrap();
    assert_eq!(answer.text, documented.to_string());
}

#[rstest]
#[tokio::test]
async fn the_second_documented_query_returns_the_levels_and_the_latest_pvid(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = documented_user(&app).await;
    let query = "query ($id: String!) { user(id: $id) {
            identificationLevels { PVID expert QES }
            identifications(filters: {processes: PVID}, orderBy: {field: updatedAt, direction: Desc}, first: 1) {
                edges { node { id process } } } } }";
    let mut data = app.query_as(&app.token, query, json!({ "id": user })).await;
    let id = data["user"]["identifications"]["edges"][0]["node"]["id"].take();
    assert!(uuid::Uuid::try_parse(id.as_str().unwrap()).is_ok());
    assert_eq!(
        data,
        json!({ "user": {
            "identificationLevels": { "PVID": true, "expert": true, "QES": false },
            "identifications": { "edges": [{ "node": { "id": null, "process": "PVID" } }] },
        } })
    );
}

#[rstest]
#[tokio::test]
async fn a_user_is_found_by_its_id_and_by_its_ref_id(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = app.user(NewUser { ref_id: Some("my-own"), ..NewUser::default() }).await;
    // A caller chose another user's id as a `refId`: the id takes precedence.
    app.user(NewUser { ref_id: Some(&id.to_string()), ..NewUser::default() }).await;
    for name in [id.to_string(), "my-own".to_owned(), id.simple().to_string().to_uppercase()] {
        let data = app.query(&format!("{{ user(id: \"{name}\") {{ id }} }}")).await;
        assert_eq!(data, json!({ "user": { "id": id } }), "{name}");
    }
}

#[rstest]
#[tokio::test]
async fn an_unknown_or_malformed_id_matches_no_user(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for id in
        ["", "nobody", "00000000-0000-7000-8000-000000000000", "'; --", "\\u0000", "%", &"x".repeat(3000)]
    {
        let data = app.query(&format!("{{ user(id: \"{id}\") {{ id }} node(id: \"{id}\") {{ id }} }}")).await;
        assert_eq!(data, json!({ "user": null, "node": null }), "{id}");
    }
}
