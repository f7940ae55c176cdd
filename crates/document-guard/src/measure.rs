use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Variables,
    parser::types::{
        ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType, Selection,
        SelectionSet,
    },
};
use async_graphql_value::Value;

use super::{
    shape::{Many, Shape},
    walk::{described, limit, literal, one_root_field, own_aliases, refuse_repeats, root_fields},
};
use crate::{GuardError, LimitKind, Limits};

/// The maximum cost of running a selection. All sums saturate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Fields, inline fragments and spreads; a fragment counts each time it is spread.
    pub selections: u64,
    /// Fields, counted the same way, without introspection.
    pub complexity: u64,
    /// Nesting depth of fields, without introspection.
    pub depth: u64,
    /// Objects that lists can return, with nested lists multiplied.
    pub nodes: u64,
    /// Fields with an alias.
    pub aliases: u64,
    /// Nesting depth of lists in introspection.
    pub introspection: u64,
    /// Fields that introspection can return, with lists multiplied.
    pub schema_fields: u64,
    /// Whether the size of a list is a variable.
    pub varies: bool,
}

/// The second stage: measures a parsed document, each fragment once regardless of how often it is spread.
///
/// `operation` is the one that will run, with its variables' defaults filled in.
///
/// # Errors
///
/// [`GuardError::Limit`] for an exceeded limit, [`GuardError::Invalid`] for fragments that contain
/// themselves.
pub fn measure(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    shape: &Shape,
    limits: &Limits,
) -> Result<Measured, GuardError> {
    let operations = document.operations.iter().count() as u64;
    let fragments = document.fragments.len() as u64;
    let declared = operation.variable_definitions.len() as u64;
    limit(
        "the document has too many operations",
        operations,
        limits.operations,
        "operations",
        LimitKind::Size,
    )?;
    limit("the document has too many fragments", fragments, limits.fragments, "fragments", LimitKind::Size)?;
    limit("the operation has too many variables", declared, limits.variables, "variables", LimitKind::Size)?;

    let mut measure = Measure { document, variables, shape, limits, known: HashMap::new(), path: Vec::new() };
    // Validation visits every operation and every fragment, whether it runs or not.
    let mut total = Measured::default();
    for (name, fragment) in &document.fragments {
        total.selections = total.selections.saturating_add(measure.fragment(name)?.selections);
        total.aliases = total.aliases.saturating_add(own_aliases(&fragment.node.selection_set.node));
    }
    for (_, other) in document.operations.iter() {
        let measured = measure.selections(&other.node.selection_set.node, root(other.node.ty))?;
        total.selections = total.selections.saturating_add(measured.selections);
        total.aliases = total.aliases.saturating_add(measured.aliases);
    }
    // Checked first, because it bounds every later walk that follows spreads.
    limit(
        "the document has too many selections",
        total.selections,
        limits.selections,
        "selections",
        LimitKind::Complexity,
    )?;
    let roots = root_fields(document, &operation.selection_set.node, 0, limits.root_fields);
    let it = measure.selections(&operation.selection_set.node, root(operation.ty))?;
    for (what, counted, most, setting, kind) in [
        (
            "the document has too many aliases",
            total.aliases,
            limits.aliases,
            "aliases",
            LimitKind::Complexity,
        ),
        (
            "the operation has too many root fields",
            roots,
            limits.root_fields,
            "root_fields",
            LimitKind::Complexity,
        ),
        ("the operation nests its fields too deep", it.depth, limits.depth, "depth", LimitKind::Depth),
        (
            "the operation is too complex",
            it.complexity,
            limits.complexity,
            "complexity",
            LimitKind::Complexity,
        ),
        (
            "the operation's lists can return too many objects",
            it.nodes,
            limits.nodes,
            "nodes",
            LimitKind::Complexity,
        ),
        (
            "the operation nests introspection lists too deep",
            it.introspection,
            limits.introspection,
            "introspection",
            LimitKind::Depth,
        ),
        (
            "the operation selects too many introspection fields",
            it.schema_fields,
            limits.schema_fields,
            "schema_fields",
            LimitKind::Complexity,
        ),
    ] {
        limit(what, counted, most, setting, kind)?;
    }
    if operation.ty == OperationType::Mutation {
        refuse_repeats(&operation.selection_set.node)?;
    }
    if operation.ty == OperationType::Subscription {
        one_root_field(&operation.selection_set.node)?;
    }
    Ok(it)
}

struct Measure<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    shape: &'a Shape,
    limits: &'a Limits,
    known: HashMap<&'a Name, Measured>,
    /// The fragments being measured: a repeated one is a cycle.
    path: Vec<&'a Name>,
}

