//! The accounts of people: members, their memberships in projects, and how they sign in.
//!
//! | file | content |
//! |---|---|
//! | `profile` | name and e-mail address, sealed |
//! | `access` | invitations, and changes of memberships |
//! | `role_changes` | changes of roles |
//! | `store` | members and memberships |
//! | `roles` | the roles of a project |
//! | `session` | devices on which a member is signed in |
//! | `limits` | how long sessions last, as the projects have set it |
//! | `link` | invitations, set-up and recovery links |
//! | `attempt` | sign-ins that are not complete |
//! | `password` | passwords, checked by a bounded number of threads |
//! | `second_factor` | authenticator apps and recovery codes |
//! | `pause` | failed sign-ins, and pauses after them |
//! | `graphql` | the GraphQL API |
//! | `policy` | who may read its fields |
//! | `rest` | the paths below `/auth` |

pub mod access;
pub mod attempt;
pub mod graphql;
pub mod limits;
pub mod link;
pub mod password;
pub mod pause;
pub mod policy;
pub mod profile;
pub mod rest;
pub mod role_changes;
pub mod roles;
pub mod second_factor;
pub mod session;
pub mod store;
