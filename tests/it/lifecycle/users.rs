//! Creating, updating and deactivating users.

use entity::user_tag;
use rstest::rstest;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use verigraph::auth::Permissions;

use super::{fresh_token, id, mutate, mutate_as, result_type};
use crate::harness::{Db, NewUser, TestApp};

const USER: &str = "user { id refId number version status firstName lastName birthDate nationalityCCA3
    mobilePhoneNumber verifiedEmails tags createdAt updatedAt }";

fn shown(payload: &str) -> String {
    format!("... on {payload} {{ {USER} }}")
}

async fn create(app: &TestApp, input: &str) -> Value {
    mutate(app, "createUser", input, &shown("CreateUserSuccessPayload")).await
}

async fn update(app: &TestApp, user: &str, rest: &str) -> Value {
    mutate(app, "updateUser", &format!("userId: \"{user}\", {rest}"), &shown("UpdateUserSuccessPayload"))
        .await
}

#[rstest]
#[tokio::test]
async fn creating_and_updating_a_user_increments_its_version(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let input = "refId: \"r\", firstName: \"小龙\", lastName: \"李\", birthDate: \"1815-12-10\",
            nationalityCCA3: \"CHN\", mobilePhoneNumber: \"+8613912345678\", verifiedEmails: [\"li@example.com\"],
            tags: [\"vip\", \"vip\"]";
    let mut made = create(&app, input).await["user"].take();
    let user = id(&made);
    made.as_object_mut().unwrap().remove("id");
    assert_eq!(
        made,
        json!({
            "refId": "r", "number": 1, "version": 1, "status": "Active", "firstName": "小龙", "lastName": "李",
            "birthDate": "1815-12-10", "nationalityCCA3": "CHN", "mobilePhoneNumber": "+8613912345678",
            "verifiedEmails": ["li@example.com"], "tags": ["vip"],
            "createdAt": "2026-01-15T12:00:00.000Z", "updatedAt": "2026-01-15T12:00:00.000Z",
        })
    );
    app.clock.set(app.clock.now().plus_seconds(60));
    let rest = "lastName: null, firstName: \"Bruce\", tags: [], refId: \"s\"";
    let mut changed = update(&app, &user, rest).await["user"].take();
    changed.as_object_mut().unwrap().remove("id");
    made["firstName"] = json!("Bruce");
    made["lastName"] = Value::Null;
    made["tags"] = json!([]);
    made["refId"] = json!("s");
    made["version"] = json!(2);
    made["updatedAt"] = json!("2026-01-15T12:01:00.000Z");
    assert_eq!(changed, made);
    // An update without a difference changes nothing.
    assert_eq!(update(&app, &user, "firstName: \"Bruce\"").await["user"]["version"], 2);
    // The user is found by its current values and not by former ones.
    for (filter, found) in [
        ("verifiedEmails: [\"LI@example.com\"]", 1),
        ("refIds: [\"s\"]", 1),
        ("refIds: [\"r\"]", 0),
        ("tags: [\"vip\"]", 0),
    ] {
        let list = app
            .query_as(
                &fresh_token(&app).await,
                &format!("{{ users(filters: {{ {filter} }}) {{ totalCount }} }}"),
                json!({}),
            )
            .await;
        assert_eq!(list["users"]["totalCount"], found, "{filter}");
    }
    assert_eq!(update(&app, &user, "verifiedEmails: []").await["user"]["verifiedEmails"], json!([]));
    let gone = "{ users(filters: { verifiedEmails: [\"li@example.com\"] }) { totalCount } }";
    assert_eq!(app.query_as(&fresh_token(&app).await, gone, json!({})).await["users"]["totalCount"], 0);
}

#[rstest]
#[tokio::test]
async fn an_invalid_user_attribute_is_rejected_by_name(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser { ref_id: Some("taken"), ..NewUser::default() }).await;
    for (input, field) in [
        ("firstName: \"\"", "firstName"),
        ("lastName: \"   \"", "lastName"),
        ("birthDate: \"2026-01-16\"", "birthDate"),
        ("verifiedEmails: [\"nobody\"]", "verifiedEmails"),
        ("tags: [\"\"]", "tags"),
        ("refId: \"\"", "refId"),
    ] {
        let made = create(&app, input).await;
        assert_eq!(made["__typename"], "InvalidUserRejection", "{input}");
        assert!(made["message"].as_str().unwrap().starts_with(&format!("`{field}`")), "{made}");
        let changed = update(&app, &user.to_string(), input).await;
        assert_eq!(changed["__typename"], "InvalidUserRejection", "{input}");
    }
    let bad = "mutation { createUser(input: { mobilePhoneNumber: \"079 123 45 67\" }) { __typename } }";
    let answer = app.run_as(&app.token, bad, json!({})).await;
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("+41791234567"), "{answer}");
    assert_eq!(result_type(&app, "createUser", "refId: \"taken\"").await, "RefIdTakenRejection");
    let other = id(&create(&app, "refId: \"other\"").await["user"]);
    assert_eq!(update(&app, &other, "refId: \"taken\"").await["__typename"], "RefIdTakenRejection");
    assert_eq!(update(&app, "nobody", "refId: \"x\"").await["__typename"], "UserNotFoundRejection");
}

