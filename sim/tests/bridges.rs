//! The invite tree against handing bridges out at random (TRE-14). `SIM_SEED=7` replays one seed and prints it,
//! `SIM_WRITE=1` writes docs/BRIDGES.md, which has to be what the program finds.

use sim::bridges::{BRIDGES, DAYS, FIRST, Handout, Outcome, PEOPLE, Plan, run};
use std::fmt::Write as _;
use std::path::Path;

/// Seeds of every figure.
const SEEDS: u64 = 6;
/// Informers in a thousand people.
const SHARES: [u32; 3] = [10, 50, 200];
/// How many of a hundred honest people the tree keeps connected at least, by [`SHARES`], when informers tell at once.
const AT_ONCE_MIN: [f64; 3] = [97.0, 90.0, 20.0];
const HANDOUTS: [Handout; 3] = [Handout::Tree, Handout::RandomAgain, Handout::RandomOnce];

/// What came of one plan by one way of handing out, over all seeds.
struct Found {
    mean: f64,
    least: f64,
    burnt: f64,
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

fn plans() -> Vec<Plan> {
    let ways = [(0, false), (7, false), (7, true), (14, false), (14, true)];
    let of = |informers_permille| ways.map(|(patience_days, nests)| Plan { informers_permille, patience_days, nests });
    SHARES.into_iter().flat_map(of).collect()
}

fn found(plan: Plan, handout: Handout) -> Found {
    let outcomes: Vec<Outcome> = (1..=SEEDS).map(|seed| run(seed, plan, handout).unwrap()).collect();
    let shares = || outcomes.iter().map(|outcome| f64::from(outcome.connected_permille()) / 10.0);
    let mean = |all: &mut dyn Iterator<Item = f64>| all.sum::<f64>() / outcomes.len() as f64;
    Found {
        mean: mean(&mut shares()),
        least: shares().fold(100.0, f64::min),
        burnt: mean(&mut outcomes.iter().map(|outcome| f64::from(outcome.burnt))),
    }
}

/// By plan, each way of handing out; a thread for each plan.
fn all_found() -> Vec<(Plan, [Found; 3])> {
    std::thread::scope(|scope| {
        let begun: Vec<_> =
            plans().into_iter().map(|plan| scope.spawn(move || (plan, HANDOUTS.map(|one| found(plan, one))))).collect();
        begun.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn table(all: &[(Plan, [Found; 3])]) -> String {
    let mut text = format!(
        "# Bridges against informers\n\n\
         Made by `SIM_WRITE=1 cargo test --workspace --test bridges`; the same test fails when the program finds \
         something else. One simulated fleet of {BRIDGES} bridges, {PEOPLE} people who come within 20 days ({FIRST} of \
         them at first, friends of the operator's), among them informers, also among the first. An informer comes like \
         everybody, and every bridge that it is told is blocked on the same day: from the first day on, or after it has \
         kept still for 7 or 14 days. After {DAYS} days: how many of the honest people have a bridge that works (mean of \
         seeds 1 to {SEEDS}, the worst in brackets), and how many bridges are burnt.\n\n\
         The ways of handing out: **tree**, the rules of specs/11-bridges.md; **at random**, another one whenever one is \
         blocked; **once**, one at random and never another.\n\n\
         | informers | they tell | they are invited by | tree | burnt | at random | burnt | once | burnt |\n\
         |---|---|---|---|---|---|---|---|---|\n"
    );
    for (plan, found) in all {
        let tell = match plan.patience_days {
            0 => "at once".to_owned(),
            days => format!("after {days} days"),
        };
        let by = if plan.nests { "each other" } else { "anybody" };
        write!(text, "| {} % | {tell} | {by} |", plan.informers_permille / 10).unwrap();
        for Found { mean, least, burnt } in found {
            write!(text, " {mean:.0} % ({least:.0}) | {burnt:.0} |").unwrap();
        }
        text.push('\n');
    }
    text.push_str(
        "\nWhat it does not show: bridges that a censor finds without informers (by their traffic, by scanning), people \
         who leave, new bridges, and how fast people get their next link, which the operator hands over. Who comes late \
         in the 30 days and keeps still for 14 tells nothing within them: those rows are kinder than life.\n",
    );
    text
}

#[test]
fn the_tree_keeps_more_people_connected_than_handing_out_at_random_and_the_figures_are_as_written() {
    if let Some(seed) = number("SIM_SEED") {
        for plan in plans() {
            for handout in HANDOUTS {
                eprintln!("seed {seed} {plan:?} {handout:?}: {:?}", run(seed, plan, handout).unwrap());
            }
        }
        return;
    }
    let all = all_found();
    let text = table(&all);
    eprintln!("{text}");
    for (plan, [tree, again, once]) in &all {
        assert!(tree.mean > again.mean + 1.0, "{plan:?}: {} % by the tree, {} % at random", tree.mean, again.mean);
        if plan.patience_days == 0 {
            let least = AT_ONCE_MIN[SHARES.iter().position(|share| *share == plan.informers_permille).unwrap()];
            assert!(tree.mean > least, "{plan:?}: {} %", tree.mean);
            assert!(tree.mean > once.mean + 1.0, "{plan:?}: {} % by the tree, {} % once", tree.mean, once.mean);
        }
    }
    // where the test runs: build products may have been made in another checkout
    let file = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../docs/BRIDGES.md");
    if number("SIM_WRITE").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(written == text, "docs/BRIDGES.md is of another program: write it anew with SIM_WRITE=1");
}

#[test]
fn the_same_seed_gives_the_same_end() {
    let plan = Plan { informers_permille: 50, patience_days: 7, nests: true };
    assert_eq!(run(5, plan, Handout::Tree), run(5, plan, Handout::Tree));
    assert_ne!(run(5, plan, Handout::Tree), run(6, plan, Handout::Tree));
}
