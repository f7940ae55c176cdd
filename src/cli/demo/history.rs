//! The rows of the document "Verification history".

use entity::{Timestamp, verification, verification_level};
use sea_orm::{ConnectionTrait, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    Result,
    clock::id_at,
    db::counter,
    verification::grant::{LEVEL_NUMBERS, NUMBERS, level_row, row_of},
};

/// The time of every event in the document: 2022-01-01T00:00:00Z.
const AT: Timestamp = Timestamp(1_640_995_200_000);

/// The demo's verification levels, and the grants that the document prints.
pub struct History {
    project: Uuid,
    levels: Vec<verification_level::Model>,
    grants: Vec<verification::Model>,
}

impl History {
    /// The history of clients 222 and 17, granted by credentials 1 and 11.
    pub fn documented(project: Uuid, [first, second]: [Uuid; 2], [user, admin]: [Uuid; 2]) -> Self {
        let level = |index: u8| verification_level::Model {
            id: fixed(index),
            project_id: project,
            number: i64::from(index) + 1,
            name: format!("Level {index}"),
            index: index.into(),
            created_at: AT,
        };
        let grant = |sequence: u8, user_id, step, index: u8, reason: &str, granted_by| verification::Model {
            id: fixed(sequence),
            project_id: project,
            user_id,
            number: sequence.into(),
            step,
            current_level_id: fixed(index),
            previous_level_id: index.checked_sub(1).map(fixed),
            reason: reason.to_owned(),
            granted_by: Some(granted_by),
            granted_by_membership: None,
            created_at: AT,
        };
        Self {
            project,
            levels: vec![level(0), level(1)],
            grants: vec![
                grant(186, first, 1, 0, "created", user),
                grant(75, first, 2, 1, "Application: 838", user),
                grant(18, second, 1, 0, "created", admin),
            ],
        }
    }

    /// Inserts the rows that are missing.
    pub async fn insert(self, db: &impl ConnectionTrait) -> Result<()> {
        let last = |numbers: Vec<i64>| numbers.into_iter().max().unwrap_or_default();
        let level_number = last(self.levels.iter().map(|level| level.number).collect());
        let number = last(self.grants.iter().map(|grant| grant.number).collect());
        counter::reserve(db, self.project, LEVEL_NUMBERS, level_number).await?;
        counter::reserve(db, self.project, NUMBERS, number).await?;
        let nothing = OnConflict::new().do_nothing().to_owned();
        verification_level::Entity::insert_many(self.levels.into_iter().map(level_row))
            .on_conflict(nothing.clone())
            .exec_without_returning(db)
            .await?;
        verification::Entity::insert_many(self.grants.into_iter().map(row_of))
            .on_conflict(nothing)
            .exec_without_returning(db)
            .await?;
        Ok(())
    }
}

/// Fixed ids. They sort before the ids of the demo's users and identifications.
fn fixed(number: u8) -> Uuid {
    id_at(AT, [0, 0, 0, 0, 0, 0, 0, 0, 0, number])
}
