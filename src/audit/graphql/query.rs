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
    /// Who changed what in the project, and when, the latest first. Entries appear in this order and never out of it: the
    /// list ends before the oldest change that is still being written, so no entry is missed by a client that follows the
    /// list with `last` and `before` set to the newest cursor it has.
    async fn audit_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 50, desc = "How many entries to take from the front of the list; at most 100.")]
        first: Option<i32>,
        #[graphql(desc = "Only entries after the one with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many entries to take from the back of the list; at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Only entries before the one with this cursor.")] before: Option<String>,
        #[graphql(desc = "Which entries to list. Left out: all.")] filters: Option<AuditEventFilters>,
    ) -> Result<Option<Connection<AuditEvent>>> {
        list::events(&PageArgs::of(ctx, first, after, last, before), filters, ctx.request()?).await.map(Some)
    }
}
