//! The result: a table for people, JSON for programs, and the list of rows that must hold.

use crate::{
    RunArgs,
    adversary::Adversary,
    peers::Peer,
    row::{Count, Row},
};
use anyhow::{Context as _, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
    process::Command,
};

/// Kinds of flows that the table names for each adversary; the JSON has all.
const NAMED_MAX: usize = 6;

/// Everything that was measured.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    /// What `simurgh --version` says.
    pub(crate) version: String,
    /// How this was measured.
    pub(crate) command: String,
    /// The machine's size.
    pub(crate) machine: String,
    /// A row for each adversary.
    pub(crate) rows: Vec<Row>,
}

impl Report {
    /// Puts the machine and the program to the rows.
    pub(crate) fn new(simurgh: &Path, args: &RunArgs, rows: Vec<Row>) -> Result<Self> {
        let version = Command::new(simurgh).arg("--version").output().context("the program has a version")?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let kibibytes = memory.lines().next().and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        let gibibytes = kibibytes.unwrap_or_default().div_ceil(1024 * 1024);
        let mut command = "cargo xtask lab".to_owned();
        if args.quick {
            command.push_str(" --quick");
        }
        if !args.only.is_empty() {
            command.push_str(&format!(" --only {}", args.only.join(",")));
        }
        command.push_str(&format!(" --seed {}", args.seed));
        Ok(Self {
            version: String::from_utf8_lossy(&version.stdout).trim().to_owned(),
            command,
            machine: format!("{cores} cores, {gibibytes} GiB"),
            rows,
        })
    }

    /// The JSON of an earlier run.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
        serde_json::from_slice(&text).with_context(|| format!("{} is not the result of a run", path.display()))
    }
}

/// A row in one line, for whoever waits.
pub(crate) fn line(row: &Row) -> String {
    format!(
        "{:<20} abroad {} inside {} p50 {} p95 {} payments {} next {}  {}{}",
        row.adversary,
        count(row.abroad),
        count(row.inside),
        ms(row.p50_ms),
        ms(row.p95_ms),
        count(row.payments),
        ms(row.next_ms),
        verdict(row),
        row.errors.first().map(|error| format!(" ({error})")).unwrap_or_default(),
    )
}

/// docs/BLOCKING.md.
pub(crate) fn table(report: &Report) -> String {
    let mut text = String::from(include_str!("report/before.md"));
    writeln!(text, "\nMeasured with `{}` of {}, on {}.\n", report.command, report.version, report.machine).ok();
    text.push_str(
        "| adversary | texts over the border | texts inside | p50 | p95 | payments | next text | holds |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for row in &report.rows {
        writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            row.adversary,
            count(row.abroad),
            count(row.inside),
            ms(row.p50_ms),
            ms(row.p95_ms),
            count(row.payments),
            ms(row.next_ms),
            verdict(row)
        )
        .ok();
    }
    peers(&mut text, &report.rows);
    goodput(&mut text, &report.rows);
    text.push_str("\n## The adversaries, and what each saw\n");
    for row in &report.rows {
        adversary(&mut text, row);
    }
    text
}

/// The table of the peers that were there to be measured.
fn peers(text: &mut String, rows: &[Row]) {
    let measured = |peer: &Peer| rows.iter().any(|row| row.peers.contains_key(peer));
    let peers: Vec<Peer> = Peer::ALL.into_iter().filter(measured).collect();
    if peers.is_empty() {
        return;
    }
    text.push_str(include_str!("report/peers.md"));
    let names: Vec<&str> = peers.iter().map(|peer| peer.name()).collect();
    writeln!(text, "\n| adversary | {} |\n|---|{}", names.join(" | "), "---|".repeat(peers.len())).ok();
    for row in rows {
        let cell = |peer: &Peer| {
            let through = row.peers.get(peer);
            through.map_or_else(|| "–".to_owned(), |sum| format!("{}/{}", sum.arrived, sum.tried))
        };
        let cells: Vec<String> = peers.iter().map(cell).collect();
        writeln!(text, "| {} | {} |", row.adversary, cells.join(" | ")).ok();
    }
}

/// What the carriers bring beside plain HTTPS.
fn goodput(text: &mut String, rows: &[Row]) {
    let Some(row) = rows.iter().find(|row| !row.goodput.is_empty()) else { return };
    text.push_str(include_str!("report/goodput.md"));
    text.push_str("\n| carrier | cells of 16 KiB a second | of plain HTTPS |\n|---|---|---|\n");
    for one in &row.goodput {
        writeln!(text, "| {} | {:.0} | {:.0} % |", one.carrier, one.cells_per_s, one.percent).ok();
    }
}

