//! The services of a running server, and what an operation of a store takes of them.

use std::sync::Arc;

use crate::{
    auth::Caller,
    blob::Images,
    clock::Clock,
    config::{Limits, PublicUrl, Webhooks},
    crypto::{RootKey, Vault},
    db::{ChangeNotifier, Store},
    heartbeat::Heartbeat,
    project::Clocks,
    sandbox::upload::ScenarioUploads,
    user::ledger::Ledger,
    webhook::Sender,
};

/// The services of a running server that operations use. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Services {
    /// The machine's time. What happens in a project happens at the project's: [`Services::clocks`].
    pub clock: Clock,
    pub clocks: Clocks,
    pub webhooks: Arc<Webhooks>,
    pub store: Store,
    pub vault: Vault,
    pub root: RootKey,
    pub limits: Arc<Limits>,
    pub images: Images,
    /// Which users were erased, kept outside of the database.
    pub ledger: Ledger,
    pub sender: Sender,
    /// Told of what changes outside of requests; of what a request changed, its end tells.
    pub news: ChangeNotifier,
    /// Signs of life of what works by itself.
    pub pulse: Heartbeat,
    /// Reads scenarios that are uploaded in place of images. Only Sandbox projects accept them.
    pub uploads: Arc<dyn ScenarioUploads>,
    /// The address that clients reach the server at, if it is configured.
    pub public_url: Option<PublicUrl>,
}

impl Services {
    /// A path of this server as an address: whole, if the server knows by which one it is reached.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        self.public_url.as_ref().map_or_else(|| path.to_owned(), |server| server.of(path))
    }
}

/// What one operation works with: where it reads and writes, in whose name, and at what time.
#[derive(Clone, Copy, Debug)]
pub struct OpContext<'a> {
    pub store: &'a Store,
    pub vault: &'a Vault,
    pub caller: &'a Caller,
    /// The clock of the caller's project.
    pub clock: &'a Clock,
}
