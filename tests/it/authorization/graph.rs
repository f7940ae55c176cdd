//! The schema as the tests traverse it, and every path through it.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition},
};

/// The types of the served schema.
pub struct Graph {
    /// The fields of every composite type: the object types, and each interface that a field returns.
    pub parents: BTreeMap<String, Vec<FieldDefinition>>,
    /// The fields of every input type.
    pub inputs: BTreeMap<String, Vec<InputValueDefinition>>,
    /// The values of every enum.
    pub enums: BTreeMap<String, Vec<String>>,
    /// The object types of an interface or a union.
    members: BTreeMap<String, BTreeSet<String>>,
}

/// One field on the path from the root.
#[derive(Clone)]
pub struct Step {
    pub parent: String,
    pub field: FieldDefinition,
}

impl Step {
    pub fn name(&self) -> &str {
        &self.field.name.node
    }

    pub fn ty(&self) -> &Type {
        &self.field.ty.node
    }
}

impl Graph {
    pub fn served() -> Self {
        let document = parse_schema(verigraph::schema::sdl()).unwrap();
        let mut graph = Self {
            parents: BTreeMap::new(),
            inputs: BTreeMap::new(),
            enums: BTreeMap::new(),
            members: BTreeMap::new(),
        };
        let mut interfaces = BTreeMap::new();
        for definition in document.definitions {
            let TypeSystemDefinition::Type(ty) = definition else { continue };
            let name = ty.node.name.node.to_string();
            match ty.node.kind {
                TypeKind::Object(object) => {
                    for interface in object.implements {
                        graph.members.entry(interface.node.to_string()).or_default().insert(name.clone());
                    }
                    graph.parents.insert(name, object.fields.into_iter().map(|field| field.node).collect());
                }
                TypeKind::Union(union) => {
                    let members = union.members.into_iter().map(|member| member.node.to_string());
                    graph.members.entry(name).or_default().extend(members);
                }
                TypeKind::InputObject(input) => {
                    graph.inputs.insert(name, input.fields.into_iter().map(|field| field.node).collect());
                }
                TypeKind::Enum(values) => {
                    let values = values.values.into_iter().map(|value| value.node.value.node.to_string());
                    graph.enums.insert(name, values.collect());
                }
                TypeKind::Interface(interface) => {
                    interfaces.insert(name, interface.fields.into_iter().map(|field| field.node).collect());
                }
                TypeKind::Scalar => {}
            }
        }
        let given = graph.parents.values().flatten().map(|field| base(&field.ty.node).to_owned());
        let given: BTreeSet<String> = given.collect();
        interfaces.retain(|name, _| given.contains(name));
        graph.parents.extend(interfaces);
        graph
    }

    /// Every field with its parent type.
    pub fn fields(&self) -> BTreeSet<(String, String)> {
        let of_type = |(name, fields): (&String, &Vec<FieldDefinition>)| {
            let pair = |field: &FieldDefinition| (name.clone(), field.name.node.to_string());
            fields.iter().map(pair).collect::<Vec<_>>()
        };
        self.parents.iter().flat_map(of_type).collect()
    }

    /// Every field that can be reached from the query root.
    pub fn read_fields(&self) -> BTreeSet<(String, String)> {
        let mut read = BTreeSet::from(["Query".to_owned()]);
        let mut new: Vec<String> = read.iter().cloned().collect();
        while let Some(parent) = new.pop() {
            let given = self.parents[&parent].iter().flat_map(|field| self.parents_in(&field.ty.node));
            new.extend(given.filter(|name| read.insert(name.clone())));
        }
        self.fields().into_iter().filter(|(parent, _)| read.contains(parent)).collect()
    }

    /// The composite types that a field can return; none for a scalar or an enum.
    pub fn parents_in(&self, ty: &Type) -> BTreeSet<String> {
        let name = base(ty);
        let mut parents = self.members.get(name).cloned().unwrap_or_default();
        parents.extend(self.parents.contains_key(name).then(|| name.to_owned()));
        parents
    }

    /// Every path from the root to every field that visits no type twice.
    pub fn ways(&self) -> Vec<Vec<Step>> {
        let mut ways = Vec::new();
        self.walk("Query", &mut Vec::new(), &mut ways);
        ways
    }

    fn walk(&self, parent: &str, way: &mut Vec<Step>, ways: &mut Vec<Vec<Step>>) {
        for field in &self.parents[parent] {
            way.push(Step { parent: parent.to_owned(), field: field.clone() });
            ways.push(way.clone());
            for next in self.parents_in(&field.ty.node) {
                if way.iter().all(|step| step.parent != next) {
                    self.walk(&next, way, ways);
                }
            }
            way.pop();
        }
    }
}

/// The name of a type without its list wrappers.
pub fn base(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(item) => base(item),
    }
}
