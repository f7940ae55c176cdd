//! Ceremonies from start to finish, with an authenticator in software.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Account, PasskeyError, Registered, RelyingParty, SignedIn,
    authenticator::{Authenticator, BACKED_UP, BACKUP_ELIGIBLE, PRESENT, VERIFIED},
};

const ORIGIN: &str = "https://verify.example.org";
const ADA: Uuid = Uuid::from_u128(0xada);

fn party() -> RelyingParty {
    RelyingParty::new(ORIGIN, "Acme").unwrap()
}

fn account() -> Account<'static> {
    Account { user_handle: ADA, name: "ada@example.org", display_name: "Ada Lovelace" }
}

fn register(party: &RelyingParty, device: &mut Authenticator) -> Result<Registered, PasskeyError> {
    let started = party.start_registration(account(), &[]).unwrap();
    party.finish_registration(&started.state, &device.create(&started.options).unwrap())
}

fn sign_in(
    party: &RelyingParty,
    device: &mut Authenticator,
    passkey: &[u8],
) -> Result<SignedIn, PasskeyError> {
    let started = party.start_sign_in().unwrap();
    party.finish_sign_in(&started.state, &device.get(&started.options).unwrap(), passkey)
}

#[test]
fn registers_a_passkey_and_signs_in_without_a_name() {
    let (party, mut device) = (party(), Authenticator::new(ORIGIN));
    let registered = register(&party, &mut device).unwrap();
    assert_eq!((registered.user_handle, registered.counter), (ADA, 0));
    assert!(!registered.is_backup_eligible && !registered.is_backed_up);

    let started = party.start_sign_in().unwrap();
    let response = device.get(&started.options).unwrap();
    let claimed = party.identify(&response).unwrap();
    assert_eq!((claimed.user_handle, &claimed.credential_id), (ADA, &registered.credential_id));
    let signed_in = party.finish_sign_in(&started.state, &response, &registered.passkey).unwrap();
    assert_eq!((signed_in.user_handle, signed_in.credential_id), (ADA, registered.credential_id));
    assert!(signed_in.updated.is_none(), "a passkey that does not count stays as it is");
}

#[test]
fn options_ask_for_a_discoverable_passkey_and_for_the_person() {
    let party = party();
    let existing = vec![vec![1, 2, 3]];
    let options = party.start_registration(account(), &existing).unwrap().options;
    let options = &options["publicKey"];
    assert_eq!(options["rp"], json!({ "name": "Acme", "id": "verify.example.org" }));
    assert_eq!(options["user"]["name"], "ada@example.org");
    assert_eq!(options["user"]["displayName"], "Ada Lovelace");
    let selection = &options["authenticatorSelection"];
    assert_eq!(selection["residentKey"], "required");
    assert_eq!(selection["requireResidentKey"], true);
    assert_eq!(selection["userVerification"], "required");
    assert_eq!(options["attestation"], "none");
    assert_eq!(options["excludeCredentials"][0]["id"], "AQID");

    let options = party.start_sign_in().unwrap().options;
    assert_eq!(options.get("mediation"), None);
    assert_eq!(options["publicKey"]["userVerification"], "required");
    assert_eq!(options["publicKey"]["allowCredentials"], json!([]));
    let another = party.start_sign_in().unwrap().options;
    assert_ne!(options["publicKey"]["challenge"], another["publicKey"]["challenge"]);
}

#[test]
fn a_response_is_refused_when_it_is_sent_again() {
    let (party, mut device) = (party(), Authenticator::new(ORIGIN));
    device.is_counting = true;
    let started = party.start_registration(account(), &[]).unwrap();
    let response = device.create(&started.options).unwrap();
    let registered = party.finish_registration(&started.state, &response).unwrap();
    let other = party.start_registration(account(), &[]).unwrap();
    assert_eq!(party.finish_registration(&other.state, &response).err(), Some(PasskeyError::Challenge));

    let started = party.start_sign_in().unwrap();
    let response = device.get(&started.options).unwrap();
    let signed_in = party.finish_sign_in(&started.state, &response, &registered.passkey).unwrap();
    let passkey = signed_in.updated.unwrap();
    let other = party.start_sign_in().unwrap();
    let again = party.finish_sign_in(&other.state, &response, &passkey);
    assert_eq!(again.err(), Some(PasskeyError::Challenge));
    // In the same ceremony it is for the caller to refuse it; the counter does so for passkeys that count.
    let again = party.finish_sign_in(&started.state, &response, &passkey);
    assert_eq!(again.err(), Some(PasskeyError::Counter));
}

