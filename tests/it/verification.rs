//! Verification levels and the history of grants, over GraphQL.

mod grants;
mod policy;
mod rest;

use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Db, NewGrant, NewUser, TestApp};

/// The result of a mutation with every permission.
async fn mutate(app: &TestApp, mutation: &str) -> Value {
    let mut data = app.query(&format!("mutation {{ ended: {mutation} }}")).await;
    data["ended"].take()
}

fn grant(user: impl std::fmt::Display, level: impl std::fmt::Display, rest: &str) -> String {
    format!(
        "grantVerificationLevel(input: {{ userId: \"{user}\", levelId: \"{level}\", {rest} }}) {{ __typename
            ... on Rejection {{ message }}
            ... on GrantVerificationLevelSuccessPayload {{ verification {{ id number reason
                currentLevel {{ name }} previousLevel {{ name }} }} }} }}"
    )
}

fn create(input: &str) -> String {
    format!(
        "createVerificationLevel(input: {{ {input} }}) {{ __typename ... on Rejection {{ message }}
            ... on CreateVerificationLevelSuccessPayload {{ verificationLevel {{ number name index }} }} }}"
    )
}

#[rstest]
#[tokio::test]
async fn a_level_is_created_on_top_or_at_a_free_index(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for (input, expected) in [
        ("name: \"Level 0\"", json!({ "number": 1, "name": "Level 0", "index": 0 })),
        ("name: \" Gold \", index: 5", json!({ "number": 2, "name": "Gold", "index": 5 })),
        ("name: \"gold\"", json!({ "number": 3, "name": "gold", "index": 6 })),
        ("name: \"Level 1\", index: 1", json!({ "number": 4, "name": "Level 1", "index": 1 })),
    ] {
        assert_eq!(mutate(&app, &create(input)).await["verificationLevel"], expected);
    }
    let taken = |name: &str, message: &str| json!({ "__typename": name, "message": message });
    let name = taken("VerificationLevelNameTakenRejection", "another verification level has this name");
    let index = taken("VerificationLevelIndexTakenRejection", "another verification level has this index");
    assert_eq!(mutate(&app, &create("name: \"Gold\"")).await, name);
    assert_eq!(mutate(&app, &create("name: \"Silver\", index: 5")).await, index);
    // A rejected level used up no number.
    assert_eq!(mutate(&app, &create("name: \"Top\"")).await["verificationLevel"]["number"], 5);
    let ladder = app.query("{ verificationLevels { name } }").await;
    let names = ["Level 0", "Level 1", "Gold", "gold", "Top"].map(|name| json!({ "name": name }));
    assert_eq!(ladder, json!({ "verificationLevels": names }));
}

#[rstest]
#[tokio::test]
async fn invalid_input_is_rejected_with_the_name_of_the_argument(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let level = app.level(None, "Level 0", 0).await;
    let long = |count: usize| "ü".repeat(count);
    let reason = |text: &str| grant(user, level, &format!("reason: {}", json!(text)));
    for (mutation, argument) in [
        (create("name: \"\""), "name"),
        (create("name: \" \\t\""), "name"),
        (create("name: \"a\\u0000b\""), "name"),
        (create(&format!("name: \"{}\"", long(256))), "name"),
        (create("name: \"a\", index: -1"), "index"),
        (create("name: \"a\", idempotencyKey: \"\""), "idempotencyKey"),
        (create("name: \"a\", idempotencyKey: \"a b\""), "idempotencyKey"),
        (create(&format!("name: \"a\", idempotencyKey: \"{}\"", "x".repeat(256))), "idempotencyKey"),
        (reason(" "), "reason"),
        (reason(&long(1025)), "reason"),
        (reason("a\0b"), "reason"),
        (grant(user, level, "reason: \"why\", idempotencyKey: \"ä\""), "idempotencyKey"),
    ] {
        let body = app.run_as(&app.token, &format!("mutation {{ ended: {mutation} }}"), json!({})).await;
        assert_eq!(body["data"], json!({ "ended": null }), "{body}");
        assert_eq!(body["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{body}");
        let message = body["errors"][0]["message"].as_str().unwrap();
        assert!(message.starts_with(&format!("invalid argument `{argument}`")), "{message}");
    }
    // The longest accepted values.
    let made = mutate(&app, &create(&format!("name: \"{}\"", long(255)))).await;
    assert_eq!(made["__typename"], "CreateVerificationLevelSuccessPayload");
    assert_eq!(
        mutate(&app, &reason(&long(1024))).await["__typename"],
        "GrantVerificationLevelSuccessPayload"
    );
}

#[rstest]
#[tokio::test]
async fn a_grant_refers_to_the_previous_one(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    let stands = async || {
        let query = format!("{{ user(id: \"{user}\") {{ currentVerificationLevel {{ name }} }} }}");
        app.query(&query).await["user"]["currentVerificationLevel"]["name"].take()
    };
    // A user without any grant is at index 0.
    assert_eq!(stands().await, "Level 0");
    // A first grant may be of any level, including that one.
    let first = mutate(&app, &grant(user, levels[0], "reason: \" created \"")).await;
    let expected = json!({ "number": 1, "reason": "created", "currentLevel": { "name": "Level 0" }, "previousLevel": null });
    let mut verification = first["verification"].clone();
    let id = verification.as_object_mut().unwrap().shift_remove("id").unwrap();
    assert_eq!(verification, expected);
    let again = mutate(&app, &grant(user, levels[0], "reason: \"again\"")).await;
    assert_eq!(again["__typename"], "AlreadyAtVerificationLevelRejection");
    let second = mutate(&app, &grant(user, levels[1], "reason: \"Application: 838\"")).await;
    assert_eq!(second["verification"]["previousLevel"], json!({ "name": "Level 0" }));
    assert_eq!(second["verification"]["number"], 2);
    assert_eq!(stands().await, "Level 1");
    // A grant can also be of a lower level.
    let third = mutate(&app, &grant(user, levels[0], "reason: \"fraud\"")).await;
    assert_eq!(third["verification"]["previousLevel"], json!({ "name": "Level 1" }));
    assert_eq!(stands().await, "Level 0");
    let query = format!(
        "{{ verification(id: {id}) {{
            user {{ id }} grantedBy {{ label }} createdAt }} node(id: {id}) {{ __typename }} }}"
    );
    assert_eq!(
        app.query(&query).await,
        json!({
            "verification": { "user": { "id": user }, "grantedBy": { "label": "test" },
                "createdAt": "2026-01-15T12:00:00.000Z" },
            "node": { "__typename": "Verification" },
        })
    );
}

