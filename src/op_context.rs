use crate::{auth::Caller, clock::Clock, crypto::Vault, db::Store};

/// What one operation works with: where it reads and writes, in whose name, and at what time.
#[derive(Clone, Copy, Debug)]
pub struct OpContext<'a> {
    pub store: &'a Store,
    pub vault: &'a Vault,
    pub caller: &'a Caller,
    /// The clock of the caller's project.
    pub clock: &'a Clock,
}
