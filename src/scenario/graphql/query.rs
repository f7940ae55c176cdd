use std::sync::LazyLock;

use async_graphql::{Context, Object, SimpleObject};
use entity::project::Mode;

use crate::{Result, graphql::ContextExt, scenario};

/// A scenario that comes with the server.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Scenario")]
pub struct BuiltInScenario {
    /// Name of the scenario, as `runScenario` takes it.
    name: String,
    /// Summary, in one line.
    summary: String,
    /// Purpose of the scenario.
    description: Option<String>,
    /// Text of the scenario file (YAML).
    text: String,
}

/// The scenarios by name. They are part of the program, so they are parsed once.
static BUILT_IN: LazyLock<Vec<BuiltInScenario>> = LazyLock::new(|| {
    let parsed = |(name, text): (String, String)| {
        let file = scenario::parse(&text).ok()?;
        Some(BuiltInScenario { name, summary: file.name, description: file.description, text })
    };
    scenario::shipped().into_iter().filter_map(parsed).collect()
});

/// Query fields of scenarios.
#[derive(Default)]
pub struct ScenarioQuery;

#[Object]
impl ScenarioQuery {
    /// The scenarios that come with the server, by name. Null in a Live project, which runs none.
    async fn scenarios(&self, ctx: &Context<'_>) -> Result<Option<Vec<BuiltInScenario>>> {
        let is_sandbox = ctx.request()?.caller.project.mode == Mode::Sandbox;
        Ok(is_sandbox.then(|| BUILT_IN.clone()))
    }
}
