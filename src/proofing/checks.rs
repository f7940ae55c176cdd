//! The checks, which determine a request's outcome; `rules` determines the allowed steps.

use entity::proofing_request::{DeviceCheck, DocumentAuthentication, Model};
use sea_orm::ActiveEnum;
use serde::Deserialize;
use strum::{IntoStaticStr, VariantArray};

use super::rules;
use crate::Result;

/// A side of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase", const_into_str)]
pub enum Side {
    Front,
    Back,
}

impl Side {
    /// Both sides.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Returns the name of the image in the image storage.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.into_str()
    }

    /// Returns the side of a number in a path or a signed URL: 0 for the front, 1 for the back.
    #[must_use]
    pub const fn from_number(number: u8) -> Self {
        if number == 0 { Self::Front } else { Self::Back }
    }

    /// Returns the number of the side in a path or a signed URL.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Front => 0,
            Self::Back => 1,
        }
    }

    /// Returns the opposite side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Front => Self::Back,
            Self::Back => Self::Front,
        }
    }
}

/// The result of the document check and the face comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completion {
    pub document: DocumentAuthentication,
    /// 0 to 100, if faces were compared.
    pub score: Option<i32>,
}

/// A source of check results. `None`: this source has no result, so the next one is asked.
#[async_trait::async_trait]
pub trait Checks: Send + Sync {
    /// Returns the risk of the device.
    async fn device(&self) -> Result<Option<DeviceCheck>>;
    /// Returns whether an image shows a known document.
    async fn image(&self, side: Side, image: &[u8]) -> Result<Option<bool>>;
    /// Returns the result for document and face.
    async fn completion(&self) -> Result<Option<Completion>>;
}

/// Results given in the request: an external party has checked.
#[derive(Clone, Copy, Debug, Default)]
pub struct ManualChecks {
    pub device: Option<DeviceCheck>,
    pub classified: Option<bool>,
    pub completion: Option<Completion>,
}

#[async_trait::async_trait]
impl Checks for ManualChecks {
    async fn device(&self) -> Result<Option<DeviceCheck>> {
        Ok(self.device)
    }

    async fn image(&self, _: Side, _: &[u8]) -> Result<Option<bool>> {
        Ok(self.classified)
    }

    async fn completion(&self) -> Result<Option<Completion>> {
        Ok(self.completion)
    }
}

/// Results defined by the request's scenario. Only requests of sandbox projects have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SandboxChecks {
    device: DeviceCheck,
    document: DocumentAuthentication,
    score: Option<i32>,
    front: bool,
    back: bool,
}

/// A scenario as a client writes it. Absent fields pass their checks.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ScenarioInput {
    device: Option<String>,
    document: Option<String>,
    score: Option<i64>,
    front: Option<bool>,
    back: Option<bool>,
}

impl SandboxChecks {
    /// The default scenario of requests of sandbox projects.
    pub const DEFAULT: &str = "approved";

    /// Parses a scenario: a name, or JSON such as `{"device":"DENY"}`.
    #[must_use]
    pub fn read(scenario: &str) -> Option<Self> {
        use {DeviceCheck as Device, DocumentAuthentication as Document};
        let good = Self {
            device: Device::Allow,
            document: Document::Passed,
            score: Some(95),
            front: true,
            back: true,
        };
        match scenario {
            Self::DEFAULT => return Some(good),
            "denied" => return Some(Self { device: Device::Deny, ..good }),
            "review" => {
                let (device, document) = (Device::Review, Document::Attention);
                return Some(Self { device, document, score: Some(rules::FACE_MATCH), ..good });
            }
            "forged" => return Some(Self { document: Document::Failed, ..good }),
            "no-match" => return Some(Self { score: Some(42), ..good }),
            "unreadable" => {
                let document = Document::Unknown;
                return Some(Self { document, score: None, front: false, back: false, ..good });
            }
            _ => {}
        }
        // Serde would read an array as an object's fields in order.
        let written = Some(scenario).filter(|text| text.trim_start().starts_with('{'))?;
        let ScenarioInput { device, document, score, front, back } = serde_json::from_str(written).ok()?;
        Some(Self {
            device: device.map_or(Some(good.device), |it| Device::try_from_value(&it).ok())?,
            document: document.map_or(Some(good.document), |it| Document::try_from_value(&it).ok())?,
            score: score.map_or(Some(good.score), |it| rules::score(it).map(Some))?,
            front: front.unwrap_or(good.front),
            back: back.unwrap_or(good.back),
        })
    }
}

#[async_trait::async_trait]
impl Checks for SandboxChecks {
    async fn device(&self) -> Result<Option<DeviceCheck>> {
        Ok(Some(self.device))
    }

    async fn image(&self, side: Side, _: &[u8]) -> Result<Option<bool>> {
        Ok(Some(match side {
            Side::Front => self.front,
            Side::Back => self.back,
        }))
    }

    async fn completion(&self) -> Result<Option<Completion>> {
        Ok(Some(Completion { document: self.document, score: self.score }))
    }
}

/// Returns the sources for a request, in order: the results in the request take precedence over the scenario.
#[must_use]
pub fn checks(manual: ManualChecks, scenario: Option<&str>) -> Vec<Box<dyn Checks>> {
    let mut checks: Vec<Box<dyn Checks>> = vec![Box::new(manual)];
    if let Some(sandbox) = scenario.and_then(SandboxChecks::read) {
        checks.push(Box::new(sandbox));
    }
    checks
}

/// Returns the result of the device check; `NONE` if no source has one.
///
/// # Errors
///
/// When a check fails.
pub async fn device(manual: ManualChecks, scenario: Option<&str>) -> Result<DeviceCheck> {
    for check in checks(manual, scenario) {
        if let Some(result) = check.device().await? {
            return Ok(result);
        }
    }
    Ok(DeviceCheck::None)
}

/// Returns whether an image shows a known document; `false` if no source has a result.
///
/// # Errors
///
/// When a check fails.
pub async fn image(manual: ManualChecks, row: &Model, side: Side, image: &[u8]) -> Result<bool> {
    for check in checks(manual, row.scenario.as_deref()) {
        if let Some(classified) = check.image(side, image).await? {
            return Ok(classified);
        }
    }
    Ok(false)
}

/// Returns the outcome; `None` if no source has one.
///
/// # Errors
///
/// When a check fails.
pub async fn completion(manual: ManualChecks, row: &Model) -> Result<Option<Completion>> {
    for check in checks(manual, row.scenario.as_deref()) {
        if let Some(completion) = check.completion().await? {
            return Ok(Some(completion));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenarios_are_names_or_objects() {
        for name in ["approved", "denied", "review", "forged", "no-match", "unreadable", "{}"] {
            assert!(SandboxChecks::read(name).is_some(), "{name}");
        }
        assert_eq!(SandboxChecks::read("{}"), SandboxChecks::read("approved"));
        assert_eq!(SandboxChecks::read("{\"device\":\"DENY\"}"), SandboxChecks::read("denied"));
        for text in
            ["", "nonsense", "[]", "{\"device\":\"deny\"}", "{\"score\":101}", "{\"colour\":1}", "null"]
        {
            assert_eq!(SandboxChecks::read(text), None, "{text}");
        }
    }
}
