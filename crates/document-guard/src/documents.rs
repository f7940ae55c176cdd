use std::{
    any::Any,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::{
    Variables,
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition},
    },
};
use moka::sync::Cache;

use crate::{
    GuardError, Limits, Measured, Require, Shape, check_variables,
    literals::{self, Masked, lift, mask},
    measure,
    required::required,
    scan,
};

/// Bytes of memory that each byte of a document is assumed to need once it is parsed, with what is attached to it.
const WEIGHT: usize = 20;
/// Maximum memory in bytes of all documents that are cached by their text.
const CAPACITY: u64 = 12 * 1024 * 1024;
/// Maximum memory in bytes of those that are cached by their text without its strings.
const FORMS_CAPACITY: u64 = 4 * 1024 * 1024;

/// A cache of documents that passed the first stage and the parser. At most 16 MiB.
pub struct Documents {
    /// By text.
    known: Cache<Arc<str>, Arc<Document>>,
    /// By a text without its strings: see [`literals`].
    forms: Cache<Arc<str>, Arc<Form>>,
    shape: Arc<Shape>,
    limits: Limits,
    require: Require,
}

/// A document, with the strings of its text that are variables of it.
pub struct Prepared {
    pub document: Arc<Document>,
    strings: Vec<String>,
}

/// Documents that differ only in their strings.
struct Form {
    /// The one that was prepared first.
    first: Arc<Document>,
    /// It with its strings as variables, which is valid if it is. `None` if they can't be.
    lifted: Option<Arc<Document>>,
}

/// A document that passed the first stage and the parser.
pub struct Document {
    parsed: ExecutableDocument,
    /// How many variables of its operation the client did not declare.
    lifted: usize,
    is_valid: AtomicBool,
    /// The cost of its only operation, if it does not depend on variables.
    measured: OnceLock<Measured>,
    required: Option<u64>,
    may_have_directives: bool,
    attached: OnceLock<Box<dyn Any + Send + Sync>>,
    shape: Arc<Shape>,
}

impl Documents {
    /// Creates an empty cache for documents of this schema. `require` returns what a field requires of the
    /// caller; see [`Document::required`].
    #[must_use]
    pub fn new(shape: Arc<Shape>, limits: Limits, require: Require) -> Self {
        let weight = |text: &str| u32::try_from(text.len() * WEIGHT).unwrap_or(u32::MAX);
        let weigh = move |text: &Arc<str>, _: &Arc<Document>| weight(text);
        let known = Cache::builder().weigher(weigh).max_capacity(CAPACITY).build();
        let weigh = move |text: &Arc<str>, _: &Arc<Form>| weight(text).saturating_mul(2);
        let forms = Cache::builder().weigher(weigh).max_capacity(FORMS_CAPACITY).build();
        Self { known, forms, shape, limits, require }
    }

    /// Scans and parses a document, or finds it in the cache.
    ///
    /// # Errors
    ///
    /// If the document exceeds a limit or is not GraphQL.
    pub fn prepare(&self, text: &str) -> Result<Prepared, GuardError> {
        let masked = if text.len() as u64 <= self.limits.document { mask(text) } else { None };
        let form = masked.as_ref().and_then(|masked| self.forms.get(masked.text.as_str()));
        if let (Some(Form { first, lifted: Some(lifted) }), Some(masked)) = (form.as_deref(), &masked)
            && first.is_valid()
        {
            lifted.set_valid();
            let strings = masked.strings.iter().map(|string| (*string).to_owned()).collect();
            return Ok(Prepared { document: lifted.clone(), strings });
        }
        let document = self.by_text(text)?;
        let may_lift = form.is_none_or(|form| form.lifted.is_some());
        if let Some(Masked { text, strings }) = masked.filter(|masked| may_lift && masked.are_different()) {
            let lifted = lift(&document.parsed, &strings, &self.shape);
            let lifted = lifted
                .map(|parsed| Arc::new(Document { lifted: strings.len(), ..self.document(&text, parsed) }));
            self.forms.insert(text.into(), Arc::new(Form { first: document.clone(), lifted }));
        }
        Ok(Prepared { document, strings: Vec::new() })
    }

