use axum::http::{HeaderMap, HeaderName, header};

/// The media type of a GraphQL response. The types differ in their HTTP statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`: the HTTP status reflects the outcome.
    GraphqlResponse,
    /// `application/json`: 200 for every well-formed request, as older clients expect.
    Json,
}

impl Media {
    /// The value of `Content-Type`.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// The supported media type that the client prefers; `None` if it accepts neither. Without an `Accept`
    /// header: JSON, for clients that do not send one.
    #[must_use]
    pub fn accepted(headers: &HeaderMap) -> Option<Self> {
        let mut wishes =
            headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
        if wishes.peek().is_none() {
            return Some(Self::Json);
        }
        let ranges: Vec<_> = wishes.flat_map(|value| value.split(',')).filter_map(range).collect();
        let quality = |media: &str| {
            let of =
                |wanted: &str| ranges.iter().filter(|(name, _)| name == wanted).map(|(_, q)| *q).next_back();
            of(media).or_else(|| of("application/*")).or_else(|| of("*/*")).unwrap_or(0)
        };
        let (response, json) = (quality("application/graphql-response+json"), quality("application/json"));
        let named = |media: &str| ranges.iter().any(|(name, _)| name == media);
        match (response, json) {
            (0, 0) => None,
            // Same quality: prefer a type that is named over one matched by a wildcard.
            (response, json) if response == json && named("application/graphql-response+json") => {
                Some(Self::GraphqlResponse)
            }
            (response, json) if response > json => Some(Self::GraphqlResponse),
            (_, _) => Some(Self::Json),
        }
    }
}

/// Whether the client is a browser that asks for a page.
#[must_use]
pub fn wants_page(headers: &HeaderMap) -> bool {
    names(headers, "text/html")
}

/// Whether the client names this media type in `Accept`.
#[must_use]
pub fn names(headers: &HeaderMap, media: &str) -> bool {
    takes(headers, header::ACCEPT, media)
}

/// Whether a header of the `Accept` family names a value and does not exclude it.
#[must_use]
pub fn takes(headers: &HeaderMap, header: HeaderName, wanted: &str) -> bool {
    let wishes = headers.get_all(header).iter().filter_map(|value| value.to_str().ok());
    wishes
        .flat_map(|value| value.split(','))
        .filter_map(range)
        .any(|(name, quality)| name == wanted && quality > 0)
}

/// A media range in lower case, and its quality in thousandths.
fn range(text: &str) -> Option<(String, u32)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?.to_ascii_lowercase();
    let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let quality = match quality.map(str::parse::<f32>) {
        None => 1000,
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
        Some(Ok(quality)) if (0.0..=1.0).contains(&quality) => (quality * 1000.0) as u32,
        Some(_) => 0,
    };
    Some((name, quality))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(accept: &str) -> Option<Media> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        Media::accepted(&headers)
    }

    #[test]
    fn selects_the_media_type_that_the_client_prefers() {
        assert_eq!(Media::accepted(&HeaderMap::new()), Some(Media::Json));
        assert_eq!(accepted("*/*"), Some(Media::Json));
        assert_eq!(accepted("application/*"), Some(Media::Json));
        assert_eq!(accepted("application/json"), Some(Media::Json));
        assert_eq!(accepted("application/graphql-response+json"), Some(Media::GraphqlResponse));
        assert_eq!(
            accepted("application/graphql-response+json, application/json;q=0.9"),
            Some(Media::GraphqlResponse)
        );
        assert_eq!(
            accepted("application/json, application/graphql-response+json"),
            Some(Media::GraphqlResponse)
        );
        assert_eq!(accepted("application/json, application/graphql-response+json; q=0.5"), Some(Media::Json));
        assert_eq!(accepted("Application/JSON; charset=utf-8"), Some(Media::Json));
        assert_eq!(accepted("text/html, */*;q=0.8"), Some(Media::Json));
    }

    #[test]
    fn rejects_a_client_that_accepts_no_supported_media_type() {
        assert_eq!(accepted("text/html"), None);
        assert_eq!(accepted("application/json;q=0"), None);
        assert_eq!(accepted("*/*;q=0"), None);
    }
}