#[test]
fn a_response_from_another_origin_is_refused() {
    for origin in [
        "https://evil.example.org",
        "https://verify.example.org.evil.org",
        "https://sub.verify.example.org",
        "https://example.org",
        "https://verify.example.org:8443",
        "http://verify.example.org",
        "null",
    ] {
        let (party, mut device) = (party(), Authenticator::new(origin));
        let outcome = register(&party, &mut device).err();
        let is_refused = |outcome: &Option<PasskeyError>| {
            matches!(outcome, Some(PasskeyError::Origin))
                || (origin == "null"
                    && matches!(outcome, Some(PasskeyError::Refused(_) | PasskeyError::Malformed)))
        };
        assert!(is_refused(&outcome), "{origin}: {outcome:?}");

        device.origin = ORIGIN.to_owned();
        let registered = register(&party, &mut device).unwrap();
        device.origin = origin.to_owned();
        let outcome = sign_in(&party, &mut device, &registered.passkey).err();
        assert!(is_refused(&outcome), "{origin}: {outcome:?}");
    }
}

#[test]
fn a_passkey_of_another_relying_party_is_refused() {
    let other = RelyingParty::new("https://example.org", "Other").unwrap();
    let (party, mut device) = (party(), Authenticator::new(ORIGIN));
    let started = other.start_registration(account(), &[]).unwrap();
    let mut options = party.start_registration(account(), &[]).unwrap();
    options.options["publicKey"]["rp"] = started.options["publicKey"]["rp"].clone();
    let response = device.create(&options.options).unwrap();
    assert_eq!(party.finish_registration(&options.state, &response).err(), Some(PasskeyError::Origin));
}

#[test]
fn a_page_in_a_frame_of_another_site_is_refused() {
    let (party, mut device) = (party(), Authenticator::new(ORIGIN));
    let registered = register(&party, &mut device).unwrap();
    device.is_cross_origin = true;
    assert_eq!(sign_in(&party, &mut device, &registered.passkey).err(), Some(PasskeyError::Origin));
    assert_eq!(register(&party, &mut device).err(), Some(PasskeyError::Origin));
}

#[test]
fn a_device_that_does_not_verify_the_person_is_refused() {
    let (party, mut device) = (party(), Authenticator::new(ORIGIN));
    let registered = register(&party, &mut device).unwrap();
    for flags in [PRESENT, VERIFIED, 0] {
        device.flags = flags;
        let outcome = sign_in(&party, &mut device, &registered.passkey);
        assert_eq!(outcome.err(), Some(PasskeyError::NotVerified), "{flags}");
    }
    for flags in [PRESENT, VERIFIED, 0] {
        device.flags = flags;
        assert_eq!(register(&party, &mut device).err(), Some(PasskeyError::NotVerified), "{flags}");
    }
}

#[test]
fn a_counter_that_does_not_grow_is_refused() {
    let (party, mut device) = (party(), Authenticator::new(ORIGIN));
    device.is_counting = true;
    let registered = register(&party, &mut device).unwrap();
    assert_eq!(registered.counter, 1);
    let signed_in = sign_in(&party, &mut device, &registered.passkey).unwrap();
    assert_eq!(signed_in.counter, 2);
    let passkey = signed_in.updated.unwrap();
    device.is_counting = false;
    assert_eq!(sign_in(&party, &mut device, &passkey).err(), Some(PasskeyError::Counter));
    device.is_counting = true;
    assert_eq!(sign_in(&party, &mut device, &passkey).unwrap().counter, 3);
}

#[test]
fn tells_when_a_passkey_is_copied_to_other_devices() {
    let (party, mut device) = (party(), Authenticator::new(ORIGIN));
    device.flags |= BACKUP_ELIGIBLE;
    let registered = register(&party, &mut device).unwrap();
    assert!(registered.is_backup_eligible && !registered.is_backed_up);
    device.flags |= BACKED_UP;
    let signed_in = sign_in(&party, &mut device, &registered.passkey).unwrap();
    assert!(signed_in.is_backed_up);
    let signed_in = sign_in(&party, &mut device, &signed_in.updated.unwrap()).unwrap();
    assert!(signed_in.updated.is_none());
    // What could not be copied cannot become a passkey that can.
    device.flags = PRESENT | VERIFIED;
    assert!(sign_in(&party, &mut device, &registered.passkey).is_err());
}

