//! What the engine keeps of final blocks and their certificates: the last ones in archives of its own, which are
//! pruned; older ones are read from the application, which has them all. So an old block is on disk once, and a
//! validator that was away for long still gets it from this one.

use crate::{Application, Block, FinalName};
use commonware_codec::{Copying, Decode as _};
use commonware_consensus::{
    marshal::store::{Blocks, Certificates},
    simplex::{scheme::ed25519::Scheme, types::Finalization},
    types::Height,
};
use commonware_cryptography::sha256::Digest;
use commonware_runtime::Handle;
use commonware_storage::archive::Identifier;
use std::sync::Arc;

/// An archive of recent blocks or certificates before the application's older ones.
pub(super) struct Kept<A> {
    recent: A,
    older: Older,
}

/// The application's final blocks.
#[derive(Clone)]
pub(super) struct Older {
    pub(super) application: Arc<dyn Application>,
    /// How many validators a certificate may name.
    pub(super) validators: usize,
}

impl Older {
    pub(super) fn behind<A>(&self, recent: A) -> Kept<A> {
        Kept { recent, older: self.clone() }
    }

    fn get(&self, id: &Identifier<'_, Digest>) -> Option<(Block, Option<Vec<u8>>)> {
        self.application.final_block(match id {
            Identifier::Index(height) => FinalName::Height(*height),
            Identifier::Key(digest) => FinalName::Digest(digest.0),
        })
    }
}

fn same<'a>(id: &Identifier<'a, Digest>) -> Identifier<'a, Digest> {
    match id {
        Identifier::Index(height) => Identifier::Index(*height),
        Identifier::Key(digest) => Identifier::Key(*digest),
    }
}

impl<A: Blocks<Block = Arc<Block>>> Blocks for Kept<A> {
    type Block = Arc<Block>;
    type Error = A::Error;

    async fn put(self, digest: Digest, block: &Arc<Block>) -> Result<Self, A::Error> {
        let Self { recent, older } = self;
        Ok(Self { recent: recent.put(digest, block).await?, older })
    }

    async fn sync(self) -> Result<Self, A::Error> {
        let Self { recent, older } = self;
        Ok(Self { recent: recent.sync().await?, older })
    }

    async fn start_sync(self) -> Result<(Self, Handle<()>), A::Error> {
        let Self { recent, older } = self;
        let (recent, handle) = recent.start_sync().await?;
        Ok((Self { recent, older }, handle))
    }

    async fn get(&self, id: Identifier<'_, Digest>) -> Result<Option<Arc<Block>>, A::Error> {
        let recent = self.recent.get(same(&id)).await?;
        Ok(recent.or_else(|| self.older.get(&id).map(|(block, _)| Arc::new(block))))
    }

    async fn prune(self, min: Height) -> Result<Self, A::Error> {
        let Self { recent, older } = self;
        Ok(Self { recent: recent.prune(min).await?, older })
    }

    fn missing_items(&self, start: Height, max: usize) -> Vec<Height> {
        self.recent.missing_items(start, max)
    }

    fn next_gap(&self, value: Height) -> (Option<Height>, Option<Height>) {
        self.recent.next_gap(value)
    }

    fn last_index(&self) -> Option<Height> {
        self.recent.last_index()
    }
}

impl<A> Certificates for Kept<A>
where
    A: Certificates<BlockDigest = Digest, Commitment = Digest, Scheme = Scheme>,
{
    type BlockDigest = Digest;
    type Commitment = Digest;
    type Scheme = Scheme;
    type Error = A::Error;

    async fn put(
        self,
        height: Height,
        digest: Digest,
        finalization: &Finalization<Scheme, Digest>,
    ) -> Result<Self, A::Error> {
        let Self { recent, older } = self;
        Ok(Self { recent: recent.put(height, digest, finalization).await?, older })
    }

    async fn sync(self) -> Result<Self, A::Error> {
        let Self { recent, older } = self;
        Ok(Self { recent: recent.sync().await?, older })
    }

    async fn start_sync(self) -> Result<(Self, Handle<()>), A::Error> {
        let Self { recent, older } = self;
        let (recent, handle) = recent.start_sync().await?;
        Ok((Self { recent, older }, handle))
    }

    async fn get(&self, id: Identifier<'_, Digest>) -> Result<Option<Finalization<Scheme, Digest>>, A::Error> {
        let older = || {
            let (_, certificate) = self.older.get(&id)?;
            Finalization::decode_cfg(Copying(certificate?.as_slice()), &self.older.validators).ok()
        };
        Ok(self.recent.get(same(&id)).await?.or_else(older))
    }

    async fn has(&self, height: Height) -> Result<bool, A::Error> {
        self.recent.has(height).await
    }

    async fn prune(self, min: Height) -> Result<Self, A::Error> {
        let Self { recent, older } = self;
        Ok(Self { recent: recent.prune(min).await?, older })
    }

    fn last_index(&self) -> Option<Height> {
        self.recent.last_index()
    }

    fn ranges_from(&self, from: Height) -> impl Iterator<Item = (Height, Height)> {
        self.recent.ranges_from(from)
    }
}
