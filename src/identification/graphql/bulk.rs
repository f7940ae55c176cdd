use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use uuid::Uuid;

use super::{IdentificationLevel, IdentificationProcess, lifecycle::REASON};
use crate::identification::store::expire::{self, BulkExpiry};
use crate::{
    Error, Result,
    auth::policy,
    graphql::{ContextExt, DateTime, rejection::ForbiddenRejection, validated_text},
    payload,
};

/// Whose levels are to end. What is left out lets everybody's through.
#[derive(Clone, Debug, InputObject)]
pub struct ExpireLevelsFilterInput {
    /// The levels that are to end.
    levels: Vec<IdentificationLevel>,
    /// Of identifications by one of these processes.
    processes: Option<Vec<IdentificationProcess>>,
    /// Of these users.
    user_ids: Option<Vec<ID>>,
    /// Of identifications that began before this moment.
    begun_before: Option<DateTime>,
}

/// Which levels are to end, and why.
#[derive(Clone, Debug, InputObject)]
pub struct ExpireLevelsInput {
    /// Whose levels are to end.
    filter: ExpireLevelsFilterInput,
    /// Why; kept in the history of each level.
    reason: String,
    /// Whether only to say how many there are.
    #[graphql(default)]
    dry_run: bool,
}

/// The levels have ended, or would.
#[derive(SimpleObject)]
pub struct ExpireLevelsSuccessPayload {
    /// Identifications some of whose levels the filter found.
    matched: u64,
    /// Identifications some of whose levels have ended now: none if it was a dry run, at most 1,000 a call.
    expired: u64,
    /// Identifications that are left for the next call.
    remaining: u64,
}

payload! {
    /// How ending levels ended.
    ExpireLevelsPayload: ExpireLevelsSuccessPayload,
    Forbidden(ForbiddenRejection),
}

/// Mutations of many identifications at once.
#[derive(Default)]
pub struct BulkMutation;

#[Object]
impl BulkMutation {
    /// Ends the validity of levels, as `revokeIdentification` does for one identification: at most 1,000
    /// identifications a call, the oldest first. Try it with `dryRun` first. Null only if the mutation
    /// failed; see `errors`.
    async fn expire_levels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: ExpireLevelsInput,
    ) -> Result<Option<ExpireLevelsPayload>> {
        use ExpireLevelsPayload as Payload;

        let request = ctx.request()?;
        if !policy::permits(&request.caller, "expireLevels") {
            return Ok(Some(Payload::Forbidden(ForbiddenRejection::new())));
        }
        let why = validated_text("reason", &input.reason, REASON)?;
        let ExpireLevelsFilterInput { levels, processes, user_ids, begun_before } = input.filter;
        if levels.is_empty() {
            return Err(Error::argument("levels", "name at least one level"));
        }
        // A malformed id matches no row.
        let users = user_ids.map(|ids| ids.iter().filter_map(|id| Uuid::try_parse(id).ok()).collect());
        let ending = BulkExpiry { levels, processes, users, begun_before };
        let (store, caller) = (&request.store, &request.caller);
        let matched = expire::count(store, caller, &ending).await?;
        let expired = if input.dry_run || matched == 0 {
            0
        } else {
            expire::expire((store, caller, &request.clock), &ending, why).await?
        };
        request.invalidate_loaders();
        let remaining = matched.saturating_sub(expired);
        Ok(Some(Payload::Success(ExpireLevelsSuccessPayload { matched, expired, remaining })))
    }
}
