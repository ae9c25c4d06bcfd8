//! Keeps the invariants of ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use portplan::app::command::{COMMANDS, Context, specs_for};
use portplan::app::key::Key;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The code of a module of `src`, comments left out: its file and all files of its folder.
fn code_of(module: &str) -> Vec<(PathBuf, String)> {
    let mut files = vec![root().join("src").join(format!("{module}.rs"))];
    rust_files(&root().join("src").join(module), &mut files);
    let code = |path: &PathBuf| -> String {
        let text = fs::read_to_string(path).unwrap();
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    };
    files.into_iter().map(|path| (path.clone(), code(&path))).collect()
}

/// The modules of the crate that a module's code names.
fn imports(module: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, code) in code_of(module) {
        for part in code.split("crate::").skip(1) {
            if let Some(names) = part.strip_prefix('{') {
                let names = names.split('}').next().unwrap_or_default();
                found.extend(
                    names.split(',').map(|name| name.trim().split("::").next().unwrap_or("").to_owned()),
                );
            } else {
                let name: String =
                    part.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
                found.insert(name);
            }
        }
    }
    found.remove(module);
    found.remove("");
    found
}

#[test]
fn imports_go_one_way() {
    let allowed: [(&str, &[&str]); 11] = [
        ("catalogue", &[]),
        ("plan", &["catalogue"]),
        ("flows", &["catalogue", "plan"]),
        ("snippets", &["catalogue", "plan", "flows"]),
        ("review", &["catalogue", "plan", "flows"]),
        ("report", &["catalogue", "plan", "flows", "snippets", "review"]),
        ("files", &["catalogue", "plan"]),
        ("app", &["catalogue", "plan", "flows", "snippets", "review", "report"]),
        ("ui", &["app", "catalogue", "plan", "flows", "snippets", "review"]),
        ("host", &[]),
        (
            "cli",
            &["app", "ui", "host", "files", "catalogue", "plan", "flows", "snippets", "review", "report"],
        ),
    ];
    for (module, allowed) in allowed {
        let allowed: BTreeSet<String> = allowed.iter().map(|name| (*name).to_owned()).collect();
        let surplus: Vec<_> = imports(module).difference(&allowed).cloned().collect();
        assert!(surplus.is_empty(), "src/{module} imports {surplus:?}, which it may not know");
    }
}

#[test]
fn the_import_reader_sees_imports() {
    assert!(imports("flows").contains("plan"), "the test above would pass whatever the code says");
    assert!(imports("cli").contains("host"));
}

#[test]
fn pure_folders_know_no_outside_world() {
    let forbidden = [
        "std::fs",
        "std::env",
        "std::time",
        "std::thread",
        "std::process",
        "std::net::Tcp",
        "std::net::Udp",
        "std::os",
        "crossterm",
        "ratatui",
        "arboard",
        "clap",
        "stdin(",
        "stdout(",
        "stderr(",
        "println!",
        "SystemTime",
        "Instant::",
    ];
    for module in ["catalogue", "plan", "flows", "snippets", "review", "report"] {
        for (path, code) in code_of(module) {
            for word in forbidden {
                assert!(!code.contains(word), "{} uses {word}, but src/{module} is pure", path.display());
            }
        }
    }
}

#[test]
fn state_and_drawing_leave_side_effects_to_the_loop() {
    for module in ["app", "ui"] {
        for (path, code) in code_of(module) {
            for word in
                ["std::fs", "std::env", "std::thread", "std::process", "Instant::now", "stdout(", "arboard"]
            {
                assert!(!code.contains(word), "{} uses {word}; return an effect instead", path.display());
            }
        }
    }
    for (path, code) in code_of("ui") {
        assert!(!code.contains("&mut App"), "{} could change the state it draws", path.display());
    }
}

#[test]
fn nothing_opens_a_network_connection() {
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    for path in files {
        let code = fs::read_to_string(&path).unwrap();
        for word in ["TcpStream", "UdpSocket", "TcpListener", "ToSocketAddrs", "reqwest", "hyper::"] {
            assert!(!code.contains(word), "{} uses {word}", path.display());
        }
    }
}

