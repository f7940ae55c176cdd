use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse},
};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    RsaPublicKeyComponents, UnparsedPublicKey,
};

/// The algorithms of ID tokens that are accepted. None has a secret key that the application would share.
pub(crate) const ALGORITHMS: [(&str, Algorithm); 4] = [
    ("RS256", Algorithm::RS256),
    ("PS256", Algorithm::PS256),
    ("ES256", Algorithm::ES256),
    ("EdDSA", Algorithm::EdDSA),
];

/// A public key for one type of algorithm.
enum PublicKey {
    Rsa { modulus: Vec<u8>, exponent: Vec<u8> },
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
}

/// A key of a provider's key set.
pub(crate) struct VerifyingKey {
    id: Option<String>,
    /// The only algorithm that the provider uses it for, if it says so.
    algorithm: Option<KeyAlgorithm>,
    key: PublicKey,
}

impl VerifyingKey {
    /// `None` for keys that are not for signatures, and for types of keys that no accepted algorithm has.
    pub(crate) fn from_jwk(jwk: &Jwk) -> Option<Self> {
        if !matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature)) {
            return None;
        }
        let decode = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
        let key = match &jwk.algorithm {
            AlgorithmParameters::RSA(key) => PublicKey::Rsa {
                modulus: without_zeros(&decode(&key.n)?),
                exponent: without_zeros(&decode(&key.e)?),
            },
            AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
                let (x, y) = (decode(&key.x)?, decode(&key.y)?);
                if x.len() != 32 || y.len() != 32 {
                    return None;
                }
                // The form of an uncompressed point.
                PublicKey::P256([&[4], x.as_slice(), y.as_slice()].concat())
            }
            AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
                PublicKey::Ed25519(decode(&key.x)?)
            }
            _ => return None,
        };
        Some(Self { id: jwk.common.key_id.clone(), algorithm: jwk.common.key_algorithm, key })
    }

    /// Whether a token with this header may be signed with the key.
    pub(crate) fn is_for(&self, algorithm: Algorithm, id: Option<&str>) -> bool {
        let is_type = matches!(
            (&self.key, algorithm),
            (PublicKey::Rsa { .. }, Algorithm::RS256 | Algorithm::PS256)
                | (PublicKey::P256(_), Algorithm::ES256)
                | (PublicKey::Ed25519(_), Algorithm::EdDSA)
        );
        is_type
            && self.algorithm.is_none_or(|only| only == KeyAlgorithm::from(algorithm))
            && id.is_none_or(|id| self.id.as_deref() == Some(id))
    }

    /// Whether the key made this signature. RSA keys have 2048 to 8192 bits.
    pub(crate) fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let outcome = match (&self.key, algorithm) {
            (PublicKey::Rsa { modulus: n, exponent: e }, Algorithm::RS256) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
            (PublicKey::Rsa { modulus: n, exponent: e }, Algorithm::PS256) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PSS_2048_8192_SHA256, message, signature)
            }
            (PublicKey::P256(point), Algorithm::ES256) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
            }
            (PublicKey::Ed25519(key), Algorithm::EdDSA) => {
                UnparsedPublicKey::new(&ED25519, key).verify(message, signature)
            }
            _ => return false,
        };
        outcome.is_ok()
    }
}

/// Some providers write a number with a leading zero, which `ring` rejects.
fn without_zeros(number: &[u8]) -> Vec<u8> {
    let zeros = number.iter().take_while(|&&byte| byte == 0).count();
    number[zeros..].to_vec()
}
