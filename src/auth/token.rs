use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use entity::{Timestamp, signing_key};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use moka::future::Cache;
use sea_orm::{EntityTrait, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Permissions,
    checked_token::{CheckedToken, CheckedTokens},
    token_grant::{Audience, KEYS_LIVE, LEEWAY, TokenGrant, TokenSubject, VerifiedToken},
};
use crate::{
    Error, Result,
    clock::Clock,
    crypto::{RootKey, provider},
    db::Store,
};

/// Maximum lifetime of a token, in seconds. Signatures of a retired key stay valid for as long.
pub const MAX_LIFE: i64 = 24 * 60 * 60;
const ISSUER: &str = "verigraph";
/// Minimum age of the cached keys before an unknown key id causes another read.
const REREAD_AFTER: Duration = Duration::from_secs(1);

/// The claims of a token. Its permissions can only narrow those of its credential.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    /// The credential, the verification session, or the sign-in session of a member.
    sub: Uuid,
    /// The project of a member's token. Tokens of credentials have none: a credential has one project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    project: Option<Uuid>,
    scope: String,
    /// Seconds since the Unix epoch.
    iat: i64,
    exp: i64,
    jti: Uuid,
}

impl Claims {
    fn subject(&self) -> TokenSubject {
        self.project.map_or(TokenSubject::Credential(self.sub), |project| TokenSubject::Session {
            id: self.sub,
            project,
        })
    }
}

/// Signs and verifies access tokens.
#[derive(Clone)]
pub struct Signer {
    store: Store,
    root: RootKey,
    keys: Cache<(), Arc<Keys>>,
    checked: CheckedTokens,
}

struct Keys {
    read_at: Instant,
    keys: Vec<Key>,
}

#[derive(Clone)]
struct Key {
    id: Uuid,
    expires_at: Option<Timestamp>,
    secret: Vec<u8>,
}

impl Signer {
    /// Creates a signer that reads its keys on first use.
    #[must_use]
    pub fn new(store: Store, root: RootKey) -> Self {
        provider::install();
        let keys = Cache::builder().max_capacity(1).time_to_live(KEYS_LIVE).build();
        Self { store, root, keys, checked: CheckedTokens::new() }
    }

    /// Issues a token for a credential or a member. `life` is in seconds, at most [`MAX_LIFE`].
    ///
    /// # Errors
    ///
    /// When the keys cannot be read.
    pub async fn issue(
        &self,
        issued: VerifiedToken,
        audience: Audience,
        clock: &Clock,
        life: i64,
    ) -> Result<String> {
        self.sign(audience, issued.subject, issued.scope.to_string(), clock, life).await
    }

    /// Issues a token for the device of a session's user. `life` is in seconds.
    ///
    /// # Errors
    ///
    /// When the keys cannot be read.
    pub async fn issue_for_session(&self, session: Uuid, clock: &Clock, life: i64) -> Result<String> {
        // The audience says what kind of id this is.
        let subject = TokenSubject::Credential(session);
        self.sign(Audience::Session, subject, String::new(), clock, life).await
    }

    async fn sign(
        &self,
        audience: Audience,
        subject: TokenSubject,
        scope: String,
        clock: &Clock,
        life: i64,
    ) -> Result<String> {
        let keys = self.keys().await?;
        let key = keys.keys.iter().find(|key| key.expires_at.is_none());
        let key = key.ok_or(Error::Fault("the database has no signing key"))?;
        let now = clock.now().seconds();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: audience.name().to_owned(),
            sub: subject.id(),
            project: subject.project(),
            scope,
            iat: now,
            exp: now + life.min(MAX_LIFE),
            jti: clock.new_id(),
        };
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(key.id.to_string());
        encode(&header, &claims, &EncodingKey::from_secret(&key.secret))
            .map_err(|_| Error::Fault("failed to sign the token"))
    }

    /// Verifies a token and returns its subject.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] if the token is forged, expired or issued for another audience.
    pub async fn verify(&self, token: &str, audience: Audience, now: Timestamp) -> Result<VerifiedToken> {
        let TokenGrant { subject, scope, .. } = self.grant(token, audience, now).await?;
        Ok(VerifiedToken { subject, scope })
    }

    /// Verifies a token and returns its grant, which includes the expiry.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`], as for [`Signer::verify`].
    pub async fn grant(&self, token: &str, audience: Audience, now: Timestamp) -> Result<TokenGrant> {
        let hash = CheckedTokens::hash(token, audience);
        if let Some(grant) = self.checked.get(&hash, now).await {
            return Ok(grant);
        }
        let (claims, key_until) = self.claims(token, audience, now).await?;
        let scope = Permissions::named(claims.scope.split(' '));
        let until = Timestamp((claims.exp + LEEWAY).saturating_mul(1000));
        let grant = TokenGrant { subject: claims.subject(), scope, until };
        self.checked.insert(hash, CheckedToken { grant, issued_at: claims.iat, key_until }).await;
        Ok(grant)
    }

    /// Verifies a device's token and returns its session.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`], as for [`Signer::verify`].
    pub async fn verify_for_session(&self, token: &str, now: Timestamp) -> Result<Uuid> {
        Ok(self.claims(token, Audience::Session, now).await?.0.sub)
    }

    /// The claims of a valid token, and when its signing key ends.
    async fn claims(
        &self,
        token: &str,
        audience: Audience,
        now: Timestamp,
    ) -> Result<(Claims, Option<Timestamp>)> {
        const FORGED: Error = Error::Unauthenticated("this is not an access token of this server");
        let header = decode_header(token).map_err(|_| FORGED)?;
        let id = header.kid.as_deref().and_then(|id| Uuid::try_parse(id).ok()).ok_or(FORGED)?;
        let key = self.key(id).await?.filter(|key| key.expires_at.is_none_or(|at| now < at)).ok_or(FORGED)?;

        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[audience.name()]);
        // The library would read the machine's clock; the code below uses the request's clock.
        validation.validate_exp = false;
        let key_until = key.expires_at;
        let key = DecodingKey::from_secret(&key.secret);
        let claims = decode::<Claims>(token, &key, &validation).map_err(|_| FORGED)?.claims;
        if now.seconds() >= claims.exp + LEEWAY {
            return Err(Error::Unauthenticated(audience.expired()));
        }
        if claims.iat > now.seconds() + LEEWAY {
            return Err(FORGED);
        }
        Ok((claims, key_until))
    }

    async fn key(&self, id: Uuid) -> Result<Option<Key>> {
        let find = |keys: &Keys| keys.keys.iter().find(|key| key.id == id).cloned();
        let keys = self.keys().await?;
        if let Some(key) = find(&keys) {
            return Ok(Some(key));
        }
        // Another server may have rotated the keys. But requests with invented key ids must not cost a
        // statement each.
        if keys.read_at.elapsed() < REREAD_AFTER {
            return Ok(None);
        }
        self.keys.invalidate(&()).await;
        Ok(find(&*self.keys().await?))
    }

    async fn keys(&self) -> Result<Arc<Keys>> {
        let read = async {
            let rows = signing_key::Entity::find()
                .order_by_desc(signing_key::Column::Id)
                .all(self.store.read())
                .await?;
            let keys = rows.into_iter().map(|row| Key {
                id: row.id,
                expires_at: row.expires_at,
                secret: self.root.signing_key(row.id),
            });
            Ok::<_, Error>(Arc::new(Keys { read_at: Instant::now(), keys: keys.collect() }))
        };
        self.keys.try_get_with((), read).await.map_err(|error| Error::clone(&error))
    }
}
