use std::ops::Range;

use entity::{
    proofing_request::{self, DeviceCheck, DocumentAuthentication, Model, State},
    user,
};
use indicatif::ProgressBar;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, Iterable, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::{
    Result,
    cli::{
        batch::{BATCH, insert, write_all},
        outcome::Outcome,
        people::{DAY, TODAY, rng_bytes},
    },
    clock::id_at,
    db::Store,
    proofing::{rules, store::totals},
};

/// Maximum number of users that requests are spread over.
const OWNERS: u64 = 100_000;
/// Time span of the requests in seconds.
const SPAN: i64 = 900 * DAY;

/// Adds this many proofing requests to a project, covering every state, every result and every score region.
/// The same project, users and seed give the same requests; a repeated call adds further ones. Returns the
/// number of rows written.
pub async fn add(store: &Store, project: Uuid, seed: u64, many: u32) -> Outcome<u64> {
    if many == 0 {
        return Ok(0);
    }
    let owners = owners(store, project).await?;
    let before = proofing_request::Entity::find().filter(proofing_request::Column::ProjectId.eq(project));
    let before = store.count(&before).await?;
    let (project_half, _) = project.as_u64_pair();
    let mut rng = fastrand::Rng::with_seed(seed ^ project_half.rotate_left(29) ^ before << 20);
    let bar = ProgressBar::new(many.into());
    let batches = (0..many).step_by(BATCH as usize).map(|done| {
        let batch = BATCH.min(many - done);
        // A batch covers a few days, so it changes few totals.
        let [from, until] = [done, done + batch].map(|index| SPAN * i64::from(index) / i64::from(many));
        let requests = (0..batch).map(|_| request(&mut rng, project, &owners, from..until.max(from + 1)));
        requests.collect::<Vec<_>>()
    });
    let written = write_all(store, batches, async |rows| {
        let written = write(store, &rows).await?;
        bar.inc(written);
        Ok(written)
    });
    let written = written.await?;
    bar.finish_and_clear();
    Ok(written)
}

async fn write(store: &Store, rows: &[Model]) -> Result<u64> {
    let transaction = store.begin().await?;
    let new = rows.iter().map(|row| row.clone().into_active_model().reset_all()).collect();
    insert::<proofing_request::Entity>(&transaction, new).await?;
    totals::add_started(&transaction, rows).await?;
    transaction.commit().await?;
    Ok(rows.len() as u64)
}

async fn owners(store: &Store, project: Uuid) -> Result<Vec<Uuid>> {
    Ok(user::Entity::find()
        .filter(user::Column::ProjectId.eq(project))
        .select_only()
        .column(user::Column::Id)
        .order_by_asc(user::Column::Number)
        .limit(OWNERS)
        .into_tuple()
        .all(store.read())
        .await?)
}

fn request(rng: &mut fastrand::Rng, project: Uuid, owners: &[Uuid], seconds: Range<i64>) -> Model {
    let at = TODAY.plus_seconds(rng.i64(seconds) - SPAN);
    let user = if rng.u8(..10) == 0 { None } else { rng.choice(owners).copied() };
    let device = match rng.u8(..100) {
        0..80 => DeviceCheck::Allow,
        80..87 => DeviceCheck::Deny,
        87..94 => DeviceCheck::Review,
        _ => DeviceCheck::None,
    };
    let state = match rng.u8(..100) {
        _ if device == DeviceCheck::Deny => State::Init,
        0..10 => State::Init,
        10..20 => State::Image,
        _ => State::Complete,
    };
    let (mut document, mut score) = (None, None);
    if state == State::Complete {
        let rare = rng.choice(DocumentAuthentication::iter());
        document = if rng.u8(..10) < 7 { Some(DocumentAuthentication::Passed) } else { rare };
        let region = if rng.u8(..4) == 0 { 0..rules::FACE_MATCH } else { rules::FACE_MATCH..101 };
        score = (rng.u8(..20) > 0).then(|| rng.i32(region));
    }
    let front = (state != State::Init).then(|| at.plus_seconds(rng.i64(20..200)));
    let back = front.filter(|_| rng.bool()).map(|at| at.plus_seconds(15));
    Model {
        id: id_at(at, rng_bytes(rng)),
        project_id: project,
        user_id: user,
        request_time: at,
        state,
        device_check_result: device,
        document_authentication_result: document,
        face_match: score.map(rules::face_match),
        face_match_score: score,
        front_image_classified: front.map(|_| rng.u8(..10) > 0),
        front_image_upload_time: front,
        back_image_classified: back.map(|_| rng.u8(..10) > 0),
        back_image_upload_time: back,
        scenario: None,
        version: 1,
        oldest_image_at: None,
    }
}
