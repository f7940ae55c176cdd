//! Who is signed in: `GET /auth/state`.

use axum::response::Response;

use super::{
    answer::{MemberInfo, MembershipInfo, Methods, ProviderInfo, SessionInfo, StateResponse},
    own_methods_body::OwnMethodsInfo,
    request::{AuthRequest, Success},
};
use crate::{
    Code,
    auth::session::LiveSession,
    http::{cookie, rest::RestError},
    member::{
        ceremony::{self, Obstacle},
        methods,
        oidc::provider,
        passkey,
        profile::Profile,
        store,
    },
    project::settings,
};

/// Get the state of the sign-in
///
/// Who is signed in, which projects the member has access to, and how one can sign in. Also for callers that
/// are not signed in.
#[utoipa::path(
    get, path = "/auth/state", tag = "Sign-in", operation_id = "getAuthState", security(()),
    responses((status = 200, description = "The state", body = StateResponse)),
)]
pub async fn state(request: AuthRequest) -> Response {
    let found = async {
        let session = match cookie::session(&request.app, &request.headers).await {
            Ok(session) => Some(session),
            Err(error) if error.code() == Code::Unauthenticated => None,
            Err(error) => return Err(RestError::from(error)),
        };
        Ok(Success::from(state_of(&request, session.as_ref()).await?))
    };
    let found = found.await;
    request.respond(found)
}

/// The state for a session, or for nobody.
pub async fn state_of(
    request: &AuthRequest,
    session: Option<&LiveSession>,
) -> Result<StateResponse, RestError> {
    let app = &request.app;
    let obstacle = match request.cookie() {
        Ok(settings) => ceremony::relying_party(&settings.origin).err(),
        Err(_) => Some(Obstacle::NotSecure),
    };
    let providers = provider::list_active(app.store.write()).await?;
    // An exclusive provider is the only way in, but for recovery links.
    let is_open = !providers.iter().any(|provider| provider.is_exclusive);
    let methods = Methods {
        password: is_open,
        passkey: is_open && obstacle.is_none(),
        passkey_obstacle: obstacle.map(|obstacle| match obstacle {
            Obstacle::IpAddress => "IP_ADDRESS",
            Obstacle::NotSecure => "NOT_SECURE",
            Obstacle::NotBuilt => "NOT_BUILT",
        }),
        oidc: providers.into_iter().map(ProviderInfo::from).collect(),
        demo: (!app.demo_members.is_empty())
            .then(|| app.demo_members.iter().map(|(name, _)| name.clone()).collect()),
    };
    let needs_set_up = session.is_none() && !store::has_members(&app.store).await?;
    let none = StateResponse {
        member: None,
        session: None,
        memberships: Vec::new(),
        methods,
        own_methods: None,
        needs_set_up,
    };
    let Some(LiveSession { row, member }) = session else { return Ok(none) };
    let Some(profile) = Profile::open(&app.root, member)? else { return Ok(none) };
    let db = app.store.write();
    let mut access = store::access_of(db, member.id).await?;
    access.retain(|access| access.membership.suspended_at.is_none());
    let projects: Vec<_> = access.iter().map(|access| access.project.id).collect();
    let settings = settings::of_projects(db, &projects).await?;
    let memberships = access
        .into_iter()
        .zip(settings)
        .map(|(access, settings)| MembershipInfo::new(access, settings.passkeys_only && !row.is_by_passkey));
    let own = methods::of(db, member.id).await?;
    let passkeys = passkey::list(db, member.id).await?;
    Ok(StateResponse {
        member: Some(MemberInfo::new(member, profile)),
        session: Some(SessionInfo::new(row, row.id)),
        own_methods: Some(OwnMethodsInfo::new(&own, passkeys)),
        memberships: memberships.collect(),
        ..none
    })
}
