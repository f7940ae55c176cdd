//! Documents with every possible outcome of every mutation of the write side.

use entity::project;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::harness::{NewIdentification, NewUser, TestApp};

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

type Outcome = (&'static str, String);

fn of(name: &'static str, input: &str) -> Outcome {
    (name, format!("{name}(input: {{ {input} }})"))
}

/// The selection of each mutation besides the message of its rejections.
pub fn fields(name: &str) -> Option<&'static str> {
    Some(match name {
        "createUser" => "... on CreateUserSuccessPayload { user { id } }",
        "updateUser" => "... on UpdateUserSuccessPayload { user { id } } ... on UserNotFoundRejection { id }",
        "deactivateUser" => "... on DeactivateUserSuccessPayload { user { id } }",
        "eraseUser" => "... on EraseUserSuccessPayload { user { id } erasedAt receipt }",
        "placeLegalHold" => "... on PlaceLegalHoldSuccessPayload { user { id } }",
        "releaseLegalHold" => "... on ReleaseLegalHoldSuccessPayload { user { id } }",
        "setRetentionPolicy" => "... on SetRetentionPolicySuccessPayload { retentionPolicies { days } }",
        "setProjectSettings" => "... on SetProjectSettingsSuccessPayload { settings { idleMinutes } }",
        "setNameSearch" => "... on SetNameSearchSuccessPayload { settings { nameSearch } }",
        "createCredential" => {
            "... on CreateCredentialSuccessPayload { credential { id } clientId clientSecret apiKey }"
        }
        "rotateCredential" => {
            "... on RotateCredentialSuccessPayload { credential { id } clientSecret apiKey }"
        }
        "revokeCredential" => "... on RevokeCredentialSuccessPayload { credential { id } }",
        "startIdentification" => "... on StartIdentificationSuccessPayload { identification { id } }",
        "cancelIdentification" => "... on CancelIdentificationSuccessPayload { identification { id } }",
        "revokeIdentification" => "... on RevokeIdentificationSuccessPayload { identification { id } }",
        "addExternalIdentification" => {
            "... on AddExternalIdentificationSuccessPayload { identification { id } }"
        }
        "expireLevels" => "... on ExpireLevelsSuccessPayload { matched expired remaining }",
        "setLevelValidity" => "... on SetLevelValiditySuccessPayload { levelValidities { days } }",
        "createSandboxUser" => {
            "... on CreateSandboxUserSuccessPayload { sandboxUser { id } } ... on NationalityNotFoundRejection { identifier }"
        }
        "updateSandboxUser" => "... on UpdateSandboxUserSuccessPayload { sandboxUser { id } }",
        "endorseSandboxUser" => "... on EndorseSandboxUserSuccessPayload { sandboxUser { id } }",
        "deleteSandboxUser" => "... on DeleteSandboxUserSuccessPayload { id }",
        "createSandboxIdentification" => {
            "... on CreateSandboxIdentificationSuccessPayload {
                sandboxIdentification { __typename id identification { id } } }"
        }
        "updateSandboxIdentification" => {
            "... on UpdateSandboxIdentificationSuccessPayload {
                sandboxIdentification { __typename id identification { id } } }"
        }
        "advanceSandboxClock" => {
            "... on AdvanceSandboxClockSuccessPayload {
                from to remaining happenings { __typename at type resourceId } }"
        }
        _ => return None,
    })
}

