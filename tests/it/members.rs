//! Accounts of people: sign-in, sessions by cookie, roles.

mod browser;
mod csrf;
mod links;
mod pauses;
mod roles;
mod secrets;
mod sessions;
mod sign_in;
mod step_up;

use browser::{Browser, PASSWORD, Person};
