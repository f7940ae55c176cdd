use oidc::{Client, ClientConfig, Prompt, Transaction};
use serde_json::json;

use crate::{
    keys::Key,
    provider::{ISSUER, NOW, Provider, client, config, sign_in, sign_in_with},
};

#[tokio::test]
async fn signs_a_person_in_by_each_accepted_algorithm() {
    for (key, algorithm) in
        [(Key::rsa(), "RS256"), (Key::rsa(), "PS256"), (Key::p256(), "ES256"), (Key::ed25519(), "EdDSA")]
    {
        let provider = Provider::new(key);
        provider.change(|it| it.algorithm = algorithm.to_owned());
        let identity = sign_in(&client(), &provider).await.unwrap();
        assert_eq!((identity.issuer.as_str(), identity.subject.as_str()), (ISSUER, "248289761001"));
        assert_eq!(identity.name.as_deref(), Some("Ada Lovelace"));
        assert_eq!(identity.email.as_deref(), Some("ada@example.org"));
        assert!(identity.is_email_verified);
        assert_eq!(identity.groups, ["clerks", "vip"]);
        assert_eq!(identity.authenticated_at, None);
    }
}

#[tokio::test]
async fn a_transaction_survives_as_bytes() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    let identity = sign_in_with(&client, &provider, Prompt::Default, NOW + 200, |transaction, _| {
        *transaction = Transaction::from_bytes(&transaction.to_bytes()).unwrap();
    });
    assert!(identity.await.is_ok());
}

#[tokio::test]
async fn the_secret_goes_where_the_provider_wants_it() {
    let provider = Provider::new(Key::p256());
    sign_in(&client(), &provider).await.unwrap();
    provider.change(|it| {
        assert!(it.authorization.is_some() && !it.form.contains_key("client_secret"));
        it.metadata = json!({ "token_endpoint_auth_methods_supported": ["client_secret_post"] });
    });
    sign_in(&client(), &provider).await.unwrap();
    provider.change(|it| assert!(it.authorization.is_none() && it.form.contains_key("client_secret")));
}

#[tokio::test]
async fn groups_are_read_from_the_configured_claim() {
    let provider = Provider::new(Key::p256());
    for (claim, changes, groups) in [
        (None, json!({}), vec![]),
        (Some("groups"), json!({}), vec!["clerks", "vip"]),
        (Some("groups"), json!({ "groups": "clerks" }), vec!["clerks"]),
        (Some("groups"), json!({ "groups": ["clerks", 7, null] }), vec!["clerks"]),
        (Some("groups"), json!({ "groups": null }), vec![]),
        (Some("realm_access.roles"), json!({}), vec!["auditor"]),
        (Some("realm_access.roles"), json!({ "realm_access.roles": ["exact"] }), vec!["exact"]),
        (Some("realm_access.none.deep"), json!({}), vec![]),
    ] {
        provider.change(|it| it.claims = changes);
        let config = ClientConfig { groups_claim: claim.map(str::to_owned), ..config() };
        let identity = sign_in(&Client::new(config).unwrap(), &provider).await.unwrap();
        assert_eq!(identity.groups, groups, "{claim:?}");
    }
}

#[tokio::test]
async fn a_fresh_sign_in_is_asked_for_and_proven() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    let started = client.start(&provider, Prompt::Login, NOW).await.unwrap();
    assert!(started.url.contains("&prompt=login&max_age=0"), "{}", started.url);
    let started = client.start(&provider, Prompt::Default, NOW).await.unwrap();
    assert!(!started.url.contains("prompt") && !started.url.contains("max_age"), "{}", started.url);

    provider.change(|it| it.claims = json!({ "auth_time": NOW + 20 }));
    let identity = sign_in_with(&client, &provider, Prompt::Login, NOW + 30, |_, _| {}).await.unwrap();
    assert_eq!(identity.authenticated_at, Some(NOW + 20));
}

#[tokio::test]
async fn a_token_for_several_audiences_names_this_client_as_its_party() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    provider.change(|it| it.claims = json!({ "aud": ["other", "verifier"], "azp": "verifier" }));
    assert!(sign_in(&client, &provider).await.is_ok());
}

#[tokio::test]
async fn a_response_that_names_its_issuer_is_accepted() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    provider.change(|it| it.metadata = json!({ "authorization_response_iss_parameter_supported": true }));
    let identity = sign_in_with(&client, &provider, Prompt::Default, NOW, |_, callback| {
        callback.iss = Some(ISSUER.to_owned());
    });
    assert!(identity.await.is_ok());
}

/// Providers that give claims at the `UserInfo` endpoint alone.
#[tokio::test]
async fn what_the_token_leaves_out_is_asked_for() {
    let (client, provider) = (client(), Provider::new(Key::p256()));
    let info = json!({
        "sub": "248289761001", "name": "Other", "email": "other@example.org", "email_verified": false,
        "groups": ["auditors"], "nonce": "x", "auth_time": 1,
    });
    provider.change(|it| {
        it.metadata = json!({ "userinfo_endpoint": format!("{ISSUER}/userinfo") });
        it.user_info = info;
    });
    let identity = sign_in(&client, &provider).await.unwrap();
    assert_eq!(
        (identity.groups, provider.count("/userinfo")),
        (vec!["clerks".to_owned(), "vip".to_owned()], 0)
    );

    provider.change(|it| it.claims = json!({ "groups": null }));
    let identity = sign_in(&client, &provider).await.unwrap();
    assert_eq!((identity.groups, provider.count("/userinfo")), (vec!["auditors".to_owned()], 1));
    assert_eq!(identity.email.as_deref(), Some("ada@example.org"), "the token's claims are kept");
    assert!(identity.is_email_verified && identity.authenticated_at.is_none());

    provider.change(|it| it.claims = json!({ "email": null, "name": null }));
    let identity = sign_in(&client, &provider).await.unwrap();
    assert_eq!(identity.email.as_deref(), Some("other@example.org"));
    assert_eq!(identity.name.as_deref(), Some("Other"));
    assert_eq!(identity.groups, ["clerks", "vip"], "the token's groups are kept");
    assert!(!identity.is_email_verified, "the flag belongs to the address beside it");

    provider.change(|it| it.claims = json!({ "groups": [] }));
    assert_eq!(sign_in(&client, &provider).await.unwrap().groups, [""; 0], "no group is an answer");
}

/// Servers run it on any thread.
#[tokio::test]
async fn the_future_of_a_sign_in_is_send() {
    fn sendable<T: Send>(value: T) -> T {
        value
    }
    let (client, provider) = (client(), Provider::new(Key::p256()));
    let started = client.start(&provider, Prompt::Default, NOW).await.unwrap();
    let callback = provider.authorize(&started.url);
    let identity = sendable(client.finish(&provider, &started.transaction, &callback, NOW)).await;
    assert!(identity.is_ok());
}
