use async_graphql::{Context, ID, Object};
use entity::proofing_request as table;

use super::{
    DeviceCheckResult, DocumentAuthenticationResult, ProofingImage, ProofingImageSide, ProofingRequestState,
};
use crate::{
    Result,
    graphql::{ConnectionNode, DateTime, FieldWriter, JsonText, loader::load},
    user::graphql::{User, UserById},
};

/// An automated check of a person: device check, document authentication and face match.
pub struct ProofingRequest(pub table::Model);

impl ConnectionNode for ProofingRequest {
    type Row = table::Model;

    const WRITERS: &'static [(&'static str, FieldWriter<Self>)] = &[
        ("id", FieldWriter::Value(|it, json| json.id(it.0.id))),
        ("version", FieldWriter::Value(|it, json| json.int(it.0.version))),
        ("requestTime", FieldWriter::Value(|it, json| json.time(it.0.request_time))),
        ("state", FieldWriter::Value(|it, json| json.one_of::<ProofingRequestState>(it.0.state))),
        (
            "deviceCheckResult",
            FieldWriter::Value(|it, json| json.one_of::<DeviceCheckResult>(it.0.device_check_result)),
        ),
        (
            "documentAuthenticationResult",
            FieldWriter::Value(|it, json| {
                json.optional(
                    it.0.document_authentication_result,
                    JsonText::one_of::<DocumentAuthenticationResult>,
                );
            }),
        ),
        ("faceMatch", FieldWriter::Value(|it, json| json.optional(it.0.face_match, JsonText::boolean))),
        (
            "faceMatchScore",
            FieldWriter::Value(|it, json| json.optional(it.0.face_match_score, JsonText::int)),
        ),
        (
            "frontImageClassified",
            FieldWriter::Value(|it, json| json.optional(it.0.front_image_classified, JsonText::boolean)),
        ),
        (
            "frontImageUploadTime",
            FieldWriter::Value(|it, json| json.optional(it.0.front_image_upload_time, JsonText::time)),
        ),
        (
            "backImageClassified",
            FieldWriter::Value(|it, json| json.optional(it.0.back_image_classified, JsonText::boolean)),
        ),
        (
            "backImageUploadTime",
            FieldWriter::Value(|it, json| json.optional(it.0.back_image_upload_time, JsonText::time)),
        ),
    ];

    const COLUMN_USED_BY: &'static [(&'static str, &'static [&'static str])] = &[
        ("front_image_classified", &["frontImageClassified"]),
        ("front_image_upload_time", &["frontImageUploadTime", "images"]),
        ("back_image_classified", &["backImageClassified"]),
        ("back_image_upload_time", &["backImageUploadTime", "images"]),
        ("scenario", &[]),
        ("oldest_image_at", &["images"]),
    ];

    fn of(row: table::Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &table::Model {
        &self.0
    }
}

/// An automated check of a person: device check, document authentication and face match.
#[Object]
impl ProofingRequest {
    /// Id of the request.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Number of changes of the request, from 1. Events of the request repeat it: an event with a lower
    /// number is older.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Time of the start.
    async fn request_time(&self) -> DateTime {
        DateTime(self.0.request_time)
    }

    /// State of the request.
    async fn state(&self) -> ProofingRequestState {
        self.0.state.into()
    }

    /// Result of the device check. `DENY` ends the request.
    async fn device_check_result(&self) -> DeviceCheckResult {
        self.0.device_check_result.into()
    }

    /// Result of the document authentication. Null until the request is complete.
    async fn document_authentication_result(&self) -> Option<DocumentAuthenticationResult> {
        self.0.document_authentication_result.map(Into::into)
    }

    /// Whether the selfie matches the photo of the document: true if the score is 80 or more.
    async fn face_match(&self) -> Option<bool> {
        self.0.face_match
    }

    /// Similarity of the faces, from 0 to 100. Base decisions on `faceMatch`.
    async fn face_match_score(&self) -> Option<i32> {
        self.0.face_match_score
    }

    /// Whether the front image was recognised as that of a known document. Null while no front image exists.
    async fn front_image_classified(&self) -> Option<bool> {
        self.0.front_image_classified
    }

    /// Time at which the front image was uploaded.
    async fn front_image_upload_time(&self) -> Option<DateTime> {
        self.0.front_image_upload_time.map(DateTime)
    }

    /// Whether the back image was recognised as that of a known document. Null while no back image exists.
    async fn back_image_classified(&self) -> Option<bool> {
        self.0.back_image_classified
    }

    /// Time at which the back image was uploaded.
    async fn back_image_upload_time(&self) -> Option<DateTime> {
        self.0.back_image_upload_time.map(DateTime)
    }

    /// The request's stored images, the front first. Empty if none was uploaded, or if they were deleted with the
    /// user's data or by the retention policy.
    async fn images(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only the image of this side.")] side: Option<ProofingImageSide>,
    ) -> Result<Option<Vec<ProofingImage>>> {
        if let Some(user) = self.0.user_id
            && load(ctx, UserById(user)).await?.is_none_or(|row| row.wrapped_key.is_none())
        {
            return Ok(Some(Vec::new()));
        }
        Ok(Some(ProofingImage::of(&self.0, side)))
    }

    /// The user who is checked. Null if the request was started without a user.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let Some(user) = self.0.user_id else { return Ok(None) };
        Ok(load(ctx, UserById(user)).await?.map(User::from))
    }
}
