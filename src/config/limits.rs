use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Limits of requests and connections. Every rejection names the setting's key and value.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Limits {
    /// Bytes of a GraphQL document.
    pub document: u64,
    /// Tokens of a document.
    pub tokens: u64,
    /// Nested open brackets in a document.
    pub nesting: u64,
    /// Directives in a document.
    pub directives: u64,
    /// Operations in a document.
    pub operations: u64,
    /// Fragments in a document.
    pub fragments: u64,
    /// Selections in a document; a fragment counts each time it is spread.
    pub selections: u64,
    /// Nesting depth of fields.
    pub depth: u64,
    /// Fields of an operation, with fragments expanded.
    pub complexity: u64,
    /// Objects that an operation's lists can return, with nested lists multiplied.
    pub nodes: u64,
    /// Nested lists in introspection.
    pub introspection: u64,
    /// Fields that introspection can return, with lists multiplied.
    pub schema_fields: u64,
    /// Aliases in a document.
    pub aliases: u64,
    /// Fields at the root of an operation.
    pub root_fields: u64,
    /// Variables of an operation.
    pub variables: u64,
    /// Items of an input list.
    pub list: u64,
    /// Bytes of an input string.
    pub text: u64,
    /// Rows of a page.
    #[schemars(range(min = 1))]
    pub page: u64,
    /// Users whose names a search opens at most.
    pub name_scan_users: u64,
    /// Bytes of a request body.
    pub body: u64,
    /// Bytes of a REST request body.
    pub rest_body: u64,
    /// Bytes of an image.
    pub image: u64,
    /// Pixels of an image.
    pub image_pixels: u64,
    /// Bytes of the images in one response, before base64 encoding.
    pub answer_images: u64,
    /// Bytes of a request's head.
    #[schemars(range(min = 8192))]
    pub head: u64,
    /// Webhook subscriptions of a project.
    pub webhook_subscriptions: u64,
    /// Webhook endpoint probes of a project per minute, per process.
    pub webhook_probes: u64,
    /// Seconds for a request's head to arrive.
    #[schemars(range(min = 1))]
    pub head_seconds: u64,
    /// Seconds for a request's body to arrive.
    #[schemars(range(min = 1))]
    pub body_seconds: u64,
    /// Seconds that a client may read nothing before its connection is closed.
    #[schemars(range(min = 1))]
    pub write_seconds: u64,
    /// Seconds for checking and storing an uploaded image. A phone's 50 megapixels take some seconds.
    #[schemars(range(min = 1))]
    pub upload_seconds: u64,
    /// Seconds for answering a query.
    #[schemars(range(min = 1))]
    pub query_seconds: u64,
    /// Lifetime in seconds of a token of the verification-results API.
    #[schemars(range(min = 1))]
    pub server_token_seconds: u64,
    /// Seconds for one `PostgreSQL` statement. 0: no limit.
    pub statement_seconds: u64,
    /// Seconds to wait for a database connection.
    #[schemars(range(min = 1))]
    pub pool_wait_seconds: u64,
    /// Open client connections.
    #[schemars(range(min = 1))]
    pub connections: u64,
    /// Open connections of one client address, or of one IPv6 /64 network. 0: no separate limit. Behind a
    /// reverse proxy, all connections come from the proxy's address.
    pub connections_per_address: u64,
    /// Bytes of request bodies held in memory at once, for all clients together.
    #[schemars(range(min = 1))]
    pub bodies: u64,
    /// Concurrent image uploads of one project.
    #[schemars(range(min = 1))]
    pub uploads_per_project: u64,
    /// Requests in flight.
    #[schemars(range(min = 1))]
    pub in_flight: u64,
    /// Requests in flight of one credential.
    #[schemars(range(min = 1))]
    pub in_flight_per_credential: u64,
    /// Open client sockets (`WebSocket`).
    pub sockets: u64,
    /// Open sockets of one credential.
    pub sockets_per_credential: u64,
    /// Seconds for a client to authenticate on a socket.
    #[schemars(range(min = 1))]
    pub socket_init_seconds: u64,
    /// Bytes of a client's message on a socket.
    pub socket_message: u64,
    /// Concurrent subscriptions and queries of one socket.
    pub socket_subscriptions: u64,
    /// Seconds between pings on a socket. The socket is closed after twice this time without a sign of life.
    #[schemars(range(min = 1))]
    pub socket_ping_seconds: u64,
    /// Events that may be queued for the client of a subscription.
    #[schemars(range(min = 1))]
    pub subscription_queue: u64,
    /// Subscription documents that run at once.
    #[schemars(range(min = 1))]
    pub subscription_turns: u64,
}

impl Default for Limits {
    fn default() -> Self {
        let guard = document_guard::Limits::default();
        Self {
            document: guard.document,
            tokens: guard.tokens,
            nesting: guard.nesting,
            directives: guard.directives,
            operations: guard.operations,
            fragments: guard.fragments,
            selections: guard.selections,
            depth: guard.depth,
            complexity: guard.complexity,
            nodes: guard.nodes,
            introspection: guard.introspection,
            schema_fields: guard.schema_fields,
            aliases: guard.aliases,
            root_fields: guard.root_fields,
            variables: guard.variables,
            list: guard.list,
            text: guard.text,
            page: guard.page,
            name_scan_users: 100_000,
            body: 64 * 1024,
            rest_body: 256 * 1024,
            image: 12 * 1024 * 1024,
            image_pixels: 52_000_000,
            answer_images: 32 * 1024 * 1024,
            head: 16 * 1024,
            webhook_subscriptions: 50,
            webhook_probes: 10,
            head_seconds: 10,
            body_seconds: 15,
            write_seconds: 10,
            upload_seconds: 20,
            query_seconds: 5,
            server_token_seconds: 15 * 60,
            statement_seconds: 3,
            pool_wait_seconds: 1,
            connections: 2_048,
            connections_per_address: 1_024,
            bodies: 256 * 1024 * 1024,
            uploads_per_project: 16,
            in_flight: 256,
            in_flight_per_credential: 32,
            sockets: 1_024,
            sockets_per_credential: 64,
            socket_init_seconds: 5,
            socket_message: 64 * 1024,
            socket_subscriptions: 20,
            socket_ping_seconds: 20,
            subscription_queue: 256,
            subscription_turns: 8,
        }
    }
}
