use std::{
    fs,
    io::{self, Read},
    path::PathBuf,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use clap::Args;

use super::{
    open::RootKeySource,
    outcome::{Failure, Outcome, say},
    settings::Settings,
};
use crate::user::receipt::{Receipt, public_key};

/// Maximum size of a receipt in bytes.
const LONGEST: u64 = 64 * 1024;

#[derive(Debug, Args)]
pub struct VerifyReceipt {
    /// File with the receipt that `eraseUser` returned; `-` for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// The installation's public key, as printed by --show-key [default: derived from the root key]
    #[arg(long, value_name = "BASE64")]
    public_key: Option<String>,
    /// Print the public key that verifies this installation's receipts, for parties without the root key
    #[arg(long)]
    show_key: bool,
}

impl VerifyReceipt {
    /// Verifies the receipt without a database or network.
    pub fn run(self, settings: &Settings) -> Outcome {
        let key = match &self.public_key {
            Some(text) => {
                BASE64_STANDARD.decode(text.trim()).ok().filter(|key| key.len() == 32).ok_or_else(|| {
                    Failure::new("--public-key must be 32 bytes in base64: see `verify-receipt --show-key`")
                })?
            }
            None => own_key(settings)?,
        };
        if self.show_key {
            return say(BASE64_STANDARD.encode(key));
        }
        let mut text = String::new();
        if self.file.as_os_str() == "-" {
            io::stdin().take(LONGEST).read_to_string(&mut text)?;
        } else {
            let opened = fs::File::open(&self.file)
                .map_err(|error| Failure::new(format!("{}: {error}", self.file.display())))?;
            opened.take(LONGEST).read_to_string(&mut text)?;
        }
        let receipt = Receipt::verify(&text, &key).map_err(|why| Failure::new(why.to_string()))?;
        say(format!(
            "valid: user {} of project {} was erased at {}",
            receipt.user_id, receipt.project_id, receipt.erased_at
        ))
    }
}

/// The public key of this installation. Does not create a root key.
fn own_key(settings: &Settings) -> Outcome<Vec<u8>> {
    let config = settings.load(&[])?;
    let source = RootKeySource::of(&config);
    let Some(root) = source.read()? else {
        return Err(Failure::new(format!(
            "no root key at {source}: name it with --root-key-file, or pass the installation's --public-key"
        )));
    };
    Ok(public_key(&root)?)
}