fn adversary(text: &mut String, row: &Row) {
    writeln!(text, "\n### {}\n", row.adversary).ok();
    writeln!(text, "{} Imitates {}. Source: {}.\n", row.does, row.imitates, row.source).ok();
    for error in &row.errors {
        writeln!(text, "- Failed: {error}").ok();
    }
    if !row.ways.is_empty() {
        let ways: Vec<String> = row.ways.iter().map(|(person, way)| format!("{person} {way}")).collect();
        writeln!(text, "- In use at the end, with the relay asked last: {}.", ways.join(", ")).ok();
    }
    let censor = &row.censor;
    let unnamed = match censor.flows_unnamed {
        0 => String::new(),
        some => format!(" ({some} of them are only counted and not among the kinds below)"),
    };
    writeln!(
        text,
        "- Saw {} flows{unnamed}; refused {} of {} packets.",
        censor.flows_seen, censor.packets_refused, censor.packets_seen
    )
    .ok();
    if let Some(judged) = row.judged {
        writeln!(text, "- Judged {judged} connections of people to relays from their first packet.").ok();
    }
    for finding in censor.probed.iter().filter(|finding| finding.suspicious) {
        writeln!(text, "- Convicted `{}` by {}: {}.", finding.server, finding.check, finding.seen).ok();
    }
    if !censor.probed.is_empty() {
        let unanswered = censor.probed.iter().filter(|finding| !finding.answered).count();
        let servers: BTreeSet<&str> = censor.probed.iter().map(|finding| finding.server.as_str()).collect();
        let (checks, servers) = (censor.probed.len(), servers.len());
        writeln!(text, "- Made {checks} checks of {servers} servers; {unanswered} of them got no answer to judge.")
            .ok();
    }
    let mut named: Vec<_> = censor.named.iter().collect();
    named.sort_by_key(|one| (std::cmp::Reverse((one.flows_refused, one.flows)), &one.name, &one.server));
    for one in named.iter().take(NAMED_MAX) {
        let refused = if one.flows_refused == 0 {
            "none refused".to_owned()
        } else {
            format!("{} refused: {}", one.flows_refused, one.why)
        };
        writeln!(text, "- `{}` to `{}`: {} flows, {refused}.", one.name, one.server, one.flows).ok();
    }
    if named.len() > NAMED_MAX {
        writeln!(text, "- Further kinds: {}.", named.len().saturating_sub(NAMED_MAX)).ok();
    }
}

fn count(count: Count) -> String {
    format!("{}/{}", count.in_time, count.sent)
}

fn ms(value: Option<u64>) -> String {
    value.map_or_else(|| "never".to_owned(), |value| format!("{value} ms"))
}

fn verdict(row: &Row) -> String {
    let failing: Vec<&str> =
        Aspect::ALL.iter().filter(|aspect| !aspect.holds(row)).map(|aspect| aspect.word()).collect();
    if failing.is_empty() { "yes".to_owned() } else { format!("**no**: {}", failing.join(", ")) }
}

/// What can hold of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aspect {
    Delivered,
    Next,
    Payments,
    Judged,
    Unsuspected,
}

impl Aspect {
    const ALL: [Self; 5] = [Self::Delivered, Self::Next, Self::Payments, Self::Judged, Self::Unsuspected];

    const fn word(self) -> &'static str {
        match self {
            Self::Delivered => "texts",
            Self::Next => "next",
            Self::Payments => "payments",
            Self::Judged => "judged",
            Self::Unsuspected => "unsuspected",
        }
    }

    fn words() -> String {
        Self::ALL.map(Self::word).join(", ")
    }

    const fn holds(self, row: &Row) -> bool {
        match self {
            Self::Delivered => row.delivered,
            Self::Next => row.soon,
            Self::Payments => row.paid,
            Self::Judged => !matches!(row.judged, Some(0)),
            Self::Unsuspected => !matches!(row.unsuspected, Some(false)),
        }
    }
}

/// Which aspects of which rows must hold: `lab/must_hold`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MustHold(BTreeMap<String, Vec<Aspect>>);