impl<'a> Measure<'a> {
    fn selections(&mut self, set: &'a SelectionSet, of: &str) -> Result<Measured, GuardError> {
        let mut sum = Measured::default();
        for Positioned { node: selection, .. } in &set.items {
            let one = match selection {
                Selection::Field(field) => self.field(&field.node, of)?,
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let of = condition.map_or(of, |condition| condition.node.on.node.as_str());
                    let inner = self.selections(&inline.node.selection_set.node, of)?;
                    Measured { selections: inner.selections.saturating_add(1), ..inner }
                }
                Selection::FragmentSpread(spread) => {
                    let inner = self.fragment(&spread.node.fragment_name.node)?;
                    Measured { selections: inner.selections.saturating_add(1), aliases: 0, ..inner }
                }
            };
            sum.add(one);
        }
        Ok(sum)
    }

    fn fragment(&mut self, name: &'a Name) -> Result<Measured, GuardError> {
        if let Some(known) = self.known.get(name) {
            return Ok(*known);
        }
        if self.path.contains(&name) {
            return Err(GuardError::Invalid(format!("the fragment `{name}` contains itself")));
        }
        // An unknown fragment costs nothing; validation rejects it.
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Measured::default()) };
        let FragmentDefinition { type_condition, selection_set, .. } = &fragment.node;
        self.path.push(name);
        let measured = self.selections(&selection_set.node, &type_condition.node.on.node)?;
        self.path.pop();
        self.known.insert(name, measured);
        Ok(measured)
    }

    fn field(&mut self, field: &'a Field, of: &str) -> Result<Measured, GuardError> {
        self.arguments(field)?;
        let name = field.name.node.as_str();
        let known = self.shape.fields.get(of).and_then(|fields| fields.get(name));
        let (inner_of, many) = known.map_or(("", Many::One), |known| (known.of.as_str(), known.many));
        let aliases = u64::from(field.alias.is_some());
        if name.starts_with("__") {
            // Introspection is not data: it has its own limits.
            let inner = self.selections(&field.selection_set.node, "")?;
            let (selections, aliases) = (inner.selections.saturating_add(1), inner.aliases + aliases);
            let (introspection, schema_fields) = if of.is_empty() {
                // Inside introspection, which is measured as a whole.
                (0, 0)
            } else {
                described(self.document, self.shape, &field.selection_set.node, &mut HashMap::new())
            };
            return Ok(Measured { selections, aliases, introspection, schema_fields, ..Measured::default() });
        }
        let inner = self.selections(&field.selection_set.node, inner_of)?;
        let times = match many {
            Many::One => 1,
            Many::Page => self.page_size(field),
            Many::List => self.list_size(field),
        };
        let own = if many == Many::One { 0 } else { times };
        Ok(Measured {
            selections: inner.selections.saturating_add(1),
            complexity: inner.complexity.saturating_add(1),
            depth: inner.depth.saturating_add(1),
            nodes: inner.nodes.saturating_mul(times).saturating_add(own),
            aliases: inner.aliases.saturating_add(aliases),
            introspection: inner.introspection,
            schema_fields: inner.schema_fields,
            varies: inner.varies || (many != Many::One && has_variable_size(field)),
        })
    }

    fn page_size(&self, field: &Field) -> u64 {
        let given = ["first", "last"].into_iter().filter_map(|name| self.number(field, name)).max();
        // The field itself rejects larger pages, with an error that names it.
        given.unwrap_or(self.limits.default_page).min(self.limits.page)
    }

    fn number(&self, field: &Field, name: &str) -> Option<u64> {
        let number = match &field.get_argument(name)?.node {
            Value::Number(number) => number.as_i64(),
            Value::Variable(variable) => match self.variables.get(variable) {
                Some(async_graphql::Value::Number(number)) => number.as_i64(),
                Some(_) | None => None,
            },
            _ => None,
        };
        number.map(|number| u64::try_from(number).unwrap_or_default())
    }

    fn list_size(&self, field: &Field) -> u64 {
        match field.get_argument("ids").map(|ids| &ids.node) {
            Some(Value::List(ids)) => ids.len() as u64,
            Some(Value::Variable(variable)) => match self.variables.get(variable) {
                Some(async_graphql::Value::List(ids)) => ids.len() as u64,
                Some(_) | None => 1,
            },
            _ => 1,
        }
    }

    fn arguments(&self, field: &Field) -> Result<(), GuardError> {
        let directives = field.directives.iter().flat_map(|directive| &directive.node.arguments);
        for (_, value) in field.arguments.iter().chain(directives) {
            literal(&value.node, self.limits)?;
        }
        Ok(())
    }
}

/// Whether an argument that decides the size of a list is a variable.
fn has_variable_size(field: &Field) -> bool {
    let is_variable = |name| matches!(field.get_argument(name).map(|it| &it.node), Some(Value::Variable(_)));
    ["first", "last", "ids"].into_iter().any(is_variable)
}

impl Measured {
    fn add(&mut self, other: Self) {
        self.selections = self.selections.saturating_add(other.selections);
        self.complexity = self.complexity.saturating_add(other.complexity);
        self.depth = self.depth.max(other.depth);
        self.nodes = self.nodes.saturating_add(other.nodes);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.introspection = self.introspection.max(other.introspection);
        self.schema_fields = self.schema_fields.saturating_add(other.schema_fields);
        self.varies |= other.varies;
    }
}

const fn root(ty: OperationType) -> &'static str {
    match ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}
