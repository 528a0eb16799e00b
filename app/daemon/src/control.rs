//! What a demo lends to the daemons in it, so that their page can show and switch its parts.

use api::local::{DemoKind, DemoPerson, DemoStatus};

/// The demo as a daemon sees it.
#[async_trait::async_trait]
pub trait DemoControl: Send + Sync {
    /// The parts now. Cheap: it is asked once a second while a page is open. The people's pages carry no tokens here.
    async fn status(&self) -> DemoStatus;

    /// The people with addresses that open their pages once: see `DaemonHandle::page_url`.
    async fn people(&self) -> Vec<DemoPerson>;

    /// Stops or starts a part; returns when it is done. An error is a sentence for the person.
    async fn set_running(&self, kind: DemoKind, index: u32, running: bool) -> Result<(), String>;
}
