//! Verification results over GraphQL.

use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use verigraph::{
    auth::{Audience, Permissions},
    result::Scope,
};

use crate::harness::{Db, NewUser, TestApp};

#[rstest]
#[tokio::test]
async fn a_credential_of_an_integration_sees_only_its_own_results(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let [mine, rival] = [app.integration(app.project, &[]).await, app.integration(app.project, &[]).await];
    let id = app.verified(user, mine.integration, Some("VERIFIED")).await;
    app.verified(user, rival.integration, Some("VERIFIED")).await;
    let credentials = entity::credential::Entity::find();
    let credential = credentials.filter(entity::credential::Column::IntegrationId.eq(mine.integration));
    let credential = credential.one(app.store.write()).await.unwrap().unwrap().id;
    let token = app.token_as(Audience::Graph, credential, Permissions::all(), 3600).await;
    let query = "{ verificationResults { totalCount edges { node { id } } } }";
    let expected = json!({ "totalCount": 1, "edges": [{ "node": { "id": id } }] });
    assert_eq!(app.query_as(&token, query, json!({})).await["verificationResults"], expected);
    assert_eq!(app.query(query).await["verificationResults"]["totalCount"], 2);
}

#[rstest]
#[tokio::test]
async fn a_result_is_the_same_over_graphql_and_rest(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let keys = app.integration(app.project, Scope::ALL).await;
    let id = app.verified(user, keys.integration, Some("VERIFIED")).await;
    let query =
        "query ($id: ID!) { verificationResult(id: $id) { id projectId correlationId status verifiedAt scopes
            data { identityId name { fullName firstName lastName } dateOfBirth phone } user { id } } }";
    let expected: Value = json!({ "verificationResult": {
        "id": id, "projectId": app.project, "correlationId": "mine", "status": "VERIFIED",
        "verifiedAt": "2026-01-15T12:00:00.000Z", "scopes": ["IDENTITY_ID", "NAME", "DATE_OF_BIRTH", "PHONE"],
        "data": {
            "identityId": user, "dateOfBirth": "1990-05-17", "phone": "+41791234567",
            "name": { "fullName": "Ada Muster", "firstName": "Ada", "lastName": "Muster" },
        },
        "user": { "id": user },
    } });
    assert_eq!(app.query_as(&app.token, query, json!({ "id": id })).await, expected);
    let trace = "query ($id: ID!) { verificationResult(id: $id) { traceId } }";
    let trace =
        app.query_as(&app.token, trace, json!({ "id": id })).await["verificationResult"]["traceId"].take();
    assert_eq!(app.query_as(&app.token, query, json!({ "id": trace })).await, expected);
}
