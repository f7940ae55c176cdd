//! What an erasure does in each concept.

use crate::{
    document, event, identification, level, proofing, result, sandbox, session,
    user::store::erase::EraseStep, verification,
};

/// The steps of an erasure, in the order in which they lock rows.
pub const ERASE_STEPS: &[EraseStep] = &[
    sandbox::erase::erase_user,
    document::erase::erase_user,
    identification::erase::erase_user,
    session::erase::erase_user,
    result::erase::erase_user,
    proofing::erase::erase_user,
    level::erase::erase_user,
    verification::erase::erase_user,
    event::erase::erase_user,
];
