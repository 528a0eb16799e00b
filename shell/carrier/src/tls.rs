//! TLS as relays speak it: rustls on aws-lc-rs, X25519MLKEM768 first, keys pinned by their hash.

use crate::CarrierError;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, aws_lc_rs};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject as _};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// In the folder of a person or a relay: authorities that are believed beside the public ones, as PEM.
pub const AUTHORITIES_FILE: &str = "authorities.pem";

/// Who may certify relays whose keys are not pinned: the public authorities that browsers believe (Mozilla's list), and
/// those that are added.
#[derive(Clone, Debug)]
pub struct Authorities(Arc<RootCertStore>);

/// Why a file of authorities can't be used.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{path} is no list of certificates in PEM ({reason}): mend it or take it away")]
pub struct BadAuthorities {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub reason: String,
}

impl Default for Authorities {
    fn default() -> Self {
        Self(Arc::new(public()))
    }
}

impl Authorities {
    /// The public authorities, and those of [`AUTHORITIES_FILE`] in this folder if there is one.
    pub fn of(folder: &Path) -> Result<Self, BadAuthorities> {
        let path = folder.join(AUTHORITIES_FILE);
        let bad = |reason: String| BadAuthorities { path: path.clone(), reason };
        let pem = match std::fs::read(&path) {
            Ok(pem) => pem,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(bad(error.to_string())),
        };
        let mut roots = public();
        let known = roots.len();
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            let certificate = certificate.map_err(|error| bad(error.to_string()))?;
            roots.add(certificate).map_err(|error| bad(error.to_string()))?;
        }
        if roots.len() == known {
            return Err(bad("there is none in it".to_owned()));
        }
        Ok(Self(Arc::new(roots)))
    }
}

fn public() -> RootCertStore {
    RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() }
}

/// The provider of both sides: the hybrid post-quantum group first, then what browsers also offer.
#[must_use]
pub fn provider() -> Arc<CryptoProvider> {
    let mut provider = aws_lc_rs::default_provider();
    provider.kx_groups =
        vec![aws_lc_rs::kx_group::X25519MLKEM768, aws_lc_rs::kx_group::X25519, aws_lc_rs::kx_group::SECP256R1];
    Arc::new(provider)
}

/// SHA-256 of a certificate's SubjectPublicKeyInfo: what a relay's address pins.
pub fn pin_of(certificate: &CertificateDer<'_>) -> Result<[u8; 32], CarrierError> {
    spki_hash(certificate).map_err(|error| CarrierError::Tls(error.to_string()))
}

/// A client's configuration for a relay with this pin; without one a public authority must have certified its name.
pub fn client_config(pin: Option<[u8; 32]>) -> Result<ClientConfig, CarrierError> {
    client_config_with(pin, &Authorities::default())
}

/// The same with these authorities.
pub fn client_config_with(pin: Option<[u8; 32]>, authorities: &Authorities) -> Result<ClientConfig, CarrierError> {
    let provider = provider();
    let algorithms = provider.signature_verification_algorithms;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| CarrierError::Tls(error.to_string()))?;
    let builder = match pin {
        Some(pin) => builder.dangerous().with_custom_certificate_verifier(Arc::new(PinVerifier { pin, algorithms })),
        None => builder.with_root_certificates(Arc::clone(&authorities.0)),
    };
    Ok(builder.with_no_client_auth())
}

/// Trusts one key, whatever the certificate around it says. That the peer holds the key is proved by the handshake
/// signature, which is checked like any other.
#[derive(Debug)]
struct PinVerifier {
    pin: [u8; 32],
    algorithms: WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for PinVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if spki_hash(end_entity)? == self.pin {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls12_signature(message, cert, dss, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls13_signature(message, cert, dss, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

fn spki_hash(certificate: &CertificateDer<'_>) -> Result<[u8; 32], Error> {
    let parsed = ParsedCertificate::try_from(certificate)?;
    Ok(wire::hash::sha256(parsed.subject_public_key_info().as_ref()))
}
