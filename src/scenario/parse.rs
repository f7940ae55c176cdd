use std::{borrow::Cow, collections::BTreeMap};

use rust_embed::RustEmbed;

use super::{Scenario, file::Step};
use crate::{event::Kind, scenario::error::ParseError};

/// Maximum length of a file, in bytes.
const LENGTH: usize = 64 * 1024;
/// Maximum number of steps in a file.
const STEPS: usize = 100;

/// The built-in scenarios.
#[derive(RustEmbed)]
#[folder = "scenarios/"]
struct BundledScenario;

/// Parses a scenario file.
///
/// # Errors
///
/// The first error in the file, with its position.
pub fn parse(text: &str) -> Result<Scenario, ParseError> {
    if text.len() > LENGTH {
        return Err(ParseError::at_start(format!("a scenario has at most {LENGTH} bytes")));
    }
    let scenario: Scenario = serde_saphyr::from_str(text).map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
        let said = error.without_snippet().to_string();
        // The text of the error ends with the position, which is in fields of its own.
        let what = said.split(" at line ").next().unwrap_or_default().lines().next().unwrap_or_default();
        ParseError { line: line.max(1), column: column.max(1), what: what.to_owned() }
    })?;
    check(&scenario).map_err(ParseError::at_start)?;
    super::check::check(&scenario)?;
    Ok(scenario)
}

fn check(scenario: &Scenario) -> Result<(), String> {
    if scenario.steps.is_empty() || scenario.steps.len() > STEPS {
        return Err(format!("a scenario has 1 to {STEPS} steps"));
    }
    let receiver = scenario.webhooks.as_ref();
    let events = receiver.and_then(|receiver| receiver.events.as_ref()).into_iter().flatten();
    if let Some(name) = events.into_iter().find(|name| Kind::named(name).is_none()) {
        return Err(format!("unknown event type `{name}`"));
    }
    let statuses = receiver.map(|receiver| receiver.answer.as_slice()).unwrap_or_default();
    if let Some(status) = statuses.iter().find(|status| !(200..600).contains(*status)) {
        return Err(format!("`{status}` is not a status code that a receiver can respond with"));
    }
    let has_user = scenario.steps.iter().any(|step| matches!(step, Step::User(_)));
    let is_part = |step: &Step| {
        matches!(step, Step::Document(_) | Step::Image(_) | Step::CompleteProofing(_) | Step::Proofing(_))
    };
    if !has_user && !scenario.steps.iter().any(is_part) {
        return Err("a scenario must start with a user".to_owned());
    }
    Ok(())
}

/// Returns the built-in scenarios by name.
#[must_use]
pub fn shipped() -> BTreeMap<String, String> {
    let text = |file: Cow<'static, [u8]>| String::from_utf8_lossy(&file).into_owned();
    let named = |path: Cow<'static, str>| {
        let file = BundledScenario::get(&path)?;
        Some((path.trim_end_matches(".yaml").to_owned(), text(file.data)))
    };
    BundledScenario::iter().filter_map(named).collect()
}

/// Returns the JSON schema of scenario files, for editors that validate them.
#[must_use]
pub fn schema() -> String {
    let schema = schemars::schema_for!(Scenario);
    format!("{:#}\n", schema.to_value())
}
