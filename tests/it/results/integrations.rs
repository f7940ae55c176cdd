//! The list of integrations.

use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use verigraph::{
    auth::{Audience, Permission, Permissions},
    result::Scope,
};

use crate::harness::{Db, TestApp};

const QUERY: &str = "{ integrations { totalCount edges { node { id label scopes createdAt } } } }";

#[rstest]
#[tokio::test]
async fn integrations_are_listed_newest_first_without_their_keys(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut expected = Vec::new();
    for scopes in [&[][..], &[Scope::Name, Scope::Phone], Scope::ALL] {
        let id = app.integration(app.project, scopes).await.integration;
        let scopes: Vec<_> = scopes.iter().map(|scope| scope.name()).collect();
        let created = app.clock.now().to_rfc3339();
        expected
            .push(json!({ "node": { "id": id, "label": "test", "scopes": scopes, "createdAt": created } }));
        app.clock.set(app.clock.now().plus_seconds(1));
    }
    expected.reverse();
    let reader = app.token_with(&[Permission::ResultsView]).await;
    let all = app.query_as(&reader, QUERY, json!({})).await["integrations"].take();
    assert_eq!(all, json!({ "totalCount": 3, "edges": expected }));
    let page = "query ($after: String) { integrations(first: 2, after: $after) {
        edges { node { id } } pageInfo { endCursor hasNextPage } } }";
    let ids = |page: &Value| -> Vec<Value> {
        page["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["id"].clone()).collect()
    };
    let first = app.query_as(&reader, page, json!({})).await["integrations"].take();
    let after = &first["pageInfo"]["endCursor"];
    let second = app.query_as(&reader, page, json!({ "after": after })).await["integrations"].take();
    let pages = [ids(&first), ids(&second)];
    assert_eq!(pages.map(|page| page.len()), [2, 1]);
    assert_eq!(second["pageInfo"]["hasNextPage"], false);
}

#[rstest]
#[tokio::test]
async fn an_integration_is_visible_in_its_project_and_to_itself(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let [own, other] = [app.integration(app.project, &[]).await, app.integration(app.project, &[]).await];
    let elsewhere = app.token_for(app.new_project().await, Permissions::all(), None).await;
    let by_id = format!("{{ node(id: \"{}\") {{ id }} integrations {{ totalCount }} }}", other.integration);
    let answer = |id: Value, total: i32| json!({ "node": id, "integrations": { "totalCount": total } });
    let none = answer(Value::Null, 0);
    assert_eq!(app.query_as(&elsewhere, &by_id, json!({})).await, none);
    assert_eq!(app.query(&by_id).await, answer(json!({ "id": other.integration }), 2));
    let credentials = entity::credential::Entity::find();
    let credential = credentials.filter(entity::credential::Column::IntegrationId.eq(own.integration));
    let credential = credential.one(app.store.write()).await.unwrap().unwrap().id;
    let token = app.token_as(Audience::Graph, credential, Permissions::all(), 3600).await;
    assert_eq!(app.query_as(&token, &by_id, json!({})).await, answer(Value::Null, 1));
    let plain = app.token_with(&[Permission::UsersView]).await;
    let refused = app.run_as(&plain, QUERY, json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
}
