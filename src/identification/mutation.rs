use async_graphql::{Context, InputObject, Object, SimpleObject, Union};
use uuid::Uuid;

use super::{
    Identification, IdentificationStatus, Reason,
    rules::Refused,
    store::update::{self, Report, Updated},
};
use crate::{
    Result,
    auth::policy,
    graphql::{
        ContextExt,
        rejection::{
            ForbiddenRejection, IdentificationNotFoundRejection, IdentificationTransitionRefusedRejection,
            InvalidIdentificationErrorReasonsRejection, InvalidIdentificationLevelsRejection,
        },
    },
};

/// Where the levels of an identification stand. Those left out stay where they are.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct IdentificationLevelsInput {
    /// The level `expert`.
    expert: Option<IdentificationStatus>,
    /// The level `qes`.
    qes: Option<IdentificationStatus>,
    /// The level `pvid`.
    pvid: Option<IdentificationStatus>,
}

/// What is reported about an identification.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateIdentificationInput {
    /// The id of the identification.
    identification_id: String,
    /// Where its levels stand now.
    levels: IdentificationLevelsInput,
    /// Why, for the levels that are `Invalid`; none otherwise.
    error_reasons: Option<Vec<Reason>>,
}

/// The identification is as reported.
#[derive(SimpleObject)]
pub struct UpdateIdentificationSuccessPayload {
    /// The identification; `null` if the token may not read it.
    identification: Option<Identification>,
}

/// How a report about an identification ended.
#[derive(Union)]
pub enum UpdateIdentificationPayload {
    Success(UpdateIdentificationSuccessPayload),
    NotFound(IdentificationNotFoundRejection),
    TransitionRefused(IdentificationTransitionRefusedRejection),
    InvalidLevels(InvalidIdentificationLevelsRejection),
    InvalidReasons(InvalidIdentificationErrorReasonsRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of identifications.
#[derive(Default)]
pub struct IdentificationMutation;

#[Object]
impl IdentificationMutation {
    /// Reports where the levels of an identification stand. The same report twice changes nothing the second time. What
    /// the project's grant policies promise for a level that becomes `Valid` is granted with it. `null` only if it
    /// failed, with an error that says how.
    async fn update_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is reported.")] input: UpdateIdentificationInput,
    ) -> Result<Option<UpdateIdentificationPayload>> {
        use UpdateIdentificationPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "updateIdentification") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        // What is no id is nobody's.
        let Ok(id) = Uuid::try_parse(&input.identification_id) else {
            return Ok(Some(Payload::NotFound(IdentificationNotFoundRejection::new())));
        };
        let IdentificationLevelsInput { expert, qes, pvid } = input.levels;
        let report = Report {
            levels: [expert, qes, pvid].map(|status| status.map(Into::into)),
            reasons: input.error_reasons.unwrap_or_default().into_iter().map(Into::into).collect(),
        };
        let updated = update::update(&request.store, &request.caller, &request.clock, id, &report).await?;
        request.changed();
        Ok(Some(match updated {
            Updated::Done(row) => Payload::Success(UpdateIdentificationSuccessPayload {
                identification: Some(Identification(row)),
            }),
            Updated::NotFound => Payload::NotFound(IdentificationNotFoundRejection::new()),
            Updated::Refused(refused) => refusal(refused),
        }))
    }
}

fn refusal(refused: Refused) -> UpdateIdentificationPayload {
    use UpdateIdentificationPayload as Payload;
    match refused {
        Refused::Nothing => Payload::InvalidLevels(InvalidIdentificationLevelsRejection::new()),
        Refused::NotAwarded(place) => {
            let level = ["expert", "qes", "pvid"][place];
            let message = format!("the process of this identification does not award the level `{level}`");
            Payload::InvalidLevels(InvalidIdentificationLevelsRejection::because(message))
        }
        Refused::NoWay(from, to) => {
            let (from, to) = (IdentificationStatus::from(from), IdentificationStatus::from(to));
            let message = format!("a level that is {} cannot become {}", from.name(), to.name());
            Payload::TransitionRefused(IdentificationTransitionRefusedRejection::because(message))
        }
        Refused::NoReason | Refused::NoInvalid => {
            Payload::InvalidReasons(InvalidIdentificationErrorReasonsRejection::new())
        }
    }
}
