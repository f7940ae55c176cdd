/// Defines the rejections: outcomes that a client has to handle. They are part of the payload, not errors,
/// and each has a type.
#[macro_export]
macro_rules! rejections {
    ($($(#[$about:meta])* $name:ident $({ $(#[$of:meta])* $field:ident: $ty:ty })?: $message:literal)*) => {
        $(
            $(#[$about])*
            #[derive(Clone, Debug, async_graphql::SimpleObject)]
            pub struct $name {
                /// Human-readable reason of the rejection.
                pub(crate) message: String,
                $($(#[$of])* $field: $ty,)?
            }

            impl $name {
                /// Creates the rejection with its default message.
                #[must_use]
                pub fn new($($field: &str)?) -> Self {
                    Self { message: $message.to_owned() $(, $field: <$ty>::from($field.to_owned()))? }
                }

                /// Returns the message.
                #[must_use]
                pub fn text(&self) -> &str {
                    &self.message
                }

                /// Creates the rejection with another message.
                #[must_use]
                pub fn because(message: impl Into<String> $(, $field: &str)?) -> Self {
                    Self { message: message.into() $(, $field: <$ty>::from($field.to_owned()))? }
                }

                /// Returns the value that was not found, as the caller wrote it, if the rejection repeats it.
                #[must_use]
                pub fn subject(&self) -> Option<&str> {
                    let subject: &[&str] = &[$(self.$field.as_str())?];
                    subject.first().copied()
                }

                /// Restores the rejection that was stored under an idempotency key.
                #[must_use]
                pub fn restored(stored: &$crate::idempotency::StoredRejection) -> Self {
                    Self {
                        message: stored.message.clone(),
                        $($field: <$ty>::from(stored.subject.clone().unwrap_or_default()),)?
                    }
                }
            }

            $crate::default_of!($name $($field)?);
        )*
    };
}

/// Implements `Default` for a rejection whose only field is the message.
#[doc(hidden)]
#[macro_export]
macro_rules! default_of {
    ($name:ident) => {
        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    ($name:ident $field:ident) => {};
}

crate::rejections! {
    /// The token lacks the permission for the mutation.
    ForbiddenRejection: "the token lacks the permission for this"
    /// The mutation requires that the member has signed in within the last 5 minutes. Sign in anew and send the same
    /// input again. Never returned to credentials.
    FreshSignInNeededRejection: "this requires a sign-in within the last 5 minutes: sign in anew"
    /// The idempotency key was used with another input in the last 24 hours.
    IdempotencyKeyReusedRejection: "this idempotency key was used with another input: use a new key"
    /// The first request with this idempotency key is still running. Retry in a moment: the result is
    /// returned then.
    IdempotencyKeyBusyRejection: "the first request with this idempotency key is still running: retry in a moment"
}
