use std::collections::HashMap;

use entity::{Timestamp, level_change};
use keyset::{Direction, Key};
use sea_orm::Select;
use uuid::Uuid;

use super::object::LevelLapse;
use crate::{
    Result,
    auth::Caller,
    db::Store,
    graphql::{list::ListSource, loader::Batched},
    identification::rules::HeldLevels,
    level::store::{self, LapseWindow},
};

/// Loader key: the levels that a user held at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LevelsAt(pub Uuid, pub Timestamp);

impl Batched for LevelsAt {
    type Value = HeldLevels;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let mut moments: HashMap<Timestamp, Vec<Uuid>> = HashMap::new();
        for Self(user, at) in keys {
            moments.entry(*at).or_default().push(*user);
        }
        let mut found = HashMap::new();
        // Each field requests one time, so the number of distinct times is at most the number of fields.
        for (at, users) in moments {
            let held = store::held_at(store, caller, &users, at).await?;
            found.extend(held.into_iter().map(|(user, levels)| (Self(user, at), levels)));
        }
        Ok(found)
    }
}

/// Loader key: an upcoming loss of a level, by the id of the change that made the level valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LevelLapseById(pub Uuid);

impl Batched for LevelLapseById {
    type Value = level_change::Model;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store::lapses_by_ids(store, caller, &ids).await?;
        Ok(rows.into_iter().map(|row| (Self(row.id), row)).collect())
    }
}

/// List source of levels that users will lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LevelLapses;

impl ListSource for LevelLapses {
    type Entity = level_change::Entity;
    type Row = level_change::Model;
    type Node = LevelLapse;
    type Filters = LapseWindow;
    type Sort = ();

    const NAME: &'static str = "levelForecast";

    fn filtered(store: &Store, caller: &Caller, until: &LapseWindow) -> Select<level_change::Entity> {
        store::lost_until(store, caller, until)
    }

    fn keys((): (), direction: Direction) -> Vec<Key<level_change::Model>> {
        store::keys(direction)
    }

    fn user() -> level_change::Column {
        level_change::Column::UserId
    }
}
