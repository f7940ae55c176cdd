//! The storage backends for images: a directory, or an S3-compatible bucket.

use std::{
    fs::DirBuilder,
    io,
    os::unix::fs::DirBuilderExt,
    path::{self, PathBuf},
    sync::Arc,
};

use object_store::{ObjectStore, local::LocalFileSystem, path::Path};

/// An image storage backend.
#[derive(Clone, Debug)]
pub(super) enum Backend {
    /// The directory is created with the first image.
    Directory(PathBuf),
    Bucket(Arc<dyn ObjectStore>, Path),
}

/// Reason why a backend cannot be used: one line that says how to fix it.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    #[error(
        "`images_url` must be `s3://BUCKET/PREFIX`, with `?endpoint=URL&region=NAME` unless it is Amazon S3"
    )]
    Malformed,
    #[error("this build has no S3: build it with the feature `s3`, or remove `images_url`")]
    Missing,
    #[error("`images_url` cannot be used: {0}")]
    Refused(String),
}

impl Backend {
    pub(super) fn directory(directory: &path::Path) -> Self {
        Self::Directory(directory.to_owned())
    }

    /// Opens the store and returns it with the prefix of its paths.
    pub(super) fn open(&self) -> io::Result<(Arc<dyn ObjectStore>, Path)> {
        match self {
            Self::Directory(directory) => {
                DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
                let store = LocalFileSystem::new_with_prefix(directory).map_err(io::Error::other)?;
                Ok((Arc::new(store), Path::default()))
            }
            Self::Bucket(store, prefix) => Ok((store.clone(), prefix.clone())),
        }
    }

    /// Parses the URL of a backend. Access keys come from the environment, as for Amazon's tools, because
    /// URLs are logged and shown.
    pub(super) fn at(url: &str) -> Result<Self, BackendError> {
        Self::with(url, &[])
    }

    /// Parses the URL of a backend, with settings besides those of the environment.
    pub(super) fn with(url: &str, keys: &[(&str, &str)]) -> Result<Self, BackendError> {
        let rest = url.strip_prefix("s3://").ok_or(BackendError::Malformed)?;
        let (location, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (bucket, prefix) = location.split_once('/').unwrap_or((location, ""));
        if bucket.is_empty() {
            return Err(BackendError::Malformed);
        }
        let prefix = Path::parse(prefix.trim_matches('/')).map_err(|_| BackendError::Malformed)?;
        let options = form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| match &*name {
                "endpoint" | "region" => Ok((name.into_owned(), value.into_owned())),
                _ => Err(BackendError::Malformed),
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self::Bucket(bucket_of(bucket, &options, keys)?, prefix))
    }
}

#[cfg(feature = "s3")]
fn bucket_of(
    bucket: &str,
    options: &[(String, String)],
    keys: &[(&str, &str)],
) -> Result<Arc<dyn ObjectStore>, BackendError> {
    use object_store::aws::AmazonS3Builder;

    crate::crypto::provider::install();
    let refused = |error: object_store::Error| BackendError::Refused(error.to_string());
    // Images are deleted one by one, because not every S3-compatible store supports bulk deletion.
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_disable_bulk_delete(true);
    for (name, value) in keys {
        builder = builder.with_config(name.parse().map_err(refused)?, *value);
    }
    for (name, value) in options {
        builder = if name == "region" {
            builder.with_region(value)
        } else {
            // A self-hosted store may run on the same machine, without TLS.
            builder.with_endpoint(value).with_allow_http(value.starts_with("http://"))
        };
    }
    let store = builder.build().map_err(refused)?;
    Ok(Arc::new(store))
}

#[cfg(not(feature = "s3"))]
fn bucket_of(
    _: &str,
    _: &[(String, String)],
    _: &[(&str, &str)],
) -> Result<Arc<dyn ObjectStore>, BackendError> {
    Err(BackendError::Missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_without_a_bucket_is_rejected() {
        for url in
            ["", "s3://", "s3:///prefix", "https://bucket", "file:///tmp", "s3://b?user=x", "s3://b//x//y"]
        {
            assert!(matches!(Backend::at(url), Err(BackendError::Malformed)), "{url}");
        }
    }

    #[cfg(feature = "s3")]
    #[test]
    fn a_url_names_bucket_prefix_and_endpoint() {
        let location =
            Backend::at("s3://bucket/some/where/?endpoint=http%3A%2F%2F127.0.0.1%3A9000&region=eu").unwrap();
        let Backend::Bucket(store, prefix) = location else { panic!("{location:?}") };
        assert_eq!(prefix, Path::from("some/where"));
        let said = format!("{store:?}");
        assert!(said.contains("127.0.0.1:9000") && said.contains("bucket"), "{said}");
    }
}
