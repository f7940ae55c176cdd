use object_store::{ObjectStoreExt, path::Path};
use uuid::Uuid;

use super::backend::{Backend as Store, BackendError};
use crate::{
    Error, Result,
    crypto::{AssociatedData, DataKey},
};

/// Storage of sealed images at `PROJECT/ROW/NAME`. The row is a proofing request or an image.
#[derive(Clone, Debug)]
pub struct Images(Store);

impl Images {
    /// Stores images in a directory, which is created with the first image.
    #[must_use]
    pub fn in_directory(directory: &std::path::Path) -> Self {
        Self(Store::directory(directory))
    }

    /// Stores images in a bucket: `s3://BUCKET/PREFIX?endpoint=URL&region=NAME`.
    ///
    /// # Errors
    ///
    /// When the URL is malformed, or this build has no S3.
    pub fn at(url: &str) -> Result<Self, BackendError> {
        Store::at(url).map(Self)
    }

    /// Stores images in a bucket, with settings that replace those of the environment. Their names are those
    /// of Amazon's tools without `AWS_`: `access_key_id`, `secret_access_key`.
    ///
    /// # Errors
    ///
    /// As for [`Images::at`], or when a setting is unknown.
    pub fn with_keys(url: &str, keys: &[(&str, &str)]) -> Result<Self, BackendError> {
        Store::with(url, keys).map(Self)
    }

    /// Seals and stores an image. It replaces an existing one.
    ///
    /// # Errors
    ///
    /// When the image cannot be written.
    pub async fn keep(
        &self,
        key: &DataKey,
        project: Uuid,
        row: Uuid,
        name: &str,
        image: &[u8],
    ) -> Result<()> {
        let sealed = key.seal(associated_data(project, row, name), image)?;
        let (store, prefix) = self.0.open().map_err(|error| failed(&error))?;
        let path = path(&prefix, project, row, name);
        // The store writes to a temporary object and moves it into place, so that readers never see half an
        // image.
        store.put(&path, sealed.into()).await.map_err(|error| failed(&error))?;
        Ok(())
    }

    /// Reads a stored image; `None` if it does not exist.
    ///
    /// # Errors
    ///
    /// When the image cannot be read, or was modified.
    pub async fn read(&self, key: &DataKey, project: Uuid, row: Uuid, name: &str) -> Result<Option<Vec<u8>>> {
        let (store, prefix) = self.0.open().map_err(|error| failed(&error))?;
        let path = path(&prefix, project, row, name);
        let sealed = match store.get(&path).await {
            Ok(found) => found.bytes().await.map_err(|error| failed(&error))?,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(failed(&error)),
        };
        Ok(Some(key.open(associated_data(project, row, name), &sealed)?))
    }

    /// Deletes an image. Succeeds if the image does not exist.
    ///
    /// # Errors
    ///
    /// When the image storage fails.
    pub async fn remove(&self, project: Uuid, row: Uuid, name: &str) -> Result<()> {
        let (store, prefix) = self.0.open().map_err(|error| failed(&error))?;
        match store.delete(&path(&prefix, project, row, name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }
}

const fn associated_data(project: Uuid, row: Uuid, name: &str) -> AssociatedData<'_> {
    AssociatedData { scope: project, table: "images", column: name, row }
}

fn path(prefix: &Path, project: Uuid, row: Uuid, name: &str) -> Path {
    let below = [project.to_string(), row.to_string(), name.to_owned()];
    prefix.parts().map(|part| part.as_ref().to_owned()).chain(below).collect()
}

fn failed(error: &dyn std::error::Error) -> Error {
    tracing::error!(%error, "image storage failed");
    Error::Fault("image storage failed")
}
