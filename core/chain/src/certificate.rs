//! Headers that consensus decides on, and the proof that it did, checked without the engine.
//!
//! Requirements: the genesis hash and the validators' Ed25519 keys, from a source that the caller trusts.
//!
//! Provided: [`ConsensusHeader`] with its frozen encoding and digest; [`verify_finalization`], which
//! accepts a finalization of the simplex engine and nothing else (rules CON-1 to CON-9 of
//! specs/08-consensus.md).
//!
//! Not provided: making certificates (that is `consensus`); changes of the validator set.

use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use wire::hash::domain_hash;

/// Bytes of an encoded header.
pub const HEADER_BYTES: usize = 112;
/// Most validators that one certificate may name; bounds the work of a light client.
pub const VALIDATORS_MAX: usize = 1024;
/// What every signature of a network is bound to, before the genesis hash.
const NAMESPACE: &[u8] = b"simurgh/consensus/1/";
/// The engine's suffix for votes that finalize.
const FINALIZE: &[u8] = b"_FINALIZE";

/// Names a block that consensus decides on.
pub type BlockDigest = [u8; 32];

/// What consensus decides on. It is all that a light client needs: the payload (a `BlockBundle`) is
/// committed to by its hash, the state by the masterchain block's root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsensusHeader {
    /// Digest of the parent's header; zeros at height 0.
    pub parent: BlockDigest,
    /// Height, 0 for the genesis; equal to the masterchain block's seqno.
    pub height: u64,
    /// The proposer's clock in Unix milliseconds, always above the parent's.
    pub timestamp_ms: u64,
    /// Representation hash of the masterchain block's root cell.
    pub masterchain_root_hash: [u8; 32],
    /// SHA-256 of the payload.
    pub payload_hash: [u8; 32],
}

impl ConsensusHeader {
    /// The header at height 0: no payload, the zero state in the masterchain's place.
    #[must_use]
    pub fn genesis(genesis_hash: [u8; 32], timestamp_ms: u64, zero_state_hash: [u8; 32]) -> Self {
        Self {
            parent: [0; 32],
            height: 0,
            timestamp_ms,
            masterchain_root_hash: zero_state_hash,
            payload_hash: genesis_hash,
        }
    }

    /// The frozen encoding: parent, height, time, masterchain root, payload hash; integers big-endian.
    #[must_use]
    pub fn encode(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        let (parent, rest) = bytes.split_at_mut(32);
        let (height, rest) = rest.split_at_mut(8);
        let (time, rest) = rest.split_at_mut(8);
        let (root, payload) = rest.split_at_mut(32);
        parent.copy_from_slice(&self.parent);
        height.copy_from_slice(&self.height.to_be_bytes());
        time.copy_from_slice(&self.timestamp_ms.to_be_bytes());
        root.copy_from_slice(&self.masterchain_root_hash);
        payload.copy_from_slice(&self.payload_hash);
        bytes
    }

    /// Reads what [`Self::encode`] wrote; every string of `HEADER_BYTES` bytes is a header.
    pub fn decode(bytes: &[u8]) -> Result<Self, CertificateError> {
        if bytes.len() != HEADER_BYTES {
            return Err(CertificateError::Malformed("a header has 112 bytes"));
        }
        let mut reader = Reader(bytes);
        Ok(Self {
            parent: reader.array()?,
            height: u64::from_be_bytes(reader.array()?),
            timestamp_ms: u64::from_be_bytes(reader.array()?),
            masterchain_root_hash: reader.array()?,
            payload_hash: reader.array()?,
        })
    }

    /// The name of the block: the domain-separated hash of the encoding.
    #[must_use]
    pub fn digest(&self) -> BlockDigest {
        domain_hash("simurgh/consensus-header/1", &[&self.encode()])
    }
}

/// Why a certificate was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// The bytes are not an encoded finalization.
    #[error("malformed certificate: {0}")]
    Malformed(&'static str),
    /// It finalizes another block.
    #[error("the certificate finalizes another block than this header's")]
    OtherBlock,
    /// It was made by a committee of another size.
    #[error("the certificate is for {found} validators, the network has {expected}")]
    OtherCommittee {
        /// Validators of the certificate.
        found: u64,
        /// Validators of the network.
        expected: usize,
    },
    /// Fewer signatures than a quorum.
    #[error("{signatures} signatures, {quorum} are needed")]
    NoQuorum {
        /// Signatures present.
        signatures: usize,
        /// Signatures needed.
        quorum: usize,
    },
    /// A signature does not verify.
    #[error("the signature of validator {0} (in order of keys) is wrong")]
    BadSignature(usize),
    /// The given validator set is empty, too large, or holds bytes that are no Ed25519 key.
    #[error("the validator set is not usable: it needs 1 to 1024 distinct Ed25519 keys")]
    BadCommittee,
}

/// The namespace of a network's consensus signatures: certificates of one network mean nothing in another.
#[must_use]
pub fn namespace(genesis_hash: &[u8; 32]) -> Vec<u8> {
    [NAMESPACE, genesis_hash].concat()
}

