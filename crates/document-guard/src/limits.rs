/// The limits of documents and of the values of their variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a document.
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
    /// Objects that the lists of an operation can return, nested lists multiplied.
    pub nodes: u64,
    /// Nested lists of the schema's description in introspection.
    pub introspection: u64,
    /// Fields that introspection can return, its lists multiplied.
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
    /// Objects of a page, at most. The field itself rejects a larger page.
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