#[rstest]
#[tokio::test]
async fn an_unknown_user_or_level_cannot_be_granted(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let level = app.level(None, "Level 0", 0).await;
    let nobody = "00000000-0000-7000-8000-000000000000";
    for wrong in [nobody, "", "nobody", "\\u0000", &level.to_string()] {
        let ended = mutate(&app, &grant(wrong, level, "reason: \"why\"")).await;
        let expected = json!({ "__typename": "UserNotFoundRejection", "message": "the user does not exist or is not visible to the token" });
        assert_eq!(ended, expected, "{wrong}");
    }
    for wrong in [nobody, "", "Level 0", &user.to_string()] {
        let ended = mutate(&app, &grant(user, wrong, "reason: \"why\"")).await;
        assert_eq!(ended["__typename"], "VerificationLevelNotFoundRejection", "{wrong}");
    }
    assert_eq!(
        app.query("{ verifications { totalCount } }").await,
        json!({ "verifications": { "totalCount": 0 } })
    );
}

/// A mutation does not return what an earlier field of the document loaded before the change.
#[rstest]
#[tokio::test]
async fn mutations_of_one_document_see_earlier_changes(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    let shown = "{ ... on GrantVerificationLevelSuccessPayload { verification { user {
            currentVerificationLevel { name } verifications { totalCount } } } } }";
    let one = |alias: &str, level: Uuid| {
        format!(
            "{alias}: grantVerificationLevel(input: {{ userId: \"{user}\", levelId: \"{level}\", reason: \"why\" }}) {shown}"
        )
    };
    let document =
        format!("mutation {{ {} {} {} }}", one("a", levels[0]), one("b", levels[1]), one("c", levels[0]));
    let data = app.query(&document).await;
    for (alias, level, count) in [("a", "Level 0", 1), ("b", "Level 1", 2), ("c", "Level 0", 3)] {
        let user = json!({ "currentVerificationLevel": { "name": level }, "verifications": { "totalCount": count } });
        assert_eq!(data[alias], json!({ "verification": { "user": user } }));
    }
}

#[rstest]
#[tokio::test]
async fn the_history_is_filtered_and_ordered(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let users = [app.user(NewUser::default()).await, app.user(NewUser::default()).await];
    let levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    let day = 86_400_000;
    for (user, level, at) in [(0, 0, 3), (0, 1, 3), (1, 0, 1), (1, 1, 2)] {
        let created_at = Some(1_700_000_000_000 + at * day);
        app.granted(users[user], levels[level], NewGrant { created_at, ..NewGrant::default() }).await;
    }
    let number =
        app.query(&format!("{{ user(id: \"{}\") {{ number }} }}", users[1])).await["user"]["number"].take();
    for (arguments, numbers) in [
        ("first: 50".to_owned(), vec![2, 1, 4, 3]),
        ("orderBy: { direction: Asc }".to_owned(), vec![3, 4, 1, 2]),
        ("orderBy: { field: number }".to_owned(), vec![4, 3, 2, 1]),
        (format!("filters: {{ userId: \"{}\" }}", users[0]), vec![2, 1]),
        (format!("filters: {{ clientNumber: {number} }}"), vec![4, 3]),
        (format!("filters: {{ levelIds: [\"{}\", \"none\"] }}", levels[1]), vec![2, 4]),
        ("filters: { levelIds: [] }".to_owned(), vec![]),
        ("filters: { userId: \"nobody\" }".to_owned(), vec![]),
        ("filters: { clientNumber: -1 }".to_owned(), vec![]),
        ("filters: { createdAt: { lessThan: \"2023-11-16T22:13:20Z\" } }".to_owned(), vec![3]),
        ("filters: { createdAt: { greaterThan: \"2023-11-16T22:13:20Z\" } }".to_owned(), vec![2, 1]),
        ("filters: { createdAt: { greaterThanOrEqual: \"2023-11-16T23:13:20+01:00\", lessThanOrEqual: \"2023-11-16T22:13:20Z\" } }".to_owned(), vec![4]),
    ] {
        let data = app.query(&format!("{{ verifications({arguments}) {{ totalCount edges {{ node {{ number }} }} }} }}")).await;
        let edges: Vec<Value> = numbers.iter().map(|number| json!({ "node": { "number": number } })).collect();
        assert_eq!(data["verifications"], json!({ "totalCount": edges.len(), "edges": edges }), "{arguments}");
    }
}
