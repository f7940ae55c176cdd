//! Generated histories of verification levels.

use std::{collections::HashMap, iter};

use entity::{Timestamp, user, verification, verification_level};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    batch::{BATCH, insert, progress, write_all},
    outcome::{Failure, Outcome},
    people::{TODAY, rng_bytes},
};
use crate::{
    clock::id_at,
    db::{Store, counter},
    verification::grant::{LEVEL_NUMBERS, NUMBERS, level_row, row_of},
};

/// The minimum number of levels for a history with upgrades and downgrades.
const LEVELS: i32 = 4;

/// The grants to generate.
#[derive(Clone, Copy)]
pub struct Grants {
    pub seed: u64,
    pub count: u32,
}

/// A user, and the end of the user's history.
struct Client {
    id: Uuid,
    step: i32,
    level: Option<Uuid>,
    at: Timestamp,
}

impl Grants {
    /// Adds this many grants to a project, spread evenly over its users. Each continues its user's history.
    /// Returns the number of rows written.
    pub async fn add(self, store: &Store, project: Uuid) -> Outcome<u64> {
        if self.count == 0 {
            return Ok(0);
        }
        let (project_half, _) = project.as_u64_pair();
        let mut rng = fastrand::Rng::with_seed(self.seed ^ project_half.rotate_left(29));
        let transaction = store.begin().await?;
        let clients = clients(&transaction, project).await?;
        if clients.is_empty() {
            return Err(Failure::new("the project has no users to grant levels to: add some with --users"));
        }
        let (levels, created) = ladder(&transaction, project, &mut rng).await?;
        transaction.commit().await?;
        let bar = progress(self.count.into(), "grants");
        let (count, people) = (u64::from(self.count), clients.len() as u64);
        let mut clients = (0_u64..).zip(clients);
        // At once: batches that are written meanwhile have the same numbers in each run.
        let last = counter::take(store.write(), project, NUMBERS, self.count.into()).await?;
        let mut next = last - i64::from(self.count) + 1;
        let batches = iter::from_fn(|| {
            let mut batch = Vec::new();
            while batch.len() < BATCH as usize {
                let Some((index, client)) = clients.next() else { break };
                let share = count * (index + 1) / people - count * index / people;
                batch.extend(client.granted(project, &levels, share, &mut rng));
            }
            let first = next;
            next += i64::try_from(batch.len()).unwrap_or(i64::MAX);
            (!batch.is_empty()).then_some((first, batch))
        });
        let written = write_all(store, batches, async |(first, grants)| {
            let written = write(store, first, grants).await?;
            bar.inc(written);
            Ok(written)
        });
        let written = written.await?;
        bar.finish_and_clear();
        Ok(written + created)
    }
}

impl Client {
    fn granted(
        mut self,
        project: Uuid,
        levels: &[Uuid],
        count: u64,
        rng: &mut fastrand::Rng,
    ) -> Vec<verification::Model> {
        let parts = i64::try_from(count).unwrap_or(i64::MAX).saturating_add(1);
        let span = ((TODAY.0 - self.at.0) / parts).max(1);
        let mut grants = Vec::new();
        for _ in 0..count {
            let next = |level: &&Uuid| Some(**level) != self.level;
            let others: Vec<Uuid> = levels.iter().filter(next).copied().collect();
            // The first grant is of the lowest level; later ones are of any other level.
            let level = if self.level.is_none() { levels[0] } else { others[rng.usize(..others.len())] };
            self.at = Timestamp(self.at.0 + rng.i64(1..=span));
            self.step += 1;
            let reason = match self.level {
                None => "created".to_owned(),
                Some(_) => format!("Application: {}", rng.u32(1..100_000)),
            };
            grants.push(verification::Model {
                id: id_at(self.at, rng_bytes(rng)),
                project_id: project,
                user_id: self.id,
                number: 0,
                step: self.step,
                current_level_id: level,
                previous_level_id: self.level,
                reason,
                granted_by: None,
                granted_by_membership: None,
                created_at: self.at,
            });
            self.level = Some(level);
        }
        grants
    }
}

/// The ids of a project's levels, lowest first, after missing levels are added; and the number of added
/// levels.
async fn ladder(
    db: &impl ConnectionTrait,
    project: Uuid,
    rng: &mut fastrand::Rng,
) -> Outcome<(Vec<Uuid>, u64)> {
    let mut levels = verification_level::Entity::find()
        .filter(verification_level::Column::ProjectId.eq(project))
        .order_by_asc(verification_level::Column::Index)
        .all(db)
        .await?;
    let mut created = Vec::new();
    for index in 0..LEVELS {
        let name = format!("Level {index}");
        if levels.len() + created.len() >= LEVELS as usize
            || levels.iter().any(|level| level.index == index || level.name == name)
        {
            continue;
        }
        created.push(verification_level::Model {
            id: id_at(TODAY, rng_bytes(rng)),
            project_id: project,
            number: counter::take(db, project, LEVEL_NUMBERS, 1).await?,
            name,
            index,
            created_at: TODAY,
        });
    }
    let count = created.len() as u64;
    insert::<verification_level::Entity>(db, created.iter().cloned().map(level_row).collect()).await?;
    levels.extend(created);
    levels.sort_by_key(|level| level.index);
    Ok((levels.into_iter().map(|level| level.id).collect(), count))
}

/// The users of a project, ordered by number.
async fn clients(db: &impl ConnectionTrait, project: Uuid) -> Outcome<Vec<Client>> {
    let last: Vec<(Uuid, i32, Uuid, Timestamp)> = verification::Entity::find()
        .filter(verification::Column::ProjectId.eq(project))
        .select_only()
        .columns([
            verification::Column::UserId,
            verification::Column::Step,
            verification::Column::CurrentLevelId,
            verification::Column::CreatedAt,
        ])
        .order_by_asc(verification::Column::Step)
        .into_tuple()
        .all(db)
        .await?;
    // Keep the last grant of each user.
    let mut last: HashMap<Uuid, _> =
        last.into_iter().map(|(user, step, level, at)| (user, (step, level, at))).collect();
    let users: Vec<(Uuid, Timestamp)> = user::Entity::find()
        .filter(user::Column::ProjectId.eq(project))
        .select_only()
        .columns([user::Column::Id, user::Column::CreatedAt])
        .order_by_asc(user::Column::Number)
        .into_tuple()
        .all(db)
        .await?;
    let client = |(id, at)| match last.remove(&id) {
        Some((step, level, at)) => Client { id, step, level: Some(level), at },
        None => Client { id, step: 0, level: None, at },
    };
    Ok(users.into_iter().map(client).collect())
}

/// Writes grants with the numbers from `first` on, which increase with time within a batch.
async fn write(store: &Store, first: i64, mut grants: Vec<verification::Model>) -> Outcome<u64> {
    grants.sort_by_key(|grant| (grant.created_at, grant.user_id, grant.step));
    for (number, grant) in (first..).zip(&mut grants) {
        grant.number = number;
    }
    let written = grants.len() as u64;
    let transaction = store.begin().await?;
    insert::<verification::Entity>(&transaction, grants.into_iter().map(row_of).collect()).await?;
    transaction.commit().await?;
    Ok(written)
}
