use oidc::{Client, ClientConfig, Prompt, SignInError, Transaction};
use serde_json::{Value, json};

use crate::{
    keys::Key,
    provider::{ISSUER, NOW, Provider, client, config, sign_in, sign_in_with},
};

fn claim(claim: &'static str) -> SignInError {
    SignInError::Claim { claim }
}

#[tokio::test]
async fn rejects_tokens_with_a_wrong_claim() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    let long = "x".repeat(256);
    for (changes, error) in [
        (json!({ "iss": "https://id.example.org/realms/acme/" }), claim("iss")),
        (json!({ "iss": null }), claim("iss")),
        (json!({ "aud": "other" }), claim("aud")),
        (json!({ "aud": ["other", "another"] }), claim("aud")),
        (json!({ "aud": null }), claim("aud")),
        (json!({ "aud": ["other", "verifier"] }), claim("azp")),
        (json!({ "aud": ["other", "verifier"], "azp": "other" }), claim("azp")),
        (json!({ "azp": "other" }), claim("azp")),
        (json!({ "nonce": "wrong" }), claim("nonce")),
        (json!({ "nonce": null }), claim("nonce")),
        (json!({ "exp": NOW - 60 }), SignInError::TokenExpired),
        (json!({ "exp": null }), claim("exp")),
        (json!({ "exp": "2030-01-01" }), claim("exp")),
        (json!({ "iat": NOW + 61 }), claim("iat")),
        (json!({ "iat": NOW - 61 }), claim("iat")),
        (json!({ "iat": null }), claim("iat")),
        (json!({ "nbf": NOW + 61 }), claim("nbf")),
        (json!({ "nbf": "now" }), claim("nbf")),
        (json!({ "sub": null }), claim("sub")),
        (json!({ "sub": "" }), claim("sub")),
        (json!({ "sub": long }), claim("sub")),
        (json!({ "sub": 7 }), claim("sub")),
    ] {
        provider.change(|it| it.claims = changes.clone());
        assert_eq!(sign_in(&client, &provider).await, Err(error), "{changes}");
    }
    provider.change(|it| it.claims = json!({ "exp": NOW - 59, "iat": NOW - 60, "nbf": NOW + 60 }));
    assert!(sign_in(&client, &provider).await.is_ok(), "clocks may differ by a minute");
}

#[tokio::test]
async fn rejects_unsigned_tokens_and_hs256_with_the_public_key() {
    for key in [Key::rsa(), Key::p256(), Key::ed25519()] {
        let (client, provider) = (client(), Provider::new(key));
        for algorithm in ["none", "HS256", "None", "RS384", "ES384", "", "rs256"] {
            provider.change(|it| it.algorithm = algorithm.to_owned());
            assert_eq!(sign_in(&client, &provider).await, Err(SignInError::Algorithm), "{algorithm}");
        }
        provider.change(|it| it.header = json!({ "alg": null }));
        assert_eq!(sign_in(&client, &provider).await, Err(SignInError::Algorithm));
    }
}

#[tokio::test]
async fn rejects_tokens_that_another_key_signed() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    assert!(sign_in(&client, &provider).await.is_ok());
    // The same key id, another key, and the keys are kept.
    provider.change(|it| it.key = Key::p256());
    assert_eq!(sign_in(&client, &provider).await, Err(SignInError::Signature));
}

#[tokio::test]
async fn a_key_is_used_for_its_own_type_of_algorithm_alone() {
    let (client, provider) = (client(), Provider::new(Key::rsa()));
    // The header names an elliptic curve, the key is RSA.
    provider.change(|it| it.algorithm = "ES256".to_owned());
    assert_eq!(sign_in(&client, &provider).await, Err(SignInError::UnknownKey));
    // A key that is published for encryption, or for another algorithm.
    for (name, value) in [("use", "enc"), ("alg", "PS256"), ("alg", "RSA-OAEP")] {
        let (client, provider) = (crate::provider::client(), Provider::new(Key::rsa()));
        provider.change(|it| {
            let mut key = it.key.jwk("key-1");
            key[name] = json!(value);
            it.other_keys = vec![key];
            it.is_key_published = false;
        });
        assert_eq!(sign_in(&client, &provider).await, Err(SignInError::UnknownKey), "{name} {value}");
    }
}

#[tokio::test]
async fn rejects_headers_with_extensions_and_malformed_tokens() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    for header in [json!({ "crit": ["exp"] }), json!({ "kid": 7 })] {
        provider.change(|it| it.header = header.clone());
        assert_eq!(sign_in(&client, &provider).await, Err(SignInError::MalformedToken), "{header}");
    }
    for token in [Value::Null, json!(""), json!("a.b"), json!("a.b.c.d"), json!("e30.e30"), json!("!.!.!")] {
        let response = crate::provider::answer(200, &json!({ "id_token": token }));
        let mut started = client.start(&provider, Prompt::Default, NOW).await.unwrap();
        let callback = provider.authorize(&started.url);
        started.transaction = Transaction::from_bytes(&started.transaction.to_bytes()).unwrap();
        provider.change(|it| it.failure = Some(Ok(response)));
        let outcome = client.finish(&provider, &started.transaction, &callback, NOW).await;
        assert!(
            matches!(outcome, Err(SignInError::MalformedToken | SignInError::Algorithm)),
            "{token}: {outcome:?}"
        );
        provider.change(|it| it.failure = None);
    }
}

