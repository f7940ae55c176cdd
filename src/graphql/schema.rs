use async_graphql::{EmptySubscription, MergedObject};

use super::{AnyEdge, PolicyHook, node::NodeQuery, rejection::Rejection};
use crate::{
    identification::IdentificationQuery,
    project::ProjectQuery,
    proofing::{ProofingMutation, ProofingQuery},
    user::UserQuery,
    verification::{VerificationMutation, VerificationQuery},
};

/// Where every query starts.
#[derive(Default, MergedObject)]
pub struct Query(NodeQuery, ProjectQuery, UserQuery, IdentificationQuery, ProofingQuery, VerificationQuery);

/// Where every change starts.
#[derive(Default, MergedObject)]
pub struct Mutation(ProofingMutation, VerificationMutation);

/// The whole graph.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// Puts the roots together. Needs no database: the schema can be printed anywhere.
#[must_use]
pub fn build() -> Schema {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .register_output_type::<AnyEdge>()
        .register_output_type::<Rejection>()
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
