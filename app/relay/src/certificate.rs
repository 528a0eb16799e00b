//! The relay's certificates. The key is always the kept one, so that its pin stays the same whoever signed for it: an
//! authority (RFC 8555) if the relay has a domain and asks one, else the relay itself.

use crate::StartError;
use parking_lot::RwLock;
use rcgen::{CertificateParams, CertificateSigningRequest, CustomExtension, DistinguishedName, DnType, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, pem::PemObject};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::ops::RangeInclusive;
use std::sync::Arc;
use store::clock;
use time::OffsetDateTime;
use x509_parser::prelude::{FromDer, X509Certificate};

/// How long the relay's own certificate says that it is valid, as those of the common public authority.
const OWN_DAYS: i64 = 90;
const DAY_SECONDS: i64 = 86_400;
/// Certificates of a chain; public ones have two to four.
const CHAIN_MAX: usize = 8;
/// The protocol by which an authority sees that a relay holds its domain (RFC 8737).
pub(crate) const CHALLENGE_ALPN: &[u8] = b"acme-tls/1";
const ALPN: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// Why a chain is not shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadChain {
    /// Not PEM, or no certificates in it.
    #[error("it can't be read: {0}")]
    Unreadable(String),
    /// For another key than the relay's.
    #[error("it is for another key than this relay's")]
    Key,
    /// For other names.
    #[error("it is not for {0}")]
    Host(String),
    /// It has ended, or not begun.
    #[error("it is not valid now")]
    Time,
}

/// What the relay shows in TLS handshakes; replaced while it runs.
pub(crate) struct Certificates {
    key: KeyPair,
    host: String,
    pin: [u8; 32],
    shown: RwLock<Shown>,
}

struct Shown {
    chain: Vec<CertificateDer<'static>>,
    /// Unix seconds.
    valid: RangeInclusive<i64>,
    /// The relay signed for itself.
    is_own: bool,
    /// A challenge is answered.
    is_challenged: bool,
    config: Arc<ServerConfig>,
}

impl std::fmt::Debug for Certificates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Certificates").field("host", &self.host).finish_non_exhaustive()
    }
}

impl Certificates {
    /// A self-signed one for `host`, made at `now`.
    pub(crate) fn new(key: KeyPair, host: &str, now: i64) -> Result<Self, StartError> {
        let shown = own(&key, host, now)?;
        let first = shown.chain.first().ok_or_else(|| StartError::Keys("there is no certificate".to_owned()))?;
        let pin = carrier::tls::pin_of(first).map_err(|error| StartError::Keys(error.to_string()))?;
        Ok(Self { key, host: host.to_owned(), pin, shown: RwLock::new(shown) })
    }

    /// Makes the relay's own certificate anew when a third of its time is left, or the clock was set; not while an
    /// authority's is shown or a challenge is answered.
    pub(crate) fn renew_own(&self, now: i64) -> Result<(), StartError> {
        let mut shown = self.shown.write();
        let third = shown.valid.end().saturating_sub(*shown.valid.start()).checked_div(3).unwrap_or(0);
        let is_fresh = (*shown.valid.start()..shown.valid.end().saturating_sub(third)).contains(&now);
        if shown.is_own && !shown.is_challenged && !is_fresh {
            *shown = own(&self.key, &self.host, now)?;
        }
        Ok(())
    }

    /// The key's pin.
    pub(crate) fn pin(&self) -> [u8; 32] {
        self.pin
    }

