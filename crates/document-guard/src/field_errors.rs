use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::{PathSegment, QueryPathNode, QueryPathSegment, ServerError, ServerResult, Value};

/// The errors of the fields of one request, and the objects that become null because of them.
///
/// As the specification requires, an error stays inside the nearest nullable field. async-graphql returns the error to the
/// object around the field and makes that null. Its executor also stops at the first error, and which fields have run by
/// then varies. So the executor is given no error: [`FieldErrors::settle`] keeps each one aside and returns null, and the
/// objects that a null empties are emptied on the way back. All fields run, and all errors are listed.
///
/// Source: GraphQL specification, "Handling Execution Errors".
#[derive(Debug, Default)]
pub struct FieldErrors {
    errors: Mutex<Vec<ServerError>>,
    /// Whether `nulls` has any: read for each field.
    has_nulls: AtomicBool,
    /// The paths of fields that failed and cannot be null, while the objects around them are not settled.
    nulls: Mutex<Vec<Vec<PathSegment>>>,
}

impl FieldErrors {
    /// Replaces the result of a field by what the executor is to have: its value, or null if it failed, or if a field
    /// inside of it failed that cannot be null.
    ///
    /// # Errors
    ///
    /// Never in fact: the type is the one of the hook.
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

    /// Whether a root field failed that cannot be null, so that the response has no data.
    #[must_use]
    pub fn is_emptied(&self) -> bool {
        self.has_nulls.load(Ordering::Relaxed) && lock(&self.nulls).iter().any(|path| path.len() == 1)
    }

    /// The errors kept so far. They are not kept any longer.
    #[must_use]
    pub fn take(&self) -> Vec<ServerError> {
        std::mem::take(&mut *lock(&self.errors))
    }

    /// Whether a field inside of this one failed that cannot be null, so that this one is null. The inner failure is
    /// settled then.
    fn take_nulls_in(&self, path: &[PathSegment]) -> bool {
        let mut nulls = lock(&self.nulls);
        let before = nulls.len();
        nulls.retain(|failed| !(failed.len() > path.len() && failed.starts_with(path)));
        let is_null = nulls.len() < before;
        self.has_nulls.store(!nulls.is_empty(), Ordering::Relaxed);
        is_null
    }
}

/// The path of a field in the response, as errors have it.
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
            "a field that cannot be null empties its object"
        );
        assert!(!errors.is_emptied());

        assert_eq!(errors.settle(failed(), false, &inner), null());
        assert_eq!(errors.settle(value(), false, &root), null());
        assert!(errors.is_emptied(), "nothing is left that could be null");
        assert_eq!(errors.take().len(), 2);
        assert!(errors.take().is_empty());
    }
}
