//! A certificate from an authority (RFC 8555), asked for and renewed while the relay runs. The authority sees that the
//! relay holds its domain by a handshake on the relay's own port (RFC 8737), so nothing else has to be open.
//!
//! Requirements: the relay's domain leads to it, on port 443. Provided: the certificate is kept in the relay's folder and
//! renewed when a third of its time is left; while there is none the relay shows its own.

use crate::StartError;
use crate::certificate::{BadChain, Certificates};
use crate::keys;
use crate::outside;
use crate::server::Shared;
use bytes::Bytes;
use http::Request;
use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, BodyWrapper, BytesResponse, ChallengeType, HttpClient,
    Identifier, NewAccount, NewOrder, OrderStatus, RetryPolicy,
};
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use store::clock;

const CHAIN_FILE: &str = "certificate.pem";
const ACCOUNT_FILE: &str = "acme.account";
/// How long an authority may take to look at the relay, and to sign.
const PATIENCE: Duration = Duration::from_secs(120);
/// Pauses after failures, doubling: authorities count them.
const PAUSE_MIN: Duration = Duration::from_secs(5 * 60);
const PAUSE_MAX: Duration = Duration::from_secs(24 * 60 * 60);
/// A certificate is looked at again after this at the latest: clocks may be set.
const LOOK_EVERY: Duration = Duration::from_secs(6 * 60 * 60);

/// Which authority a relay asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcmeConfig {
    /// The authority's directory, as `https://…`; plain `http` on loopback only.
    pub directory: String,
    /// Where the authority may write to, for instance `mailto:me@example.org`.
    #[serde(default)]
    pub contact: Option<String>,
}

impl AcmeConfig {
    /// Whether its directory could be asked.
    pub(crate) fn is_usable(&self) -> bool {
        outside::is_askable(&self.directory)
    }
}

