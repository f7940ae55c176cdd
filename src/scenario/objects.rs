use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::name::{Kind, Name};

/// Id of the object that was created last, for each kind.
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

/// Objects that a scenario has created so far.
#[derive(Clone, Debug, Default)]
pub struct ScenarioObjects {
    ids: Ids,
    named: BTreeMap<String, (Kind, Uuid)>,
}

impl Ids {
    const fn id_of(&mut self, kind: Kind) -> &mut Option<Uuid> {
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
    /// Returns the id of the object that was created last, for each kind.
    #[must_use]
    pub const fn ids(&self) -> Ids {
        self.ids
    }

    /// Returns the ids of the named objects.
    #[must_use]
    pub fn names(&self) -> BTreeMap<String, Uuid> {
        self.named.iter().map(|(name, (_, id))| (name.clone(), *id)).collect()
    }

    /// Adds an object, with its name if it has one.
    pub fn add(&mut self, kind: Kind, id: Uuid, called: Option<&Name>) {
        *self.ids.id_of(kind) = Some(id);
        if let Some(name) = called {
            self.named.insert(name.text().to_owned(), (kind, id));
        }
    }

    /// Returns the object that a step is about: the named one, or the one of this kind that was created last.
    ///
    /// # Errors
    ///
    /// The reason why no such object exists.
    pub fn about(&self, kind: Kind, of: Option<&Name>) -> Result<Uuid, String> {
        match of {
            Some(name) => self.find(name).map(|(_, id)| id).ok_or_else(|| {
                format!("`{}` does not exist: the step that creates it was rejected", name.text())
            }),
            None => (*self.ids().id_of(kind)).ok_or_else(|| format!("no {kind} exists yet")),
        }
    }

    /// Returns the object with a name.
    #[must_use]
    pub fn find(&self, name: &Name) -> Option<(Kind, Uuid)> {
        self.named.get(name.text()).copied()
    }

    /// Iterates over the objects that were created last, one for each kind that has one.
    pub fn last(&self) -> impl Iterator<Item = (Kind, Uuid)> {
        let mut ids = self.ids;
        Kind::ALL.iter().copied().filter_map(move |kind| Some((kind, (*ids.id_of(kind))?)))
    }

    /// Iterates over the named objects.
    pub fn named(&self) -> impl Iterator<Item = (Kind, Uuid)> {
        self.named.values().copied()
    }
}
