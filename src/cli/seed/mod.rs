use std::time::Instant;

use clap::Args;
use entity::{identification, level_change, project, user, user_tag};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    grants::Grants,
    logging::start_log,
    open::{self, Installation},
    outcome::{Failure, Outcome, say},
    people::{Person, history, person},
    settings::Settings,
    startup::persist,
};
use crate::{
    Result,
    cli::batch::{BATCH, insert, progress, write_all},
    db::counter,
    identification::store::totals,
    project::store,
    user::{lookup, store::NUMBERS},
};

mod proofings;
mod results;
mod sessions;

#[derive(Debug, Args)]
pub struct Seed {
    /// Number of users to add
    #[arg(long, default_value = "1000")]
    users: u32,
    /// Number of identifications of each added user
    #[arg(long, default_value = "5")]
    identifications_per_user: u32,
    /// Number of verification level grants to spread over all users of the project
    #[arg(long, default_value = "0")]
    verifications: u32,
    /// Number of proofing requests to add, for these users and for no user
    #[arg(long, default_value = "0")]
    proofing_requests: u32,
    /// Number of verification results to add, each of one of these users, with every field released
    #[arg(long, default_value = "0")]
    results: u32,
    /// Number of verification sessions to add, with documents and without images
    #[arg(long, default_value = "0")]
    sessions: u32,
    /// Name of the project to fill; created if it does not exist
    #[arg(long, default_value = "seed")]
    project: String,
    /// Seed of the generated users: another number gives other users
    #[arg(long, default_value = "1")]
    seed: u64,
}

impl Seed {
    pub async fn run(self, settings: Settings) -> Outcome {
        let config = settings.load(&[])?;
        start_log(&config);
        open::with(&config, async |opened| self.on(opened).await).await
    }

    async fn on(self, opened: &Installation) -> Outcome {
        let project = match store::find(&opened.store, &self.project).await? {
            Some(project) => project,
            None => store::create(&opened.store, &opened.clock, &self.project, project::Mode::Sandbox)
                .await?
                .ok_or_else(|| {
                    Failure::new("another command created the project at the same time: run this again")
                })?,
        };
        if project.mode == project::Mode::Live {
            let text = "the project is Live: generated users are allowed only in Sandbox projects";
            return Err(Failure::new(text));
        }
        let started = Instant::now();
        let people = People { seed: self.seed, identifications: self.identifications_per_user };
        let mut rows = people.add(opened, project.id, self.users).await?;
        rows += Grants { seed: self.seed, count: self.verifications }.add(&opened.store, project.id).await?;
        rows += proofings::add(&opened.store, project.id, self.seed, self.proofing_requests).await?;
        rows += results::add(opened, project.id, self.seed, self.results).await?;
        rows += sessions::add(opened, project.id, self.seed, self.sessions).await?;
        let seconds = started.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a speed for a person to read")]
        let speed = rows as f64 / seconds.max(0.001);
        say(format!(
            "{rows} rows in {seconds:.1} s, {speed:.0} a second, in project {} ({})",
            project.id, project.name
        ))
    }
}

/// The users to generate.
#[derive(Clone, Copy)]
pub struct People {
    pub seed: u64,
    pub identifications: u32,
}

impl People {
    /// Adds this many users to a project, numbered after its existing ones. Returns the number of rows
    /// written.
    pub async fn add(self, opened: &Installation, project: Uuid, users: u32) -> Outcome<u64> {
        let store = &opened.store;
        let last = async || {
            let numbers = user::Entity::find()
                .filter(user::Column::ProjectId.eq(project))
                .select_only()
                .column_as(user::Column::Number.max(), "last");
            let last = numbers.into_tuple::<Option<i64>>().one(store.read()).await?;
            // Servers that run take their numbers from the counter.
            counter::reserve(store.write(), project, NUMBERS, last.flatten().unwrap_or_default()).await?;
            counter::take(store.write(), project, NUMBERS, users.into()).await
        };
        let end = persist("reserving numbers of users", last).await? + 1;
        let first = end - i64::from(users);

        let bar = progress(users.into(), "people");
        let batches = (first..end).step_by(BATCH as usize).map(|first| {
            let numbers = first..end.min(first + i64::from(BATCH));
            numbers.map(|number| person(project, self.seed, number, self.identifications)).collect()
        });
        let written = write_all(store, batches, async |people: Vec<Person>| {
            let rows = persist("adding users", || write(opened, project, &people)).await?;
            bar.inc(people.len() as u64);
            Ok(rows)
        });
        let rows = written.await?;
        bar.finish_and_clear();
        persist("updating table statistics", || store.analyze()).await?;
        Ok(rows)
    }
}

async fn write(opened: &Installation, project: Uuid, people: &[Person]) -> Result<u64> {
    let keys = opened.vault.project(project).await?;
    let (mut users, mut found) = (Vec::new(), Vec::new());
    let (mut tags, mut identifications, mut changes) = (Vec::new(), Vec::new(), Vec::new());
    for person in people {
        let (user, personal) = person.user.clone().seal(&keys)?;
        found.push((person.user.id, personal));
        users.push(user);
        tags.extend(person.tags.iter().cloned());
        for identification in &person.identifications {
            changes.extend(history(identification).map(|row| row.into_active_model().reset_all()));
            identifications.push(identification.clone());
        }
    }
    let found: Vec<_> = found.iter().map(|(id, personal)| (*id, personal)).collect();
    let rows = users.len() + tags.len() + identifications.len() + changes.len();
    let transaction = opened.store.begin().await?;
    insert::<user::Entity>(&transaction, users).await?;
    lookup::insert(&transaction, &opened.vault, project, &found).await?;
    insert::<user_tag::Entity>(&transaction, tags).await?;
    let runs = identifications.iter().map(|row| row.clone().into_active_model().reset_all()).collect();
    insert::<identification::Entity>(&transaction, runs).await?;
    insert::<level_change::Entity>(&transaction, changes).await?;
    totals::record(&transaction, &[], &identifications).await?;
    transaction.commit().await?;
    Ok(rows as u64)
}
