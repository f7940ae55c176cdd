/// How an API's clients send an access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `Authorization: Bearer TOKEN`.
    Named,
    /// `Authorization: Bearer TOKEN` or `Authorization: TOKEN`, as the ID proofing API accepts.
    NamedOrBare,
    /// `x-auth-token: TOKEN` and no `Authorization`, as the verification-results API requires.
    ServerToken,
    /// `x-api-key: KEY`, as the user verification API requires, or `Authorization: Bearer TOKEN`.
    Key,
}
