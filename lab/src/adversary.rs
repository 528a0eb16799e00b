//! Adversaries: a file each in `lab/adversaries`, read by the program that imitates them.
//!
//! A file says what the adversary does, whom it imitates and the source, and what must still work under it.

use crate::rules::{Deed, Rule};
use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// An adversary.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Adversary {
    /// The file's name without its end.
    #[serde(skip)]
    pub(crate) name: String,
    /// Where it stands in the table.
    pub(crate) order: u32,
    /// It is in the quick run.
    #[serde(default)]
    pub(crate) quick: bool,
    /// What it does.
    pub(crate) does: String,
    /// Whom it imitates.
    pub(crate) imitates: String,
    /// Where that is described.
    pub(crate) source: String,
    /// The border heals so many seconds after the block began; without it only after the measurement.
    pub(crate) heals_after_s: Option<u64>,
    /// The relays inside are ended when the block begins: their operators were found.
    #[serde(default)]
    pub(crate) closes_national: bool,
    /// TCP connections from before the block are reset, so that its rules judge every one from its first packet.
    #[serde(default)]
    pub(crate) resets_old: bool,
    /// Everybody has their page open in a browser.
    #[serde(default)]
    pub(crate) pages: bool,
    /// Who must reach whom during the block.
    #[serde(default)]
    pub(crate) reach: Reach,
    /// The deeds.
    #[serde(default)]
    deeds: Vec<Deed>,
}

/// Who must reach whom during the block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reach {
    /// Everybody everybody.
    #[default]
    Everybody,
    /// People inside each other; the rest once the border has healed.
    Inside,
}

impl Adversary {
    /// Reads every adversary of a folder, in the table's order.
    pub(crate) fn read_all(folder: &Path) -> Result<Vec<Self>> {
        let mut all = Vec::new();
        for entry in fs::read_dir(folder).with_context(|| format!("can't list {}", folder.display()))? {
            let path = entry?.path();
            if path.extension().is_some_and(|end| end == "toml") {
                all.push(Self::read(&path)?);
            }
        }
        all.sort_by(|one, other| (one.order, &one.name).cmp(&(other.order, &other.name)));
        Ok(all)
    }

    fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))?;
        let mut read: Self = toml::from_str(&text).with_context(|| format!("in {}", path.display()))?;
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        read.name = name.unwrap_or_default();
        Ok(read)
    }

    /// One adversary by its name.
    pub(crate) fn named(folder: &Path, name: &str) -> Result<Self> {
        let path: PathBuf = folder.join(format!("{name}.toml"));
        if !path.exists() {
            bail!("there is no adversary {name}: see {}", folder.display());
        }
        Self::read(&path)
    }

    /// Its rules.
    pub(crate) fn rules(&self) -> Vec<Box<dyn Rule>> {
        self.deeds.iter().map(Deed::rule).collect()
    }

    /// It probes servers.
    pub(crate) fn probes(&self) -> bool {
        self.deeds.iter().any(|deed| matches!(deed, Deed::Probing(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traffic;

    #[test]
    fn every_adversary_can_be_read_and_cites_its_source() {
        let all = Adversary::read_all(&crate::folder().join("adversaries")).unwrap();
        assert!(all.iter().filter(|one| one.quick).count() >= 6, "the quick run has six at least");
        for one in &all {
            for text in [&one.does, &one.imitates, &one.source] {
                assert!(text.len() > 3, "{}: says what it does, whom it imitates and the source", one.name);
            }
            let due_s = traffic::MESSAGES.saturating_add(traffic::IN_TIME.as_secs());
            assert!(one.heals_after_s.is_none_or(|heals| heals >= due_s), "{} heals what it should block", one.name);
            assert!(
                one.name == "none" || one.closes_national || !one.rules().is_empty(),
                "{} does something",
                one.name
            );
            let says = one.does.contains("Connections from before the block are reset");
            assert_eq!(one.resets_old, says, "{} says what happens to connections from before", one.name);
        }
    }
}
