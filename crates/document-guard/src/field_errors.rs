use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::{PathSegment, QueryPathNode, QueryPathSegment, ServerError, ServerResult, Value};

/// The errors of one request's fields, and the objects that become null because of them.
///
/// As the specification requires, an error stays inside the nearest nullable field. async-graphql returns the
/// error to the object around the field and makes that null. Its executor also stops at the first error, so
/// it varies which fields have run by then. Therefore the executor gets no errors: [`FieldErrors::settle`]
/// stores each one and returns null, and objects that must become null are replaced on the way back. All
/// fields run, and all errors are listed.
///
/// Source: GraphQL specification, "Handling Execution Errors".
#[derive(Debug, Default)]
pub struct FieldErrors {
    errors: Mutex<Vec<ServerError>>,
    /// Whether `nulls` has entries. Read for each field.
    has_nulls: AtomicBool,
    /// Paths of failed non-null fields whose surrounding objects are not yet replaced.
    nulls: Mutex<Vec<Vec<PathSegment>>>,
}

impl FieldErrors {
    /// Replaces the result of a field for the executor: by its value, or by null if the field failed or a
    /// non-null field inside of it failed.
    ///
    /// # Errors
    ///
    /// Never: the hook's type requires a `Result`.
    pub fn settle(
        &self,
        result: ServerResult<Option<Value>>,
        is_nullable: bool,
        node: &QueryPathNode<'_>,
    ) -> ServerResult<Option<Value>> {
        let is_failed = match &result {
            Err(error) => {
                lock(&self.errors).push(error.clone());
                true
            }
            Ok(_) => self.has_nulls.load(Ordering::Relaxed) && self.take_nulls_in(&path(node)),
        };
        if !is_failed {
            return result;
        }
        if !is_nullable {
            lock(&self.nulls).push(path(node));
            self.has_nulls.store(true, Ordering::Relaxed);
        }
        Ok(Some(Value::Null))
    }

    /// Whether a non-null root field failed, so that the response has no data.
    #[must_use]
    pub fn is_emptied(&self) -> bool {
        self.has_nulls.load(Ordering::Relaxed) && lock(&self.nulls).iter().any(|path| path.len() == 1)
    }

    /// Returns and removes the stored errors.
    #[must_use]
    pub fn take(&self) -> Vec<ServerError> {
        std::mem::take(&mut *lock(&self.errors))
    }

    /// Whether a non-null field inside of this one failed, so that this one becomes null. This resolves the
    /// inner failure.
    fn take_nulls_in(&self, path: &[PathSegment]) -> bool {
        let mut nulls = lock(&self.nulls);
        let before = nulls.len();
        nulls.retain(|failed| !(failed.len() > path.len() && failed.starts_with(path)));
        let is_null = nulls.len() < before;
        self.has_nulls.store(!nulls.is_empty(), Ordering::Relaxed);
        is_null
    }
}

/// The path of a field in the response, in the form of errors.
#[must_use]
pub fn path(node: &QueryPathNode<'_>) -> Vec<PathSegment> {
    let mut path = node.parent.map(path).unwrap_or_default();
    path.push(match node.segment {
        QueryPathSegment::Index(index) => PathSegment::Index(index),
        QueryPathSegment::Name(name) => PathSegment::Field(name.to_owned()),
    });
    path
}

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed() -> ServerResult<Option<Value>> {
        Err(ServerError::new("failed", None))
    }

    #[test]
    fn an_error_stays_in_the_nearest_nullable_field() {
        let root = QueryPathNode { parent: None, segment: QueryPathSegment::Name("user") };
        let inner = QueryPathNode { parent: Some(&root), segment: QueryPathSegment::Name("name") };
        let null = || Ok(Some(Value::Null));
        let value = || Ok(Some(Value::from(1)));

        let errors = FieldErrors::default();
        assert_eq!(errors.settle(failed(), true, &inner), null());
        assert_eq!(errors.settle(value(), true, &root), value(), "a nullable field fails alone");
        assert_eq!(errors.take().len(), 1);

        assert_eq!(errors.settle(failed(), false, &inner), null());
        assert_eq!(
            errors.settle(value(), true, &root),
            null(),
            "a failed non-null field makes its object null"
        );
        assert!(!errors.is_emptied());

        assert_eq!(errors.settle(failed(), false, &inner), null());
        assert_eq!(errors.settle(value(), false, &root), null());
        assert!(errors.is_emptied(), "no nullable field remains");
        assert_eq!(errors.take().len(), 2);
        assert!(errors.take().is_empty());
    }
}