#[tokio::test]
async fn rejects_a_wrong_or_missing_state() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    for state in [None, Some(String::new()), Some("wrong".to_owned())] {
        let outcome =
            sign_in_with(&client, &provider, Prompt::Default, NOW, |_, callback| callback.state = state);
        assert_eq!(outcome.await, Err(SignInError::State));
    }
    assert_eq!(provider.count("/token"), 0, "no code is exchanged");
}

#[tokio::test]
async fn the_provider_refuses_a_missing_or_wrong_verifier() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    for verifier in ["", "another-verifier-of-another-sign-in-0123456789"] {
        let outcome = sign_in_with(&client, &provider, Prompt::Default, NOW, |transaction, _| {
            let mut parts: Value = serde_json::from_slice(&transaction.to_bytes()).unwrap();
            parts["verifier"] = json!(verifier);
            *transaction = Transaction::from_bytes(parts.to_string().as_bytes()).unwrap();
        });
        assert_eq!(outcome.await, Err(SignInError::TokenRefused { code: "invalid_grant".to_owned() }));
    }
}

#[tokio::test]
async fn a_code_signs_in_once() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    let started = client.start(&provider, Prompt::Default, NOW).await.unwrap();
    let callback = provider.authorize(&started.url);
    assert!(client.finish(&provider, &started.transaction, &callback, NOW).await.is_ok());
    let again = client.finish(&provider, &started.transaction, &callback, NOW).await;
    assert_eq!(again, Err(SignInError::TokenRefused { code: "invalid_grant".to_owned() }));
}

#[tokio::test]
async fn rejects_a_transaction_that_is_over_or_of_another_client() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    let outcome = sign_in_with(&client, &provider, Prompt::Default, NOW + 600, |_, _| {}).await;
    assert_eq!(outcome, Err(SignInError::Expired));
    let other = Client::new(ClientConfig { client_id: "other".to_owned(), ..config() }).unwrap();
    let started = other.start(&provider, Prompt::Default, NOW).await.unwrap();
    let callback = provider.authorize(&started.url);
    let outcome = client.finish(&provider, &started.transaction, &callback, NOW).await;
    assert_eq!(outcome, Err(SignInError::Transaction));
}

#[tokio::test]
async fn rejects_a_response_of_another_issuer() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    for issuer in ["https://evil.example.org", "https://id.example.org/realms/acme/", ""] {
        let outcome = sign_in_with(&client, &provider, Prompt::Default, NOW, |_, callback| {
            callback.iss = Some(issuer.to_owned());
        });
        assert_eq!(outcome.await, Err(SignInError::ResponseIssuer), "{issuer}");
    }
    // A provider that always names itself does not leave it out.
    provider.change(|it| it.metadata = json!({ "authorization_response_iss_parameter_supported": true }));
    assert_eq!(sign_in(&crate::provider::client(), &provider).await, Err(SignInError::ResponseIssuer));
    assert_eq!(provider.count("/token"), 0);
    assert!(sign_in(&client, &provider).await.is_ok(), "the document is kept: {ISSUER}");
}

#[tokio::test]
async fn says_what_the_provider_answered_instead_of_a_code() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    let outcome = sign_in_with(&client, &provider, Prompt::Default, NOW, |_, callback| {
        callback.code = None;
        callback.error = Some(format!("access_denied\n{}", "x".repeat(100)));
    });
    let Err(SignInError::Denied { code }) = outcome.await else { panic!("a refusal") };
    assert!(code.starts_with("access_deniedxxx") && code.len() == 64, "{code}");
    let outcome = sign_in_with(&client, &provider, Prompt::Default, NOW, |_, callback| callback.code = None);
    assert_eq!(outcome.await, Err(SignInError::NoCode));
}

#[tokio::test]
async fn a_step_up_needs_a_time_of_authentication_after_its_start() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    for time in [Value::Null, json!(NOW - 61), json!(NOW + 3600), json!("now")] {
        provider.change(|it| it.claims = json!({ "auth_time": time }));
        let outcome = sign_in_with(&client, &provider, Prompt::Login, NOW, |_, _| {}).await;
        assert_eq!(outcome, Err(SignInError::NotFresh), "{time}");
    }
}

#[tokio::test]
async fn too_many_groups_are_an_error_and_not_none() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    provider.change(|it| it.claims = json!({ "groups": null, "_claim_names": { "groups": "src1" } }));
    let error = SignInError::TooManyGroups { claim: "groups".to_owned() };
    assert_eq!(sign_in(&client, &provider).await, Err(error));
}

#[tokio::test]
async fn a_wrong_secret_is_refused_by_the_provider() {
    let provider = Provider::new(Key::p256());
    for secret in [None, Some("wrong".to_owned().into())] {
        let client = Client::new(ClientConfig { client_secret: secret, ..config() }).unwrap();
        let outcome = sign_in(&client, &provider).await;
        assert_eq!(outcome, Err(SignInError::TokenRefused { code: "invalid_client".to_owned() }));
    }
}
