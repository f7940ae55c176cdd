//! A local webhook receiver that runs for the duration of a scenario.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{Router, body::Bytes, http::StatusCode};
use entity::webhook_subscription::{BodyKind, Status};
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};
use uuid::Uuid;

use super::outcome::{Failure, Outcome};
use crate::{
    auth::Caller,
    event::store::EVERYTHING,
    scenario::{expected::Delivered, file::Receiver as Wanted},
    services::Services,
    webhook::store::change::{self, AddOutcome, NewSubscription},
};

/// A receiver that answers as the scenario defines and records what it receives.
pub struct Receiver {
    subscription: Uuid,
    received: Arc<Mutex<Vec<Delivered>>>,
    served: JoinHandle<()>,
}

impl Receiver {
    /// Starts the receiver and subscribes it to the caller's project.
    pub async fn start(services: &Services, caller: &Caller, wanted: &Wanted) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let endpoint = format!("http://{}/webhooks", listener.local_addr()?);
        let received = Arc::new(Mutex::new(Vec::new()));
        let (seen, answers) = (received.clone(), wanted.answer.clone());
        let answer = async move |body: Bytes| {
            let body: Value = serde_json::from_slice(&body).unwrap_or_default();
            let event = body["eventType"].as_str().unwrap_or_default().to_owned();
            let mut seen: std::sync::MutexGuard<'_, Vec<Delivered>> =
                seen.lock().unwrap_or_else(PoisonError::into_inner);
            let answered = answers.get(seen.len()).copied().unwrap_or(200);
            seen.push(Delivered { event, answered });
            StatusCode::from_u16(answered).unwrap_or(StatusCode::OK)
        };
        let router = Router::new().fallback(answer);
        // The task ends with the scenario, also if that fails.
        let served = tokio::spawn(async move { drop(axum::serve(listener, router).await) });
        let new = NewSubscription {
            label: "verigraph simulate".to_owned(),
            endpoint,
            body_kind: BodyKind::Event,
            event_types: wanted.events.clone().unwrap_or_else(|| vec![EVERYTHING.to_owned()]),
            status: Status::Active,
            secret: None,
            most: u64::MAX,
            key: None,
        };
        let clock = services.clocks.of(&caller.project);
        let subscription = match change::add(&services.store, &services.vault, caller, &clock, &new).await? {
            AddOutcome::Done(row, _) => row.id,
            AddOutcome::TooMany | AddOutcome::KeyReused => {
                return Err(Failure::new("the project has reached its limit of webhook subscriptions"));
            }
        };
        Ok(Self { subscription, received, served })
    }

    /// Stops the receiver and returns the recorded webhooks.
    pub async fn stop(self, services: &Services, caller: &Caller) -> Outcome<Vec<Delivered>> {
        self.served.abort();
        let clock = services.clocks.of(&caller.project);
        change::remove(&services.store, caller, &clock, self.subscription).await?;
        Ok(std::mem::take(&mut *self.received.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}
