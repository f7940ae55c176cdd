use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{
    SavedView, SavedViewPage,
    rejection::{InvalidSavedViewRejection, SavedViewNotFoundRejection, TooManySavedViewsRejection},
};
use crate::{
    Result,
    graphql::{IdInput, mutate, rejection::ForbiddenRejection, validated_text},
    payload,
    saved_view::{
        rules::{NAME, check_query},
        store::{self, DeleteOutcome, NewView, SaveOutcome},
    },
};

/// Input of the `saveView` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct SaveViewInput {
    /// The page with the list.
    page: SavedViewPage,
    /// Name of the view, at most 60 characters. A view of the page that has this name and the same owner is replaced.
    name: String,
    /// Query string of the page's address, without the question mark, at most 2,000 bytes. It contains filters, an
    /// order and hidden columns, never the text of a search.
    query: String,
    /// Whether every member of the project has the view. This requires `PROJECT:MANAGE`. Only members have views of
    /// their own.
    #[graphql(default = false)]
    is_for_everybody: bool,
}

/// Success result of the `saveView` mutation.
#[derive(SimpleObject)]
pub struct SaveViewSuccessPayload {
    /// The view.
    saved_view: SavedView,
}

payload! {
    /// Result of the `saveView` mutation.
    SaveViewPayload: SaveViewSuccessPayload,
    Invalid(InvalidSavedViewRejection),
    TooMany(TooManySavedViewsRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `deleteView` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteViewInput {
    /// Id of the view.
    view_id: IdInput,
}

/// Success result of the `deleteView` mutation.
#[derive(SimpleObject)]
pub struct DeleteViewSuccessPayload {
    /// Id of the deleted view.
    view_id: ID,
}

payload! {
    /// Result of the `deleteView` mutation.
    DeleteViewPayload: DeleteViewSuccessPayload,
    NotFound(SavedViewNotFoundRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of saved views.
#[derive(Default)]
pub struct SavedViewMutation;

#[Object]
impl SavedViewMutation {
    /// Saves a view of a list, at most 50 for each member and 50 for everybody. Null only if the mutation failed; see
    /// `errors`.
    async fn save_view(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SaveViewInput,
    ) -> Result<Option<SaveViewPayload>> {
        use SaveViewPayload as Payload;

        mutate(ctx, |request| async move {
            let (page, is_for_everybody) = (input.page.into(), input.is_for_everybody);
            if !store::may_save(&request.caller, page, is_for_everybody) {
                return Ok(Payload::Forbidden(ForbiddenRejection::new()));
            }
            let name = validated_text("name", &input.name, NAME)?;
            if let Err(reason) = check_query(page, &input.query) {
                return Ok(Payload::Invalid(InvalidSavedViewRejection::because(reason)));
            }
            let new = NewView { page, name, query: &input.query, is_for_everybody };
            Ok(match store::save(&request.store, &request.caller, &request.clock, new).await? {
                SaveOutcome::Saved(view) => {
                    Payload::Success(SaveViewSuccessPayload { saved_view: SavedView(view) })
                }
                SaveOutcome::Forbidden => Payload::Forbidden(ForbiddenRejection::new()),
                SaveOutcome::TooMany => Payload::TooMany(TooManySavedViewsRejection::new()),
            })
        })
        .await
        .map(Some)
    }

    /// Deletes a view. Views of everybody require `PROJECT:MANAGE`. Null only if the mutation failed; see `errors`.
    async fn delete_view(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: DeleteViewInput,
    ) -> Result<Option<DeleteViewPayload>> {
        use DeleteViewPayload as Payload;

        mutate(ctx, |request| async move {
            let id = input.view_id.uuid();
            Ok(match store::delete(&request.store, &request.caller, &request.clock, id).await? {
                DeleteOutcome::Deleted => Payload::Success(DeleteViewSuccessPayload { view_id: id.into() }),
                DeleteOutcome::NotFound => Payload::NotFound(SavedViewNotFoundRejection::new()),
                DeleteOutcome::Forbidden => Payload::Forbidden(ForbiddenRejection::new()),
            })
        })
        .await
        .map(Some)
    }
}
