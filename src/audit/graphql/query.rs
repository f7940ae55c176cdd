use async_graphql::{Context, Object};

use super::{AuditEvent, AuditEventFilters, list};
use crate::{
    Result,
    graphql::{Connection, ContextExt, PageArgs},
};

/// Query fields of the audit.
#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// The project's audit events, newest first. Events appear in this order and never out of it: the list
    /// stops before the oldest change that is still being written, so a client that polls with `last` and
    /// with `before` set to its newest cursor misses no event.
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
