//! The words of the command line, and what they do against a real daemon.

use crate::cli::{Cli, CompletionShell, ContactVerb, MessageVerb, Peer, Verb, WaitMessage, WalletVerb};
use clap::{CommandFactory as _, Parser as _, error::ErrorKind};

fn parse(words: &str) -> Result<Cli, clap::Error> {
    crate::cli::parse(std::iter::once("simurgh").chain(words.split_whitespace()).map(Into::into).collect())
}

#[cfg(feature = "node")]
#[test]
fn without_a_verb_it_is_the_demo() {
    for words in
        ["", "demo", "--json", "--dir d --no-open", "--json --dir d --people alice,bob,carol", "--profile p --dir d"]
    {
        let Verb::Demo(args) = parse(words).unwrap().verb else { panic!("{words:?} is another verb") };
        assert_eq!((args.validators, args.relays), (4, 3));
    }
    assert!(matches!(parse("--profile p --json contact list").unwrap().verb, Verb::Contact(_)));
    assert_eq!(parse("--validators 0").unwrap_err().exit_code(), 2);
}

#[cfg(feature = "node")]
#[test]
fn people_of_the_demo_have_names_of_their_own_in_any_script() {
    let words = ["simurgh", "demo", "--people", "علی, سارا,علی\u{200c}رضا"].map(Into::into).to_vec();
    let Verb::Demo(args) = crate::cli::parse(words).unwrap().verb else { panic!("another verb") };
    assert_eq!(args.people, ["علی", "سارا", "علی\u{200c}رضا"]);
    for bad in ["alice,Alice", "a,b,c,d,e,f,g,h,i", "../x", "alice,", "-", "\u{200c}", &"x".repeat(65)] {
        let error = parse(&format!("--people {bad}")).unwrap_err();
        assert_eq!((error.kind(), error.exit_code()), (ErrorKind::ValueValidation, 2), "{bad}");
    }
}

#[test]
fn words_and_addresses_may_begin_with_a_hyphen() {
    for words in ["message send bob -5° --wait accepted", "message send --wait accepted bob -5°"] {
        let Verb::Message(MessageVerb::Send { text, wait, .. }) = parse(words).unwrap().verb else {
            panic!("another verb")
        };
        assert_eq!((text.as_str(), wait), ("-5°", Some(WaitMessage::Accepted)), "{words}");
    }
    let Verb::Wallet(WalletVerb::Send { to, .. }) = parse("wallet send -1:5555 1 --wait final").unwrap().verb else {
        panic!("another verb")
    };
    assert_eq!(to, "-1:5555");
}

#[test]
fn another_machine_takes_part_in_the_measurement_of_carriers_only() {
    assert!(parse("bench carrier --serve 127.0.0.1:0").is_ok());
    assert!(parse("bench carrier --at 00 --seconds 3").is_ok());
    for wrong in ["bench relay --serve 127.0.0.1:0", "bench mls --at 00", "bench carrier --at 00 --serve 127.0.0.1:0"] {
        let error = parse(wrong).unwrap_err();
        assert_eq!((error.kind(), error.exit_code()), (ErrorKind::ArgumentConflict, 2), "{wrong}");
    }
}

#[test]
fn what_is_promised_and_not_built_is_told_so() {
    for words in [
        "group create friends bob",
        "--json device list",
        "--profile p group create friends bob",
        "--profile=p --json device add link",
        "bench store",
        "group --help",
        "help group",
        "message send bob hi --file a.png",
    ] {
        let error = parse(words).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains("not built yet"), "{words}: {error}");
    }
    assert!(!parse("message send name").unwrap_err().to_string().contains("not built yet"));
}

#[test]
fn wrong_addresses_of_apis_and_empty_limits_are_wrong_usage() {
    for words in ["chain status --endpoint node.example", "message list bob --limit 0", "wallet history --limit 0"] {
        assert_eq!(parse(words).unwrap_err().exit_code(), 2, "{words}");
    }
}

#[test]
fn the_command_line_is_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn global_options_stand_before_or_after_the_verb() {
    let before = parse("--profile p --json contact list").unwrap();
    let after = parse("contact list --profile p --json").unwrap();
    for cli in [before, after] {
        assert!(cli.json);
        assert_eq!(cli.profile.unwrap().to_str(), Some("p"));
        assert!(matches!(cli.verb, Verb::Contact(ContactVerb::List)));
    }
}

#[test]
fn a_message_is_sent_as_scripts_write_it() {
    let cli =
        Cli::try_parse_from(["simurgh", "message", "send", "bob", "good morning", "--wait", "delivered"]).unwrap();
    let Verb::Message(MessageVerb::Send { conversation, text, wait, .. }) = cli.verb else { panic!("another verb") };
    assert_eq!((conversation.as_str(), text.as_str(), wait), ("bob", "good morning", Some(WaitMessage::Delivered)));
}

#[test]
fn amounts_are_decimal_gram() {
    let Verb::Wallet(WalletVerb::Send { amount, .. }) = parse("wallet send bob 12.5").unwrap().verb else {
        panic!("another verb")
    };
    assert_eq!(amount.nano(), 12_500_000_000);
    for bad in ["12,5", "0.0000000001", "five", "1e3"] {
        assert_eq!(parse(&format!("wallet send bob {bad}")).unwrap_err().kind(), ErrorKind::ValueValidation, "{bad}");
    }
}

#[test]
fn wrong_usage_is_told_apart_by_its_exit_code() {
    for words in ["nonsense", "message send bob", "contact add", "completions tcsh", "bench nothing"] {
        assert_eq!(parse(words).unwrap_err().exit_code(), 2, "{words}");
    }
    for words in ["--help", "message send --help", "--version"] {
        assert_eq!(parse(words).unwrap_err().exit_code(), 0, "{words}");
    }
}

#[test]
fn a_peer_is_a_key_and_an_address() {
    let key = "ab".repeat(32);
    let peer: Peer = format!("{key}@127.0.0.1:7000").parse().unwrap();
    assert_eq!((peer.key, peer.address.port()), ([0xab; 32], 7000));
    for bad in ["", "ab@127.0.0.1:7000", "127.0.0.1:7000", &format!("{key}@somewhere")] {
        assert!(bad.parse::<Peer>().is_err(), "{bad}");
    }
}

/// Every leaf of the tree of verbs.
fn leaves(command: &clap::Command, path: &str, found: &mut Vec<(String, clap::Command)>) {
    let path = format!("{path} {}", command.get_name());
    let mut children = command.get_subcommands().filter(|child| child.get_name() != "help").peekable();
    if children.peek().is_none() {
        found.push((path, command.clone()));
        return;
    }
    children.for_each(|child| leaves(child, &path, found));
}

#[test]
fn every_verb_has_help_with_an_example() {
    let mut found = Vec::new();
    leaves(&Cli::command(), "", &mut found);
    assert!(found.len() > 15);
    for (path, mut command) in found {
        let help = command.render_long_help().to_string();
        assert!(help.contains("Example"), "{path} has no example");
    }
}

#[test]
fn completions_exist_for_three_shells() {
    for (shell, word) in [
        (clap_complete::Shell::Bash, "complete -F"),
        (clap_complete::Shell::Zsh, "#compdef simurgh"),
        (clap_complete::Shell::Fish, "complete -c simurgh"),
    ] {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Cli::command(), "simurgh", &mut script);
        assert!(String::from_utf8(script).unwrap().contains(word), "{shell}");
    }
    assert!(matches!(parse("completions fish").unwrap().verb, Verb::Completions { shell: CompletionShell::Fish }));
}
