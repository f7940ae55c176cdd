//! Texts that no row can have: `PostgreSQL` rejects a NUL in text, so such a text matches no row.

use rstest::rstest;
use serde_json::json;

use crate::harness::{Db, NewUser, TestApp};

#[rstest]
#[tokio::test]
async fn a_text_that_no_row_can_have_finds_no_user(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.user(NewUser { ref_id: Some("one"), tags: &["a"], ..NewUser::default() }).await;
    let query = "query ($filters: UserFiltersInput) {
            users(filters: $filters) { totalCount edges { node { refId } } } }";
    for text in
        ["\0", "a\0", "one\0", "\0one", "\u{feff}", "\u{fffe}", "\u{10ffff}", "\u{1f600}", "\\0", "%00"]
    {
        for filters in [json!({ "tags": [text] }), json!({ "refIds": [text] })] {
            let found = app.query_as(&app.token, query, json!({ "filters": filters })).await;
            assert_eq!(found, json!({ "users": { "totalCount": 0, "edges": [] } }), "{filters}");
        }
        let filters = json!({ "tags": [text, "a"], "refIds": ["one", text] });
        let found = app.query_as(&app.token, query, json!({ "filters": filters })).await;
        let one = json!([{ "node": { "refId": "one" } }]);
        assert_eq!(found, json!({ "users": { "totalCount": 1, "edges": one } }), "{filters}");
    }
}

#[rstest]
#[tokio::test]
async fn a_limit_to_a_tag_that_no_user_can_have_shows_no_user(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.user(NewUser { ref_id: Some("one"), tags: &["a"], ..NewUser::default() }).await;
    let everything = verigraph::auth::Permissions::all();
    for (tags, seen) in [(["a\u{1}", "%"], 0), (["a", "%"], 1)] {
        let token = app.token_for(app.project, everything, Some(&tags)).await;
        let found = app.query_as(&token, "{ users { totalCount } }", json!({})).await;
        assert_eq!(found, json!({ "users": { "totalCount": seen } }), "{tags:?}");
    }
}
