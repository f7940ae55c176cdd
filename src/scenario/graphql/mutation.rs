use std::collections::BTreeMap;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Union};
use entity::project::Mode;
use futures_util::FutureExt;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::scenario::{
    Ids, parse,
    run::{self, TimelineEntry},
    shipped,
};
use crate::{
    Result,
    auth::policy,
    graphql::{
        ContextExt, Duration,
        payload::{Payload as Remembered, idempotency_key, idempotent_exclusive},
        rejection::{
            ForbiddenRejection, IdempotencyKeyBusyRejection, IdempotencyKeyReusedRejection,
            InvalidScenarioRejection, NotSandboxRejection,
        },
    },
    idempotency::StoredRejection,
};

/// Input of the `runScenario` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct RunScenarioInput {
    /// The text of a scenario file (YAML), or the name of a scenario that comes with the server, such as `rejected-passport`.
    scenario: String,
    /// The same key with the same input gives the same answer again for a day, and runs nothing; while it is being run, the
    /// answer is waited for. 1 to 255 of `A-Z a-z 0-9 _ -`.
    idempotency_key: Option<String>,
}

/// Something that happened in a scenario.
#[derive(Clone, Debug, SimpleObject)]
pub struct ScenarioHappening {
    /// How long after the scenario began, by the project's clock.
    after: Duration,
    /// The number of the step in the file, from 1; `null` for what happened by itself.
    step: Option<usize>,
    /// What.
    what: String,
    /// How it ended: where the object stands now, or why the step was refused.
    outcome: String,
    /// Whether the step was refused. The scenario went on.
    is_refused: bool,
    /// Id of the object that it happened to.
    resource_id: Option<ID>,
}

/// An object of a scenario that has a name in it.
#[derive(Clone, Debug, SimpleObject)]
pub struct ScenarioObject {
    /// Its name, given by `as`.
    name: String,
    /// Its id.
    id: ID,
}

/// Success result of the `runScenario` mutation.
#[derive(SimpleObject)]
pub struct RunScenarioSuccessPayload {
    /// What the scenario is called.
    name: String,
    /// What happened, in order.
    happenings: Vec<ScenarioHappening>,
    /// Id of the user that was made last.
    user_id: Option<ID>,
    /// Id of the identification that was made last.
    identification_id: Option<ID>,
    /// Id of the verification session that was made last.
    verification_session_id: Option<ID>,
    /// Id of the document that was made last.
    document_id: Option<ID>,
    /// Id of the proofing request that was made last.
    proofing_request_id: Option<ID>,
    /// The id of the row of the user's history that was made last.
    verification_id: Option<ID>,
    /// Id of the verification result that was made last.
    verification_result_id: Option<ID>,
    /// What has a name in the file, by name. What was to be made by a step that was refused is left out.
    objects: Vec<ScenarioObject>,
    #[graphql(skip)]
    report: StoredReport,
}

/// What is remembered of a scenario that was run. Nothing in it is personal.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct StoredReport {
    name: String,
    happened: Vec<TimelineEntry>,
    ids: Ids,
    named: BTreeMap<String, Uuid>,
}

/// Result of the `runScenario` mutation.
#[derive(Union)]
pub enum RunScenarioPayload {
    Success(RunScenarioSuccessPayload),
    Invalid(InvalidScenarioRejection),
    NotSandbox(NotSandboxRejection),
    KeyReused(IdempotencyKeyReusedRejection),
    KeyBusy(IdempotencyKeyBusyRejection),
    Forbidden(ForbiddenRejection),
}

/// What a success is remembered as.
const SUCCESS: &str = "RunScenarioSuccessPayload";

// A scenario makes many objects: it is remembered with all that it answered, not by the id of one of them.
impl Remembered for RunScenarioPayload {
    fn refusal(&self) -> Option<StoredRejection> {
        let (name, message) = match self {
            Self::Success(done) => (SUCCESS, serde_json::to_string(&done.report).ok()?),
            Self::Invalid(why) => ("InvalidScenarioRejection", why.text().to_owned()),
            Self::NotSandbox(why) => ("NotSandboxRejection", why.text().to_owned()),
            Self::KeyReused(why) => ("IdempotencyKeyReusedRejection", why.text().to_owned()),
            Self::KeyBusy(why) => ("IdempotencyKeyBusyRejection", why.text().to_owned()),
            Self::Forbidden(why) => ("ForbiddenRejection", why.text().to_owned()),
        };
        Some(StoredRejection { name: name.to_owned(), message, subject: None })
    }

