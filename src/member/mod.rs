//! The accounts of people: members, their memberships in projects, and how they sign in.
//!
//! | file | content |
//! |---|---|
//! | `profile` | name and e-mail address, sealed |
//! | `access` | invitations, and changes of memberships |
//! | `erase` | erasure of members |
//! | `role_changes` | changes of roles |
//! | `store` | members and memberships |
//! | `roles` | the roles of a project |
//! | `session` | devices on which a member is signed in |
//! | `limits` | how long sessions last, as the projects have set it |
//! | `link` | invitations, set-up and recovery links |
//! | `attempt` | sign-ins that are not complete |
//! | `password` | passwords, checked by a bounded number of threads |
//! | `second_factor` | authenticator apps and recovery codes |
//! | `passkey` | passkeys |
//! | `oidc` | sign-in with identity providers |
//! | `ceremony` | the exchange with a device that has a passkey |
//! | `methods` | how a member can sign in |
//! | `pause` | failed sign-ins, and pauses after them |
//! | `graphql` | the GraphQL API |
//! | `policy` | who may read its fields |
//! | `rest` | the paths below `/auth` |

pub mod access;
pub mod attempt;
#[cfg(feature = "passkeys")]
pub mod ceremony;
#[cfg(not(feature = "passkeys"))]
#[path = "no_ceremony.rs"]
pub mod ceremony;
pub mod erase;
pub mod graphql;
pub mod limits;
pub mod link;
pub mod methods;
pub mod oidc;
pub mod passkey;
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
