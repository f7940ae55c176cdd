use super::Request;
use crate::{Result, idempotency::IdempotencyKey};

/// Defines the union of a mutation's results: the success first, then its rejections.
#[macro_export]
macro_rules! payload {
    ($(#[$about:meta])* $name:ident: $success:ident $(, $variant:ident($rejection:ident))+ $(,)?) => {
        $(#[$about])*
        #[derive(async_graphql::Union)]
        pub enum $name {
            Success($success),
            $($variant($rejection),)+
        }

        impl $crate::idempotency::Replayable for $name {
            fn rejection(&self) -> Option<$crate::idempotency::StoredRejection> {
                let (name, message, subject) = match self {
                    Self::Success(_) => return None,
                    $(Self::$variant(why) => (stringify!($rejection), why.text(), why.subject()),)+
                };
                Some($crate::idempotency::StoredRejection {
                    name: name.to_owned(),
                    message: message.to_owned(),
                    subject: subject.map(str::to_owned),
                })
            }

            fn replayed(rejection: &$crate::idempotency::StoredRejection) -> Option<Self> {
                match rejection.name.as_str() {
                    $(stringify!($rejection) => Some(Self::$variant($rejection::restored(rejection))),)+
                    _ => None,
                }
            }
        }
    };
}

/// Parses the idempotency key of a mutation with this input, if the client set one.
///
/// # Errors
///
/// [`Error::Argument`] if the key is malformed.
pub fn idempotency_key(
    request: &Request,
    key: Option<String>,
    mutation: &str,
    input: &serde_json::Value,
) -> Result<Option<IdempotencyKey>> {
    IdempotencyKey::new(&request.root, &request.caller, key, mutation, input.to_string().as_bytes())
}
