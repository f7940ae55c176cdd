use async_graphql::{
    CacheControl, ServerError, ValidationResult,
    extensions::{ExtensionContext, NextValidation},
};

use crate::{
    Document,
    positions::{is_replaced, misplaced},
};

/// The result for a document that passed validation before. It contains no measures, because the guard
/// measures.
const VALID: ValidationResult =
    ValidationResult { cache_control: CacheControl { public: true, max_age: 0 }, complexity: 0, depth: 0 };

impl Document {
    /// Validates the document, unless it has passed validation before. For the `validation` hook of an
    /// extension.
    ///
    /// Validation does not depend on the values of variables: [`Documents::admit`](crate::Documents::admit)
    /// checks those for each request. The library's rule about where a variable may be used is replaced by
    /// one that follows the specification.
    ///
    /// # Errors
    ///
    /// The errors of validation.
    pub async fn validate(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        if self.is_valid() {
            return Ok(VALID);
        }
        let (result, mut errors) = match next.run(ctx).await {
            Ok(result) => (result, Vec::new()),
            Err(errors) => (VALID, errors),
        };
        errors.retain(|error| !is_replaced(error));
        errors.extend(misplaced(self.parsed(), self.shape()));
        if !errors.is_empty() {
            return Err(errors);
        }
        self.set_valid();
        Ok(result)
    }
}