#[rstest]
#[tokio::test]
async fn a_deactivated_user_is_kept_and_starts_nothing_until_reactivated(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let input = format!("userId: \"{user}\"");
    let status = shown("DeactivateUserSuccessPayload");
    for _ in 0..2 {
        let ended = mutate(&app, "deactivateUser", &input, &status).await;
        assert_eq!((&ended["user"]["status"], &ended["user"]["version"]), (&json!("Deactivated"), &json!(2)));
    }
    let start = format!("userId: \"{user}\", process: Expert");
    assert_eq!(result_type(&app, "startIdentification", &start).await, "UserDeactivatedRejection");
    let again = update(&app, &user.to_string(), "reactivate: true").await;
    assert_eq!(again["user"]["status"], "Active");
    assert_eq!(result_type(&app, "startIdentification", &start).await, "StartIdentificationSuccessPayload");
    assert_eq!(result_type(&app, "deactivateUser", "userId: \"x\"").await, "UserNotFoundRejection");
}

#[rstest]
#[tokio::test]
async fn a_tag_limited_caller_cannot_create_users_outside_of_its_tags(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let token = app.token_for(app.project, Permissions::all(), Some(&["vip", "staff"])).await;
    let create = async |input: &str| {
        mutate_as(&app, &token, "createUser", input, &shown("CreateUserSuccessPayload")).await
    };
    assert_eq!(create("lastName: \"Known\", tags: []").await["__typename"], "UserTagsNeededRejection");
    // It adds and removes only the tags that it is limited to.
    for tags in ["[\"other\"]", "[\"vip\", \"other\"]"] {
        let refused = create(&format!("tags: {tags}")).await;
        assert_eq!(refused["__typename"], "UserTagsNeededRejection");
        assert!(refused["message"].as_str().unwrap().contains("`other`"), "{refused}");
    }
    // It does not learn whether an invisible user has a `refId`.
    app.user(NewUser { ref_id: Some("taken"), tags: &["other"], ..NewUser::default() }).await;
    let [taken, free] =
        [create("refId: \"taken\", tags: [\"vip\"]").await, create("refId: \"free\", tags: [\"vip\"]").await];
    assert_eq!((&taken, &taken["__typename"]), (&free, &json!("InvalidUserRejection")));
    let user = id(&create("tags: [\"vip\"]").await["user"]);
    let change = async |rest: &str| {
        mutate_as(&app, &token, "updateUser", &format!("userId: \"{user}\", {rest}"), "").await["__typename"]
            .take()
    };
    assert_eq!(change("tags: [\"other\"]").await, "UserTagsNeededRejection");
    assert_eq!(change("refId: \"taken\"").await, change("refId: \"free\"").await);
    assert_eq!(change("refId: \"free\"").await, "InvalidUserRejection");
    assert_eq!(change("tags: [\"staff\"]").await, "UpdateUserSuccessPayload");
    let shared = app.user(NewUser { tags: &["vip", "inside"], ..NewUser::default() }).await;
    let share = async |tags: &str| {
        let input = format!("userId: \"{shared}\", tags: {tags}");
        mutate_as(&app, &token, "updateUser", &input, "").await["__typename"].take()
    };
    assert_eq!(share("[\"vip\"]").await, "UserTagsNeededRejection");
    assert_eq!(share("[\"staff\", \"inside\"]").await, "UpdateUserSuccessPayload");
    let tags = user_tag::Entity::find().all(app.store.read()).await.unwrap();
    let tags = tags.into_iter().filter(|row| row.user_id.to_string() == user).map(|row| row.tag);
    assert_eq!(tags.collect::<Vec<_>>(), ["staff"]);
    let stranger = app.user(NewUser::default()).await;
    let input = format!("userId: \"{stranger}\", firstName: \"x\"");
    assert_eq!(
        mutate_as(&app, &token, "updateUser", &input, "").await["__typename"],
        "UserNotFoundRejection"
    );
}

#[rstest]
#[tokio::test]
async fn one_of_two_concurrent_creates_of_a_user_succeeds(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let both = futures_util::future::join_all((0..8).map(|_| create(&app, "refId: \"same\""))).await;
    let made = both.iter().filter(|it| it["__typename"] == "CreateUserSuccessPayload").count();
    let taken = both.iter().filter(|it| it["__typename"] == "RefIdTakenRejection").count();
    assert_eq!((made, taken), (1, 7));
}

#[rstest]
#[tokio::test]
async fn a_change_of_a_version_that_is_no_longer_there_changes_nothing(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = id(&create(&app, "firstName: \"Ada\", lastName: \"Muster\", tags: [\"vip\"]").await["user"]);
    let first = update(&app, &user, "firstName: \"Anna\", expectedVersion: 1").await;
    assert_eq!((&first["user"]["firstName"], &first["user"]["version"]), (&json!("Anna"), &json!(2)));
    // The second of two people who have read the same version.
    for rest in ["firstName: \"Anne\"", "tags: []", "refId: \"x\"", "firstName: \"\"", "reactivate: true"] {
        let refused = update(&app, &user, &format!("{rest}, expectedVersion: 1")).await;
        assert_eq!(refused["__typename"], "UserChangedMeanwhileRejection", "{rest}");
    }
    let query = format!("{{ user(id: \"{user}\") {{ firstName refId tags version }} }}");
    let expected = json!({ "firstName": "Anna", "refId": null, "tags": ["vip"], "version": 2 });
    assert_eq!(app.query(&query).await["user"], expected);
    let second = update(&app, &user, "lastName: \"Roe\", expectedVersion: 2").await;
    assert_eq!((&second["user"]["firstName"], &second["user"]["version"]), (&json!("Anna"), &json!(3)));
}
