use entity::audit_event::{Column, Entity};
use keyset::{Cell, CellKind, Direction, Key};
use sea_orm::{ColumnTrait, QueryFilter};

use super::{AuditEvent, AuditEventFilters};
use crate::{
    Result,
    audit::store,
    db::dialect::OpenTransactions,
    graphql::{Connection, PageArgs, Request, list::of_project},
};

/// Lists the audit events of the caller's project, newest first.
pub async fn events(
    page: &PageArgs,
    filters: Option<AuditEventFilters>,
    request: &Request,
) -> Result<Connection<AuditEvent>> {
    let keys = vec![
        Key::of::<Entity>(Column::CreatedAt, Direction::Desc, CellKind::Integer, |row| {
            Cell::Integer(row.created_at.0)
        }),
        Key::of::<Entity>(Column::Sequence, Direction::Desc, CellKind::Integer, |row| {
            Cell::Integer(row.sequence)
        }),
    ];
    // Read before the page: an event that is committed in between is either in the page or after its end.
    let unsettled = store::unsettled_since(&request.store, &request.clock, OpenTransactions::Writing).await?;
    let mut rows =
        store::filtered(&request.store, &request.caller, &filters.map(Into::into).unwrap_or_default());
    if let Some(since) = unsettled {
        rows = rows.filter(Column::CreatedAt.lt(since));
    }
    of_project("auditEvents", page, rows, keys, request).await
}
