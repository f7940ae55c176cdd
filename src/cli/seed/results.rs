use entity::{
    credential::Strings,
    integration as integrations, user,
    verification_result::{self, Status},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    cli::{
        batch::{BATCH, insert, progress},
        open::Installation,
        outcome::{Failure, Outcome},
        people::rng_bytes,
    },
    clock::id_at,
    result::{
        Scope,
        integration::{self, NewIntegration},
        rules::release,
        store::seal,
    },
    user::{Personal, personal::key_of},
};

/// Label of the integration of generated results.
const LABEL: &str = "Seed";

/// Adds this many verified results to a project, assigned to its users in turn. The same seed gives the same
/// results. Returns the number of rows written.
pub async fn add(opened: &Installation, project: Uuid, seed: u64, many: u32) -> Outcome<u64> {
    if many == 0 {
        return Ok(0);
    }
    let Installation { store, vault, .. } = opened;
    let integration = integration(opened, project).await?;
    let (project_half, _) = project.as_u64_pair();
    let mut rng = fastrand::Rng::with_seed(seed ^ project_half.rotate_left(41));
    let bar = progress(many.into(), "results");
    let (mut after, mut done) = (Uuid::nil(), 0);
    while done < many {
        let people = user::Entity::find()
            .filter(user::Column::ProjectId.eq(project))
            .filter(user::Column::Id.gt(after))
            .order_by_asc(user::Column::Id)
            .limit(u64::from(BATCH.min(many - done)))
            .all(store.read())
            .await?;
        let Some(last) = people.last() else {
            if after.is_nil() {
                return Err(Failure::new("the project has no users for results: add some with --users"));
            }
            after = Uuid::nil();
            continue;
        };
        after = last.id;
        let mut rows = Vec::new();
        for person in &people {
            let at = person.updated_at.plus_seconds(rng.i64(60..86_400));
            let [id, trace_id] = [(), ()].map(|()| id_at(at, rng_bytes(&mut rng)));
            let data = match key_of(vault, person).await? {
                Some(key) => {
                    let personal = Personal::of(vault, person).await?;
                    Some(seal(&key, project, id, &release(Scope::ALL, true, person.id, &personal))?)
                }
                None => None,
            };
            rows.push(verification_result::ActiveModel {
                id: Set(id),
                project_id: Set(project),
                user_id: Set(person.id),
                integration_id: Set(integration),
                trace_id: Set(trace_id),
                correlation_id: Set(None),
                status: Set(Status::Verified),
                scopes: Set(Some(Strings(Scope::ALL.iter().map(|scope| scope.name().to_owned()).collect()))),
                data: Set(data),
                verified_at: Set(Some(at)),
                created_at: Set(at.plus_seconds(-60)),
                updated_at: Set(at),
                version: Set(1),
            });
        }
        let transaction = store.begin().await?;
        insert::<verification_result::Entity>(&transaction, rows).await?;
        transaction.commit().await?;
        bar.inc(people.len() as u64);
        done += u32::try_from(people.len()).unwrap_or(u32::MAX);
    }
    bar.finish_and_clear();
    Ok(many.into())
}

async fn integration(opened: &Installation, project: Uuid) -> Outcome<Uuid> {
    let known = integration::list(&opened.store, project).await?;
    let known: Option<integrations::Model> = known.into_iter().find(|row| row.label == LABEL);
    if let Some(known) = known {
        return Ok(known.id);
    }
    let new = NewIntegration { project, label: LABEL.to_owned(), scopes: Scope::ALL.to_vec() };
    Ok(integration::create(&opened.store, &opened.root, &opened.clock, new).await?.integration)
}
