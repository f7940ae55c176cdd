use entity::event::{Column, Entity, Model};
use keyset::{Cell, CellKind, Direction, Key};
use sea_orm::{EntityTrait, QueryFilter, Select};

use super::Event;
use crate::{
    Result,
    auth::Caller,
    db::{Placeholders, Store, column::column},
    event::{Kind, all_readable},
    graphql::list::ListSource,
    user::store::in_scope,
};

/// List source of the events of users. There is no list of all events: subscriptions send those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UserEvents;

/// Types of the events in a list: those that the caller may read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EventTypes(pub Vec<Kind>);

impl EventTypes {
    /// Returns the types that a caller may read.
    ///
    /// # Errors
    ///
    /// [`Error::Forbidden`](crate::Error::Forbidden) if there is none.
    pub fn readable_by(caller: &Caller) -> Result<Self> {
        all_readable(caller).map(Self)
    }
}

/// The only column that events can be ordered by: their time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ByTime;

/// The order of the events of a user.
pub const NEWEST_FIRST: (ByTime, Direction) = (ByTime, Direction::Desc);

impl ListSource for UserEvents {
    type Entity = Entity;
    type Row = Model;
    type Node = Event;
    type Filters = EventTypes;
    type Sort = ByTime;

    const NAME: &'static str = "events";

    fn filtered(store: &Store, caller: &Caller, types: &EventTypes) -> Select<Entity> {
        let names = types.0.iter().map(|kind| kind.name());
        let rows =
            Entity::find().filter(in_scope::<Entity>(store, caller, Column::ProjectId, Column::UserId));
        rows.filter(store.dialect().text_in(column::<Entity>(Column::Kind), names))
    }

    fn keys(ByTime: ByTime, direction: Direction) -> Vec<Key<Model>> {
        let key = |column, cell| Key::of::<Entity>(column, direction, CellKind::Integer, cell);
        vec![
            key(Column::CreatedAt, |row| Cell::Integer(row.created_at.0)),
            // Later events of one object have larger numbers.
            key(Column::Sequence, |row| Cell::Integer(row.sequence)),
        ]
    }

    /// Callers with the same permissions have the same types.
    fn form(types: &EventTypes, _placeholders: &mut Placeholders) -> Option<EventTypes> {
        Some(types.clone())
    }

    fn user() -> Column {
        Column::UserId
    }
}
