//! Receipts of erasures, verified without a server.

use std::fs;

use entity::Timestamp;
use uuid::Uuid;
use verigraph::{crypto::RootKey, user::receipt::Receipt};

use super::{Place, text};

const KEY: &str = "dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=";

#[test]
fn a_receipt_is_verified_without_a_database_and_a_changed_one_is_rejected() {
    let place = Place::new();
    let receipt = Receipt::new(Uuid::from_u128(1), Uuid::from_u128(2), Timestamp(1_701_249_325_978));
    let signed = receipt.sign(&RootKey::parse(KEY).unwrap()).unwrap();
    fs::write(place.path("good.txt"), &signed).unwrap();
    fs::write(place.path("bad.txt"), signed.replace("ey", "ez")).unwrap();
    let run = |arguments: &[&str], key: Option<&str>| {
        let mut command = place.command(arguments);
        if let Some(key) = key {
            command.env("VERIGRAPH_ROOT_KEY", key);
        }
        let output = command.output().unwrap();
        (output.status.success(), text(&output.stdout), text(&output.stderr))
    };
    let (is_good, said, _) = run(&["verify-receipt", "good.txt"], Some(KEY));
    let expected = "valid: user 00000000-0000-0000-0000-000000000002 of project \
                    00000000-0000-0000-0000-000000000001 was erased at 2023-11-29T09:15:25.978Z\n";
    assert_eq!((is_good, said.as_str()), (true, expected));
    // A verifier without the root key uses the public key.
    let (_, public, _) = run(&["verify-receipt", "--show-key"], Some(KEY));
    let (is_good, said, _) = run(&["verify-receipt", "good.txt", "--public-key", public.trim()], None);
    assert_eq!((is_good, said.as_str()), (true, expected));
    for (arguments, key, why) in [
        (&["verify-receipt", "bad.txt"][..], Some(KEY), "receipt"),
        (&["verify-receipt", "nowhere.txt"], Some(KEY), "nowhere.txt"),
        (&["verify-receipt", "good.txt"], None, "--root-key-file"),
        (&["verify-receipt", "good.txt", "--public-key", "abc"], None, "--show-key"),
    ] {
        let (is_good, _, said) = run(arguments, key);
        assert!(!is_good && said.contains(why), "{arguments:?}: {said}");
    }
    assert!(!place.path("data").exists(), "verifying makes nothing");
}
