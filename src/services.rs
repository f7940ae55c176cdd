//! The services of a running server.

use std::sync::Arc;

use uuid::Uuid;

use crate::{
    auth::policy::Policy,
    blob::Images,
    clock::Clock,
    config::{Limits, ProxyNetwork, PublicUrl, Webhooks},
    crypto::{RootKey, Vault},
    db::{ChangeNotifier, Store},
    heartbeat::Heartbeat,
    member::{oidc::client::Providers, password::Passwords},
    project::Clocks,
    sandbox::upload::ScenarioUploads,
    user::{
        ledger::Ledger,
        search_limits::Searches,
        store::erase::{EraseStep, Eraser},
    },
    verification::known_levels::KnownLevels,
    webhook::Sender,
};

/// The services of a running server that operations use. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Services {
    /// The machine's clock. Times in a project are those of the project's clock: [`Services::clocks`].
    pub clock: Clock,
    pub clocks: Clocks,
    pub webhooks: Arc<Webhooks>,
    pub store: Store,
    pub vault: Vault,
    pub root: RootKey,
    pub limits: Arc<Limits>,
    pub images: Images,
    /// Ledger of erased users, outside of the database.
    pub ledger: Ledger,
    /// What an erasure does in each concept.
    pub erase_steps: &'static [EraseStep],
    /// Who may do what.
    pub policy: &'static Policy,
    pub sender: Sender,
    /// Notified of changes outside of requests. A request sends its own notification when it completes.
    pub notifier: ChangeNotifier,
    /// Heartbeats of the background workers.
    pub heartbeat: Heartbeat,
    /// Reads scenarios that are uploaded in place of images. Only Sandbox projects accept them.
    pub uploads: Arc<dyn ScenarioUploads>,
    /// Verification levels that were read before.
    pub levels: KnownLevels,
    /// The searches of users that run.
    pub searches: Searches,
    /// Computes the hashes of members' passwords.
    pub passwords: Passwords,
    /// Requests to identity providers, and what is kept of them.
    pub providers: Providers,
    /// The accounts that sign in by one click, by name. Empty outside of a demo.
    pub demo_members: Arc<[(String, Uuid)]>,
    /// The address that clients reach the server at, if it is configured.
    pub public_url: Option<PublicUrl>,
    /// The reverse proxies whose `X-Forwarded-For` is read.
    pub trusted_proxies: Arc<[ProxyNetwork]>,
}

impl Services {
    /// Returns a path of this server as a URL: absolute if `public_url` is configured.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        self.public_url.as_ref().map_or_else(|| path.to_owned(), |server| server.of(path))
    }
}

impl<'a> From<&'a Services> for Eraser<'a> {
    fn from(services: &'a Services) -> Self {
        let Services { store, vault, images, ledger, erase_steps: steps, .. } = services;
        Self { store, vault, images, ledger, steps }
    }
}
