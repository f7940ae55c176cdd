//! The verification-history API.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::auth::{
    Permission, Permissions,
    credential::{self, NewCredential},
};

use crate::{
    harness::{Answer, Db, NewGrant, NewUser, Random, TestApp},
    on_both,
};

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

/// The body of an answer that must not be a refusal.
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

async fn renumber(app: &TestApp, user: Uuid, number: i32) {
    use entity::user;
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

    let is_it = user::Column::Id.eq(user);
    let update =
        user::Entity::update_many().col_expr(user::Column::Number, Expr::value(number)).filter(is_it);
    update.exec(app.store.write()).await.unwrap();
}

/// A credential of that number.
async fn admin(app: &TestApp, project: Uuid, number: i32) -> Uuid {
    let (permissions, label) = (Permissions::default(), "admin".to_owned());
    let new = NewCredential { project, label, permissions, tag_limits: None, number: Some(number) };
    credential::create(&app.store, &app.root, &app.clock, new).await.unwrap().credential
}

/// The rows that the document's examples show.
async fn documented(app: &TestApp) -> Uuid {
    let project = app.new_project().await;
    let (first, eleventh) = (admin(app, project, 1).await, admin(app, project, 11).await);
    let levels = [app.level(Some(project), "Level 0", 0).await, app.level(Some(project), "Level 1", 1).await];
    let user = async |number| {
        let id = app.user(NewUser { project: Some(project), ..NewUser::default() }).await;
        renumber(app, id, number).await;
        id
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

on_both! {
    /// Byte for byte, order of keys and rows included. The stored answers are the document's, with its `userId` in
    /// quotes written as the integer that its text says it is.
    async fn the_documented_requests_get_the_documented_answers(app: TestApp) {
        let project = documented(&app).await;
        let token = app.token_for(project, Permissions::all(), None).await;
        let query = "?limit=10&offset=0&sort_order=desc&sort_by=createTime&filter[clientId]=222";
        let list: Value = serde_json::from_str(include_str!("../seed/verifications.json")).unwrap();
        for query in [query.to_owned(), query.replace('[', "%5B").replace(']', "%5D"), query.replace("%5B", "%5b")] {
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
        let expected = r#"{"total":2,"data":[{"id":1,"name":"Level 0","index":0},{"id":2,"name":"Level 1","index":1}]}"#;
        assert_eq!(levels.text, expected);
        // Of another project: nothing.
        for path in ["/api/v2/verifications/18", "/v2/verifications/75"] {
            assert_eq!(get(&app, path).await.status, 404);
        }
        assert_eq!(get(&app, &format!("{LIST}{query}")).await.text, r#"{"total":0,"data":[]}"#);
        assert_eq!(get(&app, "/api/v2/verifications/levels").await.text, r#"{"total":0,"data":[]}"#);
    }

    async fn a_page_is_a_part_of_one_order(app: TestApp) {
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

    async fn a_page_is_two_statements_and_a_row_one(app: TestApp) {
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

    async fn every_bad_parameter_is_named(app: TestApp) {
        for (query, field) in [
            ("limit=0", "limit"),
            ("limit=1001", "limit"),
            ("limit=-1", "limit"),
            ("limit=", "limit"),
            ("limit=ten", "limit"),
            ("limit=1.5", "limit"),
            ("limit=%2B1", "limit"),
            ("limit=99999999999999999999", "limit"),
            ("limit=1&limit=2", "limit"),
            ("offset=-1", "offset"),
            ("offset=x", "offset"),
            ("offset=", "offset"),
            ("sort_by=id", "sort_by"),
            ("sort_by=", "sort_by"),
            ("sort_by=CreateTime", "sort_by"),
            ("sort_order=up", "sort_order"),
            ("sort_order=DESC", "sort_order"),
            ("filter[clientId]=", "filter[clientId]"),
            ("filter[clientId]=abc", "filter[clientId]"),
            ("filter[clientId]=-5", "filter[clientId]"),
            ("filter[clientId]=1&filter%5BclientId%5D=2", "filter[clientId]"),
            ("filter[userId]=1", "filter[userId]"),
            ("filter[clientid]=1", "filter[clientid]"),
            ("filter=1", "filter"),
            ("filter[clientId][]=1", "filter[clientId][]"),
        ] {
            let answer = get(&app, &format!("{LIST}?{query}")).await;
            assert_eq!(answer.status, 400, "{query}: {}", answer.text);
            let body = answer.json();
            assert_eq!(body["error"]["code"], "BAD_USER_INPUT", "{query}");
            let details = body["error"]["details"].as_array().unwrap();
            assert_eq!((details.len(), details[0]["field"].as_str()), (1, Some(field)), "{query}");
            assert!(details[0]["issue"].as_str().is_some_and(|issue| !issue.is_empty()), "{query}");
            let keys: Vec<_> = body["error"].as_object().unwrap().keys().collect();
            assert_eq!(keys, ["code", "message", "details"]);
        }
        // A client that cannot be has no rows; what the API does not know it leaves alone.
        for query in ["filter[clientId]=0", "filter[clientId]=99999999999999999999", "page=2", ""] {
            assert_eq!(body(&app, &format!("{LIST}?{query}")).await, json!({ "total": 0, "data": [] }), "{query}");
        }
        for (path, status) in [("x", 400), ("-1", 400), ("1.0", 400), ("%00", 400), ("0", 404), ("1", 404), ("99999999999999999999", 404)] {
            for base in [LIST, "/v2/verifications"] {
                let answer = get(&app, &format!("{base}/{path}")).await;
                assert_eq!(answer.status.as_u16(), status, "{base}/{path}");
                assert!(answer.json()["error"]["message"].is_string());
            }
        }
        assert_eq!(get(&app, "/v2/verifications/levels").await.status, 400);
    }

    async fn nobody_gets_in_without_a_token_that_may(app: TestApp) {
        let blind: Permissions =
            Permission::ALL.into_iter().filter(|permission| *permission != Permission::VerificationsView).collect();
        let blind = app.token_for(app.project, blind, None).await;
        let seeing = app.token_with(&[Permission::VerificationsView]).await;
        let paths = [LIST, "/api/v2/verifications/1", "/v2/verifications/1", "/api/v2/verifications/levels"];
        for path in paths {
            for headers in [
                vec![],
                vec![("authorization", "Bearer nonsense")],
                vec![("authorization", app.token.as_str())],
                vec![("authorization", "Bearer ")],
            ] {
                let answer = app.get(path, &headers).await;
                assert_eq!(answer.status, 401, "{path} {headers:?}");
                assert_eq!(answer.json()["error"]["code"], "UNAUTHENTICATED");
                assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"verigraph\"");
            }
            let answer = get_as(&app, &blind, path).await;
            let expected = json!({ "error": { "code": "FORBIDDEN",
                "message": "this needs the permission VERIFICATIONS:VIEW", "details": [] } });
            assert_eq!((answer.status.as_u16(), answer.json()), (403, expected), "{path}");
            assert!([200, 404].contains(&get_as(&app, &seeing, path).await.status.as_u16()));
            let bearer = format!("Bearer {}", app.token);
            for method in ["POST", "PUT", "DELETE", "PATCH"] {
                let request = axum::http::Request::builder().method(method).uri(path).header("authorization", &bearer);
                let answer = app.send(request.body(axum::body::Body::empty()).unwrap()).await;
                assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET,HEAD"), "{method} {path}");
                assert_eq!(answer.json()["error"]["code"], "BAD_REQUEST");
            }
        }
        let life = app.clock.now();
        app.clock.set(life.plus_seconds(2 * 3_600));
        assert_eq!(get_as(&app, &seeing, LIST).await.status, 401);
    }

    /// The limited answer is the unlimited one without the rows of users that carry none of the tags.
    async fn a_caller_limited_to_tags_sees_counts_and_opens_its_users_rows_only(app: TestApp) {
        let mut random = Random::seeded();
        let levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
        // Some carry more than one of the tags that a caller is limited to, and are one row all the same.
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
                let expected: Vec<i64> = ids(&body(&app, &all).await).into_iter().filter(|id| seen(*id)).collect();
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
                assert_eq!(mine, if seen(*row) { body(&app, &query).await } else { json!({ "total": 0, "data": [] }) });
            }
        }
    }

    async fn a_fault_is_masked_and_carries_the_id_of_its_request(app: TestApp) {
        app.store.write().execute_unprepared("DROP TABLE verifications").await.unwrap();
        let answer = get(&app, LIST).await;
        let id = answer.header("x-request-id");
        let expected = json!({ "error": { "code": "INTERNAL", "message": "internal error",
            "details": [{ "field": "requestId", "issue": id }] } });
        assert_eq!((answer.status.as_u16(), answer.json()), (500, expected));
    }
}

#[tokio::test]
async fn a_credential_with_too_many_requests_in_flight_is_told_to_wait() {
    let app = TestApp::start(Db::Sqlite).await;
    let caller = app.app.callers.of_token(&app.token, app.clock.now()).await.unwrap();
    let most = app.app.limits.in_flight_per_credential;
    let places: Vec<_> = (0..most).map(|_| app.app.place_for(&caller).unwrap()).collect();
    let answer = get(&app, LIST).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "1"));
    assert_eq!(answer.json()["error"]["code"], "OVERLOADED");
    drop(places);
    assert_eq!(get(&app, LIST).await.status, 200);
}
