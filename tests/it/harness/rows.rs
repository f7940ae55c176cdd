use entity::{
    Timestamp,
    identification::{self, Process, Reasons, Status},
    proofing_request::{self, DeviceCheck, DocumentAuthentication, State},
    user, user_tag, verification, verification_level,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;
use verigraph::{
    db::counter,
    document::day,
    identification::{rules, store::totals as identification_totals},
    proofing::store::totals,
    user::{Personal, lookup},
    verification::grant::{LEVEL_NUMBERS, NUMBERS},
};

use super::{TestApp, app::NOW};

/// A user to insert, with defaults for what a test does not set.
#[derive(Clone, Debug, Default)]
pub struct NewUser<'a> {
    /// The project. Default: the test's own.
    pub project: Option<Uuid>,
    pub ref_id: Option<&'a str>,
    /// The number. Default: a number that no other user has.
    pub number: Option<i64>,
    pub tags: &'a [&'a str],
    /// The e-mail address. Default: one shared by all users.
    pub email: Option<&'a str>,
    /// Milliseconds since the epoch. Default: now.
    pub created_at: Option<i64>,
    pub updated_at: Option<i64>,
}

/// An identification to insert.
#[derive(Clone, Debug)]
pub struct NewIdentification {
    pub project: Option<Uuid>,
    pub process: Process,
    pub status: Status,
    pub reasons: Reasons,
    pub created_at: Option<i64>,
    pub updated_at: Option<i64>,
}

impl Default for NewIdentification {
    fn default() -> Self {
        Self {
            project: None,
            process: Process::Expert,
            status: Status::Valid,
            reasons: Reasons(vec![identification::Reason::FraudDetected]),
            created_at: None,
            updated_at: None,
        }
    }
}

/// A grant of a verification level to insert.
#[derive(Clone, Debug, Default)]
pub struct NewGrant<'a> {
    pub project: Option<Uuid>,
    /// The number in the project. Default: the next one.
    pub number: Option<i64>,
    pub reason: &'a str,
    /// The credential that granted.
    pub granted_by: Option<Uuid>,
    pub created_at: Option<i64>,
}

/// A proofing request to insert.
#[derive(Clone, Debug)]
pub struct NewProofing {
    pub project: Option<Uuid>,
    pub user: Option<Uuid>,
    pub state: State,
    pub device: DeviceCheck,
    pub document: Option<DocumentAuthentication>,
    pub score: Option<i32>,
    pub request_time: i64,
}

impl Default for NewProofing {
    fn default() -> Self {
        let (state, device) = (State::Init, DeviceCheck::Allow);
        let (project, user, document, score) = (None, None, None, None);
        Self { project, user, state, device, document, score, request_time: NOW.0 }
    }
}

impl TestApp {
    /// Inserts a user and returns its id.
    pub async fn user(&self, new: NewUser<'_>) -> Uuid {
        let id = self.clock.new_id();
        let text = |text: &str| Some(text.to_owned());
        let project_id = new.project.unwrap_or(self.project);
        let personal = Personal {
            first_name: text("Ada"),
            all_first_names: text("Ada Augusta"),
            last_name: text("Muster"),
            birth_date: sea_orm::prelude::Date::from_ymd_opt(1990, 5, 17),
            birth_city: text("Zürich"),
            birth_country: text("CHE"),
            nationality: text("CHE"),
            mobile_phone_number: text("+41791234567"),
            verified_emails: vec![new.email.unwrap_or("ada@example.com").to_owned()],
            birth_last_name: text("Birth"),
            preferred_last_name: text("Preferred"),
            preferred_notification_channel: Some(verigraph::user::NotificationChannel::Sms),
        };
        let keys = self.app.vault.project(project_id).await.unwrap();
        let personal = personal.validate(day(NOW)).unwrap();
        let sealed = personal.seal_new(&keys, project_id, id).unwrap();
        let row = user::Model {
            id,
            project_id,
            ref_id: new.ref_id.map(str::to_owned),
            source_id: None,
            number: match new.number {
                Some(number) => number,
                None => self.next_user_number(project_id).await,
            },
            status: user::Status::Active,
            project_key_id: sealed.project_key_id,
            wrapped_key: Some(sealed.wrapped_key),
            personal: Some(sealed.personal),
            created_at: new.created_at.map_or(NOW, Timestamp),
            updated_at: new.updated_at.map_or(NOW, Timestamp),
            joined_at: None,
            version: 1,
            hold_reason: None,
        };
        insert(self, row).await;
        lookup::insert(self.store.write(), &self.app.vault, project_id, &[(id, &personal)]).await.unwrap();
        for tag in new.tags {
            insert(self, user_tag::Model { user_id: id, tag: (*tag).to_owned(), project_id }).await;
        }
        id
    }

