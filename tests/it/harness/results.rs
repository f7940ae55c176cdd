use uuid::Uuid;
use verigraph::result::{
    Scope,
    integration::{self, NewIntegration},
};

use super::TestApp;

impl TestApp {
    /// Creates an integration of a project with these scopes.
    pub async fn integration(&self, project: Uuid, scopes: &[Scope]) -> integration::Keys {
        let new = NewIntegration { project, label: "test".to_owned(), scopes: scopes.to_vec() };
        integration::create(&self.store, &self.root, &self.clock, new).await.unwrap()
    }

    /// Starts a verification of a user, records an outcome if given, and returns its id.
    pub async fn verified(&self, user: Uuid, integration: Uuid, outcome: Option<&str>) -> Uuid {
        let input = format!("integrationId: \"{integration}\", userId: \"{user}\", correlationId: \"mine\"");
        let request = format!(
            "mutation {{ requestVerification(input: {{ {input} }}) {{
                ... on RequestVerificationSuccessPayload {{ verificationResult {{ id }} }} }} }}"
        );
        let id = self.query(&request).await["requestVerification"]["verificationResult"]["id"].take();
        let id: Uuid = id.as_str().unwrap().parse().unwrap();
        if let Some(outcome) = outcome {
            let input = format!("verificationResultId: \"{id}\", outcome: {outcome}");
            let record =
                format!("mutation {{ recordVerificationOutcome(input: {{ {input} }}) {{ __typename }} }}");
            let recorded = self.query(&record).await;
            assert_eq!(
                recorded["recordVerificationOutcome"]["__typename"],
                "RecordVerificationOutcomeSuccessPayload"
            );
        }
        id
    }
}