/// Signatures that decide among `validators`: all but the third (rounded down) that may be faulty.
#[must_use]
pub const fn quorum(validators: usize) -> usize {
    validators.saturating_sub(validators.saturating_sub(1) / 3)
}

/// Accepts `certificate` only if a quorum of `validators` (in any order) finalized exactly `header` on the
/// network with this genesis.
pub fn verify_finalization(
    genesis_hash: &[u8; 32],
    validators: &[[u8; 32]],
    header: &ConsensusHeader,
    certificate: &[u8],
) -> Result<(), CertificateError> {
    let committee: BTreeSet<[u8; 32]> = validators.iter().copied().collect();
    if committee.is_empty() || committee.len() > VALIDATORS_MAX || committee.len() != validators.len() {
        return Err(CertificateError::BadCommittee);
    }
    let parsed = Finalization::parse(certificate, committee.len())?;
    if parsed.payload != header.digest() {
        return Err(CertificateError::OtherBlock);
    }
    let needed = quorum(committee.len());
    if parsed.signatures.len() < needed {
        return Err(CertificateError::NoQuorum { signatures: parsed.signatures.len(), quorum: needed });
    }
    let message = signed_message(genesis_hash, parsed.proposal)?;
    let signers = committee.iter().enumerate().filter(|(index, _)| parsed.signed(*index));
    for ((index, key), signature) in signers.zip(&parsed.signatures) {
        let key = VerifyingKey::from_bytes(key).map_err(|_| CertificateError::BadCommittee)?;
        key.verify_strict(&message, &Signature::from_bytes(signature))
            .map_err(|_| CertificateError::BadSignature(index))?;
    }
    Ok(())
}

/// What a validator signs: varint length of the namespace, namespace, encoded proposal.
fn signed_message(genesis_hash: &[u8; 32], proposal: &[u8]) -> Result<Vec<u8>, CertificateError> {
    let namespace = [&namespace(genesis_hash), FINALIZE].concat();
    // one varint byte holds a length below 128; the namespace always has 61
    let length = u8::try_from(namespace.len()).map_err(|_| CertificateError::Malformed("namespace"))?;
    Ok([&[length], namespace.as_slice(), proposal].concat())
}

/// A finalization as the engine encodes it: proposal (epoch, view, parent view as varints; digest), number
/// of validators (u64, big-endian), bitmap (least significant bit first), number of signatures (varint),
/// signatures.
struct Finalization<'a> {
    proposal: &'a [u8],
    payload: BlockDigest,
    bitmap: &'a [u8],
    signatures: Vec<[u8; 64]>,
}

impl<'a> Finalization<'a> {
    fn parse(bytes: &'a [u8], validators: usize) -> Result<Self, CertificateError> {
        let mut reader = Reader(bytes);
        for _ in ["epoch", "view", "parent view"] {
            reader.varint()?;
        }
        let payload = reader.array()?;
        let proposal_len = bytes.len().saturating_sub(reader.0.len());
        let proposal = bytes.get(..proposal_len).ok_or(CertificateError::Malformed("proposal"))?;
        let committee = u64::from_be_bytes(reader.array()?);
        if usize::try_from(committee) != Ok(validators) {
            return Err(CertificateError::OtherCommittee { found: committee, expected: validators });
        }
        let bitmap = reader.take(validators.div_ceil(8))?;
        let named: usize = bitmap.iter().map(|byte| byte.count_ones() as usize).sum();
        let beyond = (0..bitmap.len().saturating_mul(8)).skip(validators).any(|index| bit(bitmap, index));
        if beyond || reader.varint()? != named as u64 {
            return Err(CertificateError::Malformed("signers and signatures differ"));
        }
        let signatures = (0..named).map(|_| reader.array()).collect::<Result<_, _>>()?;
        if !reader.0.is_empty() {
            return Err(CertificateError::Malformed("bytes after the end"));
        }
        Ok(Self { proposal, payload, bitmap, signatures })
    }

    fn signed(&self, index: usize) -> bool {
        bit(self.bitmap, index)
    }
}

