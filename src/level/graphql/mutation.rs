use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::LevelValidity;
use crate::{
    Error, Result,
    graphql::{mutate, rejection::ForbiddenRejection},
    identification::graphql::IdentificationLevel,
    level::{rules::MOST_DAYS, validity},
    payload,
};

/// Input of the `setLevelValidity` mutation.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct SetLevelValidityInput {
    /// The level.
    level: IdentificationLevel,
    /// Days of validity from the time at which the level becomes `Valid`, from 1. Default: no limit in days.
    days: Option<i32>,
    /// Whether the validity also ends with the last day of validity of the identity document, if that is
    /// earlier.
    #[graphql(default)]
    until_document_expires: bool,
}

/// Success result of the `setLevelValidity` mutation.
#[derive(SimpleObject)]
pub struct SetLevelValiditySuccessPayload {
    /// The project's level validities. Null if the token may not read them.
    level_validities: Option<Vec<LevelValidity>>,
}

payload! {
    /// Result of the `setLevelValidity` mutation.
    SetLevelValidityPayload: SetLevelValiditySuccessPayload,
    Forbidden(ForbiddenRejection),
}

/// Mutations of the validity of levels.
#[derive(Default)]
pub struct LevelMutation;

#[Object]
impl LevelMutation {
    /// Sets how long a level is valid from the time at which it is awarded. Replaces the previous setting and
    /// applies to levels awarded from now on. With neither a number of days nor the document's end, the level
    /// is valid without an end. Null only if the mutation failed; see `errors`.
    async fn set_level_validity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SetLevelValidityInput,
    ) -> Result<Option<SetLevelValidityPayload>> {
        use SetLevelValidityPayload as Payload;

        mutate(ctx, |request| async move {
            if input.days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
                return Err(Error::argument("days", format!("must be from 1 to {MOST_DAYS} days")));
            }
            let (project, level) = (request.caller.project_id(), input.level.into());
            let rows = validity::set(
                &request.store,
                &request.clock,
                project,
                level,
                input.days,
                input.until_document_expires,
            )
            .await?;
            Ok(Payload::Success(SetLevelValiditySuccessPayload {
                level_validities: Some(rows.into_iter().map(LevelValidity::from).collect()),
            }))
        })
        .await
        .map(Some)
    }
}
