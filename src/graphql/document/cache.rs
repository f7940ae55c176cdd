use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::{
    ServerError, Variables,
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition},
    },
};
use moka::sync::Cache;

use super::{Measured, Shape, check_variables, measure, misplaced, needs, scan};
use crate::{Error, Result, auth::Permissions, config::Limits};

/// Bytes of memory that a byte of a document is taken to need once it is parsed.
const WEIGHT: usize = 10;
/// Bytes of memory that parsed documents may take together.
const CAPACITY: u64 = 16 * 1024 * 1024;

/// Documents that have been through the guard, by their text.
pub struct Documents {
    known: Cache<Arc<str>, Arc<Prepared>>,
    shape: Arc<Shape>,
    limits: Arc<Limits>,
}

/// A document that has been through the first stage and the parser.
pub struct Prepared {
    document: ExecutableDocument,
    valid: AtomicBool,
    /// What its only operation costs, where no variable can change that.
    measured: OnceLock<Measured>,
    /// The permissions that it needs as a whole, where that is known before it runs.
    needs: Option<Permissions>,
    shape: Arc<Shape>,
}

impl Documents {
    /// A cache for documents of this schema.
    #[must_use]
    pub fn new(sdl: &str, limits: Arc<Limits>) -> Self {
        let weigh =
            |text: &Arc<str>, _: &Arc<Prepared>| u32::try_from(text.len() * WEIGHT).unwrap_or(u32::MAX);
        let known = Cache::builder().weigher(weigh).max_capacity(CAPACITY).build();
        Self { known, shape: Arc::new(Shape::of_sdl(sdl)), limits }
    }

    /// Scans and parses a document, or finds the one that was.
    ///
    /// # Errors
    ///
    /// When it is over a limit or is not GraphQL.
    pub fn prepare(&self, text: &str) -> Result<Arc<Prepared>> {
        if let Some(known) = self.known.get(text) {
            return Ok(known);
        }
        scan(text, &self.limits)?;
        let document = parse_query(text).map_err(|error| Error::BadDocument(error.to_string()))?;
        let needs = needs(&document, &self.shape);
        let (valid, measured) = (AtomicBool::new(false), OnceLock::new());
        let prepared = Arc::new(Prepared { document, valid, measured, needs, shape: self.shape.clone() });
        self.known.insert(text.into(), prepared.clone());
        Ok(prepared)
    }

    /// Puts an operation of a document to the second stage, and gives the variables it will run with.
    ///
    /// # Errors
    ///
    /// When it is over a limit, or a variable is not of its type.
    pub fn admit(&self, prepared: &Prepared, name: Option<&str>, variables: Variables) -> Result<Variables> {
        let operation = prepared.operation(name)?;
        let variables = check_variables(operation, variables, &self.shape, &self.limits)?;
        let is_fixed = operation.variable_definitions.is_empty()
            && matches!(&prepared.document.operations, operations if operations.iter().count() == 1);
        if !is_fixed || prepared.measured.get().is_none() {
            let measured = measure(&prepared.document, operation, &variables, &self.shape, &self.limits)?;
            if is_fixed {
                // Another request may have been first, with the same result.
                let _ = prepared.measured.set(measured);
            }
        }
        Ok(variables)
    }
}

impl Prepared {
    /// The operation of that name, or the only one.
    ///
    /// # Errors
    ///
    /// When there is none, or a name is needed.
    pub fn operation(&self, name: Option<&str>) -> Result<&OperationDefinition> {
        let operations = &self.document.operations;
        let found = match (name, operations) {
            (None, operations) if operations.iter().count() == 1 => {
                operations.iter().next().map(|(_, found)| found)
            }
            (None, _) => {
                let text = "the document has several operations: say which one with `operationName`";
                return Err(Error::BadDocument(text.to_owned()));
            }
            (Some(name), DocumentOperations::Multiple(operations)) => operations.get(name),
            (Some(_), DocumentOperations::Single(_)) => None,
        };
        let unknown =
            || Error::BadDocument(format!("the document has no operation `{}`", name.unwrap_or_default()));
        found.map(|operation| &operation.node).ok_or_else(unknown)
    }

    /// The name of its operation, if it has one operation and that has a name.
    #[must_use]
    pub fn only_name(&self) -> Option<&str> {
        match &self.document.operations {
            DocumentOperations::Multiple(operations) if operations.len() == 1 => {
                operations.keys().next().map(async_graphql::Name::as_str)
            }
            DocumentOperations::Multiple(_) | DocumentOperations::Single(_) => None,
        }
    }

    /// The parsed document, for the executor.
    #[must_use]
    pub fn document(&self) -> ExecutableDocument {
        self.document.clone()
    }

    /// Whether it is valid and a caller with these permissions may read every field of it, so that no field has to be
    /// asked about while it runs.
    #[must_use]
    pub fn is_open_to(&self, permissions: Permissions) -> bool {
        self.is_valid() && self.needs.is_some_and(|needs| needs.and(permissions) == needs)
    }

    /// The uses of variables that their types do not allow. Asked for while the document is validated, which is after
    /// [`Documents::admit`] has bounded it.
    #[must_use]
    pub fn misplaced(&self) -> Vec<ServerError> {
        misplaced(&self.document, &self.shape)
    }

    /// Whether it has passed validation.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.valid.load(Ordering::Relaxed)
    }

    /// It has passed validation. That does not depend on variables: their values are checked by the guard each time.
    pub fn set_valid(&self) {
        self.valid.store(true, Ordering::Relaxed);
    }
}
