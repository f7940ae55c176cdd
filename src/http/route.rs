//! Routes whose handlers' futures are boxed.
//!
//! Axum makes the compiler check, once for each layer around a route, whether the handler's future is `Send`,
//! and each check walks through everything the handler calls. A boxed future is checked once. This saves a
//! sixth of the server's build time (`docs/build.md`).

use std::future::Future;

use axum::{
    extract::{FromRequest, FromRequestParts},
    response::{IntoResponse, Response},
    routing::{MethodFilter, MethodRouter, on},
};
use futures_util::future::BoxFuture;

/// An async function that answers a request from its extracted parts.
pub trait Handler<T, S>: Clone + Send + Sync + 'static {
    /// The route for a method.
    fn route(self, method: MethodFilter) -> MethodRouter<S>;
}

macro_rules! handler_of {
    ($($part:ident $value:ident),*) => {
        impl<F, S, Answer, M, $($part,)* Last> Handler<(M, $($part,)* Last), S> for F
        where
            F: Fn($($part,)* Last) -> Answer + Clone + Send + Sync + 'static,
            Answer: Future<Output: IntoResponse> + Send + 'static,
            $($part: FromRequestParts<S> + Send + 'static,)*
            Last: FromRequest<S, M> + Send + 'static,
            M: 'static,
            S: Clone + Send + Sync + 'static,
        {
            fn route(self, method: MethodFilter) -> MethodRouter<S> {
                on(method, move |$($value: $part,)* last: Last| -> BoxFuture<'static, Response> {
                    let answer = self($($value,)* last);
                    Box::pin(async move { answer.await.into_response() })
                })
            }
        }
    };
}

handler_of!();
handler_of!(A a);
handler_of!(A a, B b);
handler_of!(A a, B b, C c);
handler_of!(A a, B b, C c, D d);
handler_of!(A a, B b, C c, D d, E e);

/// Answers GET.
pub fn get<T, S: Clone + Send + Sync + 'static>(handler: impl Handler<T, S>) -> MethodRouter<S> {
    handler.route(MethodFilter::GET)
}

/// Answers POST.
pub fn post<T, S: Clone + Send + Sync + 'static>(handler: impl Handler<T, S>) -> MethodRouter<S> {
    handler.route(MethodFilter::POST)
}

/// Answers PUT.
pub fn put<T, S: Clone + Send + Sync + 'static>(handler: impl Handler<T, S>) -> MethodRouter<S> {
    handler.route(MethodFilter::PUT)
}
