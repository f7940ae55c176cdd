use async_graphql::{Context, Object};

use super::{AuditEvent, AuditEventFilters, list};
use crate::{
    Result,
    graphql::{Connection, ContextExt, PageArgs},
};

/// Root fields of the audit.
#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// Who changed what in the project, and when, newest first. Entries appear in this order and never out of
    /// it: the list ends before the oldest change that is still being written, so no entry is missed by a
    /// client that follows the list with `last` and `before` set to the newest cursor it has.
    async fn audit_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<AuditEventFilters>,
    ) -> Result<Option<Connection<AuditEvent>>> {
        list::events(&PageArgs::of(ctx, first, after, last, before), filters, ctx.request()?).await.map(Some)
    }
}
