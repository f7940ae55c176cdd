use std::collections::BTreeMap;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Union};
use entity::project::Mode;
use futures_util::FutureExt;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Result,
    graphql::{
        Duration, mutate,
        payload::idempotency_key,
        rejection::{ForbiddenRejection, IdempotencyKeyBusyRejection, IdempotencyKeyReusedRejection},
    },
    idempotency::{self, Replayable, StoredRejection},
    sandbox::graphql::rejection::NotSandboxRejection,
    scenario::{
        Ids, graphql::rejection::InvalidScenarioRejection, parse, run, shipped, timeline::TimelineEntry,
    },
};

/// Input of the `runScenario` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct RunScenarioInput {
    /// Text of a scenario file (YAML), or the name of a built-in scenario, such as `rejected-passport`.
    scenario: String,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours, without running the scenario again. While the first
    /// request is running, the repeated one waits for its result.
    idempotency_key: Option<String>,
}

/// An entry of a scenario's timeline.
#[derive(Clone, Debug, SimpleObject)]
pub struct ScenarioHappening {
    /// Time since the start of the scenario, by the project's clock.
    after: Duration,
    /// Number of the step in the file, from 1. Null for a change that was due at its time.
    step: Option<usize>,
    /// Description of the step or change.
    what: String,
    /// Outcome: the present status of the object, or the reason why the step was rejected.
    outcome: String,
    /// Whether the step was rejected. The scenario continues after a rejected step.
    is_refused: bool,
    /// Id of the object.
    resource_id: Option<ID>,
}

/// An object that a step named.
#[derive(Clone, Debug, SimpleObject)]
pub struct ScenarioObject {
    /// Name of the object, set by `as`.
    name: String,
    /// Id of the object.
    id: ID,
}

/// Success result of the `runScenario` mutation. Steps may have been rejected.
#[derive(SimpleObject)]
pub struct RunScenarioSuccessPayload {
    /// Name of the scenario.
    name: String,
    /// Timeline of the scenario, in order.
    happenings: Vec<ScenarioHappening>,
    /// Id of the user that was created last.
    user_id: Option<ID>,
    /// Id of the identification that was created last.
    identification_id: Option<ID>,
    /// Id of the verification session that was created last.
    verification_session_id: Option<ID>,
    /// Id of the document that was created last.
    document_id: Option<ID>,
    /// Id of the proofing request that was created last.
    proofing_request_id: Option<ID>,
    /// Id of the grant that was created last.
    verification_id: Option<ID>,
    /// Id of the verification result that was created last.
    verification_result_id: Option<ID>,
    /// Objects that have a name in the file, by name. Objects of rejected steps are omitted.
    objects: Vec<ScenarioObject>,
    #[graphql(skip)]
    report: StoredReport,
}

/// Stored result of a scenario, for repeated requests. Contains no personal data.
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

/// Name under which a success is stored.
const SUCCESS: &str = "RunScenarioSuccessPayload";

// A scenario creates many objects, so the whole result is stored, not the id of one object.
impl Replayable for RunScenarioPayload {
    fn rejection(&self) -> Option<StoredRejection> {
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

    fn replayed(StoredRejection { name, message, .. }: &StoredRejection) -> Option<Self> {
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
    /// which is advanced where the scenario waits. The objects that the steps create remain. Expected results
    /// and the receiver of webhooks in the file are only used by `verigraph simulate`. Null only if the
    /// mutation failed; see `errors`.
    async fn run_scenario(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: RunScenarioInput,
    ) -> Result<Option<RunScenarioPayload>> {
        use RunScenarioPayload as Payload;

        mutate(ctx, |request| async move {
            if request.caller.project.mode != Mode::Sandbox {
                return Ok(Payload::NotSandbox(NotSandboxRejection::new()));
            }
            let key_input = serde_json::json!([input.scenario]);
            let key = idempotency_key(request, input.idempotency_key, "runScenario", &key_input)?;
            let text = shipped().remove(&input.scenario).unwrap_or(input.scenario);
            let attempt = || async {
                let scenario = match parse(&text) {
                    Ok(scenario) => scenario,
                    Err(wrong) => {
                        return Ok(Payload::Invalid(InvalidScenarioRejection::because(wrong.to_string())));
                    }
                };
                let ran = run::run(request, &request.caller, &scenario).boxed().await?;
                let report = StoredReport {
                    name: scenario.name,
                    happened: ran.happened,
                    ids: ran.ids,
                    named: ran.named,
                };
                Ok(Payload::Success(report.into()))
            };
            // Boxed, because a future of this size would become part of the future of every mutation.
            idempotency::run_exclusive(request.op(), key.as_ref(), request.time(), attempt).boxed().await
        })
        .await
        .map(Some)
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
