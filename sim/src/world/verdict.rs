//! The verdict on what came of a world.

use super::{NAMES, World};
use anyhow::{Context, Result, ensure};
use client::view::MessageState;
use std::collections::{BTreeMap, BTreeSet};

impl World {
    /// Whether everything promised is there and both sides know it.
    pub(super) fn at_rest(&mut self) -> Result<bool> {
        for ((from, to), said) in &self.said {
            let delivered: BTreeSet<String> = self.people[*from]
                .conversation(NAMES[*to])?
                .into_iter()
                .filter(|one| one.mine && one.state >= MessageState::Delivered)
                .map(|one| one.text)
                .collect();
            // receipts come last
            if !said.iter().filter(|said| said.promised).all(|said| delivered.contains(&said.text)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(super) fn verdict(&mut self) -> Result<()> {
        let pairs: Vec<(usize, usize)> = self.said.keys().copied().collect();
        for (from, to) in pairs {
            let all = self.list(to, from)?.context("a machine that is well does not answer")?;
            ensure!(all == self.people[to].conversation(NAMES[from])?, "{to} lists something else than is stored");
            let received: Vec<String> = all.into_iter().filter(|one| !one.mine).map(|one| one.text).collect();
            let said = &self.said[&(from, to)];
            let unique: BTreeSet<&String> = received.iter().collect();
            ensure!(unique.len() == received.len(), "{from} to {to}: a message came twice");
            let order: BTreeMap<&String, usize> = said.iter().enumerate().map(|(n, said)| (&said.text, n)).collect();
            let places: Vec<usize> = received
                .iter()
                .map(|text| order.get(text).copied().with_context(|| format!("nobody said {text:?}")))
                .collect::<Result<_>>()?;
            ensure!(places.windows(2).all(|pair| pair[0] < pair[1]), "{from} to {to}: out of order: {places:?}");
            for said in said.iter().filter(|said| said.promised) {
                ensure!(unique.contains(&said.text), "{from} to {to}: lost {:?}", said.text.get(..24));
            }
            self.report.received += received.len();
        }
        Ok(())
    }
}
