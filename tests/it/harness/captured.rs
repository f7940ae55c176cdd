use entity::{
    Timestamp,
    document::{self, Findings, MrzStatus},
    document_image,
    verification_session::{self, Step, Steps},
};
use uuid::Uuid;
use verigraph::{
    blob,
    document::{Fields, store::image as images},
    session,
    user::personal::key_for,
};

use super::{TestApp, app::NOW, rows::insert};

/// A session to insert.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub project: Option<Uuid>,
    pub status: verification_session::Status,
    pub created_at: i64,
    pub updated_at: i64,
}

impl Default for NewSession {
    fn default() -> Self {
        let status = verification_session::Status::InProgress;
        Self { project: None, status, created_at: NOW.0, updated_at: NOW.0 }
    }
}

/// A document to insert.
#[derive(Clone, Debug)]
pub struct NewDocument {
    pub step: Step,
    pub kind: Option<document::Kind>,
    pub fields: Fields,
    pub identification: Option<Uuid>,
}

impl TestApp {
    /// Inserts a session of a user and returns its row.
    pub async fn session(&self, user: Uuid, new: NewSession) -> verification_session::Model {
        let (id, project_id) = (self.clock.new_id(), new.project.unwrap_or(self.project));
        let key = key_for(&self.store, &self.app.vault, project_id, Some(user)).await.unwrap().unwrap();
        let row = verification_session::Model {
            id,
            project_id,
            user_id: user,
            source_id: None,
            flow_id: "flow".to_owned(),
            status: new.status,
            steps: Steps(vec![Step::IdDocument, Step::DrivingLicense]),
            metadata: session::store::seal(&key, project_id, id, &["203.0.113.77".to_owned()]).unwrap(),
            created_at: Timestamp(new.created_at),
            updated_at: Timestamp(new.updated_at),
            completed_at: None,
            version: 1,
        };
        insert(self, row.clone()).await;
        row
    }

    /// Inserts a document of a session and returns its row.
    pub async fn document(&self, of: &verification_session::Model, new: NewDocument) -> document::Model {
        let id = self.clock.new_id();
        let key =
            key_for(&self.store, &self.app.vault, of.project_id, Some(of.user_id)).await.unwrap().unwrap();
        let row = document::Model {
            id,
            project_id: of.project_id,
            user_id: of.user_id,
            session_id: Some(of.id),
            identification_id: new.identification,
            step: Some(new.step),
            kind: new.kind,
            fields: new.fields.seal(&key, of.project_id, id).unwrap(),
            mrz_status: MrzStatus::Absent,
            findings: Findings(vec![document::Finding::Expired]),
            match_level: Some(7),
            created_at: NOW,
            updated_at: NOW,
        };
        insert(self, row.clone()).await;
        row
    }

    /// Stores an image of a document and returns its row.
    pub async fn image(&self, of: &document::Model, kind: document_image::Kind) -> document_image::Model {
        let key =
            key_for(&self.store, &self.app.vault, of.project_id, Some(of.user_id)).await.unwrap().unwrap();
        let picture = blob::check(super::picture(), u64::MAX).await.unwrap();
        let app = &self.app;
        let added = images::add(&app.store, &app.images, &app.clock, of, (kind, &key, &picture)).await;
        let images::AddImageOutcome::Image(row) = added.unwrap() else { panic!("a closed session") };
        row
    }
}