    fn by_text(&self, text: &str) -> Result<Arc<Document>, GuardError> {
        if let Some(known) = self.known.get(text) {
            return Ok(known);
        }
        scan(text, &self.limits)?;
        let parsed = parse_query(text).map_err(|error| GuardError::Invalid(error.to_string()))?;
        let document = Arc::new(self.document(text, parsed));
        self.known.insert(text.into(), document.clone());
        Ok(document)
    }

    fn document(&self, text: &str, parsed: ExecutableDocument) -> Document {
        Document {
            lifted: 0,
            is_valid: AtomicBool::new(false),
            measured: OnceLock::new(),
            required: required(&parsed, &self.shape, self.require),
            may_have_directives: text.contains('@'),
            attached: OnceLock::new(),
            shape: self.shape.clone(),
            parsed,
        }
    }

    /// Applies the second stage to an operation of a document, and returns it with the variables to run it with.
    ///
    /// # Errors
    ///
    /// If the operation exceeds a limit, or a variable is not of its type.
    pub fn admit(
        &self,
        prepared: Prepared,
        name: Option<&str>,
        mut variables: Variables,
    ) -> Result<(Arc<Document>, Variables), GuardError> {
        let Prepared { document, strings } = prepared;
        literals::add_to(&mut variables, strings);
        let operation = document.operation(name)?;
        let variables = check_variables(operation, variables, &self.shape, &self.limits)?;
        if document.measured.get().is_none() {
            let limits = &Limits { variables: self.limits.variables + document.lifted as u64, ..self.limits };
            let measured = measure(&document.parsed, operation, &variables, &self.shape, limits)?;
            if !measured.varies && document.parsed.operations.iter().count() == 1 {
                // Another request may have set it first, to the same result.
                let _ = document.measured.set(measured);
            }
        }
        Ok((document, variables))
    }
}

impl Document {
    /// The operation with this name, or the only one.
    ///
    /// # Errors
    ///
    /// If there is no such operation, or a name is required.
    pub fn operation(&self, name: Option<&str>) -> Result<&OperationDefinition, GuardError> {
        let operations = &self.parsed.operations;
        let found = match (name, operations) {
            (None, operations) if operations.iter().count() == 1 => {
                operations.iter().next().map(|(_, found)| found)
            }
            (None, _) => {
                let text = "the document has several operations: name one with `operationName`";
                return Err(GuardError::Invalid(text.to_owned()));
            }
            (Some(name), DocumentOperations::Multiple(operations)) => operations.get(name),
            (Some(_), DocumentOperations::Single(_)) => None,
        };
        let unknown =
            || GuardError::Invalid(format!("the document has no operation `{}`", name.unwrap_or_default()));
        found.map(|operation| &operation.node).ok_or_else(unknown)
    }

    /// The name of the document's operation, if it has exactly one and that has a name.
    #[must_use]
    pub fn only_name(&self) -> Option<&str> {
        match &self.parsed.operations {
            DocumentOperations::Multiple(operations) if operations.len() == 1 => {
                operations.keys().next().map(async_graphql::Name::as_str)
            }
            DocumentOperations::Multiple(_) | DocumentOperations::Single(_) => None,
        }
    }

    /// The parsed document.
    #[must_use]
    pub const fn parsed(&self) -> &ExecutableDocument {
        &self.parsed
    }

    /// The union of the bits that the document's fields require of the caller, whichever operation runs.
    /// `None` if that is unknown before it runs: the document has a mutation or a subscription, uses
    /// introspection, or selects a field without a rule. Meaningful only if [`Document::is_valid`].
    #[must_use]
    pub const fn required(&self) -> Option<u64> {
        self.required
    }

    /// What the owner of the cache keeps with the document: always a value of one type. `None` if it is of another.
    pub fn attached<T: Default + Send + Sync + 'static>(&self) -> Option<&T> {
        self.attached.get_or_init(|| Box::new(T::default())).downcast_ref()
    }

    /// Whether the document may have directives: false if it has none.
    #[must_use]
    pub const fn may_have_directives(&self) -> bool {
        self.may_have_directives
    }

    /// Whether the document has passed validation.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.is_valid.load(Ordering::Relaxed)
    }

    pub(crate) fn set_valid(&self) {
        self.is_valid.store(true, Ordering::Relaxed);
    }

    pub(crate) fn shape(&self) -> &Shape {
        &self.shape
    }
}