    fn refused(StoredRejection { name, message, .. }: &StoredRejection) -> Option<Self> {
        match name.as_str() {
            SUCCESS => {
                serde_json::from_str::<StoredReport>(message).ok().map(|report| Self::Success(report.into()))
            }
            "InvalidScenarioRejection" => Some(Self::Invalid(InvalidScenarioRejection::because(message))),
            "NotSandboxRejection" => Some(Self::NotSandbox(NotSandboxRejection::because(message))),
            "IdempotencyKeyReusedRejection" => {
                Some(Self::KeyReused(IdempotencyKeyReusedRejection::because(message)))
            }
            "IdempotencyKeyBusyRejection" => {
                Some(Self::KeyBusy(IdempotencyKeyBusyRejection::because(message)))
            }
            "ForbiddenRejection" => Some(Self::Forbidden(ForbiddenRejection::because(message))),
            _ => None,
        }
    }
}

/// Mutations that run scenarios.
#[derive(Default)]
pub struct ScenarioMutation;

#[Object]
impl ScenarioMutation {
    /// Runs a scenario in a Sandbox project: a whole verification, step by step, on the project's clock,
    /// which is moved ahead where the scenario waits. What its steps make stays. What the file expects, and
    /// its receiver of webhooks, are left to `verigraph simulate`. Null only if the mutation failed; see
    /// `errors`.
    async fn run_scenario(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: RunScenarioInput,
    ) -> Result<Option<RunScenarioPayload>> {
        use RunScenarioPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "runScenario") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        if request.caller.project.mode != Mode::Sandbox {
            return Ok(Some(Payload::NotSandbox(NotSandboxRejection::new())));
        }
        let asked = serde_json::json!([input.scenario]);
        let key = idempotency_key(request, input.idempotency_key, "runScenario", &asked)?;
        let text = shipped().remove(&input.scenario).unwrap_or(input.scenario);
        let attempt = || async {
            let scenario = match parse(&text) {
                Ok(scenario) => scenario,
                Err(wrong) => {
                    return Ok(Payload::Invalid(InvalidScenarioRejection::because(wrong.to_string())));
                }
            };
            let ran = run::run(request, &request.caller, &scenario).boxed().await?;
            let report =
                StoredReport { name: scenario.name, happened: ran.happened, ids: ran.ids, named: ran.named };
            Ok(Payload::Success(report.into()))
        };
        // A long way, and a future that is as large would be a part of that of every mutation.
        let payload = idempotent_exclusive(request, key.as_ref(), attempt).boxed().await?;
        request.invalidate_loaders();
        Ok(Some(payload))
    }
}

impl From<StoredReport> for RunScenarioSuccessPayload {
    fn from(report: StoredReport) -> Self {
        let Ids { user, identification, session, document, proofing, verification, result } = report.ids;
        let id = |id: Option<Uuid>| id.map(ID::from);
        Self {
            name: report.name.clone(),
            happenings: report.happened.iter().cloned().map(Into::into).collect(),
            user_id: id(user),
            identification_id: id(identification),
            verification_session_id: id(session),
            document_id: id(document),
            proofing_request_id: id(proofing),
            verification_id: id(verification),
            verification_result_id: id(result),
            objects: report
                .named
                .iter()
                .map(|(name, id)| ScenarioObject { name: name.clone(), id: ID::from(*id) })
                .collect(),
            report,
        }
    }
}

impl From<TimelineEntry> for ScenarioHappening {
    fn from(it: TimelineEntry) -> Self {
        let TimelineEntry { after, step, what, outcome, is_refused, resource } = it;
        let resource_id = resource.map(ID::from);
        Self { after: Duration(after), step, what, outcome, is_refused, resource_id }
    }
}
