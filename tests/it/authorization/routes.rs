//! Every route of the REST surfaces against every kind of caller, from the table that says who may.

use axum::{
    body::Body,
    http::{Request, header},
};
use entity::proofing_request::{self, State};
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;
use verigraph::auth::{
    Audience, Permission, Permissions, credential,
    policy::{Need, ROUTES},
};

use super::fixture::Fixture;
use crate::{
    harness::{Answer, NewProofing, TestApp},
    on_both,
};

/// A request that a caller who may would get an answer to.
async fn ask(
    app: &TestApp,
    method: &str,
    path: &str,
    (proofing, result): (Uuid, Uuid),
    authorization: Option<&str>,
) -> Answer {
    let id = if audience(path) == Audience::Results { result.to_string() } else { "2".to_owned() };
    let uri = path.replace("{requestId}", &proofing.to_string()).replace("{side}", "1").replace("{id}", &id);
    let body = if path.ends_with("{side}") {
        Body::from(&b"\xff\xd8\xff\xe0"[..])
    } else {
        Body::from("{\"documentAuthenticationResult\":\"PASSED\"}")
    };
    let mut request = Request::builder().method(method).uri(uri);
    if let Some(authorization) = authorization {
        request = match audience(path) {
            Audience::Graph => request.header(header::AUTHORIZATION, authorization),
            Audience::Results => {
                request.header("x-auth-token", authorization.trim_start_matches("Bearer").trim_start())
            }
        };
    }
    app.send(request.body(body).unwrap()).await
}

/// Whose tokens a path takes.
fn audience(path: &str) -> Audience {
    if path.starts_with("/v1/verification") { Audience::Results } else { Audience::Graph }
}

async fn proofings(app: &TestApp) -> Vec<proofing_request::Model> {
    proofing_request::Entity::find().all(app.store.write()).await.unwrap()
}

/// What names the one thing that is wrong, in the shape of the path's surface.
fn words(answer: &Answer) -> String {
    let body = answer.json();
    let message = body.get("errorMessage").or(body.get("message")).unwrap_or(&body["error"]["message"]);
    message.as_str().unwrap_or_else(|| panic!("no message: {body}")).to_owned()
}

on_both! {
    async fn a_route_answers_exactly_who_holds_its_permission(app: TestApp) {
        let result = Fixture::insert(&app).await.results[0];
        let now = app.clock.now();
        let revoked = app.credential(app.project, Permissions::all(), None).await;
        assert!(credential::revoke(&app.store, &app.clock, &revoked.client_id).await.unwrap());
        let other = app.new_project().await;
        let other = app.credential(other, Permissions::all(), None).await.credential;
        // A token can hold less than its credential.
        let all = app.credential(app.project, Permissions::all(), None).await.credential;

        for &(method, path, need) in ROUTES {
            let whole = async |credential| app.token_as(audience(path), credential, Permissions::all(), 3600).await;
            app.clock.set(now.plus_seconds(-7200));
            let expired = whole(all).await;
            app.clock.set(now);
            let (revoked, other) = (whole(revoked.credential).await, whole(other).await);
            let foreign = match audience(path) {
                Audience::Graph => Audience::Results,
                Audience::Results => Audience::Graph,
            };
            let foreign = app.token_as(foreign, all, Permissions::all(), 3600).await;
            let Need::One(needed) = need else { panic!("{path} needs {need:?}") };
            let image = NewProofing { state: State::Image, ..NewProofing::default() };
            let proofing = app.proofing(image.clone()).await.id;
            let before = proofings(&app).await;

            for nobody in ["", "Bearer ", "Bearer nonsense", "Basic ZGVtbzpkZW1v", &expired, &revoked, &foreign] {
                let bearer = if nobody.len() > 30 { format!("Bearer {nobody}") } else { nobody.to_owned() };
                let answer = ask(&app, method, path, (proofing, result), Some(&bearer)).await;
                assert_eq!(answer.status, 401, "{method} {path} {bearer}: {}", answer.text);
                assert!(!words(&answer).is_empty());
            }
            assert_eq!(ask(&app, method, path, (proofing, result), None).await.status, 401, "{method} {path}");

            let without: Permissions = Permissions::all().iter().filter(|it| *it != needed).collect();
            let single = Permission::ALL.map(|one| [one].into_iter().collect());
            for held in single.into_iter().chain([without, Permissions::default(), Permissions::all()]) {
                for credential in [app.credential(app.project, held, None).await.credential, all] {
                    let token = app.token_as(audience(path), credential, held, 3600).await;
                    let before = proofings(&app).await;
                    // A step that is taken cannot be taken again.
                    let of_its_own = app.proofing(image.clone()).await.id;
                    let answer = ask(&app, method, path, (of_its_own, result), Some(&format!("Bearer {token}"))).await;
                    if held.holds(needed) {
                        assert_eq!(answer.status, 200, "{method} {path} [{held}]: {}", answer.text);
                        continue;
                    }
                    let expected = (403, format!("this needs the permission {needed}"));
                    assert_eq!((answer.status.as_u16(), words(&answer)), expected, "{method} {path} [{held}]");
                    assert_eq!(proofings(&app).await.len(), before.len() + 1, "{method} {path} [{held}]");
                }
            }

            let answer = ask(&app, method, path, (proofing, result), Some(&format!("Bearer {other}"))).await;
            let expected = if path.contains('{') { 404 } else { 200 };
            assert_eq!(answer.status.as_u16(), expected, "{method} {path}: {}", answer.text);
            let nothing = answer.json();
            for list in ["results", "data"] {
                assert!(nothing.get(list).is_none_or(|rows| *rows == json!([])), "{method} {path}: {nothing}");
            }
            // Whoever was refused has changed nothing.
            let after = proofings(&app).await;
            assert!(before.iter().all(|row| after.contains(row)), "{method} {path}");
        }
    }
}