/// Outcomes that are possible in a Live project.
pub async fn outcomes(app: &TestApp) -> Vec<Outcome> {
    let user = app.user(NewUser { ref_id: Some("taken"), ..NewUser::default() }).await;
    let (gone, idle) = (app.user(NewUser::default()).await, app.user(NewUser::default()).await);
    let valid = app.identification(user, NewIdentification::default()).await;
    let pending = NewIdentification { status: entity::identification::Status::Pending, ..Default::default() };
    let pending = app.identification(user, pending).await;
    let credential =
        app.credential(app.project, verigraph::auth::Permissions::default(), None).await.credential;
    let start = |user: &str, rest: &str| {
        of("startIdentification", &format!("userId: \"{user}\", process: Expert{rest}"))
    };
    let end = |name, id: &str| of(name, &format!("identificationId: \"{id}\", reason: \"why\""));
    let external = |user: &str, rest: &str| {
        of(
            "addExternalIdentification",
            &format!("userId: \"{user}\", process: Expert, provider: \"p\", {rest}"),
        )
    };
    let good = "levels: { expert: Valid }";
    let hold = |user: &str| of("placeLegalHold", &format!("userId: \"{user}\", reason: \"law\""));
    let mut all = vec![
        of("createUser", "lastName: \"Known\", idempotencyKey: \"u\""),
        of("createUser", "refId: \"u\", idempotencyKey: \"u\""),
        of("createUser", "refId: \"taken\""),
        of("createUser", "refId: \"\""),
        of("updateUser", &format!("userId: \"{user}\", firstName: \"x\"")),
        of("updateUser", &format!("userId: \"{user}\", firstName: \"\"")),
        of("updateUser", &format!("userId: \"{user}\", firstName: \"y\", expectedVersion: 99")),
        of("updateUser", &format!("userId: \"{gone}\", refId: \"taken\"")),
        of("updateUser", &format!("userId: \"{NOBODY}\", refId: \"x\"")),
        hold(&user.to_string()),
        hold(NOBODY),
        of("releaseLegalHold", &format!("userId: \"{user}\"")),
        of("releaseLegalHold", &format!("userId: \"{NOBODY}\"")),
        of("eraseUser", &format!("userId: \"{gone}\"")),
        of("eraseUser", &format!("userId: \"{NOBODY}\"")),
        hold(&gone.to_string()),
        of("updateUser", &format!("userId: \"{gone}\", firstName: \"x\"")),
        of("setRetentionPolicy", "dataClass: DocumentImages, days: 30"),
        of("setProjectSettings", "idleMinutes: 20"),
        of("setNameSearch", "nameSearch: Scan"),
        of("createCredential", "label: \"a\", permissions: [], idempotencyKey: \"d\""),
        of("createCredential", "label: \"b\", permissions: [], idempotencyKey: \"d\""),
        of("createCredential", "label: \"a\", permissions: [\"FLY\"]"),
        of("rotateCredential", &format!("credentialId: \"{credential}\", clientSecret: true, apiKey: true")),
        of("revokeCredential", &format!("credentialId: \"{credential}\"")),
        of("revokeCredential", &format!("credentialId: \"{NOBODY}\"")),
        start(&user.to_string(), ", idempotencyKey: \"s\""),
        start(NOBODY, ", idempotencyKey: \"s\""),
        start(NOBODY, ""),
        end("cancelIdentification", &pending.to_string()),
        end("cancelIdentification", &valid.to_string()),
        end("cancelIdentification", NOBODY),
        end("revokeIdentification", &valid.to_string()),
        end("revokeIdentification", &pending.to_string()),
        end("revokeIdentification", NOBODY),
        external(&user.to_string(), &format!("reference: \"1\", {good}, idempotencyKey: \"e\"")),
        external(&user.to_string(), &format!("reference: \"2\", {good}, idempotencyKey: \"e\"")),
        external(&user.to_string(), &format!("reference: \"1\", {good}")),
        external(&user.to_string(), "reference: \"1\", levels: {}"),
        external(&user.to_string(), "reference: \"1\", levels: { expert: Invalid }"),
        external(
            &user.to_string(),
            &format!(
                "reference: \"3\", {good}, identityDocument: {{ documentType: Passport, fields: {{ sex: \"\" }} }}"
            ),
        ),
        external(NOBODY, &format!("reference: \"4\", {good}")),
        of("expireLevels", "filter: { levels: [expert] }, reason: \"why\""),
        of("setLevelValidity", "level: expert, days: 10"),
        of("deactivateUser", &format!("userId: \"{idle}\"")),
        of("deactivateUser", &format!("userId: \"{NOBODY}\"")),
        start(&idle.to_string(), ""),
        external(&idle.to_string(), &format!("reference: \"5\", {good}")),
    ];
    all.extend([
        of("createSandboxUser", ""),
        of("updateSandboxUser", "id: \"x\""),
        of("endorseSandboxUser", "id: \"x\""),
        of("deleteSandboxUser", "id: \"x\""),
        of("createSandboxIdentification", "userId: \"x\", process: Expert, levels: {}"),
        of("updateSandboxIdentification", "identificationId: \"x\", levels: {}"),
        of("advanceSandboxClock", "by: \"PT1H\""),
    ]);
    all
}