/// The account with an authority, which is good there only.
#[derive(Serialize, Deserialize)]
struct Kept {
    directory: String,
    credentials: AccountCredentials,
}

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
enum AcmeError {
    #[error("the authority says: {0}")]
    Authority(#[from] instant_acme::Error),
    #[error("the authority asks for a proof that this relay can't give: it offers no tls-alpn-01")]
    NoChallenge,
    #[error("the authority did not see this relay under {host}: does the name lead here, and is port 443 open?")]
    NotSeen { host: String },
    #[error("the authority's certificate can't be shown: {0}")]
    Chain(#[from] BadChain),
    #[error(transparent)]
    Keys(#[from] StartError),
    #[error("the request for a certificate can't be made: {0}")]
    Request(#[from] rcgen::Error),
    #[error("the kept account can't be read: {0}")]
    Account(#[from] serde_json::Error),
    #[error(transparent)]
    Disk(#[from] std::io::Error),
}

/// How it goes.
#[derive(Debug, Default)]
pub(crate) struct AcmeCounters {
    /// Certificates obtained since the start.
    pub(crate) obtained: AtomicU64,
    /// Attempts that failed since the start.
    pub(crate) failed: AtomicU64,
}

/// Keeps a relay's certificate.
pub(crate) struct Renewal {
    config: AcmeConfig,
    dir: PathBuf,
    certificates: Arc<Certificates>,
    counters: Arc<AcmeCounters>,
}

impl Renewal {
    /// Of the relay whose folder is `dir`.
    pub(crate) fn new(config: AcmeConfig, dir: PathBuf, relay: &Shared) -> Self {
        Self { config, dir, certificates: Arc::clone(&relay.certificates), counters: Arc::clone(&relay.acme) }
    }

    /// Shows the kept certificate, if it is good.
    pub(crate) fn recall(&self) {
        let Ok(pem) = std::fs::read_to_string(self.dir.join(CHAIN_FILE)) else { return };
        if let Err(error) = self.certificates.show(&pem, now()) {
            tracing::warn!(%error, "the kept certificate is not shown, a new one is asked for");
        }
    }

    /// Renews for ever.
    pub(crate) async fn run(self) {
        let mut pause = PAUSE_MIN;
        loop {
            let wait = match self.due_in() {
                Some(wait) => wait,
                None => match self.obtain().await {
                    Ok(()) => {
                        self.counters.obtained.fetch_add(1, Ordering::Relaxed);
                        tracing::info!(host = self.certificates.host(), "there is a new certificate");
                        pause = PAUSE_MIN;
                        LOOK_EVERY
                    }
                    Err(error) => {
                        self.counters.failed.fetch_add(1, Ordering::Relaxed);
                        tracing::warn!(%error, again_in = ?pause, "no certificate");
                        let this = pause;
                        pause = pause.saturating_mul(2).min(PAUSE_MAX);
                        this
                    }
                },
            };
            tokio::time::sleep(wait.min(LOOK_EVERY)).await;
        }
    }

    /// How long the certificate is good before it should be renewed: until a third of its time is left. `None`: now.
    fn due_in(&self) -> Option<Duration> {
        let valid = self.certificates.valid()?;
        let third = valid.end().saturating_sub(*valid.start()).checked_div(3)?;
        let left = valid.end().saturating_sub(third).saturating_sub(now());
        u64::try_from(left).ok().filter(|left| *left > 0).map(Duration::from_secs)
    }

    async fn obtain(&self) -> Result<(), AcmeError> {
        let account = self.account().await?;
        let host = self.certificates.host().to_owned();
        let mut order = account.new_order(&NewOrder::new(&[Identifier::Dns(host.clone())])).await?;
        let mut shown = Vec::new();
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization?;
            if authorization.status == AuthorizationStatus::Valid {
                continue;
            }
            let mut challenge = authorization.challenge(ChallengeType::TlsAlpn01).ok_or(AcmeError::NoChallenge)?;
            let digest = challenge.key_authorization().digest();
            shown.push(self.certificates.answer_challenge(digest.as_ref())?);
            challenge.set_ready().await?;
        }
        let retries = RetryPolicy::default().timeout(PATIENCE);
        if order.poll_ready(&retries).await? != OrderStatus::Ready {
            return Err(AcmeError::NotSeen { host });
        }
        drop(shown);
        order.finalize_csr(self.certificates.request()?.der()).await?;
        let pem = order.poll_certificate(&retries).await?;
        self.certificates.show(&pem, now())?;
        keys::write_private(&self.dir.join(CHAIN_FILE), pem.as_bytes())?;
        Ok(())
    }

    /// The account with the authority: the kept one, or a new one.
    async fn account(&self) -> Result<Account, AcmeError> {
        let builder = Account::builder_with_http(Box::new(Https(outside::client()?)));
        let path = self.dir.join(ACCOUNT_FILE);
        let directory = self.config.directory.clone();
        if let Some(kept) = read(&path)? {
            let kept: Kept = serde_json::from_slice(&kept)?;
            if kept.directory == directory {
                return Ok(builder.from_credentials(kept.credentials).await?);
            }
        }
        let contact: Vec<&str> = self.config.contact.as_deref().into_iter().collect();
        let terms = NewAccount { contact: &contact, terms_of_service_agreed: true, only_return_existing: false };
        let (account, credentials) = builder.create(&terms, directory.clone(), None).await?;
        keys::write_private(&path, &serde_json::to_vec(&Kept { directory, credentials })?)?;
        Ok(account)
    }
}

fn read(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn now() -> i64 {
    i64::try_from(clock::now().seconds()).unwrap_or(i64::MAX)
}

/// What speaks to the authority.
struct Https(outside::Client<BodyWrapper<Bytes>>);

impl HttpClient for Https {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, instant_acme::Error>> + Send>> {
        let asked = self.0.request(request);
        Box::pin(async move {
            let answer = asked.await.map_err(|error| instant_acme::Error::Other(Box::new(error)))?;
            Ok(BytesResponse::from(answer))
        })
    }
}