#[test]
fn fuzzy_matching_stands_behind_its_trait() {
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    let users: Vec<_> =
        files.iter().filter(|path| fs::read_to_string(path).unwrap().contains("fuzzy_matcher::")).collect();
    assert_eq!(users.len(), 1, "{users:?}");
}

#[test]
fn files_have_one_subject_each() {
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    for path in files {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(
            lines <= 450,
            "{} has {lines} lines; split it where it holds more than one subject",
            path.display()
        );
    }
}

const CONTEXTS: [Context; 29] = [
    Context::Ask,
    Context::Answer,
    Context::Baselines,
    Context::Changes,
    Context::Hosts,
    Context::Options,
    Context::Flows,
    Context::Why,
    Context::Rules,
    Context::Checks,
    Context::Matrix,
    Context::Search,
    Context::Find,
    Context::Form,
    Context::Roles,
    Context::CopyAs,
    Context::Palette,
    Context::Help,
    Context::Prompt,
    Context::Confirm,
    Context::Paste,
    Context::Import,
    Context::Start,
    Context::Plain,
    Context::Ports,
    Context::OwnRules,
    Context::Zones,
    Context::ZoneHosts,
    Context::Fields,
];

#[test]
fn every_key_is_a_key_and_has_one_meaning_in_one_place() {
    for context in CONTEXTS {
        let mut meaning = BTreeMap::new();
        for spec in specs_for(context) {
            for name in spec.keys {
                let key: Key = name.parse().unwrap_or_else(|error| panic!("{}: {error}", spec.name));
                assert_eq!(key.to_string(), *name, "a key is written as the screen shows it");
                if let Some(other) = meaning.insert(*name, spec.name) {
                    panic!("{name} means both \"{other}\" and \"{}\" in {context:?}", spec.name);
                }
            }
        }
    }
}

/// Keys can be changed, so advice takes them from the key map; the two files that hold the keys' own names aside.
#[test]
fn no_text_of_state_or_drawing_names_a_key() {
    let names = ["Enter", "Esc", "Space", "Tab", "Ctrl-", "Alt-", "PgUp", "PgDn", "F1"];
    let mut texts = 0;
    for (path, code) in ["app", "ui"].into_iter().flat_map(code_of) {
        if path.ends_with("app/command.rs") || path.ends_with("app/key.rs") {
            continue;
        }
        for text in code.lines().flat_map(|line| line.split('"').skip(1).step_by(2)) {
            texts += 1;
            let words: Vec<&str> = text.split([' ', ',', ':', ';', '.']).collect();
            let names_one = names.iter().any(|name| words.iter().any(|word| word.starts_with(name)));
            let presses = words.windows(2).any(|pair| pair[0] == "press" && pair[1].chars().count() == 1);
            assert!(!names_one && !presses, "{}: {text:?} names a key", path.display());
        }
    }
    assert!(texts > 100, "the test above would pass whatever the code says");
}

#[test]
fn every_command_is_explained() {
    for spec in COMMANDS {
        assert!(!spec.contexts.is_empty(), "{} counts nowhere", spec.name);
        assert!(spec.help.ends_with('.'), "{}: help is a sentence", spec.name);
        assert!(!spec.name.is_empty());
    }
}

/// A lone Esc can be the first part of a key sequence that a slow link tore apart.
#[test]
fn no_command_is_reached_by_alt_alone() {
    for spec in COMMANDS {
        let needs_alt = !spec.keys.is_empty() && spec.keys.iter().all(|key| key.starts_with("Alt-"));
        assert!(!needs_alt, "{} is reached with Alt only", spec.name);
    }
}

#[test]
fn the_readme_has_the_key_list_of_the_program() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (start, end) = ("<!-- keys: made by `portplan keys` -->\n", "<!-- end of keys -->");
    let list = readme.split(start).nth(1).and_then(|rest| rest.split(end).next());
    let list = list.expect("README.md has a place for the key list").trim();
    assert_eq!(
        list,
        portplan::cli::key_list(&portplan::app::KeyMap::default()).trim(),
        "run: screenshots/make keys"
    );
}
