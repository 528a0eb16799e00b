//! A certificate from an authority (RFC 8555), asked for and renewed while the relay runs. The authority sees that the
//! relay holds its domain by a handshake on the relay's own port (RFC 8737), so nothing else has to be open.
//!
//! Requirements: the relay's domain leads to it, on port 443. Provided: the certificate is kept in the relay's folder and
//! renewed when a third of its time is left; while there is none the relay shows its own.

use crate::StartError;
use crate::certificate::{BadChain, Certificates, now};
use crate::keys;
use crate::outside;
use crate::server::Shared;
use bytes::Bytes;
use http::Request;
use http_body_util::Limited;
use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, BodyWrapper, BytesResponse, ChallengeType, HttpClient,
    Identifier, NewAccount, NewOrder, OrderStatus, RetryPolicy,
};
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

const CHAIN_FILE: &str = "certificate.pem";
const ACCOUNT_FILE: &str = "acme.account";
/// How long an authority may take to look at the relay, and to sign.
const PATIENCE: Duration = Duration::from_secs(120);
/// Bytes of one of an authority's answers; a chain has some ten thousand.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;
/// A connection to an authority that nothing goes over is kept for so long.
const IDLE: Duration = Duration::from_secs(30);
/// Pauses after failures, doubling: authorities count them.
const PAUSE_MIN: Duration = Duration::from_secs(5 * 60);
const PAUSE_MAX: Duration = Duration::from_secs(24 * 60 * 60);
/// A certificate is looked at again after this at the latest: clocks may be set.
pub(crate) const LOOK_EVERY: Duration = Duration::from_secs(6 * 60 * 60);

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

    /// Whether there is something that this authority could sign for: a relay that is reached as `host`.
    pub(crate) fn check(&self, host: &str) -> Result<(), StartError> {
        if !self.is_usable() {
            let what = format!("{:?} is no authority's directory, write https://HOST/PATH", self.directory);
            return Err(StartError::Acme(what));
        }
        if host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
            let what = format!("it is reached by the address {host}, write the domain that leads to it as public_host");
            return Err(StartError::Acme(what));
        }
        Ok(())
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
    #[error("the authority has not signed within {0:?}")]
    Late(Duration),
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
    limit: Duration,
}

/// How long to wait after a failure: twice as long as the last time.
struct Pause(Duration);

impl Pause {
    fn next(&mut self) -> Duration {
        let this = self.0;
        self.0 = this.saturating_mul(2).min(PAUSE_MAX);
        this
    }
}

impl Renewal {
    /// Of the relay whose folder is `dir`.
    pub(crate) fn new(config: AcmeConfig, dir: PathBuf, relay: &Shared) -> Self {
        let limit = Duration::from_millis(relay.limits.acme_ms);
        Self { config, dir, certificates: Arc::clone(&relay.certificates), counters: Arc::clone(&relay.acme), limit }
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
        let mut pause = Pause(PAUSE_MIN);
        loop {
            if self.due_in().is_none() {
                // What was signed for a later time than the clock showed may be good by now.
                self.recall();
            }
            let wait = match self.due_in() {
                Some(wait) => wait.min(LOOK_EVERY),
                None => match self.obtain_in_time().await {
                    Ok(()) => {
                        self.counters.obtained.fetch_add(1, Ordering::Relaxed);
                        tracing::info!(host = self.certificates.host(), "there is a new certificate");
                        pause = Pause(PAUSE_MIN);
                        LOOK_EVERY
                    }
                    Err(error) => {
                        let again_in = pause.next();
                        self.counters.failed.fetch_add(1, Ordering::Relaxed);
                        tracing::warn!(%error, ?again_in, "no certificate");
                        again_in
                    }
                },
            };
            tokio::time::sleep(wait).await;
        }
    }

    /// A server that says nothing any more ends nothing by itself.
    async fn obtain_in_time(&self) -> Result<(), AcmeError> {
        tokio::time::timeout(self.limit, self.obtain()).await.unwrap_or(Err(AcmeError::Late(self.limit)))
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
        let shown = self.certificates.show(&pem, now());
        if matches!(shown, Ok(()) | Err(BadChain::Time)) {
            // Authorities count what they sign: it is kept also where this machine's clock is wrong.
            keys::write_private(&self.dir.join(CHAIN_FILE), pem.as_bytes())?;
        }
        Ok(shown?)
    }

    /// The account with the authority: the kept one, or a new one.
    async fn account(&self) -> Result<Account, AcmeError> {
        let builder = Account::builder_with_http(Box::new(Https(outside::client(IDLE)?)));
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

/// What speaks to the authority.
struct Https(outside::Client<BodyWrapper<Bytes>>);

impl HttpClient for Https {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, instant_acme::Error>> + Send>> {
        // The directory says where else to ask.
        let place = request.uri().to_string();
        if !outside::is_askable(&place) {
            let refused = format!("{place} is not asked: it is neither https nor on this machine");
            return Box::pin(std::future::ready(Err(instant_acme::Error::Other(refused.into()))));
        }
        let asked = self.0.request(request);
        Box::pin(async move {
            let answer = asked.await.map_err(|error| instant_acme::Error::Other(Box::new(error)))?;
            Ok(BytesResponse::from(answer.map(|body| Limited::new(body, ANSWER_BYTES_MAX))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CAR-53
    #[test]
    fn pauses_double_up_to_a_day() {
        let mut pause = Pause(PAUSE_MIN);
        let minutes: Vec<u64> = (0..11).map(|_| pause.next().as_secs() / 60).collect();
        assert_eq!((minutes[0], &minutes[7..]), (5, &[640, 1_280, 1_440, 1_440][..]));
    }

    #[tokio::test]
    async fn an_authority_is_not_asked_in_the_clear_wherever_its_directory_leads() {
        let https = Https(outside::client(IDLE).unwrap());
        let request = Request::get("http://192.0.2.1/new-order").body(BodyWrapper::from(Vec::new())).unwrap();
        let error = https.request(request).await.err().unwrap().to_string();
        assert!(error.contains("neither https"), "{error}");
    }

    #[test]
    fn an_authority_signs_for_domains() {
        let acme = |directory: &str| AcmeConfig { directory: directory.to_owned(), contact: None };
        acme("https://acme.example/directory").check("relay.example").unwrap();
        for (directory, host) in [
            ("http://acme.example/directory", "relay.example"),
            ("https://acme.example/directory", "192.0.2.1"),
            ("https://acme.example/directory", "2001:db8::1"),
            ("https://acme.example/directory", "[2001:db8::1]"),
        ] {
            assert!(acme(directory).check(host).is_err(), "{directory} for {host}");
        }
    }
}
