//! The rows of the verification-history API: each with all its displayed values, in one select.

use entity::{Timestamp, credential, membership, user, verification, verification_level};
use keyset::Direction;
use sea_orm::{
    FromQueryResult, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, Func, JoinType, Order, SelectStatement},
};

use super::{filter::VerificationFilter, store};
use crate::{Result, auth::Caller, db::Store};

/// One grant, with numbers and names.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct HistoryEntry {
    pub number: i64,
    pub client: i64,
    pub current_number: i64,
    pub current_name: String,
    pub previous_number: Option<i64>,
    pub previous_name: Option<String>,
    pub reason: String,
    /// The number of the credential or membership that granted the level.
    pub granted_by: Option<i64>,
    pub created_at: Timestamp,
}

/// A page of the history and its offset.
#[derive(Clone, Copy, Debug)]
pub struct HistoryPage {
    pub direction: Direction,
    pub limit: u32,
    pub offset: u32,
}

/// Reads a page of the history of a client, or of all, that is visible to the caller, and the total number of
/// rows.
pub async fn page(
    store: &Store,
    caller: &Caller,
    client_number: Option<i64>,
    part: HistoryPage,
) -> Result<(u64, Vec<HistoryEntry>)> {
    let filters = VerificationFilter { client_number, ..VerificationFilter::default() };
    let rows = store::filtered(store, caller, &filters);
    let total = store.count(&rows).await?;
    if u64::from(part.offset) >= total {
        return Ok((total, Vec::new()));
    }
    let order = match part.direction {
        Direction::Asc => Order::Asc,
        Direction::Desc => Order::Desc,
    };
    let mut select = joined(rows.into_query());
    select
        .order_by((verification::Entity, verification::Column::CreatedAt), order)
        .order_by((verification::Entity, verification::Column::Number), Order::Asc)
        .limit(part.limit.into())
        .offset(part.offset.into());
    Ok((total, read(store, &select).await?))
}

/// Reads the grant with this number, if it is visible to the caller.
pub async fn one(store: &Store, caller: &Caller, number: i64) -> Result<Option<HistoryEntry>> {
    let mut select = joined(store::visible_to(store, caller).into_query());
    select.and_where(Expr::col((verification::Entity, verification::Column::Number)).eq(number));
    Ok(read(store, &select).await?.pop())
}

async fn read(store: &Store, select: &SelectStatement) -> Result<Vec<HistoryEntry>> {
    use sea_orm::ConnectionTrait;

    let rows = store.read().query_all(select).await?;
    Ok(rows.iter().map(|row| HistoryEntry::from_query_result(row, "")).collect::<Result<_, _>>()?)
}

/// Joins the rows that a grant references. They belong to the same project, so a caller that sees the grant
/// may see them.
fn joined(mut rows: SelectStatement) -> SelectStatement {
    let grant = |column| Expr::col((verification::Entity, column));
    let (current, previous) = (Alias::new("current_level"), Alias::new("previous_level"));
    let is_current = Expr::col((current.clone(), verification_level::Column::Id));
    let is_previous = Expr::col((previous.clone(), verification_level::Column::Id));
    let project = || grant(verification::Column::ProjectId);
    let is_user = Expr::col((user::Entity, user::Column::Id))
        .eq(grant(verification::Column::UserId))
        .and(Expr::col((user::Entity, user::Column::ProjectId)).eq(project()));
    let of_project =
        |level: &Alias| Expr::col((level.clone(), verification_level::Column::ProjectId)).eq(project());
    let is_granter =
        Expr::col((credential::Entity, credential::Column::Id)).eq(grant(verification::Column::GrantedBy));
    let is_member = Expr::col((membership::Entity, membership::Column::Id))
        .eq(grant(verification::Column::GrantedByMembership));
    // The numbers of credentials and memberships come from one counter.
    let granter_number = Expr::from(Func::coalesce([
        Expr::col((credential::Entity, credential::Column::Number)),
        Expr::col((membership::Entity, membership::Column::Number)),
    ]));
    rows.clear_selects()
        .join(JoinType::InnerJoin, user::Entity, is_user)
        .join_as(
            JoinType::InnerJoin,
            verification_level::Entity,
            current.clone(),
            is_current.eq(grant(verification::Column::CurrentLevelId)).and(of_project(&current)),
        )
        .join_as(
            JoinType::LeftJoin,
            verification_level::Entity,
            previous.clone(),
            is_previous.eq(grant(verification::Column::PreviousLevelId)).and(of_project(&previous)),
        )
        .join(JoinType::LeftJoin, credential::Entity, is_granter)
        .join(JoinType::LeftJoin, membership::Entity, is_member)
        .expr_as(grant(verification::Column::Number), "number")
        .expr_as(Expr::col((user::Entity, user::Column::Number)), "client")
        .expr_as(Expr::col((current.clone(), verification_level::Column::Number)), "current_number")
        .expr_as(Expr::col((current, verification_level::Column::Name)), "current_name")
        .expr_as(Expr::col((previous.clone(), verification_level::Column::Number)), "previous_number")
        .expr_as(Expr::col((previous, verification_level::Column::Name)), "previous_name")
        .expr_as(grant(verification::Column::Reason), "reason")
        .expr_as(granter_number, "granted_by")
        .expr_as(grant(verification::Column::CreatedAt), "created_at");
    rows
}
