use async_graphql::{EmptyMutation, EmptySubscription, MergedObject};

use super::{AnyEdge, PolicyHook, node::NodeQuery};
use crate::{
    identification::IdentificationQuery, project::ProjectQuery, proofing::ProofingQuery, user::UserQuery,
};

/// Where every query starts.
#[derive(Default, MergedObject)]
pub struct Query(NodeQuery, ProjectQuery, UserQuery, IdentificationQuery, ProofingQuery);

/// The whole graph.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

/// Puts the roots together. Needs no database: the schema can be printed anywhere.
#[must_use]
pub fn build() -> Schema {
    Schema::build(Query::default(), EmptyMutation, EmptySubscription)
        .register_output_type::<AnyEdge>()
        .extension(PolicyHook)
        // Depth and complexity are measured by the guard, which knows fragments and list sizes.
        .limit_recursive_depth(100)
        .finish()
}

/// The schema as text, as `schema.graphql` has it.
#[must_use]
pub fn sdl() -> String {
    build().sdl()
}
