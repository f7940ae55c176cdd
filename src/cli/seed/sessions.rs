use entity::{
    Timestamp,
    document::{self, Findings, Kind},
    user,
    verification_session::{self, Status, Step, Steps},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::{
    Result,
    cli::{
        batch::{BATCH, insert, progress},
        open::Installation,
        outcome::{Failure, Outcome},
        people::{DAY, TODAY, rng_bytes},
    },
    clock::id_at,
    crypto::DataKey,
    document::{Fields, checks, store::submit::day},
    session::{rules, store::seal},
    user::{Personal, personal::key_of},
};

/// Maximum number of users that sessions are spread over.
const OWNERS: u64 = 100_000;

/// A session and the documents captured in it.
type Captured = (verification_session::ActiveModel, Vec<document::ActiveModel>);

/// Adds this many sessions to the users of a project, with documents and without images. The same project,
/// users and seed give the same sessions; a repeated call adds further ones. Returns the number of rows
/// written.
pub async fn add(opened: &Installation, project: Uuid, seed: u64, many: u32) -> Outcome<u64> {
    if many == 0 {
        return Ok(0);
    }
    let store = &opened.store;
    let owners = user::Entity::find()
        .filter(user::Column::ProjectId.eq(project))
        .filter(user::Column::WrappedKey.is_not_null())
        .order_by_asc(user::Column::Number)
        .limit(OWNERS)
        .all(store.read())
        .await?;
    if owners.is_empty() {
        return Err(Failure::new("the project has no users for sessions: add some with --users"));
    }
    let before =
        verification_session::Entity::find().filter(verification_session::Column::ProjectId.eq(project));
    let before = store.count(&before).await?;
    let (project_half, _) = project.as_u64_pair();
    let mut rng = fastrand::Rng::with_seed(seed ^ project_half.rotate_left(41) ^ before << 20);
    let bar = progress(many.into(), "sessions");
    let (mut left, mut written) = (many, 0);
    while left > 0 {
        let batch = left.min(BATCH);
        let (mut sessions, mut documents) = (Vec::new(), Vec::new());
        for _ in 0..batch {
            let owner = &owners[rng.usize(..owners.len())];
            let Some(key) = key_of(&opened.vault, owner).await? else { continue };
            let person = Personal::of(&opened.vault, owner).await?;
            let (session, captured) = session(&mut rng, owner, &key, &person)?;
            sessions.push(session);
            documents.extend(captured);
        }
        written += (sessions.len() + documents.len()) as u64;
        let transaction = store.begin().await?;
        insert::<verification_session::Entity>(&transaction, sessions).await?;
        insert::<document::Entity>(&transaction, documents).await?;
        transaction.commit().await?;
        bar.inc(batch.into());
        left -= batch;
    }
    bar.finish_and_clear();
    store.analyze().await?;
    Ok(written)
}

fn session(
    rng: &mut fastrand::Rng,
    owner: &user::Model,
    key: &DataKey,
    person: &Personal,
) -> Result<Captured> {
    let at = TODAY.plus_seconds(-rng.i64(DAY..600 * DAY));
    let status = match rng.u8(..100) {
        0..10 => Status::InProgress,
        10..20 => Status::Pending,
        20..90 => Status::Successful,
        _ => Status::Suspected,
    };
    let id = id_at(at, rng_bytes(rng));
    let end = at.plus_seconds(rng.i64(60..DAY));
    let steps =
        if rng.bool() { vec![Step::IdDocument] } else { vec![Step::IdDocument, Step::DrivingLicense] };
    let mut documents = Vec::new();
    for step in steps.iter().copied().filter(|_| status != Status::InProgress) {
        documents.push(document(rng, owner, key, person, (id, step, at))?);
    }
    let address = format!("203.0.113.{}", rng.u8(1..255));
    let row = verification_session::Model {
        id,
        project_id: owner.project_id,
        user_id: owner.id,
        source_id: None,
        flow_id: if rng.bool() { "onboarding" } else { rules::DEFAULT_FLOW }.to_owned(),
        status,
        steps: Steps(steps),
        metadata: seal(key, owner.project_id, id, &[address])?,
        created_at: at,
        updated_at: end,
        completed_at: rules::is_closed(status).then_some(end),
        version: 1,
    };
    Ok((row.into_active_model().reset_all(), documents))
}

fn document(
    rng: &mut fastrand::Rng,
    owner: &user::Model,
    key: &DataKey,
    person: &Personal,
    (session, step, at): (Uuid, Step, Timestamp),
) -> Result<document::ActiveModel> {
    let id = id_at(at, rng_bytes(rng));
    let issued = at.plus_seconds(-rng.i64(DAY..3_000 * DAY));
    let fields = Fields {
        first_name: person.first_name.clone(),
        last_name: person.last_name.clone(),
        date_of_birth: person.birth_date,
        place_of_birth: person.birth_city.clone(),
        id_number: Some(format!("X{:08}", rng.u32(..100_000_000))),
        date_of_issue: Some(day(issued)),
        date_of_expiration: Some(day(issued.plus_seconds(3_650 * DAY))),
        ..Fields::default()
    };
    let (mrz_status, findings) = checks::check(&fields, day(at));
    let kind = match step {
        Step::IdDocument if rng.bool() => Kind::Passport,
        Step::IdDocument => Kind::IdCard,
        Step::DrivingLicense => Kind::DriversLicense,
        Step::CarRegistrationDocument => Kind::CarRegistration,
        Step::AddressProof => Kind::AddressProof,
    };
    let row = document::Model {
        id,
        project_id: owner.project_id,
        user_id: owner.id,
        session_id: Some(session),
        identification_id: None,
        step: Some(step),
        kind: Some(kind),
        fields: fields.seal(key, owner.project_id, id)?,
        mrz_status,
        findings: Findings(findings),
        match_level: Some(rng.i32(0..11)),
        created_at: at,
        updated_at: at,
    };
    Ok(row.into_active_model().reset_all())
}
