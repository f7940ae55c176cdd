//! Read your writes on a replica: the answer to a request that has changed something has a position in the
//! header `x-verigraph-position`, and a read that sends it sees that change.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, request::Parts},
    middleware::Next,
    response::Response,
};
use futures_util::future::BoxFuture;

use super::{error_format::RejectedRequest, reply::RequestId, state::ApiState};
use crate::{Code, db::Position, services::Services};

/// The header of requests and answers.
pub const POSITION: HeaderName = HeaderName::from_static("x-verigraph-position");

/// What a request says about the changes that it has to see, and whether it makes some itself.
#[derive(Clone, Debug, Default)]
pub struct RequestPosition(Arc<PositionParts>);

#[derive(Debug, Default)]
struct PositionParts {
    after: Option<Position>,
    has_changed: AtomicBool,
}

impl RequestPosition {
    /// Records whether the request may have changed something.
    pub fn set_changed(&self, has_changed: bool) {
        self.0.has_changed.store(has_changed, Ordering::Relaxed);
    }

    /// The services for a request that only reads: their store reads from the replica, unless it is away or
    /// behind. `None`: the request reads from the primary.
    pub async fn for_reading(&self, services: &Services) -> Option<Services> {
        let store = services.store.for_reading(self.0.after).await?;
        Some(Services { store, ..services.clone() })
    }
}

/// Reads the header of requests, and adds it to the answers to those that have changed something. Without a
/// replica answers do not have it.
pub fn track(State(app): State<ApiState>, mut request: Request, next: Next) -> BoxFuture<'static, Response> {
    Box::pin(async move {
        let Ok(after) = position(request.headers()) else {
            let id = request.extensions().get::<RequestId>().map_or("", |id| id.0.as_str());
            let message = "the header x-verigraph-position is invalid: send the value of an answer, such as 0/16B3748, \
                           or omit it";
            let (status, code, path) = (StatusCode::BAD_REQUEST, Code::BadRequest, request.uri().path());
            return RejectedRequest { status, code, message, id, path }.answer(app.error_format);
        };
        // GraphQL determines itself which requests change data.
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        let has_changed = !is_read && request.uri().path() != "/graphql";
        let parts = PositionParts { after, has_changed: has_changed.into() };
        let position = RequestPosition(Arc::new(parts));
        request.extensions_mut().insert(position.clone());
        let mut response = next.run(request).await;
        if position.0.has_changed.load(Ordering::Relaxed)
            && let Some(position) = app.store.position().await
            && let Ok(value) = HeaderValue::from_str(&position.to_string())
        {
            response.headers_mut().insert(POSITION, value);
        }
        response
    })
}

/// The position that a request names. The highest one counts if there are several: a client that writes to
/// several paths may send all.
fn position(headers: &HeaderMap) -> Result<Option<Position>, ()> {
    let mut highest = None;
    for value in headers.get_all(POSITION) {
        let texts = value.to_str().map_err(drop)?.split(',');
        for text in texts {
            highest = highest.max(Some(text.trim().parse().map_err(drop)?));
        }
    }
    Ok(highest)
}

/// The state for a handler that only reads. It is chosen once, after the caller is authenticated.
pub struct ReadRequest {
    app: ApiState,
    position: RequestPosition,
}

impl ReadRequest {
    /// The state before the choice: it authenticates callers on the primary.
    pub const fn primary(&self) -> &ApiState {
        &self.app
    }

    /// Chooses where the request reads from.
    pub async fn choose(&self) -> ApiState {
        let services = self.position.for_reading(&self.app.services).await;
        services.map_or_else(|| self.app.clone(), |services| self.app.with_services(services))
    }
}

impl FromRequestParts<ApiState> for ReadRequest {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &ApiState) -> Result<Self, Self::Rejection> {
        let position = parts.extensions.get::<RequestPosition>().cloned().unwrap_or_default();
        // Also for reads by POST: the list of proofing requests.
        position.set_changed(false);
        Ok(Self { app: app.clone(), position })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&str]) -> Result<Option<String>, ()> {
        let headers = values.iter().map(|value| (POSITION, HeaderValue::from_str(value).unwrap())).collect();
        position(&headers).map(|position| position.map(|it| it.to_string()))
    }

    #[test]
    fn the_highest_position_counts() {
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&["0/16B3748"]), Ok(Some("0/16B3748".to_owned())));
        assert_eq!(read(&["0/1", "1/0", "0/FFFFFFFF"]), Ok(Some("1/0".to_owned())));
        assert_eq!(read(&["0/1, 0/2"]), Ok(Some("0/2".to_owned())));
    }

    #[test]
    fn an_invalid_position_among_several_is_invalid() {
        for values in [&["undefined"][..], &[""], &["0/1", "x"], &["0/1,"]] {
            assert_eq!(read(values), Err(()), "{values:?}");
        }
    }
}
