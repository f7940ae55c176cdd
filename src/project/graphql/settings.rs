use async_graphql::{ComplexObject, Context, Enum, InputObject, Object, SimpleObject};
use entity::project_setting as table;
use uuid::Uuid;

use crate::{
    Error, Result,
    auth::MemberAccess,
    graphql::{
        ContextExt, mutate_fresh,
        rejection::{ForbiddenRejection, FreshSignInNeededRejection},
    },
    member::{limits, oidc::provider},
    payload,
    project::{
        graphql::rejection::PasskeyNeededRejection,
        settings::{IDLE_BOUNDS, SESSION_BOUNDS},
    },
    user::names::build::{Builder, percent},
};

/// How users are searched by name. Names are stored encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase", remote = "table::NameSearch")]
pub enum NameSearch {
    /// Each search decrypts and compares the names of the visible users.
    Scan,
    /// Users are found by keyed hashes of their names: by whole words, and by beginnings of words of three letters or
    /// more. For projects with many users. A copy of the database then tells which users share a hash, so that frequent
    /// names may be guessed.
    Index,
    /// Users cannot be searched by name.
    Off,
}

/// The settings of a project.
#[derive(Clone, Copy, Debug, SimpleObject)]
#[graphql(complex)]
pub struct ProjectSettings {
    #[graphql(skip)]
    project: Uuid,
    /// How users are searched by name.
    name_search: NameSearch,
    /// Minutes without activity after which a member is signed out. For a member of several projects, the shortest
    /// applies.
    idle_minutes: i32,
    /// Hours after which a member is signed out in any case. For a member of several projects, the shortest
    /// applies.
    session_hours: i32,
    /// Whether members enter the project by passkey only. A member that has signed in in another way has no access to
    /// the project until it proves its identity by passkey.
    passkeys_only: bool,
}

impl From<table::Model> for ProjectSettings {
    fn from(row: table::Model) -> Self {
        let table::Model { project_id: project, name_search, idle_minutes, session_hours, passkeys_only } =
            row;
        Self { project, name_search: name_search.into(), idle_minutes, session_hours, passkeys_only }
    }
}

#[ComplexObject]
impl ProjectSettings {
    /// How much of the index of names is built, in percent. Until it is, each search decrypts and compares names. Null
    /// unless `nameSearch` is `Index`.
    async fn name_index_percent(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        percent(&ctx.request()?.store, self.project).await
    }
}

/// Input of the `setProjectSettings` mutation.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct SetProjectSettingsInput {
    /// Minutes without activity after which a member is signed out, from 5 to 120. Default: unchanged.
    idle_minutes: Option<i32>,
    /// Hours after which a member is signed out in any case, from 1 to 24. Default: unchanged.
    session_hours: Option<i32>,
    /// Whether members enter the project by passkey only. Default: unchanged.
    passkeys_only: Option<bool>,
}

/// Success result of the `setProjectSettings` mutation.
#[derive(SimpleObject)]
pub struct SetProjectSettingsSuccessPayload {
    /// The project's settings.
    settings: Option<ProjectSettings>,
}

payload! {
    /// Result of the `setProjectSettings` mutation.
    SetProjectSettingsPayload: SetProjectSettingsSuccessPayload,
    PasskeyNeeded(PasskeyNeededRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `setNameSearch` mutation.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct SetNameSearchInput {
    /// How users are searched by name.
    name_search: NameSearch,
}

/// Success result of the `setNameSearch` mutation.
#[derive(SimpleObject)]
pub struct SetNameSearchSuccessPayload {
    /// The project's settings.
    settings: Option<ProjectSettings>,
}

payload! {
    /// Result of the `setNameSearch` mutation.
    SetNameSearchPayload: SetNameSearchSuccessPayload,
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of the project's settings.
#[derive(Default)]
pub struct SettingsMutation;

#[Object]
impl SettingsMutation {
    /// Sets how the project's members sign in and how long they stay signed in, including members that are signed in
    /// now. Null only if the mutation failed; see `errors`.
    async fn set_project_settings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SetProjectSettingsInput,
    ) -> Result<Option<SetProjectSettingsPayload>> {
        use SetProjectSettingsPayload as Payload;

        mutate_fresh(ctx, |request| async move {
            for (name, value, bounds, unit) in [
                ("idleMinutes", input.idle_minutes, IDLE_BOUNDS, "minutes"),
                ("sessionHours", input.session_hours, SESSION_BOUNDS, "hours"),
            ] {
                if value.is_some_and(|value| !bounds.contains(&value)) {
                    let text = format!("must be from {} to {} {unit}", bounds.start(), bounds.end());
                    return Err(Error::argument(name, text));
                }
            }
            let caller = &request.caller;
            let is_by_passkey = |access: &MemberAccess| access.session.is_by_passkey;
            if input.passkeys_only == Some(true) && !caller.member().is_none_or(is_by_passkey) {
                return Ok(Payload::PasskeyNeeded(PasskeyNeededRejection::new()));
            }
            if input.passkeys_only == Some(true)
                && let Some(provider) = provider::exclusive(request.store.write()).await?
            {
                let text = format!("members can sign in with {} only, which is no passkey", provider.label);
                return Err(Error::argument("passkeysOnly", text));
            }
            let SetProjectSettingsInput { idle_minutes, session_hours, passkeys_only } = input;
            let change = limits::Change { idle_minutes, session_hours, passkeys_only };
            let row = limits::set(&request.store, &request.clock, caller.project_id(), change).await?;
            Ok(Payload::Success(SetProjectSettingsSuccessPayload { settings: Some(row.into()) }))
        })
        .await
        .map(Some)
    }

    /// Sets how the project's users are searched by name. The index of names is built and deleted in the background:
    /// `ProjectSettings.nameIndexPercent`. Null only if the mutation failed; see `errors`.
    async fn set_name_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SetNameSearchInput,
    ) -> Result<Option<SetNameSearchPayload>> {
        use SetNameSearchPayload as Payload;

        mutate_fresh(ctx, |request| async move {
            let (project, way) = (request.caller.project_id(), input.name_search.into());
            let machine = request.machine_clock();
            let builder = Builder { store: &request.store, vault: &request.vault, machine };
            let row = builder.set(&request.clock, project, way).await?;
            Ok(Payload::Success(SetNameSearchSuccessPayload { settings: Some(row.into()) }))
        })
        .await
        .map(Some)
    }
}
