use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use ring::{
    hmac,
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
        RSA_PSS_SHA256, RsaKeyPair,
    },
};
use serde_json::{Value, json};

/// An RSA key of 2048 bits that was generated for these tests: `ring` generates none.
const RSA: &str = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC0cGdYu0ZpQNMs4XkViplEuozWEQ8hpct20IYD+vrPGmyahLWF\
    MuwYF7Ofv/jbTwVaMeTyipjyOYArktB0dr+vfpvYJU6kalXAOfzprdIgUUMt4hlpksuVl3JSqF3R80VGNodEckWpeLSWsi0aLID4\
    FblOTPcVGyqmfP4BSE2TI0TOo4TKgEb8dKZsqAnykjTeqGt7rbb8HCw+fjEmRVDvajA/LBvIxS9x3EdsLqOEro0JccqODWzb/DuB\
    OreduOe/Hb4rQ0NZMfoF3zPD1o+TRWKUAVbMd9qLK/27aPWVMqQ9TDr2vwJGbQJyw1pOiEBaDFlVFTLRdngfxXbZsXmDAgMBAAEC\
    ggEATypP1WjZBB3aaQMFvnNAOpzEZLk4U9FretYTLlTjzJCx3HtkLqwAVLO1bd3qn8HEPeXNJrKzVvbuam+wAKEHCca5NnRr1AwJ\
    Uly+v4GxQteUa2GbN6wdoSTAlk5jV1Vt69fJsjiWorugM8u5qRWkgfP6CMYQ09RG+qO1R7fCvU5J50BF9zY4r+zSKqbejVOp0pZK\
    ObLK5HLYIlGcz/5oqMkpf5/r+yPICOwT3KCb5mWG5fthkQx1xjjUdD8ION1/c7rcWmA7ZD3WaRRjm1aHoIl/O6sFxEKVq1GwcjDh\
    Y4L90XOizs5VTyhleROU7VfQoWw5gL95WoXnriV/GIekAQKBgQD42OTs2R+Xnxhw28WfdnJsQvombGdxN05GhCt5xAnj2LMgZLlX\
    Ur+go6hgSzOyJBezmT6e5ANchRSXuJXBStjyjpAIknbn4A0mar7zuZHDHYDJRY7eCenXFTxUHnnWM29a8f7zVaZCmj0Tit8u1rs1\
    eyamDvpbtXzgooXyRYoMAQKBgQC5oCNXR1Lb8SikBkhVkcCyCBuvA1gOVbvk7NH6ek8dROyzmX7JMCfMWPRksbZDSq7075lBRMOy\
    zfsJ1jVotro5EO0m0ChzRr2NRDbPMrgxtjjXh6X6SV6JmR5ib9u/lW8aXrhlqRcuQ7t5ESF222ZMjWp3Z3KhR7kqeiujohFVgwKB\
    gQDolplKAxqzNeG7Qr8w7529MNDsbvA0ctP3tvuHwULZMqciROKzCsXPWIg9EK0N+QwqMrbD/ixiIoT/1mgqlVG3TKa1TGhVDCZe\
    XPGDjlP+Qaoo9Zm2UR++h7uuiBmqqsKPB5cbS1et8snZZTh7Z/rs3uFd3qwEYdqJf36g1nxUAQKBgCm+W3Q7M+UGPI92YjnsBxuC\
    O0eGRv0iRpjasPXVH4mDgH97G0n/LFQGBR/H3ycO2n12jE5jOmcxbyztISGlRgejSNGbqh0SYXotRu4dh9KWGf5OIQNCEKJ87ppQ\
    cWiKIGwbtPgXqIDc9oHpWk8yU7UPcEvd1adzS67DvqCTx7YlAoGAaabhVJ4VP/HyBHBtH3mK7naMCHlIEFB8yIiLlGEfeKMESDLH\
    v9TL3eG6MmQY6olPovhGqqjNle0MME3UwyWgfos0UAUsq3jFUdYXIOJETfzG1YseIQVTGfJznRvEwGY9oD40Riw2XCEcIrfGevir\
    x4MZJjo2kA0o4LzDleo6Cjk=";

/// A key of the provider.
pub enum Key {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Key {
    pub fn rsa() -> Self {
        Self::Rsa(RsaKeyPair::from_pkcs8(&BASE64_STANDARD.decode(RSA).unwrap()).unwrap())
    }

    pub fn p256() -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self::P256(EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap())
    }

    pub fn ed25519() -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::Ed25519(Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap())
    }

    /// The public key as a JSON Web Key.
    pub fn jwk(&self, id: &str) -> Value {
        let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        match self {
            Self::Rsa(pair) => {
                let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(pair.public_key());
                json!({ "kty": "RSA", "use": "sig", "kid": id, "n": encode(&n), "e": encode(&e), "x5t": "abc" })
            }
            Self::P256(pair) => {
                let point = pair.public_key().as_ref();
                let (x, y) = (encode(&point[1..33]), encode(&point[33..]));
                json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "kid": id, "x": x, "y": y })
            }
            Self::Ed25519(pair) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "kid": id, "x": encode(pair.public_key().as_ref()) })
            }
        }
    }

    /// The signature by an algorithm. By HS256 it is that of an attacker who has the public key alone.
    pub fn sign(&self, algorithm: &str, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match (self, algorithm) {
            (Self::Rsa(pair), "RS256" | "PS256") => {
                let mut signature = vec![0; pair.public().modulus_len()];
                if algorithm == "RS256" {
                    pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                } else {
                    pair.sign(&RSA_PSS_SHA256, &random, message, &mut signature).unwrap();
                }
                signature
            }
            (Self::P256(pair), "ES256") => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            (Self::Ed25519(pair), "EdDSA") => pair.sign(message).as_ref().to_vec(),
            (_, "HS256") => {
                let public = match self {
                    Self::Rsa(pair) => pair.public_key().as_ref(),
                    Self::P256(pair) => pair.public_key().as_ref(),
                    Self::Ed25519(pair) => pair.public_key().as_ref(),
                };
                hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, public), message).as_ref().to_vec()
            }
            (_, "none") => Vec::new(),
            // A header that names another algorithm than the signature is made by.
            _ => self.sign(self.algorithm(), message),
        }
    }

    /// The algorithm that the key signs by.
    pub const fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "RS256",
            Self::P256(_) => "ES256",
            Self::Ed25519(_) => "EdDSA",
        }
    }
}