fn bit(bitmap: &[u8], index: usize) -> bool {
    bitmap.get(index / 8).is_some_and(|byte| byte >> (index % 8) & 1 == 1)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], CertificateError> {
        let (taken, rest) = self.0.split_at_checked(len).ok_or(CertificateError::Malformed("too short"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], CertificateError> {
        let taken = self.take(N)?;
        taken.try_into().map_err(|_| CertificateError::Malformed("too short"))
    }

    /// A canonical LEB128 number of at most 64 bits.
    fn varint(&mut self) -> Result<u64, CertificateError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            let part = u64::from(byte & 0x7f);
            if part.leading_zeros() < shift {
                return Err(CertificateError::Malformed("number above 64 bits"));
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                let canonical = shift == 0 || byte != 0;
                return if canonical { Ok(value) } else { Err(CertificateError::Malformed("long number")) };
            }
        }
        Err(CertificateError::Malformed("number above 64 bits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};

    const GENESIS: [u8; 32] = [9; 32];

    fn header() -> ConsensusHeader {
        ConsensusHeader {
            parent: [1; 32],
            height: 300,
            timestamp_ms: 1_700_000_000_000,
            masterchain_root_hash: [2; 32],
            payload_hash: [3; 32],
        }
    }

    fn keys() -> Vec<SigningKey> {
        let mut keys: Vec<SigningKey> = (1..=4).map(|seed| SigningKey::from_bytes(&[seed; 32])).collect();
        keys.sort_by_key(|key| key.verifying_key().to_bytes());
        keys
    }

    fn committee() -> Vec<[u8; 32]> {
        keys().iter().map(|key| key.verifying_key().to_bytes()).collect()
    }

    /// Epoch 0, view 300 (two varint bytes), parent view 299.
    fn certificate(signers: &[usize]) -> Vec<u8> {
        let proposal = [&[0, 0xac, 2, 0xab, 2][..], &header().digest()].concat();
        let message = signed_message(&GENESIS, &proposal).unwrap();
        let bitmap = signers.iter().fold(0u8, |map, signer| map | 1 << signer);
        let count = u8::try_from(signers.len()).unwrap();
        let mut bytes = [proposal.as_slice(), &4u64.to_be_bytes(), &[bitmap, count]].concat();
        for signer in signers {
            bytes.extend(keys()[*signer].sign(&message).to_bytes());
        }
        bytes
    }

    #[test]
    fn a_header_survives_its_encoding_and_every_field_changes_its_digest() {
        let first = header();
        assert_eq!(ConsensusHeader::decode(&first.encode()), Ok(first));
        for at in 0..HEADER_BYTES {
            let mut bytes = first.encode();
            bytes[at] ^= 1;
            assert_ne!(ConsensusHeader::decode(&bytes).unwrap().digest(), first.digest());
        }
        assert!(ConsensusHeader::decode(&[0; HEADER_BYTES - 1]).is_err());
    }

    #[test]
    fn a_quorum_is_accepted_in_any_order_of_the_keys_and_less_is_refused() {
        let mut backwards = committee();
        backwards.reverse();
        for set in [committee(), backwards] {
            assert_eq!(verify_finalization(&GENESIS, &set, &header(), &certificate(&[0, 2, 3])), Ok(()));
        }
        let short = verify_finalization(&GENESIS, &committee(), &header(), &certificate(&[0, 2]));
        assert_eq!(short, Err(CertificateError::NoQuorum { signatures: 2, quorum: 3 }));
    }

    #[test]
    fn any_flipped_bit_is_refused() {
        let good = certificate(&[0, 1, 3]);
        for at in 0..good.len() * 8 {
            let mut bad = good.clone();
            bad[at / 8] ^= 1 << (at % 8);
            assert!(verify_finalization(&GENESIS, &committee(), &header(), &bad).is_err(), "bit {at}");
        }
        for len in 0..good.len() {
            assert!(verify_finalization(&GENESIS, &committee(), &header(), &good[..len]).is_err());
        }
    }

    #[test]
    fn another_header_network_or_committee_is_refused() {
        let good = certificate(&[0, 1, 2]);
        let later = ConsensusHeader { height: 301, ..header() };
        assert_eq!(verify_finalization(&GENESIS, &committee(), &later, &good), Err(CertificateError::OtherBlock));
        assert_eq!(
            verify_finalization(&[8; 32], &committee(), &header(), &good),
            Err(CertificateError::BadSignature(0))
        );
        let three = &committee()[..3];
        assert_eq!(
            verify_finalization(&GENESIS, three, &header(), &good),
            Err(CertificateError::OtherCommittee { found: 4, expected: 3 })
        );
        let twice = [committee(), committee()].concat();
        assert_eq!(verify_finalization(&GENESIS, &twice, &header(), &good), Err(CertificateError::BadCommittee));
    }

    #[test]
    fn the_frozen_header_and_the_certificate_of_the_engine_are_read() {
        let vector = include_str!("../../../specs/vectors/consensus.json");
        let vector: serde_json::Value = serde_json::from_str(vector).unwrap();
        let bytes = |value: &serde_json::Value| hex::decode(value.as_str().unwrap()).unwrap();
        let hash = |value: &serde_json::Value| <[u8; 32]>::try_from(bytes(value)).unwrap();
        let validators: Vec<[u8; 32]> = vector["validators"].as_array().unwrap().iter().map(hash).collect();
        let header = ConsensusHeader::decode(&bytes(&vector["header"])).unwrap();
        assert_eq!(header.encode().to_vec(), bytes(&vector["header"]));
        assert_eq!(header.digest(), hash(&vector["digest"]));
        let certificate = bytes(&vector["certificate"]);
        let verified = verify_finalization(&hash(&vector["genesis_hash"]), &validators, &header, &certificate);
        assert_eq!(verified, Ok(()));
    }

    #[test]
    fn quorums_are_those_of_the_engine() {
        let expected = [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 5), (7, 5), (10, 7), (100, 67)];
        for (validators, needed) in expected {
            assert_eq!(quorum(validators), needed);
        }
    }
}
