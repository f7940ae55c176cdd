use super::{
    Outcome, Settings,
    open::{KeyPlace, Patience, store},
    say,
};
use crate::{crypto, db::migrate};

/// Shows every setting in force, then checks what a server needs, up to the first thing that is wrong.
pub async fn run(settings: Settings) -> Outcome {
    let config = settings.load(&[])?;
    for line in config.lines() {
        say(line)?;
    }
    say("")?;
    let store = store(&config, Patience::Request).await?;
    say(format!("ok: the database answers ({:?}), and its settings keep data safe", store.dialect()))?;
    migrate::check(&store).await?;
    say("ok: its schema is up to date")?;
    let place = KeyPlace::of(&config);
    if let Some(root) = place.read()? {
        crypto::claim(&store, &root, &place.to_string()).await??;
    }
    say(format!("ok: it belongs to this root key ({place})"))
}
