use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::identification::Status;
use uuid::Uuid;

use super::{Identification, IdentificationStatus, Reason};
use crate::identification::{
    rules::TransitionError,
    store::update::{self, LevelReport, UpdateOutcome},
};
use crate::{
    Result,
    auth::policy,
    graphql::{
        ContextExt, DateTime,
        rejection::{
            ForbiddenRejection, IdentificationNotFoundRejection, IdentificationTransitionRefusedRejection,
            InvalidIdentificationErrorReasonsRejection, InvalidIdentificationLevelsRejection,
            UserErasedRejection,
        },
    },
    payload,
};

/// Where the levels of an identification stand. Those left out stay where they are.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct IdentificationLevelStatusesInput {
    /// The level `expert`.
    expert: Option<IdentificationStatus>,
    /// The level `qes`.
    qes: Option<IdentificationStatus>,
    /// The level `pvid`.
    pvid: Option<IdentificationStatus>,
}

impl IdentificationLevelStatusesInput {
    /// In the order expert, qes, pvid.
    #[must_use]
    pub fn statuses(self) -> [Option<Status>; 3] {
        [self.expert, self.qes, self.pvid].map(|status| status.map(Into::into))
    }
}

/// What is reported about an identification.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateIdentificationInput {
    /// Id of the identification.
    identification_id: ID,
    /// Where its levels stand now.
    levels: IdentificationLevelStatusesInput,
    /// Why, for the levels that are `Invalid`; none otherwise.
    error_reasons: Option<Vec<Reason>>,
    /// Until when those levels are valid that become `Valid`. Left out: as `setLevelValidity` has it.
    valid_until: Option<DateTime>,
}

/// The identification is as reported.
#[derive(SimpleObject)]
pub struct UpdateIdentificationSuccessPayload {
    /// The identification. Null if the token may not read it.
    identification: Option<Identification>,
}

payload! {
    /// How a report about an identification ended.
    UpdateIdentificationPayload: UpdateIdentificationSuccessPayload,
    NotFound(IdentificationNotFoundRejection),
    UserErased(UserErasedRejection),
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
    /// Reports where the levels of an identification stand. The same report twice changes nothing the second
    /// time. What the project's grant policies promise for a level that becomes `Valid` is granted with it.
    /// Null only if the mutation failed; see `errors`.
    async fn update_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: UpdateIdentificationInput,
    ) -> Result<Option<UpdateIdentificationPayload>> {
        use UpdateIdentificationPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "updateIdentification") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        // A malformed id matches no row.
        let Ok(id) = Uuid::try_parse(&input.identification_id) else {
            return Ok(Some(Payload::NotFound(IdentificationNotFoundRejection::new())));
        };
        let report = LevelReport {
            levels: input.levels.statuses(),
            reasons: input.error_reasons.unwrap_or_default().into_iter().map(Into::into).collect(),
            valid_until: input.valid_until.map(|at| at.0),
        };
        let updated =
            update::update((&request.store, &request.vault, &request.caller, &request.clock), id, &report)
                .await?;
        request.invalidate_loaders();
        Ok(Some(match updated {
            UpdateOutcome::Done(row) => Payload::Success(UpdateIdentificationSuccessPayload {
                identification: Some(Identification(row)),
            }),
            UpdateOutcome::NotFound => Payload::NotFound(IdentificationNotFoundRejection::new()),
            UpdateOutcome::UserErased => Payload::UserErased(UserErasedRejection::new()),
            UpdateOutcome::Refused(refused) => refusal(refused),
        }))
    }
}

fn refusal(refused: TransitionError) -> UpdateIdentificationPayload {
    use UpdateIdentificationPayload as Payload;
    match refused {
        TransitionError::Nothing => Payload::InvalidLevels(InvalidIdentificationLevelsRejection::new()),
        TransitionError::NotAwarded(place) => {
            let level = ["expert", "qes", "pvid"][place];
            let message = format!("the process of this identification does not award the level `{level}`");
            Payload::InvalidLevels(InvalidIdentificationLevelsRejection::because(message))
        }
        TransitionError::IllegalTransition(from, to) => {
            let (from, to) = (IdentificationStatus::from(from), IdentificationStatus::from(to));
            let message = format!("a level that is {} cannot become {}", from.name(), to.name());
            Payload::TransitionRefused(IdentificationTransitionRefusedRejection::because(message))
        }
        TransitionError::NoReason | TransitionError::NoInvalid => {
            Payload::InvalidReasons(InvalidIdentificationErrorReasonsRejection::new())
        }
    }
}
