//! The block as the engine sees it: encoded, hashed, numbered.

use crate::{Block, PAYLOAD_BYTES_MAX};
use chain::certificate::{ConsensusHeader, HEADER_BYTES};
use commonware_codec::{Buf, EncodeSize, Error, RangeCfg, Read, ReadExt as _, Write};
use commonware_consensus::{Block as EngineBlock, BoundedBlock, Heightable, types::Height};
use commonware_cryptography::{Digestible, sha256::Digest};
use commonware_runtime::BufMut;
use wire::hash::sha256;

impl Write for Block {
    fn write(&self, buffer: &mut impl BufMut) {
        self.header.encode().write(buffer);
        self.payload.write(buffer);
    }
}

impl EncodeSize for Block {
    fn encode_size(&self) -> usize {
        HEADER_BYTES.saturating_add(self.payload.encode_size())
    }
}

impl Read for Block {
    type Cfg = ();

    fn read_cfg(buffer: &mut impl Buf, (): &()) -> Result<Self, Error> {
        let header = <[u8; HEADER_BYTES]>::read(buffer)?;
        let header = ConsensusHeader::decode(&header).map_err(|_| Error::Invalid("consensus::Block", "header"))?;
        let payload = bytes::Bytes::read_cfg(buffer, &RangeCfg::from(..=PAYLOAD_BYTES_MAX))?;
        // the digest covers the header alone, so this check is what makes it name the payload too
        if sha256(&payload) != header.payload_hash && header.height != 0 {
            return Err(Error::Invalid("consensus::Block", "payload differs from its hash"));
        }
        Ok(Self { header, payload })
    }
}

impl Digestible for Block {
    type Digest = Digest;

    fn digest(&self) -> Digest {
        Digest(self.header.digest())
    }
}

impl Heightable for Block {
    fn height(&self) -> Height {
        Height::new(self.header.height)
    }
}

impl EngineBlock for Block {
    fn parent(&self) -> Digest {
        Digest(self.header.parent)
    }
}

impl BoundedBlock for Block {
    fn max_encode_size((): &()) -> usize {
        // the length of the payload takes at most five bytes
        HEADER_BYTES + PAYLOAD_BYTES_MAX + 5
    }
}
