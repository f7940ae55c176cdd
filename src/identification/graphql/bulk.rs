use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::{IdentificationLevel, IdentificationProcess, lifecycle::REASON};
use crate::{
    Error, Result,
    graphql::{DateTime, IdInput, into_stored, mutate, rejection::ForbiddenRejection, validated_text},
    identification::store::expire::{self, BulkExpiry},
    payload,
};

/// Selects the levels to expire. A filter that is omitted matches everything.
#[derive(Clone, Debug, InputObject)]
pub struct ExpireLevelsFilterInput {
    /// The levels to expire.
    levels: Vec<IdentificationLevel>,
    /// Only levels of identifications with one of these processes.
    processes: Option<Vec<IdentificationProcess>>,
    /// Only levels of the users with these ids.
    user_ids: Option<Vec<IdInput>>,
    /// Only levels of identifications that started before this time.
    begun_before: Option<DateTime>,
}

/// Input of the `expireLevels` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct ExpireLevelsInput {
    /// Selects the levels to expire.
    filter: ExpireLevelsFilterInput,
    /// Reason, recorded in the history of each level.
    reason: String,
    /// Whether to only count the identifications, without changing them.
    #[graphql(default)]
    dry_run: bool,
}

/// Success result of the `expireLevels` mutation.
#[derive(SimpleObject)]
pub struct ExpireLevelsSuccessPayload {
    /// Number of identifications that have levels matching the filter.
    matched: u64,
    /// Number of identifications whose levels this call expired: at most 1,000, and 0 for a dry run.
    expired: u64,
    /// Number of matching identifications that remain for the next call.
    remaining: u64,
}

payload! {
    /// Result of the `expireLevels` mutation.
    ExpireLevelsPayload: ExpireLevelsSuccessPayload,
    Forbidden(ForbiddenRejection),
}

/// Mutations of many identifications in one call.
#[derive(Default)]
pub struct BulkMutation;

#[Object]
impl BulkMutation {
    /// Expires levels, as `revokeIdentification` does for one identification. Each call handles at most 1,000
    /// identifications, oldest first. Use `dryRun` first to see the count. Null only if the mutation failed;
    /// see `errors`.
    async fn expire_levels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: ExpireLevelsInput,
    ) -> Result<Option<ExpireLevelsPayload>> {
        use ExpireLevelsPayload as Payload;

        mutate(ctx, |request| async move {
            let why = validated_text("reason", &input.reason, REASON)?;
            let ExpireLevelsFilterInput { levels, processes, user_ids, begun_before } = input.filter;
            if levels.is_empty() {
                return Err(Error::argument("levels", "set at least one level"));
            }
            let users = user_ids.map(|ids| ids.iter().map(IdInput::uuid).collect());
            let ending = BulkExpiry {
                levels: into_stored(levels),
                processes: processes.map(into_stored),
                users,
                begun_before: begun_before.map(|at| at.0),
            };
            let (store, caller) = (&request.store, &request.caller);
            let matched = expire::count(store, caller, &ending).await?;
            let expired = if input.dry_run || matched == 0 {
                0
            } else {
                expire::expire(request.op(), &ending, why).await?
            };
            let remaining = matched.saturating_sub(expired);
            Ok(Payload::Success(ExpireLevelsSuccessPayload { matched, expired, remaining }))
        })
        .await
        .map(Some)
    }
}