    /// The name that it is for.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// For the next handshake.
    pub(crate) fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.shown.read().config)
    }

    /// From when until when an authority's certificate is valid, in Unix seconds; `None`: there is only the relay's own.
    pub(crate) fn valid(&self) -> Option<RangeInclusive<i64>> {
        let shown = self.shown.read();
        (!shown.is_own).then(|| shown.valid.clone())
    }

    /// What an authority is asked to sign.
    pub(crate) fn request(&self) -> Result<CertificateSigningRequest, rcgen::Error> {
        params(&self.host)?.serialize_request(&self.key)
    }

    /// Shows an authority's chain from now on, if it is for this relay and valid at `now`.
    pub(crate) fn show(&self, pem: &str, now: i64) -> Result<(), BadChain> {
        let unreadable = |error: &dyn std::fmt::Display| BadChain::Unreadable(error.to_string());
        let chain: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes())
            .take(CHAIN_MAX)
            .collect::<Result<_, _>>()
            .map_err(|error| unreadable(&error))?;
        let first = chain.first().ok_or_else(|| unreadable(&"there is no certificate in it"))?;
        if carrier::tls::pin_of(first).map_err(|error| unreadable(&error))? != self.pin {
            return Err(BadChain::Key);
        }
        let (_, parsed) = X509Certificate::from_der(first).map_err(|error| unreadable(&error))?;
        let valid = parsed.validity().not_before.timestamp()..=parsed.validity().not_after.timestamp();
        if !valid.contains(&now) {
            return Err(BadChain::Time);
        }
        let names = parsed.subject_alternative_name().ok().flatten();
        let is_named = names.is_some_and(|names| {
            names.value.general_names.iter().any(|name| {
                matches!(name, x509_parser::prelude::GeneralName::DNSName(name) if name.eq_ignore_ascii_case(&self.host))
            })
        });
        if !is_named {
            return Err(BadChain::Host(self.host.clone()));
        }
        let config = config(chain.clone(), &self.key).map_err(|error| unreadable(&error))?;
        *self.shown.write() = Shown { chain, valid, is_own: false, is_challenged: false, config };
        Ok(())
    }

    /// As long as the result lives, the authority that asks by [`CHALLENGE_ALPN`] sees `digest`; everybody else sees no
    /// difference.
    pub(crate) fn answer_challenge(&self, digest: &[u8]) -> Result<Challenge<'_>, StartError> {
        let failed = |error: &dyn std::error::Error| StartError::Keys(error.to_string());
        let mut params = params(&self.host).map_err(|error| failed(&error))?;
        params.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
        let proof = params.self_signed(&self.key).map_err(|error| failed(&error))?.der().clone();
        let provider = carrier::tls::provider();
        let certified = |chain| certified(chain, &self.key, &provider).map_err(|error| failed(&error));
        let mut shown = self.shown.write();
        let resolver = Resolver { usual: certified(shown.chain.clone())?, proof: certified(vec![proof])? };
        let mut config = builder(provider)
            .map_err(|error| failed(&error))?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(resolver));
        config.alpn_protocols = ALPN.into_iter().chain([CHALLENGE_ALPN]).map(<[u8]>::to_vec).collect();
        shown.config = Arc::new(config);
        shown.is_challenged = true;
        Ok(Challenge(self))
    }
}

/// A challenge that is answered.
#[derive(Debug)]
pub(crate) struct Challenge<'a>(&'a Certificates);

impl Drop for Challenge<'_> {
    fn drop(&mut self) {
        let mut shown = self.0.shown.write();
        shown.is_challenged = false;
        match config(shown.chain.clone(), &self.0.key) {
            Ok(config) => shown.config = config,
            Err(error) => tracing::error!(%error, "the certificate can't be shown as before"),
        }
    }
}

#[derive(Debug)]
struct Resolver {
    usual: Arc<CertifiedKey>,
    proof: Arc<CertifiedKey>,
}

impl ResolvesServerCert for Resolver {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let asks = hello.alpn().is_some_and(|mut names| names.next() == Some(CHALLENGE_ALPN) && names.next().is_none());
        Some(Arc::clone(if asks { &self.proof } else { &self.usual }))
    }
}

/// A certificate that the relay signs for itself.
fn own(key: &KeyPair, host: &str, now: i64) -> Result<Shown, StartError> {
    let failed = |error: &dyn std::error::Error| StartError::Keys(error.to_string());
    let (from, until) = (now.saturating_sub(DAY_SECONDS), now.saturating_add(OWN_DAYS.saturating_mul(DAY_SECONDS)));
    let mut params = params(host).map_err(|error| failed(&error))?;
    (params.not_before, params.not_after) = (moment(from), moment(until));
    let chain = vec![params.self_signed(key).map_err(|error| failed(&error))?.der().clone()];
    let config = config(chain.clone(), key).map_err(|error| failed(&error))?;
    Ok(Shown { chain, valid: from..=until, is_own: true, is_challenged: false, config })
}

fn params(host: &str) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(vec![host.to_owned()])?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, host);
    params.distinguished_name = name;
    Ok(params)
}

fn private(key: &KeyPair) -> PrivateKeyDer<'static> {
    PrivatePkcs8KeyDer::from(key.serialize_der()).into()
}

fn builder(
    provider: Arc<CryptoProvider>,
) -> Result<rustls::ConfigBuilder<ServerConfig, rustls::WantsVerifier>, rustls::Error> {
    ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()
}

