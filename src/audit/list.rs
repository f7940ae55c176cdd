use entity::audit_event::{Column, Entity};

use super::{AuditEvent, AuditEventFilters, store};
use crate::{
    Result,
    db::{Cell, Direction, Key, keyset::Kind},
    graphql::{Connection, PageArgs, Request, list::of_project},
};

/// The entries of the project, the latest first.
pub async fn events(
    page: &PageArgs,
    filters: Option<AuditEventFilters>,
    request: &Request,
) -> Result<Connection<AuditEvent>> {
    let keys = vec![
        Key::of::<Entity>(Column::CreatedAt, Direction::Desc, Kind::Integer, |row| {
            Cell::Integer(row.created_at.0)
        }),
        Key::of::<Entity>(Column::Sequence, Direction::Desc, Kind::Integer, |row| {
            Cell::Integer(row.sequence)
        }),
    ];
    let rows = store::filtered(&request.store, &request.caller, &filters.unwrap_or_default());
    of_project("auditEvents", page, rows, keys, request).await
}
