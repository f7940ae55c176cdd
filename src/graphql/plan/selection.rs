use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{Field, FragmentDefinition, Selection, SelectionSet},
};

use super::{FieldWriter, JsonText, ObjectWriter};

/// The document's fragments.
pub(in crate::graphql) type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// The plan of a selection: what is written for each row.
pub(super) struct SelectionPlan<R: 'static>(Vec<Step<R>>);

pub(super) enum Step<R: 'static> {
    /// The same text for each row, such as the name of a field.
    Text(Vec<u8>),
    Value(fn(&R, &mut JsonText)),
    Object(SelectionPlan<R>),
    /// An object that only some rows have.
    Optional(fn(&R) -> bool, SelectionPlan<R>),
    /// An object of one of several types.
    OneOf(fn(&R) -> usize, Vec<SelectionPlan<R>>),
    /// A field that the executor resolves without waiting.
    Resolved(Box<Positioned<Field>>),
    /// A field that the executor resolves, and that may wait: the place of its value among those.
    Waiting(usize),
}

/// What the object of a plan is.
pub(super) struct Planned<'t, R: 'static> {
    /// Name of the type.
    pub name: &'t str,
    /// Name of the union that the selection is on, and its types.
    pub union: Option<(&'static str, &'static [ObjectWriter<R>])>,
    pub writers: &'static [(&'static str, FieldWriter<R>)],
    /// Fields that the executor resolves without waiting.
    pub resolved: &'static [&'static str],
    /// Whether other fields are resolved by the executor. Otherwise there is no plan for them.
    pub waits: bool,
}

impl<R> SelectionPlan<R> {
    /// Plans a selection, and adds the fields that may wait to `waiting`. `None` for selections that the executor has
    /// to resolve: directives, repeated names, and fragments on interfaces.
    pub fn of(
        set: &SelectionSet,
        planned: &Planned<'_, R>,
        fragments: &Fragments,
        waiting: &mut Vec<Positioned<Field>>,
    ) -> Option<Self> {
        let mut steps = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for field in fields(set, planned, fragments)? {
            let key = field.node.response_key().node.as_str();
            if names.contains(&key) {
                // The two selections would have to be merged.
                return None;
            }
            let start = if names.is_empty() { b'{' } else { b',' };
            names.push(key);
            text(&mut steps, &[start, b'"']);
            text(&mut steps, key.as_bytes());
            text(&mut steps, b"\":");
            let name = field.node.name.node.as_str();
            if name == "__typename" {
                text(&mut steps, b"\"");
                text(&mut steps, planned.name.as_bytes());
                text(&mut steps, b"\"");
                continue;
            }
            let set = &field.node.selection_set.node;
            let writer =
                planned.writers.iter().find(|(declared, _)| *declared == name).map(|(_, writer)| writer);
            steps.push(match writer {
                Some(FieldWriter::Value(write)) => Step::Value(*write),
                Some(FieldWriter::Object(object)) => {
                    Step::Object(Self::of(set, &Planned::from(*object), fragments, waiting)?)
                }
                Some(FieldWriter::Optional(exists, object)) => {
                    Step::Optional(*exists, Self::of(set, &Planned::from(*object), fragments, waiting)?)
                }
                Some(FieldWriter::Union(union, which, types)) => {
                    let plan = |object| {
                        let planned = Planned { union: Some((*union, *types)), ..Planned::from(object) };
                        Self::of(set, &planned, fragments, &mut Vec::new())
                    };
                    Step::OneOf(*which, types.iter().map(plan).collect::<Option<_>>()?)
                }
                None if planned.resolved.contains(&name) => Step::Resolved(Box::new(field.clone())),
                None if planned.waits => {
                    waiting.push(field.clone());
                    Step::Waiting(waiting.len() - 1)
                }
                None => return None,
            });
        }
        text(&mut steps, if names.is_empty() { b"{}" } else { b"}" });
        Some(Self(steps))
    }

    /// Writes a row. `resolve` writes the fields that the executor resolves; it returns whether it could.
    pub fn write(
        &self,
        row: &R,
        json: &mut JsonText,
        resolve: &mut dyn FnMut(&Step<R>, &mut JsonText) -> bool,
    ) -> bool {
        for step in &self.0 {
            match step {
                Step::Text(text) => json.raw(text),
                Step::Value(write) => write(row, json),
                Step::Optional(exists, _) if !exists(row) => json.null(),
                Step::Object(plan) | Step::Optional(_, plan) => {
                    if !plan.write(row, json, resolve) {
                        return false;
                    }
                }
                Step::OneOf(which, plans) => match plans.get(which(row)) {
                    Some(plan) if plan.write(row, json, resolve) => {}
                    _ => return false,
                },
                Step::Resolved(_) | Step::Waiting(_) => {
                    if !resolve(step, json) {
                        return false;
                    }
                }
            }
        }
        true
    }
}

impl<R> From<&'static ObjectWriter<R>> for Planned<'static, R> {
    fn from(object: &'static ObjectWriter<R>) -> Self {
        Self { name: object.name, union: None, writers: object.fields, resolved: &[], waits: false }
    }
}

/// Appends to the text before, so that a row has few steps.
fn text<R>(steps: &mut Vec<Step<R>>, more: &[u8]) {
    match steps.last_mut() {
        Some(Step::Text(text)) => text.extend_from_slice(more),
        _ => steps.push(Step::Text(more.to_vec())),
    }
}

/// The fields of a selection for objects of a type, including those of its fragments.
pub(super) fn fields<'a, R>(
    set: &'a SelectionSet,
    planned: &Planned<'_, R>,
    fragments: &'a Fragments,
) -> Option<Vec<&'a Positioned<Field>>> {
    let mut found = Vec::with_capacity(set.items.len());
    for item in &set.items {
        let (condition, inner) = match &item.node {
            Selection::Field(field) if field.node.directives.is_empty() => {
                found.push(field);
                continue;
            }
            Selection::InlineFragment(inline) if inline.node.directives.is_empty() => {
                let condition = inline.node.type_condition.as_ref();
                (condition.map(|condition| &condition.node.on.node), &inline.node.selection_set.node)
            }
            Selection::FragmentSpread(spread) if spread.node.directives.is_empty() => {
                let fragment = fragments.get(&spread.node.fragment_name.node)?;
                (Some(&fragment.node.type_condition.node.on.node), &fragment.node.selection_set.node)
            }
            _ => return None,
        };
        match (condition, planned.union) {
            (None, _) => {}
            (Some(on), _) if on == planned.name => {}
            (Some(on), Some((union, _))) if on == union => {}
            // Of another type of the union: not for this one.
            (Some(on), Some((_, types))) if types.iter().any(|object| on == object.name) => continue,
            (Some(_), _) => return None,
        }
        found.extend(fields(inner, planned, fragments)?);
    }
    Some(found)
}
