use async_graphql::{Context, Enum, ID, Object};
use entity::document_image as table;

use crate::{
    Result,
    blob::{Purpose, Ticket},
    graphql::{ContextExt, DateTime, Request},
};

/// What an image shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "table::Kind")]
pub enum DocumentImageKind {
    /// The side with the photo.
    Front,
    /// The other side.
    Back,
    /// The photo, cut out of the document.
    Photo,
    /// The side with the photo, without what is around it.
    FrontCropped,
    /// The other side, without what is around it.
    BackCropped,
    /// The face of the user. It belongs to the session, and no list links to it.
    Selfie,
}

/// An image of a document.
pub struct DocumentImage(pub table::Model);

/// An image of a document.
#[Object]
impl DocumentImage {
    /// Id of the image.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// What it shows.
    async fn kind(&self) -> DocumentImageKind {
        self.0.kind.into()
    }

    /// `image/jpeg`, `image/png` or `image/webp`.
    async fn content_type(&self) -> &str {
        &self.0.content_type
    }

    /// Its width in pixels.
    async fn width(&self) -> i32 {
        self.0.width
    }

    /// Its height in pixels.
    async fn height(&self) -> i32 {
        self.0.height
    }

    /// When it was uploaded.
    async fn uploaded_at(&self) -> DateTime {
        DateTime(self.0.uploaded_at)
    }

    /// Where it can be downloaded, once, within a minute: a whole address, or a path of this server if it does not know by
    /// which address you reach it. It needs no token.
    async fn url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(Some(self.address(ctx.request()?, false)))
    }

    /// Likewise for a small one, as JPEG.
    async fn thumbnail_url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(Some(self.address(ctx.request()?, true)))
    }
}

impl DocumentImage {
    /// A signed address of the image, or of its thumbnail, that opens it once.
    pub(super) fn address(&self, request: &Request, is_thumbnail: bool) -> String {
        let image = self.0.id;
        let good_for = Purpose::Image { ticket: request.clock.new_id(), image, is_thumbnail };
        let expires = request.machine_clock().now().plus_seconds(Ticket::DOWNLOAD_LIFE).seconds();
        let ticket = Ticket { project: self.0.project_id, good_for, expires };
        request.address(&format!("/images/{}", ticket.sign(&request.root)))
    }
}
