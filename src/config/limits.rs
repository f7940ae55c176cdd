use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a request may ask for at most. Every refusal names its key here and the number.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Limits {
    /// Bytes of a GraphQL document.
    pub document: u64,
    /// Tokens of a document.
    pub tokens: u64,
    /// Brackets of a document that are open at once.
    pub nesting: u64,
    /// Directives in a document.
    pub directives: u64,
    /// Operations in a document.
    pub operations: u64,
    /// Fragments in a document.
    pub fragments: u64,
    /// Selections of a document, each fragment counted every time it is spread.
    pub selections: u64,
    /// Fields below each other.
    pub depth: u64,
    /// Fields of an operation, fragments expanded.
    pub complexity: u64,
    /// Objects that an operation's lists can give, lists in lists multiplied.
    pub nodes: u64,
    /// Lists of the schema's description in each other, in introspection.
    pub introspection: u64,
    /// Fields that introspection can give, its lists multiplied.
    pub schema_fields: u64,
    /// Aliases in a document.
    pub aliases: u64,
    /// Fields at the root of an operation.
    pub root_fields: u64,
    /// Variables of an operation.
    pub variables: u64,
    /// Items of a list in the input.
    pub list: u64,
    /// Bytes of a text in the input.
    pub text: u64,
    /// Rows of a page.
    #[schemars(range(min = 1))]
    pub page: u64,
    /// Bytes of the body of a request.
    pub body: u64,
    /// Bytes of the body of a REST request.
    pub rest_body: u64,
    /// Bytes of an image.
    pub image: u64,
    /// Pixels of an image.
    pub image_pixels: u64,
    /// Bytes of the images of one answer, before they are written in base64.
    pub answer_images: u64,
    /// Bytes of the head of a request.
    #[schemars(range(min = 8192))]
    pub head: u64,
    /// Webhook subscriptions of a project.
    pub webhook_subscriptions: u64,
    /// Probes of endpoints of a project in a minute, by one process.
    pub webhook_probes: u64,
    /// Seconds for the head of a request to arrive.
    #[schemars(range(min = 1))]
    pub head_seconds: u64,
    /// Seconds for the body of a request to arrive.
    #[schemars(range(min = 1))]
    pub body_seconds: u64,
    /// Seconds that a client may read nothing of what it is sent before its connection is closed.
    #[schemars(range(min = 1))]
    pub write_seconds: u64,
    /// Seconds for an image that has arrived to be checked and kept. A phone's 50 megapixels take some seconds.
    #[schemars(range(min = 1))]
    pub upload_seconds: u64,
    /// Seconds for a query to be answered.
    #[schemars(range(min = 1))]
    pub query_seconds: u64,
    /// Seconds that a token of the verification-results API is good for.
    #[schemars(range(min = 1))]
    pub server_token_seconds: u64,
    /// Seconds for `PostgreSQL` to run one statement. 0: no limit.
    pub statement_seconds: u64,
    /// Seconds to wait for a connection to the database.
    #[schemars(range(min = 1))]
    pub pool_wait_seconds: u64,
    /// Open connections of clients.
    #[schemars(range(min = 1))]
    pub connections: u64,
    /// Open connections of one client address, or of one IPv6 network of 64 bits. 0: no limit of its own. Behind a reverse
    /// proxy all connections come from its address.
    pub connections_per_address: u64,
    /// Bytes of request bodies that are held at once, of all clients together.
    #[schemars(range(min = 1))]
    pub bodies: u64,
    /// Images of one project that are uploaded at once.
    #[schemars(range(min = 1))]
    pub uploads_per_project: u64,
    /// Requests in flight.
    #[schemars(range(min = 1))]
    pub in_flight: u64,
    /// Requests in flight of one credential.
    #[schemars(range(min = 1))]
    pub in_flight_per_credential: u64,
    /// Open sockets (`WebSocket`) of clients.
    pub sockets: u64,
    /// Open sockets of one credential.
    pub sockets_per_credential: u64,
    /// Seconds for a socket to say who it is.
    #[schemars(range(min = 1))]
    pub socket_init_seconds: u64,
    /// Bytes of a message to the server on a socket.
    pub socket_message: u64,
    /// Subscriptions of a socket at once, with the queries that run on it.
    pub socket_subscriptions: u64,
    /// Seconds between two signs of life that a socket is asked for. One that gives none in twice the time is closed.
    #[schemars(range(min = 1))]
    pub socket_ping_seconds: u64,
    /// Events that may wait for the reader of a subscription.
    #[schemars(range(min = 1))]
    pub subscription_queue: u64,
    /// Documents of subscriptions that run at once.
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
