//! A portrait goes up in parts: a weak network loses the last one only, and a kill none.

use std::sync::Arc;

use citizen_protocol::wire::{
    Blob, Code, Id, PortraitPartRequest, PortraitProgress, PortraitRequest, PortraitStatusRequest,
};
use citizen_vault::{Changes, Table};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use crate::error::{BodyFault, ServiceError};
use crate::link::Link;
use crate::outbox::Outbox;

/// What goes in one request, in bytes: 4 s at 64 kbit/s, the least that a phone with one bar has.
const PART: usize = 32 << 10;
/// The outbox's name of the announcement.
const ANNOUNCEMENT: &str = "portrait";

static UPLOADS: Table<Upload> = Table::new("uploads");
const UPLOAD: &str = "portrait";

/// The upload under way.
#[derive(Clone, Serialize, Deserialize)]
struct Upload {
    sha256: Blob,
    id: Id,
}

/// How far an upload is, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// There.
    pub received: u32,
    /// In all.
    pub size: u32,
}

/// Sends portraits.
#[derive(Clone)]
pub struct Portraits {
    link: Arc<Link>,
    outbox: Outbox,
}

impl Portraits {
    /// Over a link and its outbox.
    #[must_use]
    pub fn new(link: Arc<Link>, outbox: Outbox) -> Self {
        Self { link, outbox }
    }

    /// Sends a portrait, or the rest of it after a failure or a kill, and returns what to cite it by. `progress` hears of each part.
    ///
    /// # Errors
    /// See [`ServiceError`]: call again with the same bytes, and it goes on where it stopped.
    pub async fn send(&self, jpeg: &[u8], mut progress: impl FnMut(Progress)) -> Result<Id, ServiceError> {
        let mut at = self.begun(jpeg).await?;
        // Failures since the service last had more than ever before: what never gets further must end.
        let (mut best, mut failures) = (at.received, 0);
        loop {
            progress(Progress { received: at.received, size: at.size });
            let rest = jpeg.get(at.received as usize..).ok_or(ServiceError::BadBody(BodyFault::Content))?;
            let Some(part) = rest.get(..PART.min(rest.len())).filter(|part| !part.is_empty()) else { return Ok(at.id) };
            let call = PortraitPartRequest { portrait: at.id, offset: at.received, bytes: part.to_vec() };
            let sent = self.link.call(&call).await;
            if let Ok(next) = &sent
                && next.received > best
            {
                (best, failures) = (next.received, 0);
            } else {
                failures += 1;
            }
            at = match sent {
                Err(error) => self.after(error, at, jpeg, failures).await?,
                Ok(_) if failures >= self.link.config.backoff.tries => {
                    return Err(ServiceError::BadBody(BodyFault::Content));
                }
                Ok(next) => next,
            };
        }
    }

    /// Where to go on after a part failed; the same error once there were too many.
    async fn after(
        &self,
        error: ServiceError,
        at: PortraitProgress,
        jpeg: &[u8],
        failures: u32,
    ) -> Result<PortraitProgress, ServiceError> {
        let backoff = self.link.config.backoff;
        let asked = error.asked_wait();
        let code = if let ServiceError::Server(problem) = &error { Some(problem.code) } else { None };
        match code {
            _ if failures >= backoff.tries || asked.is_some_and(|asked| asked > backoff.longest) => return Err(error),
            Some(Code::PortraitOffset) => {}
            // Too late, or damaged on its way: from the start.
            Some(Code::PortraitGone | Code::DigestMismatch) => {
                self.forget().await?;
                return self.begun(jpeg).await;
            }
            _ if error.is_passing() => tokio::time::sleep(backoff.wait(failures, asked)).await,
            _ => return Err(error),
        }
        match self.link.call(&PortraitStatusRequest { portrait: at.id }).await {
            // The next part says what is wrong, or goes well.
            Err(error) if error.is_passing() => Ok(at),
            asked => asked,
        }
    }

    /// The upload of these bytes: the one under way, or a new one.
    async fn begun(&self, jpeg: &[u8]) -> Result<PortraitProgress, ServiceError> {
        let sha256 = Blob(digest(&SHA256, jpeg).as_ref().to_vec());
        if let Some(upload) = self.link.storage.get(&UPLOADS, UPLOAD).await?.filter(|upload| upload.sha256 == sha256) {
            match self.link.call(&PortraitStatusRequest { portrait: upload.id }).await {
                Err(ServiceError::Server(problem)) if matches!(problem.code, Code::PortraitGone | Code::NotFound) => {}
                other => return other,
            }
        }
        self.forget().await?;
        let call = PortraitRequest { size: size(jpeg), sha256: sha256.clone() };
        self.outbox.put(ANNOUNCEMENT, &call, Changes::new()).await?;
        let at: PortraitProgress = self.outbox.deliver::<PortraitRequest>(ANNOUNCEMENT).await?;
        let changes = Changes::new().put(&UPLOADS, UPLOAD, &Upload { sha256, id: at.id })?;
        self.link.storage.commit(Outbox::forget(ANNOUNCEMENT, changes)).await?;
        Ok(at)
    }

    /// Forgets the upload under way.
    async fn forget(&self) -> Result<(), ServiceError> {
        let changes = Changes::new().delete(&UPLOADS, UPLOAD);
        Ok(self.link.storage.commit(Outbox::forget(ANNOUNCEMENT, changes)).await?)
    }
}

/// More than 4 GiB gets no answer but a refusal.
fn size(jpeg: &[u8]) -> u32 {
    u32::try_from(jpeg.len()).unwrap_or(u32::MAX)
}
