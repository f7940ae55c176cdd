//! Routes whose handlers' futures are boxed.
//!
//! Axum asks the compiler again and again, once for each layer around a route, whether the future of its handler can be
//! sent between threads, and the compiler answers by looking at everything that is called in it. A boxed future is looked
//! at once: this took a sixth of the time to build the server (`docs/build.md`).

use std::future::Future;

use axum::{
    extract::{FromRequest, FromRequestParts},
    response::{IntoResponse, Response},
    routing::{MethodFilter, MethodRouter, on},
};
use futures_util::future::BoxFuture;

/// An async function that answers a request from what is extracted of it.
pub trait Handler<T, S>: Clone + Send + Sync + 'static {
    /// The route that it answers.
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