#[test]
fn a_response_of_another_passkey_or_account_is_refused() {
    let (party, mut device, mut other) = (party(), Authenticator::new(ORIGIN), Authenticator::new(ORIGIN));
    let (registered, others) =
        (register(&party, &mut device).unwrap(), register(&party, &mut other).unwrap());
    assert_eq!(sign_in(&party, &mut device, &others.passkey).err(), Some(PasskeyError::OtherPasskey));

    let started = party.start_sign_in().unwrap();
    let response = device.get(&started.options).unwrap();
    let changed = |pointer: &str, value: Value| {
        let mut response = response.clone();
        *response.pointer_mut(pointer).unwrap() = value;
        response
    };
    for (pointer, value, error) in [
        ("/response/userHandle", json!("AAAAAAAAAAAAAAAAAAAAAQ"), PasskeyError::OtherPasskey),
        ("/response/userHandle", json!("AQID"), PasskeyError::NotDiscoverable),
        ("/response/userHandle", json!(null), PasskeyError::NotDiscoverable),
        (
            "/response/signature",
            json!(other.get(&started.options).unwrap()["response"]["signature"]),
            PasskeyError::Signature,
        ),
        ("/rawId", json!("!"), PasskeyError::Malformed),
        ("/response", json!({}), PasskeyError::Malformed),
    ] {
        let outcome = party.finish_sign_in(&started.state, &changed(pointer, value), &registered.passkey);
        assert_eq!(outcome.err(), Some(error), "{pointer}");
    }
    assert!(party.finish_sign_in(&started.state, &response, &registered.passkey).is_ok());
}

#[test]
fn a_device_registers_one_passkey_for_an_account() {
    let (party, mut device) = (party(), Authenticator::new(ORIGIN));
    let registered = register(&party, &mut device).unwrap();
    let started = party.start_registration(account(), &[registered.credential_id]).unwrap();
    assert_eq!(device.create(&started.options), None);
}

#[test]
fn a_passkey_that_is_not_discoverable_is_refused() {
    let (party, mut device) = (party(), Authenticator::new(ORIGIN));
    let started = party.start_registration(account(), &[]).unwrap();
    let mut response = device.create(&started.options).unwrap();
    response["clientExtensionResults"]["credProps"]["rk"] = json!(false);
    let outcome = party.finish_registration(&started.state, &response);
    assert_eq!(outcome.err(), Some(PasskeyError::NotDiscoverable));
    // Browsers that do not know are trusted to have followed the options.
    response["clientExtensionResults"] = json!({});
    assert!(party.finish_registration(&started.state, &response).is_ok());
}

#[test]
fn states_and_stored_passkeys_that_are_something_else_are_refused() {
    let (party, mut device) = (party(), Authenticator::new(ORIGIN));
    let registered = register(&party, &mut device).unwrap();
    let registration = party.start_registration(account(), &[]).unwrap();
    let started = party.start_sign_in().unwrap();
    let (created, response) =
        (device.create(&registration.options).unwrap(), device.get(&started.options).unwrap());
    for state in [registration.state.as_slice(), b"", b"{}"] {
        let outcome = party.finish_sign_in(state, &response, &registered.passkey);
        assert_eq!(outcome.err(), Some(PasskeyError::State));
    }
    for state in [started.state.as_slice(), b"", b"{}"] {
        assert_eq!(party.finish_registration(state, &created).err(), Some(PasskeyError::State));
    }
    for passkey in [b"".as_slice(), b"{}", &started.state] {
        let outcome = party.finish_sign_in(&started.state, &response, passkey);
        assert_eq!(outcome.err(), Some(PasskeyError::Stored));
    }
    for response in [json!(null), json!({}), json!("x"), response] {
        let outcome = party.finish_registration(&registration.state, &response);
        assert_eq!(outcome.err(), Some(PasskeyError::Malformed));
    }
}