    /// A number that no other user has.
    async fn next_user_number(&self, project: Uuid) -> i64 {
        let last: Option<i64> = user::Entity::find()
            .filter(user::Column::ProjectId.eq(project))
            .order_by_desc(user::Column::Number)
            .select_only()
            .column(user::Column::Number)
            .into_tuple()
            .one(self.store.write())
            .await
            .unwrap();
        let number = last.unwrap_or_default() + 1;
        counter::reserve(self.store.write(), project, verigraph::user::store::NUMBERS, number).await.unwrap();
        number
    }

    /// Inserts an identification of a user and returns its id.
    pub async fn identification(&self, user: Uuid, new: NewIdentification) -> Uuid {
        let id = self.clock.new_id();
        let levels = rules::levels(new.process, new.status);
        let why = |level| (level == Status::Invalid).then(|| new.reasons.clone());
        let updated_at = new.updated_at.map_or(NOW, Timestamp);
        let when = |level| (level == Status::Expired).then_some(updated_at);
        let row = identification::Model {
            id,
            project_id: new.project.unwrap_or(self.project),
            user_id: user,
            process: new.process,
            status: rules::status(levels),
            identity_document_type: None,
            expert_status: levels[0],
            expert_reasons: why(levels[0]),
            expert_expired_at: when(levels[0]),
            qes_status: levels[1],
            qes_reasons: why(levels[1]),
            qes_expired_at: when(levels[1]),
            pvid_status: levels[2],
            pvid_reasons: why(levels[2]),
            pvid_expired_at: when(levels[2]),
            created_at: new.created_at.map_or(NOW, Timestamp),
            updated_at,
            version: 1,
            due_at: None,
            expert_valid_until: None,
            qes_valid_until: None,
            pvid_valid_until: None,
        };
        insert(self, row.clone()).await;
        let transaction = self.store.begin().await.unwrap();
        identification_totals::record(&transaction, &[], &[row]).await.unwrap();
        transaction.commit().await.unwrap();
        id
    }
}

impl TestApp {
    /// Inserts a verification level and returns its id. Default project: the test's own.
    pub async fn level(&self, project: Option<Uuid>, name: &str, index: i32) -> Uuid {
        let (id, project_id) = (self.clock.new_id(), project.unwrap_or(self.project));
        let number = counter::take(self.store.write(), project_id, LEVEL_NUMBERS, 1).await.unwrap();
        let name = name.to_owned();
        insert(self, verification_level::Model { id, project_id, number, name, index, created_at: NOW })
            .await;
        id
    }

    /// Inserts a grant after the user's last one, and returns its id.
    pub async fn granted(&self, user: Uuid, level: Uuid, new: NewGrant<'_>) -> Uuid {
        let (id, project_id) = (self.clock.new_id(), new.project.unwrap_or(self.project));
        let last = verification::Entity::find()
            .filter(verification::Column::UserId.eq(user))
            .order_by_desc(verification::Column::Step)
            .one(self.store.write())
            .await
            .unwrap();
        let number = match new.number {
            Some(number) => number,
            None => counter::take(self.store.write(), project_id, NUMBERS, 1).await.unwrap(),
        };
        let row = verification::Model {
            id,
            project_id,
            user_id: user,
            number,
            step: last.as_ref().map_or(1, |last| last.step + 1),
            current_level_id: level,
            previous_level_id: last.map(|last| last.current_level_id),
            reason: new.reason.to_owned(),
            granted_by: new.granted_by,
            granted_by_membership: None,
            created_at: new.created_at.map_or(NOW, Timestamp),
        };
        insert(self, row).await;
        id
    }

    /// Inserts a proofing request and returns its row.
    pub async fn proofing(&self, new: NewProofing) -> proofing_request::Model {
        let is_past = |state| new.state == state || new.state == State::Complete;
        let image = is_past(State::Image).then_some(Timestamp(new.request_time + 1_000));
        let row = proofing_request::Model {
            id: self.clock.new_id(),
            project_id: new.project.unwrap_or(self.project),
            user_id: new.user,
            request_time: Timestamp(new.request_time),
            state: new.state,
            device_check_result: new.device,
            document_authentication_result: new.document,
            face_match: new.score.map(verigraph::proofing::rules::face_match),
            face_match_score: new.score,
            front_image_classified: image.map(|_| true),
            front_image_upload_time: image,
            back_image_classified: image.map(|_| false),
            back_image_upload_time: image,
            scenario: None,
            version: 1,
            oldest_image_at: None,
        };
        insert(self, row.clone()).await;
        let transaction = self.store.begin().await.unwrap();
        totals::add_started(&transaction, std::slice::from_ref(&row)).await.unwrap();
        transaction.commit().await.unwrap();
        row
    }
}

pub async fn insert<A: ActiveModelTrait>(app: &TestApp, row: impl IntoActiveModel<A>) {
    // Marks every column as changed, because the row was never read.
    let row = row.into_active_model().reset_all();
    <A::Entity as EntityTrait>::insert(row).exec_without_returning(app.store.write()).await.unwrap();
}
