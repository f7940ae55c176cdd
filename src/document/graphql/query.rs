use async_graphql::{Context, Object};

use super::DocumentImage;
use crate::{
    Result,
    document::store::image,
    graphql::{ContextExt, IdInput},
};

/// Query fields of documents.
#[derive(Default)]
pub struct DocumentQuery;

#[Object]
impl DocumentQuery {
    /// An image of a document. Null if it does not exist or is not visible to the token. The URLs of an image are
    /// valid for a minute, so request it when it is to be shown.
    async fn document_image(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the image.")] id: IdInput,
    ) -> Result<Option<DocumentImage>> {
        let request = ctx.request()?;
        let found = image::visible(&request.store, &request.caller, id.uuid()).await?;
        Ok(found.map(|(row, _)| DocumentImage(row)))
    }
}
