//! Mutations that members of each role send by cookie, past the pages.

use std::collections::BTreeMap;

use entity::role::BuiltIn;
use rstest::rstest;
use sea_orm::Iterable;
use serde_json::json;
use verigraph::auth::Permission;

use super::{
    lifecycle,
    mutations::needed,
    outcomes::{all_outcomes, document},
};
use crate::{
    harness::{Db, TestApp},
    members::Person,
    webhooks::{Receiver, settings},
};

/// Whether a role holds a permission that mutations need, as docs/dashboard.md says.
fn holds(role: BuiltIn, permission: Permission, is_sandbox: bool) -> bool {
    use Permission::{
        CredentialsManage, IdentificationsEdit, IdproofingEdit, MembersManage, ProjectManage, SessionsEdit,
        VerificationsGrant, WebhooksManage,
    };

    match role {
        BuiltIn::Owner => true,
        BuiltIn::Admin => permission != ProjectManage,
        BuiltIn::Reviewer => {
            [IdentificationsEdit, VerificationsGrant, IdproofingEdit, SessionsEdit].contains(&permission)
        }
        BuiltIn::Developer if is_sandbox => ![ProjectManage, MembersManage].contains(&permission),
        BuiltIn::Developer => [WebhooksManage, CredentialsManage].contains(&permission),
        BuiltIn::Support | BuiltIn::Auditor => false,
    }
}

#[rstest]
#[tokio::test]
async fn a_role_is_refused_every_mutation_that_it_does_not_hold_and_no_other(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
    #[values(false, true)] is_sandbox: bool,
) {
    let mut app = TestApp::start(db).await;
    app.restart_with(settings());
    let receiver = Receiver::start().await;
    let mut all = all_outcomes(&app, &receiver.url).await;
    if is_sandbox {
        lifecycle::to_sandbox(&app, app.project).await;
        app.restart_with(settings());
        all.extend(lifecycle::in_sandbox(&app).await);
    }
    // The last document of each mutation: most of them change no data, so the roles do not affect each other.
    let mut documents: BTreeMap<_, _> =
        all.iter().map(|(name, mutation)| (*name, document(name, mutation))).collect();
    // Each role may delete its own views, and the owner, who is first, deletes the shared one.
    documents.remove("deleteView");
    app.restart_with_documents(documents.values().map(String::as_str));
    let (mut refused, mut run) = (0, 0);
    for role in BuiltIn::iter() {
        let (_, browser) = Person::invited(&app, &format!("by-{role:?}@example.org"), role, None).await;
        let mut browser = browser.with("x-verigraph-project", Some(&app.project.to_string()));
        for (name, text) in &documents {
            let answer = browser.post(&app, "/graphql", json!({ "query": text })).await.json();
            let outcome = &answer["data"][name]["__typename"];
            assert!(outcome.is_string(), "{role:?}: {text}: {answer}");
            let is_refused = *outcome == "ForbiddenRejection";
            assert_eq!(is_refused, !holds(role, needed(name), is_sandbox), "{role:?}: {text}: {answer}");
            *(if is_refused { &mut refused } else { &mut run }) += 1;
        }
    }
    assert!(refused > 2 * documents.len() && run > documents.len(), "{refused} refused, {run} run");
}
