use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::LevelValidity;
use crate::level::{rules::MOST_DAYS, validity};
use crate::{
    Error, Result,
    auth::policy,
    graphql::{ContextExt, rejection::ForbiddenRejection},
    identification::graphql::IdentificationLevel,
    payload,
};

/// How long a level is to be valid.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct SetLevelValidityInput {
    /// The level.
    level: IdentificationLevel,
    /// Days from when it becomes `Valid`, from 1. Left out: no such end.
    days: Option<i32>,
    /// Whether it ends with the last day of the identity document that was shown, if that is earlier.
    #[graphql(default)]
    until_document_expires: bool,
}

/// The validity is set.
#[derive(SimpleObject)]
pub struct SetLevelValiditySuccessPayload {
    /// How long levels are valid in the project from now on. Null if the token may not read it.
    level_validities: Option<Vec<LevelValidity>>,
}

payload! {
    /// How setting a validity ended.
    SetLevelValidityPayload: SetLevelValiditySuccessPayload,
    Forbidden(ForbiddenRejection),
}

/// Mutations of levels over time.
#[derive(Default)]
pub struct LevelMutation;

#[Object]
impl LevelMutation {
    /// Says how long a level is valid for whoever comes to hold it from now on, in place of what was said
    /// before. With neither an end in days nor in the document, it is valid without an end. Null only if the
    /// mutation failed; see `errors`.
    async fn set_level_validity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SetLevelValidityInput,
    ) -> Result<Option<SetLevelValidityPayload>> {
        use SetLevelValidityPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "setLevelValidity") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        if input.days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
            return Err(Error::argument("days", format!("a level is valid for 1 to {MOST_DAYS} days")));
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
        request.invalidate_loaders();
        Ok(Some(Payload::Success(SetLevelValiditySuccessPayload {
            level_validities: Some(rows.into_iter().map(LevelValidity::from).collect()),
        })))
    }
}
