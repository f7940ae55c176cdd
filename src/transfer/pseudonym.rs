//! TODO-later
