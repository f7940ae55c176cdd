//! Projects, credentials and tokens.

use std::sync::atomic::{AtomicUsize, Ordering};

use entity::project;
use uuid::Uuid;
use verigraph::auth::{
    Audience, Caller, Permission, Permissions, TokenSubject, VerifiedToken,
    credential::{self, IssuedCredential, NewCredential},
};

use super::TestApp;

impl TestApp {
    /// Creates another project.
    pub async fn new_project(&self) -> Uuid {
        self.project_of(project::Mode::Live).await
    }

    /// Creates another project with a mode.
    pub async fn project_of(&self, mode: project::Mode) -> Uuid {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("project {}", NEXT.fetch_add(1, Ordering::Relaxed));
        let made = verigraph::project::store::create(&self.store, &self.clock, &name, mode);
        made.await.unwrap().unwrap().id
    }

    /// Creates a credential of a project.
    pub async fn credential(
        &self,
        project: Uuid,
        permissions: Permissions,
        tags: Option<&[&str]>,
    ) -> IssuedCredential {
        let tag_limits = tags.map(|tags| tags.iter().map(|tag| (*tag).to_owned()).collect());
        let new = NewCredential {
            project,
            label: "test".to_owned(),
            permissions,
            tag_limits,
            number: None,
            created_by: None,
        };
        credential::create(&self.store, &self.root, &self.clock, new).await.unwrap()
    }

    /// Issues a token of a new credential of a project.
    pub async fn token_for(&self, project: Uuid, permissions: Permissions, tags: Option<&[&str]>) -> String {
        let pair = self.credential(project, permissions, tags).await;
        self.token_of(pair.credential, permissions, 3600).await
    }

    /// Issues a token of the test's project with only these permissions.
    pub async fn token_with(&self, permissions: &[Permission]) -> String {
        self.token_for(self.project, permissions.iter().copied().collect(), None).await
    }

    /// Issues a token of a credential.
    pub async fn token_of(&self, credential: Uuid, scope: Permissions, life: i64) -> String {
        self.token_as(Audience::Graph, credential, scope, life).await
    }

    /// Issues a token of a credential for an audience.
    pub async fn token_as(
        &self,
        audience: Audience,
        credential: Uuid,
        scope: Permissions,
        life: i64,
    ) -> String {
        self.app
            .signer
            .issue(
                VerifiedToken { subject: TokenSubject::Credential(credential), scope },
                audience,
                &self.clock,
                life,
            )
            .await
            .unwrap()
    }

    /// The caller that a token authenticates.
    pub async fn caller(&self, token: &str) -> Caller {
        self.app.callers.of_token(token, Audience::Graph, self.clock.now()).await.unwrap()
    }
}
