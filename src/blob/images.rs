use object_store::{ObjectStoreExt, path::Path};
use uuid::Uuid;

use super::backend::{Backend as Store, BackendError};
use crate::{
    Error, Result,
    crypto::{AssociatedData, DataKey},
};

/// Where images are kept, sealed: `PROJECT/ROW/NAME`. The row is that of a proofing request or of an image.
#[derive(Clone, Debug)]
pub struct Images(Store);

impl Images {
    /// Images in a directory, which is made when the first one comes.
    #[must_use]
    pub fn in_directory(directory: &std::path::Path) -> Self {
        Self(Store::directory(directory))
    }

    /// Images in a bucket: `s3://BUCKET/PREFIX?endpoint=URL&region=NAME`.
    ///
    /// # Errors
    ///
    /// When that is no such URL, or this build has no S3.
    pub fn at(url: &str) -> Result<Self, BackendError> {
        Store::at(url).map(Self)
    }

    /// Likewise, with settings that the environment would give otherwise, by the names that Amazon's tools know them by
    /// without `AWS_`: `access_key_id`, `secret_access_key`.
    ///
    /// # Errors
    ///
    /// Likewise, or when there is no such setting.
    pub fn with_keys(url: &str, keys: &[(&str, &str)]) -> Result<Self, BackendError> {
        Store::with(url, keys).map(Self)
    }

    /// Keeps an image, sealed, in place of one that is there.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub async fn keep(
        &self,
        key: &DataKey,
        project: Uuid,
        row: Uuid,
        name: &str,
        image: &[u8],
    ) -> Result<()> {
        let sealed = key.seal(place(project, row, name), image)?;
        let (store, prefix) = self.0.open().map_err(|error| failed(&error))?;
        let path = path(&prefix, project, row, name);
        // Written beside and moved into place, so that nobody reads half an image.
        store.put(&path, sealed.into()).await.map_err(|error| failed(&error))?;
        Ok(())
    }

    /// An image that was kept; `None` if it is not there.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or was changed.
    pub async fn read(&self, key: &DataKey, project: Uuid, row: Uuid, name: &str) -> Result<Option<Vec<u8>>> {
        let (store, prefix) = self.0.open().map_err(|error| failed(&error))?;
        let path = path(&prefix, project, row, name);
        let sealed = match store.get(&path).await {
            Ok(found) => found.bytes().await.map_err(|error| failed(&error))?,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(failed(&error)),
        };
        Ok(Some(key.open(place(project, row, name), &sealed)?))
    }

    /// Throws an image away. One that is not there is none to throw away.
    ///
    /// # Errors
    ///
    /// When the place fails.
    pub async fn remove(&self, project: Uuid, row: Uuid, name: &str) -> Result<()> {
        let (store, prefix) = self.0.open().map_err(|error| failed(&error))?;
        match store.delete(&path(&prefix, project, row, name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }
}

const fn place(project: Uuid, row: Uuid, name: &str) -> AssociatedData<'_> {
    AssociatedData { scope: project, table: "images", column: name, row }
}

fn path(prefix: &Path, project: Uuid, row: Uuid, name: &str) -> Path {
    let below = [project.to_string(), row.to_string(), name.to_owned()];
    prefix.parts().map(|part| part.as_ref().to_owned()).chain(below).collect()
}

fn failed(error: &dyn std::error::Error) -> Error {
    tracing::error!(%error, "the place of images failed");
    Error::Fault("the place of images failed")
}
