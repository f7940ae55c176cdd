/// The limits of documents and of the values of their variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a document.
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
    /// Maximum objects of a page. The field itself rejects a larger page.
    pub page: u64,
    /// Objects of a page without `first` and `last`.
    pub default_page: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document: 16 * 1024,
            tokens: 2_000,
            nesting: 40,
            directives: 20,
            operations: 5,
            fragments: 30,
            selections: 2_000,
            depth: 15,
            complexity: 1_000,
            nodes: 20_000,
            introspection: 2,
            schema_fields: 250_000,
            aliases: 30,
            root_fields: 10,
            variables: 50,
            list: 100,
            text: 4 * 1024,
            page: 100,
            default_page: 50,
        }
    }
}
