use oidc::{Client, ClientConfig, Document, FetchError, Prompt, RESPONSE_LIMIT, Response, SignInError};
use serde_json::json;

use crate::{
    keys::Key,
    provider::{ISSUER, NOW, Provider, answer, client, config, sign_in, sign_in_with},
};

const CONFIGURATION: &str = "/.well-known/openid-configuration";

#[tokio::test]
async fn a_check_tells_what_the_provider_publishes() {
    let provider = Provider::new(Key::p256());
    provider.change(|it| it.other_keys = vec![json!({ "kty": "future" }), Key::rsa().jwk("rsa"), json!(7)]);
    let summary = client().check(&provider, NOW).await.unwrap();
    assert_eq!(summary.token_endpoint, format!("{ISSUER}/token"));
    assert_eq!(summary.keys, 2, "keys of unknown types are left out");
}

#[tokio::test]
async fn rejects_a_discovery_document_of_another_issuer() {
    let provider = Provider::new(Key::p256());
    for issuer in [
        "https://id.example.org",
        "https://id.example.org/realms/acme/",
        "https://ID.example.org/realms/acme",
    ] {
        provider.change(|it| it.metadata = json!({ "issuer": issuer }));
        let error = client().check(&provider, NOW).await.unwrap_err();
        assert_eq!(error, SignInError::Issuer { expected: ISSUER.to_owned(), found: issuer.to_owned() });
        assert!(error.to_string().contains(issuer), "{error}");
    }
}

#[tokio::test]
async fn rejects_endpoints_without_tls_and_providers_without_a_common_algorithm() {
    let provider = Provider::new(Key::p256());
    for endpoint in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
        for url in
            ["http://id.example.org/x", "javascript:alert(1)", "/x", "https://me:secret@id.example.org/"]
        {
            provider.change(|it| it.metadata = json!({ endpoint: url }));
            let outcome = client().start(&provider, Prompt::Default, NOW).await;
            assert_eq!(outcome.err(), Some(SignInError::Endpoint { endpoint }), "{url}");
        }
        provider.change(|it| it.metadata = json!({ endpoint: null }));
        let outcome = client().start(&provider, Prompt::Default, NOW).await;
        assert!(matches!(outcome.err(), Some(SignInError::Malformed { document: Document::Discovery, .. })));
    }
    for (algorithms, is_common) in [(json!(["HS256", "RS512"]), false), (json!(["HS256", "ES256"]), true)] {
        provider.change(|it| it.metadata = json!({ "id_token_signing_alg_values_supported": algorithms }));
        assert_eq!(client().check(&provider, NOW).await.is_ok(), is_common, "{algorithms}");
    }
}

#[tokio::test]
async fn a_provider_that_is_down_or_broken_is_named_in_the_error() {
    let provider = Provider::new(Key::p256());
    let long = Response { status: 200, body: vec![b' '; RESPONSE_LIMIT + 1] };
    for (failure, message) in [
        (Err(FetchError("timeout")), "the provider's discovery document cannot be read: timeout"),
        (Ok(answer(503, &json!({}))), "the provider's discovery document was answered with status 503"),
        (Ok(answer(302, &json!({}))), "the provider's discovery document was answered with status 302"),
        (Ok(long), "the provider's discovery document is malformed: it is too long"),
    ] {
        provider.change(|it| it.failure = Some(failure));
        assert_eq!(client().check(&provider, NOW).await.unwrap_err().to_string(), message);
    }
    provider.change(|it| it.failure = None);
    assert!(client().check(&provider, NOW).await.is_ok());
}

#[tokio::test]
async fn documents_are_kept_for_10_minutes() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    for _ in 0..3 {
        sign_in(&client, &provider).await.unwrap();
    }
    client.check(&provider, NOW + 599).await.unwrap();
    assert_eq!((provider.count(CONFIGURATION), provider.count("/keys")), (1, 1));
    client.check(&provider, NOW + 600).await.unwrap();
    assert_eq!((provider.count(CONFIGURATION), provider.count("/keys")), (2, 2));
}

#[tokio::test]
async fn a_new_key_of_the_provider_is_read_when_a_token_names_it() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    sign_in(&client, &provider).await.unwrap();
    provider.change(|it| {
        it.key = Key::ed25519();
        it.algorithm = "EdDSA".to_owned();
        it.key_id = "key-2".to_owned();
    });
    sign_in(&client, &provider).await.unwrap();
    assert_eq!(provider.count("/keys"), 2);
    sign_in(&client, &provider).await.unwrap();
    assert_eq!(provider.count("/keys"), 2);
}

#[tokio::test]
async fn unknown_key_ids_cause_one_request_a_minute() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    sign_in(&client, &provider).await.unwrap();
    provider.change(|it| it.header = json!({ "kid": "unknown" }));
    for (now, requests) in [(NOW, 2), (NOW, 2), (NOW + 59, 2), (NOW + 60, 3), (NOW + 119, 3), (NOW + 120, 4)]
    {
        let outcome = sign_in_with(&client, &provider, Prompt::Default, now, |_, _| {}).await;
        assert_eq!(outcome, Err(SignInError::UnknownKey));
        assert_eq!(provider.count("/keys"), requests, "{now}");
    }
}

#[tokio::test]
async fn a_token_without_a_key_id_is_verified_by_any_key_of_its_type() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    provider.change(|it| {
        it.header = json!({ "kid": null });
        it.other_keys = vec![Key::p256().jwk("older"), Key::ed25519().jwk("other")];
    });
    assert!(sign_in(&client, &provider).await.is_ok());
}

#[tokio::test]
async fn an_issuer_in_the_own_network_may_be_without_tls() {
    let provider = Provider::new(Key::p256());
    provider.change(|it| it.metadata = json!({ "authorization_endpoint": "http://10.0.0.7/authorize" }));
    let client = Client::new(ClientConfig { allow_http: true, ..config() }).unwrap();
    let started = client.start(&provider, Prompt::Default, NOW).await.unwrap();
    assert!(started.url.starts_with("http://10.0.0.7/authorize?"), "{}", started.url);
}
