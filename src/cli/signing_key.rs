use clap::Subcommand;

use super::{
    open::{self, Installation},
    outcome::{Outcome, say},
    settings::Settings,
};
use crate::auth;

#[derive(Debug, Subcommand)]
pub enum SigningKey {
    /// Sign with a new key from now on; tokens signed with the old key stay valid until they expire
    Rotate,
}

impl SigningKey {
    pub async fn run(self, settings: Settings) -> Outcome {
        open::with(&settings.load(&[])?, async |opened| self.on(opened).await).await
    }

    async fn on(self, opened: &Installation) -> Outcome {
        let Self::Rotate = self;
        let id = auth::rotate_signing_key(&opened.store, &opened.clock).await?;
        say(format!("new signing key {id}; running servers use it within half a minute"))
    }
}