/// Outcomes that are possible in a Sandbox project only.
pub async fn in_sandbox(app: &TestApp) -> Vec<Outcome> {
    let user = app.user(NewUser::default()).await;
    let identification = app.identification(user, NewIdentification::default()).await;
    let idle = app.user(NewUser::default()).await;
    app.query(&format!("mutation {{ deactivateUser(input: {{ userId: \"{idle}\" }}) {{ __typename }} }}"))
        .await;
    app.query(&format!(
        "mutation {{ startIdentification(input: {{ userId: \"{user}\", process: PVID }}) {{ __typename }} }}"
    ))
    .await;
    let make = |user: &str, rest: &str| {
        of("createSandboxIdentification", &format!("userId: \"{user}\", process: Expert{rest}"))
    };
    let force = |id: &str, rest: &str| {
        of("updateSandboxIdentification", &format!("identificationId: \"{id}\", {rest}"))
    };
    let (user, identification) = (user.to_string(), identification.to_string());
    vec![
        of("createSandboxUser", "idempotencyKey: \"x\""),
        of("createSandboxUser", "firstName: \"Ada\", idempotencyKey: \"x\""),
        of("createSandboxUser", "nationalityCCA3: \"ZZZ\""),
        of("createSandboxUser", "firstName: \"\""),
        of("updateSandboxUser", &format!("id: \"{user}\", firstName: \"Ada\"")),
        of("updateSandboxUser", &format!("id: \"{user}\", nationalityCCA3: \"ZZZ\"")),
        of("updateSandboxUser", &format!("id: \"{user}\", firstName: \"\"")),
        of("updateSandboxUser", "id: \"x\""),
        of("endorseSandboxUser", &format!("id: \"{user}\"")),
        of("endorseSandboxUser", "id: \"x\""),
        make(&user, ", levels: {}, idempotencyKey: \"i\""),
        make(&user, ", levels: { expert: Valid }, idempotencyKey: \"i\""),
        make(&user, ", levels: { pvid: Valid }"),
        make(&user, ", levels: { expert: Invalid }"),
        make(NOBODY, ", levels: {}"),
        make(&idle.to_string(), ", levels: {}"),
        force(&identification, "levels: { expert: Pending }"),
        force(&identification, "levels: { pvid: Pending }"),
        force(&identification, "levels: { expert: Invalid }"),
        force(NOBODY, "levels: { expert: Pending }"),
        of("advanceSandboxClock", "by: \"PT1H\""),
        of("runScenario", "scenario: \"forced\""),
        of("runScenario", "scenario: \"two-people\""),
        of("runScenario", "scenario: \"example-user-verification\""),
        of("runScenario", "scenario: \"example-id-proofing\""),
        of("runScenario", "scenario: \"example-verification-history\""),
        of("runScenario", "scenario: \"example-verification-result\""),
        of("runScenario", "scenario: \"nonsense: 1\""),
        of("deleteSandboxUser", &format!("id: \"{user}\"")),
        of("deleteSandboxUser", "id: \"x\""),
    ]
}

/// Changes the test's project to Sandbox mode, for requests from now on.
pub async fn to_sandbox(app: &TestApp, project: Uuid) {
    project::Entity::update_many()
        .col_expr(project::Column::Mode, Expr::value("Sandbox"))
        .filter(project::Column::Id.eq(project))
        .exec(app.store.write())
        .await
        .unwrap();
}
