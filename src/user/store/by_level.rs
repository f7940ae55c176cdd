//! The users that hold levels.

use entity::{grant_policy::Level, identification, user, verification};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement, SubQueryStatement, UnionType},
};
use uuid::Uuid;

use crate::{
    db::{column::column, dialect::Dialect},
    user::filter::VerificationLevels,
};

/// Selects the users with a valid identification of one of these levels.
pub fn with_levels(project: Uuid, levels: &[Level]) -> SelectStatement {
    let of = |level: &Level| {
        // As in the partial indexes: a bound value would not be recognized.
        let is_valid = match level {
            Level::Expert => "identifications.expert_status = 'Valid'",
            Level::Qes => "identifications.qes_status = 'Valid'",
            Level::Pvid => "identifications.pvid_status = 'Valid'",
        };
        identification::Entity::find()
            .filter(identification::Column::ProjectId.eq(project))
            .filter(Expr::cust(is_valid))
            .select_only()
            .column(identification::Column::UserId)
            .into_query()
    };
    any(project, levels.iter().map(of))
}

/// Condition that the verification level of a user is one of these: the level of its last grant, or else the level at
/// index 0.
pub fn has_verification_level(dialect: Dialect, project: Uuid, levels: &VerificationLevels) -> Expr {
    let id = Expr::col(column::<user::Entity>(user::Column::Id));
    let grant = |of| Expr::col(column::<verification::Entity>(of));
    let mut grants = Query::select();
    grants.from(verification::Entity).and_where(grant(verification::Column::ProjectId).eq(project));
    if let Some(lowest) = levels.lowest {
        // Most users, so the list is read in its order, and the last grant of each user is looked up. A select of one
        // row is not turned into a read of all grants.
        let last = grants
            .column(verification::Column::CurrentLevelId)
            .and_where(grant(verification::Column::UserId).eq(id))
            .order_by(column::<verification::Entity>(verification::Column::Step), Order::Desc)
            .limit(1)
            .take();
        let last = Expr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(last)));
        let level = Func::coalesce([last, Expr::val(lowest)]);
        return Expr::from(level).is_in(levels.ids.iter().copied());
    }
    // A user's steps are numbered without gaps, so the last one is the one without a successor.
    let later = |of: verification::Column| Expr::col(("later", of));
    let successor = Query::select()
        .expr(Expr::cust("1"))
        .from_as(verification::Entity, "later")
        .and_where(later(verification::Column::ProjectId).eq(project))
        .and_where(later(verification::Column::UserId).eq(grant(verification::Column::UserId)))
        .and_where(later(verification::Column::Step).gt(grant(verification::Column::Step)))
        .take();
    let level = column::<verification::Entity>(verification::Column::CurrentLevelId);
    let users = grants
        .column(verification::Column::UserId)
        .and_where(dialect.id_in(level, &levels.ids))
        .and_where(Expr::not_exists(successor))
        .take();
    id.in_subquery(users)
}

/// The rows of all these selects; none without one.
fn any(project: Uuid, selects: impl IntoIterator<Item = SelectStatement>) -> SelectStatement {
    let mut selects = selects.into_iter();
    let Some(mut first) = selects.next() else {
        let none = user::Entity::find().filter(user::Column::ProjectId.eq(project));
        return none.filter(Expr::cust("1 = 0")).select_only().column(user::Column::Id).into_query();
    };
    for other in selects {
        first.union(UnionType::All, other);
    }
    first
}