fn config(chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> Result<Arc<ServerConfig>, rustls::Error> {
    let builder = builder(carrier::tls::provider())?.with_no_client_auth();
    let mut config = builder.with_single_cert(chain, private(key))?;
    config.alpn_protocols = ALPN.map(<[u8]>::to_vec).to_vec();
    Ok(Arc::new(config))
}

fn certified(
    chain: Vec<CertificateDer<'static>>,
    key: &KeyPair,
    provider: &CryptoProvider,
) -> Result<Arc<CertifiedKey>, rustls::Error> {
    // The challenge's proof has an extension that nobody but an authority takes, so that the two are not compared here.
    let key = provider.key_provider.load_private_key(private(key))?;
    Ok(Arc::new(CertifiedKey::new(chain, key)))
}

fn moment(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// Now, in Unix seconds.
pub(crate) fn now() -> i64 {
    i64::try_from(clock::now().seconds()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::PKCS_ECDSA_P256_SHA256;

    const NOW: i64 = 1_800_000_000;

    fn certificates() -> Certificates {
        Certificates::new(KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap(), "relay.example", NOW).unwrap()
    }

    /// CAR-53
    #[test]
    fn the_relay_s_own_certificate_is_made_anew_before_it_ends() {
        let ours = certificates();
        let shown = || ours.shown.read().chain[0].clone();
        let ends = || X509Certificate::from_der(&shown()).unwrap().1.validity().not_after.timestamp();
        let (first, pin) = (shown(), ours.pin());
        ours.renew_own(NOW + 59 * DAY_SECONDS).unwrap();
        assert_eq!(shown(), first);
        let challenge = ours.answer_challenge(&[7; 32]).unwrap();
        ours.renew_own(NOW + 61 * DAY_SECONDS).unwrap();
        assert_eq!(shown(), first, "the authority looks at it just now");
        drop(challenge);
        ours.renew_own(NOW + 61 * DAY_SECONDS).unwrap();
        assert_eq!((ends(), carrier::tls::pin_of(&shown()).unwrap()), (NOW + 151 * DAY_SECONDS, pin));
        ours.renew_own(NOW).unwrap();
        assert_eq!(ends(), NOW + 90 * DAY_SECONDS, "the clock was wrong");
        ours.show(&signed(&ours.key, "relay.example", NOW), NOW + 1).unwrap();
        let signed = shown();
        ours.renew_own(NOW + 200 * DAY_SECONDS).unwrap();
        assert_eq!(shown(), signed, "an authority's is the authority's affair");
    }

    /// A certificate as an authority would sign it: for these names, valid for a day from `from` on.
    fn signed(key: &KeyPair, host: &str, from: i64) -> String {
        let mut params = params(host).unwrap();
        let at = |seconds| OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        (params.not_before, params.not_after) = (at(from), at(from + DAY_SECONDS));
        params.self_signed(key).unwrap().pem()
    }

    #[test]
    fn a_chain_for_this_key_name_and_time_is_shown_and_the_pin_stays() {
        let ours = certificates();
        let pin = ours.pin();
        assert_eq!(ours.valid(), None);
        ours.show(&signed(&ours.key, "Relay.example", NOW), NOW + 1).unwrap();
        assert_eq!(ours.valid(), Some(NOW..=NOW + DAY_SECONDS));
        assert_eq!(carrier::tls::pin_of(&ours.shown.read().chain[0]).unwrap(), pin);
    }

    #[test]
    fn any_other_chain_is_refused_with_its_reason_and_what_was_shown_stays() {
        let (ours, other) = (certificates(), certificates());
        let refused = |pem: &str, now| ours.show(pem, now).unwrap_err().to_string();
        assert!(refused(&signed(&other.key, "relay.example", NOW), NOW).contains("another key"));
        assert!(refused(&signed(&ours.key, "other.example", NOW), NOW).contains("not for relay.example"));
        assert!(refused(&signed(&ours.key, "relay.example", NOW), NOW - 1).contains("not valid now"));
        assert!(refused(&signed(&ours.key, "relay.example", NOW), NOW + DAY_SECONDS + 1).contains("not valid now"));
        for nothing in ["", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert!(refused(nothing, NOW).contains("can't be read"), "{nothing}");
        }
        assert_eq!(ours.valid(), None);
    }

    #[test]
    fn the_protocol_of_challenges_is_spoken_only_while_there_is_one() {
        let ours = certificates();
        let speaks = || ours.config().alpn_protocols.iter().any(|name| name == CHALLENGE_ALPN);
        assert!(!speaks());
        let challenge = ours.answer_challenge(&[7; 32]).unwrap();
        assert!(speaks());
        drop(challenge);
        assert!(!speaks());
    }
}
