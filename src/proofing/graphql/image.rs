use async_graphql::{Context, Object};
use entity::{Timestamp, proofing_request as table};
use uuid::Uuid;

use super::ProofingImageSide;
use crate::{
    Result,
    audit::record_image_view,
    blob::{Purpose, Ticket},
    graphql::{ContextExt, DateTime},
    proofing::{checks::Side, store::steps::kept},
};

/// An image of a proofing request.
pub struct ProofingImage {
    request: Uuid,
    project: Uuid,
    user: Option<Uuid>,
    side: Side,
    uploaded_at: Timestamp,
}

impl ProofingImage {
    /// Returns the stored images of a request, or the one of a side, the front first.
    pub(super) fn of(row: &table::Model, side: Option<ProofingImageSide>) -> Vec<Self> {
        let wanted = side.map(Side::from);
        let sides = Side::ALL.iter().copied().filter(|side| wanted.is_none_or(|wanted| wanted == *side));
        let image = |side| {
            let uploaded_at = kept(row, side)?;
            let (request, project, user) = (row.id, row.project_id, row.user_id);
            Some(Self { request, project, user, side, uploaded_at })
        };
        sides.filter_map(image).collect()
    }
}

/// An image of a proofing request.
#[Object]
impl ProofingImage {
    /// The side of the document that the image shows.
    async fn side(&self) -> ProofingImageSide {
        self.side.into()
    }

    /// Time of the upload.
    async fn uploaded_at(&self) -> DateTime {
        DateTime(self.uploaded_at)
    }

    /// URL to download the image from. It is valid once, for one minute, and needs no token. An absolute URL,
    /// or a path on this server if the server does not know its own address.
    async fn url(&self, ctx: &Context<'_>) -> Result<String> {
        let request = ctx.request()?;
        let of = (self.request, self.user);
        record_image_view(&request.store, &request.clock, &request.caller, of).await?;
        let ticket = request.clock.new_id();
        let good_for = Purpose::ProofingImage { ticket, request: self.request, side: self.side.number() };
        let expires = request.machine_clock().now().plus_seconds(Ticket::DOWNLOAD_LIFE).seconds();
        let ticket = Ticket { project: self.project, good_for, expires };
        Ok(request.address(&format!("/images/{}", ticket.sign(&request.root))))
    }
}
