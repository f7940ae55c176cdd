//! The header by which a client reads its own writes from a replica.

use utoipa::openapi::{
    Object, RefOr, Required, Type,
    header::Header,
    path::{Operation, ParameterBuilder, ParameterIn},
};

use crate::{http::position::POSITION, proofing::rest::path::LIST};

/// Describes the header: as a parameter of operations that read with a token, and in the successful answers of
/// those that may change something.
pub fn describe(path: &str, method: &str, is_authorized: bool, operation: &mut Operation) {
    let is_read = method == "GET" || (method, path) == ("POST", LIST);
    if is_read && is_authorized {
        let parameter = ParameterBuilder::new()
            .name(POSITION.as_str())
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(
                "The `x-verigraph-position` of an earlier answer: the response contains the changes up to it. Has an \
                 effect if the server reads from a replica.",
            ))
            .schema(Some(Object::with_type(Type::String)))
            .build();
        operation.parameters.get_or_insert_default().push(parameter);
    }
    if is_read {
        return;
    }
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && status.starts_with('2')
        {
            let mut header = Header::default();
            header.description = Some(
                "The position of the change: a read that sends it sees the change. Only of servers that read from a \
                 replica."
                    .to_owned(),
            );
            response.headers.insert(POSITION.as_str().to_owned(), header);
        }
    }
}