impl MustHold {
    /// Reads the file: an adversary a line, then the aspects that must hold.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        Self::parse(&fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))?)
    }

    fn parse(text: &str) -> Result<Self> {
        let mut rows = BTreeMap::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let name = words.next().unwrap_or_default().to_owned();
            let aspects = words.map(|word| {
                let known = Aspect::ALL.into_iter().find(|aspect| aspect.word() == word);
                known.with_context(|| format!("must_hold: {word} is none of {}", Aspect::words()))
            });
            let aspects = aspects.collect::<Result<Vec<_>>>()?;
            if aspects.is_empty() {
                bail!("must_hold: say what must hold of {name}: {}", Aspect::words());
            }
            rows.insert(name, aspects);
        }
        Ok(Self(rows))
    }

    /// Refuses names of no adversary: what they ask for would never be looked at. Of a row that can hold without being
    /// put to the test, it has to be asked whether it was; of the others that means nothing.
    pub(crate) fn checked(self, known: &[Adversary]) -> Result<Self> {
        for (name, aspects) in &self.0 {
            let adversary = known.iter().find(|one| one.name == *name);
            let adversary = adversary.with_context(|| format!("must_hold: there is no adversary {name}"))?;
            let tests = [(Aspect::Judged, adversary.resets_old), (Aspect::Unsuspected, adversary.probes())];
            for (aspect, wanted) in tests {
                let (word, asked) = (aspect.word(), aspects.contains(&aspect));
                ensure!(asked || !wanted, "must_hold: {name} has to be {word} too");
                ensure!(wanted || !asked, "must_hold: {name} is always {word}");
            }
        }
        Ok(self)
    }

    /// What must hold and does not, of the rows that were measured.
    pub(crate) fn broken(&self, rows: &[Row]) -> Vec<String> {
        let mut broken = Vec::new();
        for row in rows {
            let aspects = self.0.get(&row.adversary).map(Vec::as_slice).unwrap_or_default();
            let failing = aspects.iter().filter(|aspect| !aspect.holds(row));
            broken.extend(failing.map(|aspect| format!("{} {}", row.adversary, aspect.word())));
        }
        broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{adversary::Adversary, censor::Account, goodput::Goodput};

    fn row(name: &str) -> Row {
        let text = "order = 0\ndoes = \"Does.\"\nimitates = \"x\"\nsource = \"y\"";
        let mut adversary: Adversary = toml::from_str(text).unwrap();
        name.clone_into(&mut adversary.name);
        let mut row = Row::failed(&adversary, "it did not start".to_owned());
        row.censor = Account::default();
        row
    }

    #[test]
    fn a_failing_row_is_shown_as_failing() {
        let report =
            Report { version: "simurgh 1".into(), command: "c".into(), machine: "m".into(), rows: vec![row("cut")] };
        let text = table(&report);
        assert!(
            text.contains("| cut | 0/0 | 0/0 | never | never | 0/0 | never | **no**: texts, next, payments |"),
            "{text}"
        );
        assert!(text.contains("Failed: it did not start"), "{text}");
        let again: Report = serde_json::from_slice(&serde_json::to_vec(&report).unwrap()).unwrap();
        assert_eq!(table(&again), text, "the JSON has all that the table needs");
    }

    #[test]
    fn goodput_stands_beside_plain_https() {
        let mut none = row("none");
        let brings = |carrier: &str, cells_per_s, percent| Goodput { carrier: carrier.into(), cells_per_s, percent };
        none.goodput = vec![brings("plain https", 200.0, 100.0), brings("https", 190.0, 95.0)];
        let report = Report { version: "v".into(), command: "c".into(), machine: "m".into(), rows: vec![none] };
        assert!(table(&report).contains("| https | 190 | 95 % |"), "{}", table(&report));
    }

    #[test]
    fn only_what_must_hold_breaks_a_run() {
        let must = MustHold::parse("# comment\nnone texts next\n").unwrap();
        assert_eq!(must.broken(&[row("none"), row("cut")]), ["none texts", "none next"]);
        let good = Row { delivered: true, soon: true, ..row("none") };
        assert_eq!(must.broken(&[good]), Vec::<String>::new());
        assert!(MustHold::parse("none everything").is_err());
        assert!(MustHold::parse("none").is_err());
    }

    #[test]
    fn a_row_that_was_not_put_to_the_test_does_not_hold() {
        let must = MustHold::parse("ndpi texts judged\nprobing texts unsuspected").unwrap();
        let row = |name, judged, unsuspected| Row {
            delivered: true,
            soon: true,
            paid: true,
            judged,
            unsuspected,
            ..row(name)
        };
        let rows = [row("ndpi", Some(0), None), row("probing", None, Some(false))];
        assert_eq!(must.broken(&rows), ["ndpi judged", "probing unsuspected"]);
        assert_eq!(rows.each_ref().map(verdict), ["**no**: judged", "**no**: unsuspected"]);
        let good = [row("ndpi", Some(1), None), row("probing", None, Some(true))];
        assert_eq!(must.broken(&good), Vec::<String>::new());
        assert_eq!(good.each_ref().map(verdict), ["yes", "yes"]);
    }

    #[test]
    fn the_laboratorys_list_asks_each_row_whether_it_was_put_to_the_test() {
        let all = Adversary::read_all(&crate::folder().join("adversaries")).unwrap();
        MustHold::read(&crate::folder().join("must_hold")).unwrap().checked(&all).unwrap();
        for wrong in ["ndpi texts", "probing texts", "none judged", "none unsuspected", "nobody texts"] {
            assert!(MustHold::parse(wrong).unwrap().checked(&all).is_err(), "{wrong}");
        }
    }

    #[test]
    fn flows_that_are_only_counted_are_said_to_be() {
        let mut row = row("dns-only");
        (row.censor.flows_seen, row.censor.flows_unnamed, row.judged) = (25_000, 5_000, Some(7));
        let mut text = String::new();
        super::adversary(&mut text, &row);
        assert!(text.contains("Saw 25000 flows (5000 of them are only counted"), "{text}");
        assert!(text.contains("Judged 7 connections"), "{text}");
    }
}
