//! Redaction of URLs in logs, errors and `doctor` output, so that they reveal no secret.

use url::Url;

/// Placeholder for redacted text.
const HIDDEN: &str = "[hidden]";

/// Parameters whose values are not secret. All others are redacted, including the name: it can be the end of
/// a password that was not percent-encoded.
const SHOWN: &[&str] = &[
    "application_name",
    "dbname",
    "endpoint",
    "host",
    "hostaddr",
    "port",
    "region",
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "user",
];

/// Redacts a URL for display. The result never contains a password, whether the URL has it before the host,
/// in the query or, mistyped, elsewhere: any part that is not recognized is redacted.
#[must_use]
pub fn redacted_url(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        // A path, or a host alone. With one of these characters it may be a pair of credentials, or
        // `key=value` text.
        let is_plain = !text.contains([':', '@', '?', '=', '%', '#', '&', ' ']);
        return if is_plain { text.to_owned() } else { HIDDEN.to_owned() };
    };
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    if scheme.is_empty() || !scheme.chars().all(is_scheme) {
        return HIDDEN.to_owned();
    }
    if scheme == "sqlite" {
        // A path may contain any character. It is not secret, except for a query.
        let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
        return format!("{scheme}://{path}{}", shown_query(query));
    }
    let Ok(url) = Url::parse(text) else { return format!("{scheme}://{HIDDEN}") };
    // A password that was not percent-encoded ends at its first `/`, `?` or `#`; a later `@` reveals this.
    let has_stray_at =
        url.path().contains('@') || [url.query(), url.fragment()].iter().flatten().any(|it| it.contains('@'));
    let is_odd = has_stray_at || url.username().contains('%') || url.fragment().is_some();
    let Some(host) = url.host_str().filter(|_| !is_odd) else { return format!("{scheme}://{HIDDEN}") };
    let user = match (url.username(), url.password()) {
        ("", _) => String::new(),
        (user, Some(_)) => format!("{user}@"),
        (user, None) if scheme.starts_with("postgres") => format!("{user}@"),
        // A user name without a password can be a token.
        (_, None) => format!("{HIDDEN}@"),
    };
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    format!("{scheme}://{user}{host}{port}{}{}", url.path(), shown_query(url.query()))
}

fn shown_query(query: Option<&str>) -> String {
    let Some(query) = query else { return String::new() };
    let pairs = form_urlencoded::parse(query.as_bytes()).map(|(name, value)| match &*name {
        "endpoint" => format!("endpoint={}", redacted_url(&value)),
        known if SHOWN.contains(&known) => format!("{known}={value}"),
        _ => HIDDEN.to_owned(),
    });
    format!("?{}", pairs.collect::<Vec<_>>().join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_host_and_path_of_a_url() {
        for (url, shown) in [
            ("postgres://me:se:cr%40et@db/x", "postgres://me@db/x"),
            ("postgres://me@db:5433/x?sslmode=require", "postgres://me@db:5433/x?sslmode=require"),
            ("postgres://db/x?user=me&password=hush", "postgres://db/x?user=me&[hidden]"),
            ("mysql://me:hush@db/x", "mysql://me@db/x"),
            ("sqlite://data/x.db", "sqlite://data/x.db"),
            ("sqlite:///var/a b/x@y.db", "sqlite:///var/a b/x@y.db"),
            ("data/x.db", "data/x.db"),
            ("s3://images/prod?region=eu-central-1", "s3://images/prod?region=eu-central-1"),
            (
                "s3://images?endpoint=https%3A%2F%2Fkey%3Ahush%40s3.internal",
                "s3://images?endpoint=https://key@s3.internal/",
            ),
        ] {
            assert_eq!(redacted_url(url), shown, "{url}");
        }
    }

    #[test]
    fn never_shows_a_password_however_the_url_is_mistyped() {
        for url in [
            "postgres://me:hush@db/x",
            "postgres://me:hush@db:port/x",
            "postgres://me:hush/2@db/x",
            "postgres://me:12/hush@db/x",
            "postgres://me:12?hush@db/x",
            "postgres://me:12#hush@db/x",
            "postgres://me:12#hush",
            "postgres://me:hush@/x?host=/run",
            "postgres://me:a@hush@db/x",
            "postgres://me%3Ahush@db/x",
            "postgres:/me:hush@db/x",
            "postgres:me:hush@db/x",
            "postgres//me:hush@db/x",
            "postgres:// me:hush@db/x",
            "postgres ://me:hush@db/x",
            "postgres%3A%2F%2Fme%3Ahush%40db%2Fx",
            "me:hush@db/x",
            "hush@db/x",
            "host=db user=me password=hush",
            "db/x?password=hush",
            "postgres://db/x?password=hush",
            "postgres://db/x?pass%77ord=hush",
            "postgres://db/x?pasword=hush",
            "postgres://db/x?user=me&sslmode=require&hush",
            "postgres://me:pw@db/x?sslpassword=hush&sslmode=require",
            "://me:hush@db/x",
            "s3://key:hush@bucket/x",
            "s3://bucket?endpoint=https://key:hush@host",
            "s3://bucket?endpoint=https://hush@host",
            "s3://bucket?secret_access_key=hush",
            "https://hush@host/x",
            "sqlite://data/x.db?password=hush",
        ] {
            let shown = redacted_url(url);
            assert!(!shown.contains("hush"), "{url}: {shown}");
        }
    }
}
