use async_graphql::{Enum, ID, Object};
use entity::saved_view::{Model, Page};

/// A page of the dashboard with a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase", remote = "Page")]
pub enum SavedViewPage {
    /// The users.
    Users,
    /// The identifications.
    Identifications,
    /// The proofing requests.
    ProofingRequests,
    /// The history of verification levels.
    Verifications,
    /// The verification sessions.
    Sessions,
    /// The verification results.
    Results,
    /// The deliveries of webhooks.
    WebhookLog,
    /// The audit log.
    Audit,
}

/// The filters and the order of a list of the dashboard, under a name.
pub struct SavedView(pub Model);

/// The filters and the order of a list of the dashboard, under a name.
#[Object]
impl SavedView {
    /// Id of the view.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The page with the list.
    async fn page(&self) -> SavedViewPage {
        self.0.page.into()
    }

    /// Name of the view.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Query string of the page's address, without the question mark.
    async fn query(&self) -> &str {
        &self.0.query
    }

    /// Whether every member of the project has the view.
    async fn is_for_everybody(&self) -> bool {
        self.0.membership_id.is_none()
    }
}
