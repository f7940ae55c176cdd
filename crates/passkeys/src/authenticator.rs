//! An authenticator in software: a browser and its device in one, for tests.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::{
    digest::{SHA256, digest},
    rand::{SecureRandom, SystemRandom},
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};

/// Flags of authenticator data: the person is present, is verified; the passkey can be copied, is copied.
pub const PRESENT: u8 = 0x01;
pub const VERIFIED: u8 = 0x04;
pub const BACKUP_ELIGIBLE: u8 = 0x08;
pub const BACKED_UP: u8 = 0x10;
/// The data has a new passkey.
const ATTESTED: u8 = 0x40;

/// A browser at an origin, with a device that has passkeys. The fields can be changed between ceremonies, to
/// what they should not be.
pub struct Authenticator {
    pub origin: String,
    /// [`PRESENT`] and [`VERIFIED`] at first.
    pub flags: u8,
    /// Whether passkeys count their signatures. At first they do not, as those that are copied.
    pub is_counting: bool,
    /// Whether the page is in a frame of another site.
    pub is_cross_origin: bool,
    passkeys: Vec<Passkey>,
}

struct Passkey {
    id: Vec<u8>,
    relying_party: String,
    user_handle: String,
    key: EcdsaKeyPair,
    counter: u32,
}

impl Authenticator {
    /// A browser at an origin such as `https://verify.example.org`, with a device that has no passkeys.
    #[must_use]
    pub fn new(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            flags: PRESENT | VERIFIED,
            is_counting: false,
            is_cross_origin: false,
            passkeys: Vec::new(),
        }
    }

    /// Registers a passkey: `navigator.credentials.create` and `toJSON`. `None` if the options are malformed, or
    /// exclude a passkey that the device has.
    pub fn create(&mut self, options: &Value) -> Option<Value> {
        let options = options.get("publicKey")?;
        let relying_party = options.pointer("/rp/id")?.as_str()?.to_owned();
        let user_handle = options.pointer("/user/id")?.as_str()?.to_owned();
        let excluded =
            options.get("excludeCredentials").and_then(Value::as_array).cloned().unwrap_or_default();
        let has = |id: &str| self.passkeys.iter().any(|passkey| encode(&passkey.id) == id);
        let is_excluded = excluded.iter().any(|it| it.get("id").and_then(Value::as_str).is_some_and(has));
        if is_excluded {
            return None;
        }
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).ok()?;
        let key = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).ok()?;
        let mut id = vec![0; 16];
        random.fill(&mut id).ok()?;
        let counter = u32::from(self.is_counting);

        let mut data = self.authenticator_data(&relying_party, ATTESTED, counter);
        // No model, the length of the id, the id, the key.
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(&id);
        data.extend(cose_key(&key));
        let client_data = self.client_data("webauthn.create", options.get("challenge")?.as_str()?);
        let response = json!({
            "id": encode(&id), "rawId": encode(&id), "type": "public-key",
            "authenticatorAttachment": "platform",
            "response": {
                "clientDataJSON": encode(&client_data),
                "attestationObject": encode(&attestation_object(&data)?),
                "transports": ["internal", "hybrid"],
            },
            "clientExtensionResults": { "credProps": { "rk": true } },
        });
        self.passkeys.push(Passkey { id, relying_party, user_handle, key, counter });
        Some(response)
    }

    /// Signs in with the newest passkey of the relying party: `navigator.credentials.get` and `toJSON`. `None` if
    /// the options are malformed or the device has no such passkey.
    pub fn get(&mut self, options: &Value) -> Option<Value> {
        let options = options.get("publicKey")?;
        let relying_party = options.get("rpId")?.as_str()?;
        let index = self.passkeys.iter().rposition(|passkey| passkey.relying_party == relying_party)?;
        let counter = self.passkeys[index].counter.saturating_add(u32::from(self.is_counting));
        self.passkeys[index].counter = counter;
        let data = self.authenticator_data(relying_party, 0, counter);
        let client_data = self.client_data("webauthn.get", options.get("challenge")?.as_str()?);
        let signed = [data.as_slice(), digest(&SHA256, &client_data).as_ref()].concat();
        let passkey = &self.passkeys[index];
        let signature = passkey.key.sign(&SystemRandom::new(), &signed).ok()?;
        Some(json!({
            "id": encode(&passkey.id), "rawId": encode(&passkey.id), "type": "public-key",
            "authenticatorAttachment": "platform",
            "response": {
                "clientDataJSON": encode(&client_data),
                "authenticatorData": encode(&data),
                "signature": encode(signature.as_ref()),
                "userHandle": passkey.user_handle,
            },
            "clientExtensionResults": {},
        }))
    }

    /// The hash of the relying party, the flags and the counter (Web Authentication, 6.1).
    fn authenticator_data(&self, relying_party: &str, more_flags: u8, counter: u32) -> Vec<u8> {
        let mut data = digest(&SHA256, relying_party.as_bytes()).as_ref().to_vec();
        data.push(self.flags | more_flags);
        data.extend(counter.to_be_bytes());
        data
    }

    fn client_data(&self, kind: &str, challenge: &str) -> Vec<u8> {
        let data = json!({
            "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": self.is_cross_origin,
        });
        data.to_string().into_bytes()
    }
}

fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The public key in CBOR: EC2, ES256, P-256, x, y (RFC 9053, 7.1).
fn cose_key(key: &EcdsaKeyPair) -> Vec<u8> {
    let point = key.public_key().as_ref();
    let head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
    [&head[..], &point[1..33], &[0x22, 0x58, 0x20], &point[33..]].concat()
}

/// Authenticator data without an attestation in CBOR: `{fmt: "none", attStmt: {}, authData: data}`.
fn attestation_object(data: &[u8]) -> Option<Vec<u8>> {
    let length = u8::try_from(data.len()).ok()?;
    Some([b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58", &[length][..], data].concat())
}
