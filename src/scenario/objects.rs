use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::name::{Kind, Name};

/// What was made last of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Ids {
    pub user: Option<Uuid>,
    pub identification: Option<Uuid>,
    pub session: Option<Uuid>,
    pub document: Option<Uuid>,
    pub proofing: Option<Uuid>,
    pub verification: Option<Uuid>,
    pub result: Option<Uuid>,
}

/// What a scenario has made so far.
#[derive(Clone, Debug, Default)]
pub struct ScenarioObjects {
    ids: Ids,
    named: BTreeMap<String, (Kind, Uuid)>,
}

impl Ids {
    const fn place(&mut self, kind: Kind) -> &mut Option<Uuid> {
        match kind {
            Kind::User => &mut self.user,
            Kind::Identification => &mut self.identification,
            Kind::Session => &mut self.session,
            Kind::Document => &mut self.document,
            Kind::Proofing => &mut self.proofing,
            Kind::Verification => &mut self.verification,
            Kind::Result => &mut self.result,
        }
    }
}

impl ScenarioObjects {
    /// What was made last of each kind.
    #[must_use]
    pub const fn ids(&self) -> Ids {
        self.ids
    }

    /// The ids of what has a name.
    #[must_use]
    pub fn names(&self) -> BTreeMap<String, Uuid> {
        self.named.iter().map(|(name, (_, id))| (name.clone(), *id)).collect()
    }

    /// Something was made, and perhaps called something.
    pub fn add(&mut self, kind: Kind, id: Uuid, called: Option<&Name>) {
        *self.ids.place(kind) = Some(id);
        if let Some(name) = called {
            self.named.insert(name.text().to_owned(), (kind, id));
        }
    }

    /// What a step is about: what it names, or else what was made last. Otherwise, why there is none.
    ///
    /// # Errors
    ///
    /// Why.
    pub fn about(&self, kind: Kind, of: Option<&Name>) -> Result<Uuid, String> {
        match of {
            Some(name) => self.find(name).map(|(_, id)| id).ok_or_else(|| {
                format!("there is no `{}`: the step that was to make it was refused", name.text())
            }),
            None => (*self.ids().place(kind)).ok_or_else(|| format!("there is no {kind} yet")),
        }
    }

    /// What has this name.
    #[must_use]
    pub fn find(&self, name: &Name) -> Option<(Kind, Uuid)> {
        self.named.get(name.text()).copied()
    }

    /// What was made last, of each kind that something was made of.
    pub fn last(&self) -> impl Iterator<Item = (Kind, Uuid)> {
        let mut ids = self.ids;
        Kind::ALL.into_iter().filter_map(move |kind| Some((kind, (*ids.place(kind))?)))
    }

    /// What has a name.
    pub fn named(&self) -> impl Iterator<Item = (Kind, Uuid)> {
        self.named.values().copied()
    }
}
