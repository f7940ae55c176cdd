//! The verification-history API.

mod refusals;

use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::auth::{
    Permissions,
    credential::{self, NewCredential},
};

use crate::harness::{Answer, Db, NewGrant, NewUser, Random, TestApp};

const LIST: &str = "/api/v2/verifications";
/// 2022-01-01T00:00:00Z.
const AT: Option<i64> = Some(1_640_995_200_000);

async fn get_as(app: &TestApp, token: &str, path: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    app.get(path, &[("authorization", bearer.as_str())]).await
}

async fn get(app: &TestApp, path: &str) -> Answer {
    get_as(app, &app.token, path).await
}

/// The body of an answer that must not be an error.
async fn body(app: &TestApp, path: &str) -> Value {
    let answer = get(app, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.json()
}

fn ids(body: &Value) -> Vec<i64> {
    body["data"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

async fn number_of(app: &TestApp, user: Uuid) -> i64 {
    app.query(&format!("{{ user(id: \"{user}\") {{ number }} }}")).await["user"]["number"].as_i64().unwrap()
}

/// A credential with this number.
async fn admin(app: &TestApp, project: Uuid, number: i64) -> Uuid {
    let (permissions, label) = (Permissions::default(), "admin".to_owned());
    let new = NewCredential {
        project,
        label,
        permissions,
        tag_limits: None,
        number: Some(number),
        created_by: None,
    };
    credential::create(&app.store, &app.root, &app.clock, new).await.unwrap().credential
}

/// The rows that the document's examples show.
async fn documented(app: &TestApp) -> Uuid {
    let project = app.new_project().await;
    let (first, eleventh) = (admin(app, project, 1).await, admin(app, project, 11).await);
    let levels = [app.level(Some(project), "Level 0", 0).await, app.level(Some(project), "Level 1", 1).await];
    let user = async |number| {
        app.user(NewUser { project: Some(project), number: Some(number), ..NewUser::default() }).await
    };
    let (client, other) = (user(222).await, user(17).await);
    for (user, level, number, reason, by) in [
        (client, levels[0], 186, "created", first),
        (client, levels[1], 75, "Application: 838", first),
        (other, levels[0], 18, "created", eleventh),
    ] {
        let new = NewGrant {
            project: Some(project),
            number: Some(number),
            reason,
            granted_by: Some(by),
            created_at: AT,
        };
        app.granted(user, level, new).await;
    }
    project
}

/// Byte for byte, including the order of keys and rows. The stored answers are those of the API document,
/// except that its quoted `userId` is written as an integer, as its text says.
#[rstest]
#[tokio::test]
async fn the_documented_requests_return_the_documented_answers(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let project = documented(&app).await;
    let token = app.token_for(project, Permissions::all(), None).await;
    let query = "?limit=10&offset=0&sort_order=desc&sort_by=createTime&filter[clientId]=222";
    let list: Value = serde_json::from_str(include_str!("../seed/verifications.json")).unwrap();
    for query in
        [query.to_owned(), query.replace('[', "%5B").replace(']', "%5D"), query.replace("%5B", "%5b")]
    {
        let answer = get_as(&app, &token, &format!("{LIST}{query}")).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, list.to_string().as_str()));
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let one: Value = serde_json::from_str(include_str!("../seed/verification.json")).unwrap();
    for path in ["/api/v2/verifications/18", "/v2/verifications/18"] {
        assert_eq!(get_as(&app, &token, path).await.text, one.to_string());
    }
    let levels = get_as(&app, &token, "/api/v2/verifications/levels").await;
    let expected =
        r#"{"total":2,"data":[{"id":1,"name":"Level 0","index":0},{"id":2,"name":"Level 1","index":1}]}"#;
    assert_eq!(levels.text, expected);
    // Rows of another project are not included.
    for path in ["/api/v2/verifications/18", "/v2/verifications/75"] {
        assert_eq!(get(&app, path).await.status, 404);
    }
    assert_eq!(get(&app, &format!("{LIST}{query}")).await.text, r#"{"total":0,"data":[]}"#);
    assert_eq!(get(&app, "/api/v2/verifications/levels").await.text, r#"{"total":0,"data":[]}"#);
}

#[rstest]
#[tokio::test]
async fn pages_are_slices_of_one_order(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    let mut rows = Vec::new();
    for number in 1..=23_i64 {
        let user = app.user(NewUser::default()).await;
        let created_at = 1_640_995_200_000 + 1000 * i64::try_from(random.below(4)).unwrap();
        let new = NewGrant { created_at: Some(created_at), ..NewGrant::default() };
        app.granted(user, levels[random.below(2)], new).await;
        rows.push((created_at, number));
    }
    for (order, direction) in [("", -1), ("&sort_order=desc", -1), ("&sort_order=asc", 1)] {
        rows.sort_by_key(|(at, number)| (at * direction, *number));
        let expected: Vec<i64> = rows.iter().map(|(_, number)| *number).collect();
        for size in [1, 4, 23, 1000] {
            let mut all = Vec::new();
            for offset in (0..23).step_by(size) {
                let page = body(&app, &format!("{LIST}?limit={size}&offset={offset}{order}")).await;
                assert_eq!(page["total"], 23);
                all.extend(ids(&page));
            }
            assert_eq!(all, expected, "{order} {size}");
        }
        assert_eq!(ids(&body(&app, &format!("{LIST}?{order}")).await), expected[..10]);
    }
    let beyond = body(&app, &format!("{LIST}?offset=4294967295")).await;
    assert_eq!(beyond, json!({ "total": 23, "data": [] }));
}

#[rstest]
#[tokio::test]
async fn a_page_is_two_statements_and_a_single_row_one(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let project = documented(&app).await;
    let token = app.token_for(project, Permissions::all(), None).await;
    get_as(&app, &token, LIST).await;
    for (path, statements) in [
        (LIST, 2),
        ("/api/v2/verifications?filter[clientId]=222", 2),
        ("/api/v2/verifications/18", 1),
        ("/api/v2/verifications/levels", 1),
    ] {
        app.take_statements();
        assert_eq!(get_as(&app, &token, path).await.status, 200);
        assert_eq!(app.take_statements().len(), statements, "{path}");
    }
}

/// The answer for a tag-limited caller is the full answer without the rows of users that have none of the
/// tags.
#[rstest]
#[tokio::test]
async fn a_tag_limited_caller_counts_and_reads_rows_of_visible_users_only(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    // Some users have several of the caller's tags and are still one row.
    let tags = ["vip", "staff", "a'b"];
    let mut rows: Vec<(i64, i64, Vec<&str>)> = Vec::new();
    for _ in 0..12 {
        let carried = random.some_of(&tags);
        let user = app.user(NewUser { tags: &carried, ..NewUser::default() }).await;
        let client = number_of(&app, user).await;
        for step in 0..random.below(4) {
            let created_at = Some(1_640_995_200_000 + 1000 * i64::try_from(random.below(3)).unwrap());
            app.granted(user, levels[step % 2], NewGrant { created_at, ..NewGrant::default() }).await;
            rows.push((i64::try_from(rows.len()).unwrap() + 1, client, carried.clone()));
        }
    }
    for limits in [vec!["vip"], vec!["staff", "a'b"], vec!["nobody's"], tags.to_vec()] {
        let token = app.token_for(app.project, Permissions::all(), Some(&limits)).await;
        let seen = |id: i64| {
            rows.iter().any(|(row, _, tags)| *row == id && tags.iter().any(|tag| limits.contains(tag)))
        };
        for order in ["asc", "desc"] {
            let all = format!("{LIST}?limit=1000&sort_order={order}");
            let expected: Vec<i64> =
                ids(&body(&app, &all).await).into_iter().filter(|id| seen(*id)).collect();
            let limited = get_as(&app, &token, &all).await.json();
            assert_eq!((ids(&limited), &limited["total"]), (expected.clone(), &json!(expected.len())));
            let part = get_as(&app, &token, &format!("{all}&offset=2").replace("1000", "3")).await.json();
            assert_eq!(ids(&part), expected.iter().copied().skip(2).take(3).collect::<Vec<_>>());
        }
        for (row, client, _) in &rows {
            let status = get_as(&app, &token, &format!("{LIST}/{row}")).await.status.as_u16();
            assert_eq!(status, if seen(*row) { 200 } else { 404 });
            let query = format!("{LIST}?filter[clientId]={client}");
            let mine = get_as(&app, &token, &query).await.json();
            assert_eq!(
                mine,
                if seen(*row) { body(&app, &query).await } else { json!({ "total": 0, "data": [] }) }
            );
        }
    }
}
