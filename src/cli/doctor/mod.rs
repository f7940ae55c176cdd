mod addresses;
mod checks;
mod ledger;
mod level;

use clap::Args;
use serde_json::json;

use self::level::Level;
use super::{
    outcome::{Failure, Outcome, say},
    settings::Settings,
};
use crate::config::{Layer, Loaded, Setting};

#[derive(Debug, Args)]
pub struct Doctor {
    /// Print one JSON object with `settings` and `checks`
    #[arg(long)]
    json: bool,
}

impl Doctor {
    /// Prints every effective setting and every problem. Read-only.
    pub async fn run(self, settings: &Settings) -> Outcome {
        let loaded = settings.read(&[]);
        let checks = checks::run(&loaded).await;
        if self.json {
            print_json(&loaded, &checks)?;
        } else {
            for setting in loaded.settings() {
                say(format!(
                    "{} = {}\n    {} {}",
                    setting.key,
                    setting.value,
                    origin(&setting),
                    setting.meaning
                ))?;
            }
            say("")?;
            for (level, text) in &checks {
                say(format!("{}: {text}", level.name()))?;
            }
        }
        match checks.iter().filter(|(level, _)| *level == Level::Fault).count() {
            0 => Ok(()),
            1 => Err(Failure::new("1 fault found")),
            faults => Err(Failure::new(format!("{faults} faults found"))),
        }
    }
}

fn print_json(loaded: &Loaded, checks: &[(Level, String)]) -> Outcome {
    let settings = loaded.settings();
    let settings = settings.iter().map(|setting| {
        json!({
            "key": setting.key,
            "value": setting.value,
            "layer": layer(setting),
            "source": source(setting),
            "meaning": setting.meaning,
        })
    });
    let checks = checks.iter().map(|(level, text)| json!({ "level": level.name(), "text": text }));
    let report = json!({ "settings": settings.collect::<Vec<_>>(), "checks": checks.collect::<Vec<_>>() });
    say(format!("{report:#}"))
}

const fn layer(setting: &Setting) -> &'static str {
    match setting.layer {
        Layer::Default => "default",
        Layer::File(_) => "file",
        Layer::Environment => "environment",
        Layer::Flag => "flag",
    }
}

/// The file or variable that set the value.
fn source(setting: &Setting) -> Option<String> {
    match &setting.layer {
        Layer::File(file) => Some(file.display().to_string()),
        Layer::Environment => Some(setting.variable()),
        Layer::Default | Layer::Flag => None,
    }
}

fn origin(setting: &Setting) -> String {
    match source(setting) {
        Some(source) => format!("({} {source})", layer(setting)),
        None => format!("({})", layer(setting)),
    }
}
