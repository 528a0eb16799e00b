//! Namespaces by their prefix: those of this run at its end, and those that a killed run left behind.

use super::{ip, settings_folder};
use anyhow::Result;
use std::{collections::BTreeSet, fs, path::Path, thread, time::Duration};

/// Every namespace of a laboratory begins so, with the number of the process that made it.
const PREFIX: &str = "simlab";
/// How often a process that was told to die is looked for.
const LOOKS: u32 = 50;
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// The prefix of a process's namespaces.
pub(super) fn prefix_of(process: u32) -> String {
    format!("{PREFIX}{process}-")
}

/// How this run's temporary folder begins, so that the next run finds it if this one is killed.
pub(crate) fn folder_prefix() -> String {
    prefix_of(std::process::id())
}

/// Removes the namespaces and folders of laboratories that do not run any more.
pub(super) fn remove() -> Result<()> {
    let dead = |number: &u32| !Path::new("/proc").join(number.to_string()).exists();
    let numbers: BTreeSet<u32> = namespaces()?.iter().filter_map(|name| number_of(name)).filter(dead).collect();
    numbers.into_iter().try_for_each(|number| remove_prefix(&prefix_of(number)))?;
    for entry in fs::read_dir(std::env::temp_dir())?.filter_map(Result::ok) {
        if number_of(&entry.file_name().to_string_lossy()).is_some_and(|number| dead(&number)) {
            fs::remove_dir_all(entry.path()).ok();
        }
    }
    Ok(())
}

/// Ends every process in the namespaces of this prefix and removes them.
pub(super) fn remove_prefix(prefix: &str) -> Result<()> {
    let all = namespaces()?;
    let own: Vec<&String> = all.iter().filter(|name| name.starts_with(prefix)).collect();
    for namespace in &own {
        end_processes(namespace)?;
    }
    for namespace in own {
        ip::run(&["netns", "del", namespace])?;
        fs::remove_dir_all(settings_folder(namespace)).ok();
    }
    Ok(())
}

fn end_processes(namespace: &str) -> Result<()> {
    for _ in 0..LOOKS {
        let listed = ip::run(&["netns", "pids", namespace])?;
        let pids: Vec<i32> = listed.lines().filter_map(|line| line.trim().parse().ok()).collect();
        if pids.is_empty() {
            break;
        }
        for pid in pids.into_iter().filter_map(rustix::process::Pid::from_raw) {
            rustix::process::kill_process(pid, rustix::process::Signal::KILL).ok();
        }
        thread::sleep(LOOK_EVERY);
    }
    Ok(())
}

fn namespaces() -> Result<Vec<String>> {
    let listed = ip::run(&["netns", "list"])?;
    let names = listed.lines().filter_map(|line| line.split_whitespace().next());
    Ok(names.filter(|name| number_of(name).is_some()).map(str::to_owned).collect())
}

fn number_of(namespace: &str) -> Option<u32> {
    namespace.strip_prefix(PREFIX)?.split_once('-')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_namespaces_of_a_laboratory_are_ours() {
        assert_eq!(number_of(&format!("{}border", prefix_of(42))), Some(42));
        for other in ["simlab", "simlab-x", "simlabx-border", "docker0", "mysimlab42-a"] {
            assert_eq!(number_of(other), None, "{other}");
        }
    }
}
