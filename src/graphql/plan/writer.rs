use super::JsonText;

/// How a field is written from the row of an object, without waiting.
pub enum FieldWriter<R: 'static> {
    /// A value without a selection.
    Value(fn(&R, &mut JsonText)),
    /// An object whose fields come from the same row.
    Object(&'static ObjectWriter<R>),
    /// An object that only some rows have.
    Optional(fn(&R) -> bool, &'static ObjectWriter<R>),
    /// An object of a union: the name of the union, which of the types a row has, and the types.
    Union(&'static str, fn(&R) -> usize, &'static [ObjectWriter<R>]),
}

/// How the fields of an object are written.
pub struct ObjectWriter<R: 'static> {
    /// Name of the type in the schema.
    pub name: &'static str,
    pub fields: &'static [(&'static str, FieldWriter<R>)],
}
