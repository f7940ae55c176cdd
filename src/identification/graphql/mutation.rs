use async_graphql::{Context, InputObject, Object, SimpleObject};
use entity::identification::Status;

use super::{Identification, IdentificationStatus, Reason};
use crate::{
    Result,
    graphql::{DateTime, IdInput, mutate, rejection::ForbiddenRejection},
    identification::{
        graphql::rejection::{
            IdentificationNotFoundRejection, IdentificationTransitionRefusedRejection,
            InvalidIdentificationErrorReasonsRejection, InvalidIdentificationLevelsRejection,
        },
        rules::TransitionError,
        store::update::{self, LevelReport, UpdateOutcome},
    },
    payload,
    user::graphql::rejection::UserErasedRejection,
};

/// Statuses of the levels of an identification. Levels that are omitted keep their status.
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
    /// Returns the statuses in the order expert, qes, pvid.
    #[must_use]
    pub fn statuses(self) -> [Option<Status>; 3] {
        [self.expert, self.qes, self.pvid].map(|status| status.map(Into::into))
    }
}

/// Input of the `updateIdentification` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateIdentificationInput {
    /// Id of the identification.
    identification_id: IdInput,
    /// New statuses of the levels.
    levels: IdentificationLevelStatusesInput,
    /// Reasons for the levels that are `Invalid`. Must be omitted if no level is.
    error_reasons: Option<Vec<Reason>>,
    /// Time at which the validity of levels that become `Valid` ends. Default: according to
    /// `setLevelValidity`.
    valid_until: Option<DateTime>,
}

/// Success result of the `updateIdentification` mutation.
#[derive(SimpleObject)]
pub struct UpdateIdentificationSuccessPayload {
    /// The identification. Null if the token may not read it.
    identification: Option<Identification>,
}

payload! {
    /// Result of the `updateIdentification` mutation.
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
    /// Reports the statuses of the levels of an identification. Reporting the same statuses twice has no
    /// further effect. For each level that becomes `Valid`, the verification level of the project's grant
    /// policy is granted in the same transaction. Null only if the mutation failed; see `errors`.
    async fn update_identification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: UpdateIdentificationInput,
    ) -> Result<Option<UpdateIdentificationPayload>> {
        mutate(ctx, |request| async move {
            let id = input.identification_id.uuid();
            let report = LevelReport {
                levels: input.levels.statuses(),
                reasons: input.error_reasons.unwrap_or_default().into_iter().map(Into::into).collect(),
                valid_until: input.valid_until.map(|at| at.0),
            };
            let updated = update::update(request.op(), id, &report).await?;
            Ok(updated.into())
        })
        .await
        .map(Some)
    }
}

fn refusal(refused: TransitionError) -> UpdateIdentificationPayload {
    use UpdateIdentificationPayload as Payload;
    match refused {
        TransitionError::Nothing => Payload::InvalidLevels(InvalidIdentificationLevelsRejection::new()),
        TransitionError::NotAwarded(index) => {
            let level = ["expert", "qes", "pvid"][index];
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

impl From<UpdateOutcome> for UpdateIdentificationPayload {
    fn from(outcome: UpdateOutcome) -> Self {
        match outcome {
            UpdateOutcome::Done(row) => Self::Success(UpdateIdentificationSuccessPayload {
                identification: Some(Identification(row)),
            }),
            UpdateOutcome::NotFound => Self::NotFound(IdentificationNotFoundRejection::new()),
            UpdateOutcome::UserErased => Self::UserErased(UserErasedRejection::new()),
            UpdateOutcome::Refused(refused) => refusal(refused),
        }
    }
}
