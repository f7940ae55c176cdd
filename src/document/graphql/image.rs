use async_graphql::{Context, Enum, ID, Object};
use entity::document_image as table;

use crate::{
    Result,
    audit::record_image_view,
    blob::{Purpose, Ticket},
    graphql::{ContextExt, DateTime, Request},
};

/// Kind of a document image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "table::Kind")]
pub enum DocumentImageKind {
    /// The side with the photo.
    Front,
    /// The other side.
    Back,
    /// The photo, cropped from the document.
    Photo,
    /// The side with the photo, cropped to the document.
    FrontCropped,
    /// The other side, cropped to the document.
    BackCropped,
    /// The user's face. The image belongs to the session and is in no list.
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

    /// Kind of the image.
    async fn kind(&self) -> DocumentImageKind {
        self.0.kind.into()
    }

    /// Media type: `image/jpeg`, `image/png` or `image/webp`.
    async fn content_type(&self) -> &str {
        &self.0.content_type
    }

    /// Width in pixels.
    async fn width(&self) -> i32 {
        self.0.width
    }

    /// Height in pixels.
    async fn height(&self) -> i32 {
        self.0.height
    }

    /// Time of the upload.
    async fn uploaded_at(&self) -> DateTime {
        DateTime(self.0.uploaded_at)
    }

    /// URL to download the image from. It is valid once, for one minute, and needs no token. An absolute URL,
    /// or a path on this server if the server does not know its own address.
    async fn url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.opened(ctx.request()?).await.map(Some)
    }

    /// URL to download a thumbnail from, a JPEG. It is valid in the same way as `url`.
    async fn thumbnail_url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(Some(self.address(ctx.request()?, true)))
    }
}

impl DocumentImage {
    /// Returns the signed, single-use URL of the image, after recording that a member opened it.
    pub(super) async fn opened(&self, request: &Request) -> Result<String> {
        let of = (self.0.id, Some(self.0.user_id));
        record_image_view(&request.store, &request.clock, &request.caller, of).await?;
        Ok(self.address(request, false))
    }

    /// Returns the signed, single-use URL of the image or its thumbnail.
    fn address(&self, request: &Request, is_thumbnail: bool) -> String {
        let image = self.0.id;
        let good_for = Purpose::Image { ticket: request.clock.new_id(), image, is_thumbnail };
        let expires = request.machine_clock().now().plus_seconds(Ticket::DOWNLOAD_LIFE).seconds();
        let ticket = Ticket { project: self.0.project_id, good_for, expires };
        request.address(&format!("/images/{}", ticket.sign(&request.root)))
    }
}
