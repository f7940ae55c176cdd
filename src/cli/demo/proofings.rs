//! The proofing requests of the demo: one a day, covering every state, every result and every score region.

use entity::{
    Timestamp,
    proofing_request::{
        ActiveModel,
        DeviceCheck::{self, Allow, Deny, Review},
        DocumentAuthentication::{self, Attention, Failed, Passed, Skipped, Unknown},
        State,
    },
};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::{clock::id_at, proofing::rules};

/// 2024-01-01T09:00:00Z
const FIRST: Timestamp = Timestamp(1_704_099_600_000);
const DAY: i64 = 24 * 60 * 60;

/// How far a request has progressed: created, images uploaded, or completed.
enum To {
    Init,
    Image,
    Complete(DocumentAuthentication, Option<i32>),
}

use To::{Complete, Image, Init};

/// The proofing requests, assigned in turn to these users and to no user.
pub fn rows(project: Uuid, users: &[Uuid; 2]) -> Vec<ActiveModel> {
    let requests: [(DeviceCheck, To); 17] = [
        (Allow, Complete(Passed, Some(95))),
        (Deny, Init),
        (Allow, Complete(Passed, Some(80))),
        (DeviceCheck::None, Complete(Passed, Some(79))),
        (Review, Complete(Attention, Some(81))),
        (Allow, Complete(Failed, Some(12))),
        (Allow, Image),
        (Review, Init),
        (Allow, Complete(Unknown, None)),
        (Allow, Complete(Skipped, Some(100))),
        (DeviceCheck::None, Complete(DocumentAuthentication::None, None)),
        (Allow, Complete(Passed, Some(0))),
        (Review, Image),
        (DeviceCheck::None, Init),
        (Allow, Complete(Failed, Some(88))),
        (DeviceCheck::None, Image),
        (Allow, Init),
    ];
    let owners = [Some(users[0]), Some(users[1]), None];
    let rows = (0_u8..).zip(requests);
    rows.map(|(index, (device, to))| row(project, owners[usize::from(index) % 3], index, device, &to))
        .collect()
}

fn row(project: Uuid, user: Option<Uuid>, index: u8, device: DeviceCheck, to: &To) -> ActiveModel {
    let at = FIRST.plus_seconds(DAY * i64::from(index));
    let (state, document, score) = match *to {
        Init => (State::Init, None, None),
        Image => (State::Image, None, None),
        Complete(document, score) => (State::Complete, Some(document), score),
    };
    let image = (state != State::Init).then(|| at.plus_seconds(60));
    ActiveModel {
        id: Set(id_at(at, [0, 0, 0, 0, 0, 0, 0, 0, 1, index])),
        project_id: Set(project),
        user_id: Set(user),
        request_time: Set(at),
        state: Set(state),
        device_check_result: Set(device),
        document_authentication_result: Set(document),
        face_match: Set(score.map(rules::face_match)),
        face_match_score: Set(score),
        front_image_classified: Set(image.map(|_| document != Some(Unknown))),
        front_image_upload_time: Set(image),
        back_image_classified: Set(image.filter(|_| index.is_multiple_of(2)).map(|_| true)),
        back_image_upload_time: Set(image.filter(|_| index.is_multiple_of(2)).map(|at| at.plus_seconds(15))),
        scenario: Set(None),
        version: Set(1),
        oldest_image_at: Set(None),
    }
}
