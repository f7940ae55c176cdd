//! Every route of the REST APIs against every kind of caller, from the policy table.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    body::Body,
    http::{Request, header},
};
use entity::{
    document_image,
    proofing_request::{self, State},
};
use rstest::rstest;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use uuid::Uuid;
use verigraph::{
    auth::{Audience, Permission, Permissions, credential, policy::rule::Requirement},
    schema::POLICY,
};

use super::fixture::Fixture;
use crate::{
    harness::{Answer, Db, NewProofing, TestApp},
    proofing_rest::images::IMAGE,
};

/// The rows that the paths refer to.
struct Named {
    proofing: Uuid,
    image: Uuid,
    result: Uuid,
}

/// A request that succeeds for a permitted caller.
async fn ask(app: &TestApp, method: &str, path: &str, named: &Named, authorization: Option<&str>) -> Answer {
    let id = match audience(path) {
        Audience::Results => named.result.to_string(),
        Audience::Graph | Audience::Session if path.contains("images") => named.image.to_string(),
        Audience::Graph | Audience::Session => "2".to_owned(),
    };
    let uri = path.replace("{requestId}", &named.proofing.to_string()).replace("{side}", "1");
    let uri = uri.replace("{id}", &id).replace("{refId}", "first");
    let body = if path.starts_with("/export/") {
        Body::from("{}")
    } else if path.ends_with("{side}") {
        Body::from(IMAGE)
    } else if path == "/v2/sessions" {
        Body::from("{\"refId\":\"first\"}")
    } else {
        Body::from("{\"documentAuthenticationResult\":\"PASSED\"}")
    };
    let mut request = Request::builder().method(method).uri(uri);
    if let Some(authorization) = authorization {
        request = match audience(path) {
            Audience::Graph | Audience::Session => request.header(header::AUTHORIZATION, authorization),
            Audience::Results => {
                request.header("x-auth-token", authorization.trim_start_matches("Bearer").trim_start())
            }
        };
    }
    app.send(request.body(body).unwrap()).await
}

/// The audience of the tokens that a path accepts.
fn audience(path: &str) -> Audience {
    if path.starts_with("/v1/verification") { Audience::Results } else { Audience::Graph }
}

async fn proofings(app: &TestApp) -> BTreeMap<Uuid, proofing_request::Model> {
    let rows = proofing_request::Entity::find().all(app.store.write()).await.unwrap();
    rows.into_iter().map(|row| (row.id, row)).collect()
}

async fn count(app: &TestApp) -> u64 {
    proofing_request::Entity::find().count(app.store.write()).await.unwrap()
}

/// The code or message of the error, in the format of the path's API.
fn words(answer: &Answer) -> String {
    let body = answer.json();
    let message = body.get("errorMessage").or(body.get("message"));
    let message = message.or(body.pointer("/error/message")).or(body.pointer("/errors/0/message"));
    let message = message.unwrap_or(&serde_json::Value::Null);
    message.as_str().unwrap_or_else(|| panic!("no message: {body}")).to_owned()
}

#[rstest]
#[tokio::test]
async fn a_route_accepts_exactly_the_callers_with_its_permission(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let result = Fixture::insert(&app).await.results[0];
    let now = app.clock.now();
    let revoked = app.credential(app.project, Permissions::all(), None).await;
    assert!(credential::revoke(&app.store, &app.clock, &revoked.client_id).await.unwrap());
    let other = app.new_project().await;
    let other = app.credential(other, Permissions::all(), None).await.credential;
    // A token can have fewer permissions than its credential.
    let all = app.credential(app.project, Permissions::all(), None).await.credential;

    let image = document_image::Entity::find().one(app.store.write()).await.unwrap().unwrap().id;
    let routes: BTreeSet<(&str, &str)> =
        POLICY.routes().iter().map(|(method, path, _)| (*method, *path)).collect();
    for (method, path) in routes {
        let whole =
            async |credential| app.token_as(audience(path), credential, Permissions::all(), 3600).await;
        app.clock.set(now.plus_seconds(-7200));
        let expired = whole(all).await;
        app.clock.set(now);
        let (revoked, other) = (whole(revoked.credential).await, whole(other).await);
        let foreign = match audience(path) {
            Audience::Graph | Audience::Session => Audience::Results,
            Audience::Results => Audience::Graph,
        };
        let foreign = app.token_as(foreign, all, Permissions::all(), 3600).await;
        let needed = POLICY.needs_of(method, path).map(|need| match need {
            Requirement::One(needed) => needed,
            need => panic!("{path} needs {need:?}"),
        });
        let needed: Vec<Permission> = needed.collect();
        let pictured = NewProofing { state: State::Image, ..NewProofing::default() };
        let proofing = app.proofing(pictured.clone()).await.id;
        let named = Named { proofing, image, result };
        let before = proofings(&app).await;

        for nobody in ["", "Bearer ", "Bearer nonsense", "Basic ZGVtbzpkZW1v", &expired, &revoked, &foreign] {
            let bearer = if nobody.len() > 30 { format!("Bearer {nobody}") } else { nobody.to_owned() };
            let answer = ask(&app, method, path, &named, Some(&bearer)).await;
            assert_eq!(answer.status, 401, "{method} {path} {bearer}: {}", answer.text);
            assert!(!words(&answer).is_empty());
        }
        assert_eq!(ask(&app, method, path, &named, None).await.status, 401, "{method} {path}");

        let without = needed
            .iter()
            .map(|needed| Permissions::all().iter().filter(|it| it != needed).collect::<Permissions>());
        let single = Permission::ALL.iter().map(|one| [*one].into_iter().collect());
        let exactly = needed.iter().copied().collect();
        let others = [exactly, Permissions::default(), Permissions::all()];
        for held in single.chain(without).chain(others) {
            for credential in [app.credential(app.project, held, None).await.credential, all] {
                let token = app.token_as(audience(path), credential, held, 3600).await;
                let before = count(&app).await;
                // A completed step cannot be repeated.
                let of_its_own = Named { proofing: app.proofing(pictured.clone()).await.id, image, result };
                let answer = ask(&app, method, path, &of_its_own, Some(&format!("Bearer {token}"))).await;
                let Some(missing) = needed.iter().find(|needed| !held.holds(**needed)) else {
                    assert_eq!(answer.status, 200, "{method} {path} [{held}]: {}", answer.text);
                    continue;
                };
                let expected = (403, format!("this requires the permission {missing}"));
                assert_eq!((answer.status.as_u16(), words(&answer)), expected, "{method} {path} [{held}]");
                assert_eq!(count(&app).await, before + 1, "{method} {path} [{held}]");
            }
        }

        let answer = ask(&app, method, path, &named, Some(&format!("Bearer {other}"))).await;
        let expected = if path.contains('{') { 404 } else { 200 };
        assert_eq!(answer.status.as_u16(), expected, "{method} {path}: {}", answer.text);
        let nothing = if path.starts_with("/export/") {
            // The project has entries of its own.
            let is_there = [proofing, image, result].iter().any(|id| answer.text.contains(&id.to_string()));
            assert!(!is_there, "{method} {path}: {}", answer.text);
            json!({})
        } else {
            answer.json()
        };
        for list in ["results", "data"] {
            assert!(nothing.get(list).is_none_or(|rows| *rows == json!([])), "{method} {path}: {nothing}");
        }
        // A rejected request has changed nothing.
        let after = proofings(&app).await;
        assert!(before.iter().all(|(id, row)| after.get(id) == Some(row)), "{method} {path}");
    }
}
