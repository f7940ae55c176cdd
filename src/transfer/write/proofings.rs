use entity::proofing_request::{ActiveModel, Column, Entity, Model, State};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use uuid::Uuid;

use super::{Batch, ERASED, WriteOutcome, given, insert};
use crate::{
    Result,
    proofing::{rules, store::totals},
    transfer::{Record, record::Proofing},
    user::store::lock::actionable_among,
};

const KIND: &str = "proofingRequest";

impl Batch<'_> {
    pub(super) async fn proofings(&mut self, records: &[Record]) -> Result<()> {
        let Some(given) = given::<Proofing>(records) else { return Ok(()) };
        let dialect = self.of.store.dialect();
        let keys = given.iter().map(|(_, it)| it.id.as_str());
        let here = self.here::<Entity>(KIND, Column::Id, keys).await?;
        let owners: Vec<Uuid> = given.iter().filter_map(|(_, it)| here.get(&it.id)?.user_id).collect();
        let open = actionable_among(&self.transaction, dialect, self.of.project, &owners).await?;
        let (mut new, mut moved) = (Vec::new(), Vec::new());
        for (index, it) in given {
            let user = match &it.user {
                None => Ok(None),
                Some(user) => self.user(user).map(|user| Some(user.clone())),
            };
            let user = match check(it).and(user) {
                Ok(user) => user,
                Err(why) => {
                    self.refuse(index, why);
                    continue;
                }
            };
            let may_keep = user.as_ref().map_or(Ok(()), |user| self.may_keep(user));
            let user = user.map(|user| user.id);
            let Some(before) = here.get(&it.id) else {
                if let Err(why) = may_keep {
                    self.refuse(index, why);
                    continue;
                }
                let id = self.id_of(KIND, &it.id, &here);
                new.push(row(it, id, self.of.project, user));
                self.written[index] = WriteOutcome::New;
                continue;
            };
            let mut after = row(it, before.id, before.project_id, before.user_id.or(user));
            after.scenario.clone_from(&before.scenario);
            if after == *before {
                continue;
            }
            let is_closed = |user: Uuid| !open.contains(&user) && !self.of.has_closed(user);
            if let Err(why) = may_keep {
                self.refuse(index, why);
                continue;
            }
            if before.user_id.is_some_and(is_closed) {
                self.refuse(index, ERASED);
                continue;
            }
            if stage(after.state) < stage(before.state) || after.request_time != before.request_time {
                let text = "this request exists already in a later version or with another time, and is kept";
                self.refuse(index, text);
                continue;
            }
            if after.state == State::Complete && before.state == State::Complete && before.user_id.is_some() {
                self.refuse(index, "this request is COMPLETE here with another outcome, which cannot change");
                continue;
            }
            moved.push((before.clone(), after));
            self.written[index] = WriteOutcome::Changed;
        }
        insert(&self.transaction, new.clone()).await?;
        for (_, after) in &moved {
            let columns: ActiveModel = after.clone().into_active_model().reset_all();
            columns.update(&self.transaction).await?;
        }
        // A row with a new id has another name in its source.
        self.write_names().await?;
        for (before, after) in &moved {
            totals::moved(&self.transaction, before, after).await?;
        }
        if !new.is_empty() {
            totals::add_started(&self.transaction, &new).await?;
        }
        Ok(())
    }
}

const fn stage(state: State) -> u8 {
    match state {
        State::Init => 0,
        State::Image => 1,
        State::Complete => 2,
    }
}

fn row(it: &Proofing, id: Uuid, project: Uuid, user: Option<Uuid>) -> Model {
    Model {
        id,
        project_id: project,
        user_id: user,
        request_time: it.request_time.0,
        state: it.state.0,
        device_check_result: it.device_check_result.0,
        document_authentication_result: it.document_authentication_result.map(|result| result.0),
        face_match: it.face_match_score.map(rules::face_match).or(it.face_match),
        face_match_score: it.face_match_score,
        front_image_classified: it.front_image_classified,
        front_image_upload_time: it.front_image_upload_time.map(|at| at.0),
        back_image_classified: it.back_image_classified,
        back_image_upload_time: it.back_image_upload_time.map(|at| at.0),
        scenario: None,
        version: 1,
        oldest_image_at: None,
    }
}

fn check(it: &Proofing) -> std::result::Result<(), String> {
    if it.id.is_empty() || it.id.contains('\0') {
        return Err("`requestId`: is empty or contains a NUL".to_owned());
    }
    let results = [
        ("documentAuthenticationResult", it.document_authentication_result.is_some()),
        ("faceMatch", it.face_match.is_some()),
        ("faceMatchScore", it.face_match_score.is_some()),
    ];
    if it.state.0 != State::Complete
        && let Some((field, _)) = results.into_iter().find(|(_, is_given)| *is_given)
    {
        return Err(format!("`{field}`: must be null unless the state is COMPLETE"));
    }
    let Some(score) = it.face_match_score else { return Ok(()) };
    if rules::score(score.into()).is_none() {
        return Err(format!("`faceMatchScore`: {score} is not between 0 and 100"));
    }
    let is_match = rules::face_match(score);
    if it.face_match.is_some_and(|said| said != is_match) {
        return Err(format!(
            "`faceMatch`: must be {is_match} for a score of {score}: faces match from {}",
            rules::FACE_MATCH
        ));
    }
    Ok(())
}
