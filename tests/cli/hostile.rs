//! Names and words that try to reach the terminal: every message repeats them without what disturbs a screen.

use std::fs;

use portplan::plan::text::is_hidden;
use portplan::snippets::Target;

use super::{Home, databases, finish};

/// Clears the screen, sets the title, rings, changes the direction of text, breaks the line.
const NASTY: &str = "a\u{1b}[2J\u{1b}]0;t\u{7}\u{202e}\u{9b}b\u{200b}";
const SHOWN: &str = "a�[2J�]0;t���b�";

/// The text with which the program answers, in which nothing may be hidden but the ends of its lines.
fn clean(text: &str) -> &str {
    let hidden = text.chars().find(|letter| is_hidden(*letter) && *letter != '\n');
    assert_eq!(hidden, None, "{text:?}");
    text
}

fn refusal(home: &Home, args: &[&str]) -> String {
    clean(&home.refusal(args)).to_owned()
}

#[test]
fn words_that_are_not_known_are_repeated_clean() {
    let home = Home::new();
    let plan = databases();
    let targets: Vec<&str> = Target::ALL.iter().map(|target| target.id()).collect();
    for (args, message) in [
        (
            &["flows", &plan, "--host", NASTY][..],
            format!("there is no host \"{SHOWN}\"; the plan has 18 host(s)"),
        ),
        (
            &["snippet", &plan, "--format", NASTY],
            format!("there is no target \"{SHOWN}\"; the targets are {}", targets.join(", ")),
        ),
        (
            &["why", &plan, "--from", NASTY],
            format!("there is no host \"{SHOWN}\" in the plan; write a host's name or one of its addresses"),
        ),
        (
            &["why", &plan, "--port", NASTY],
            format!(
                "\"{SHOWN}\" is not a port; write a number from 1 to 65535, such as 445, or a range, such as 2500-3300"
            ),
        ),
        (
            &["catalogue", "--edition", NASTY],
            format!("there is no edition \"{SHOWN}\"; this program has 2025-12"),
        ),
    ] {
        assert_eq!(refusal(&home, args), format!("portplan: {message}\n"), "{args:?}");
    }
}

#[test]
fn arguments_that_are_not_known_are_repeated_clean() {
    let home = Home::new();
    let plan = databases();
    let option = format!("--{NASTY}");
    for (args, message) in [
        (
            &["flows", &plan, "--format", NASTY][..],
            format!("error: invalid value '{SHOWN}' for '--format <FORMAT>'"),
        ),
        (&["flows", &plan, &option], format!("error: unexpected argument '--{SHOWN}' found")),
        (&["completions", NASTY], format!("error: invalid value '{SHOWN}' for '<SHELL>'")),
        (&["flows", ""], "error: a value is required for '<PLAN>' but none was supplied".to_owned()),
    ] {
        let said = refusal(&home, args);
        assert_eq!(said.lines().next(), Some(message.as_str()), "{args:?}");
        assert!(said.contains("try '--help'"), "{said}");
    }
}

#[test]
fn a_word_of_any_length_makes_a_short_message_soon() {
    let home = Home::new();
    home.write("many.ron", &home.output(&["generate", "--hosts", "10000"]));
    let word = "x".repeat(100_000);
    let said = refusal(&home, &["flows", "many.ron", "--host", &word]);
    assert_eq!(
        said,
        format!("portplan: there is no host \"{}…\"; the plan has 10000 host(s)\n", "x".repeat(60))
    );
    let said = refusal(&home, &["flows", &word]);
    assert!(said.chars().count() < 400, "{said}");
    assert!(said.contains("xxx…xxx"), "{said}");
}

#[test]
fn a_search_is_repeated_clean() {
    let home = Home::new();
    let plan = databases();
    let search = format!("{NASTY} 22");
    for format in ["markdown", "csv", "json", "powershell", "nftables"] {
        clean(
            home.output(&["snippet", &plan, "--format", format, "--search", &search])
                .trim_start_matches('\u{feff}'),
        );
    }
    for format in ["markdown", "csv", "json", "table"] {
        clean(&home.output(&["flows", &plan, "--format", format, "--search", &search]));
    }
    let table = home.output(&["flows", &plan, "--format", "markdown", "--search", "a\u{202e}b\u{1b}c"]);
    assert!(table.contains("search \"a b c\": 0 flow(s)"), "{table}");
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::path::Path;

    use super::*;

    /// What `portplan flows` says of the file with this name in the home folder.
    fn said_of(home: &Home, name: &OsStr) -> String {
        let mut command = home.command(super::super::PROGRAM, &["flows"]);
        command.arg(name);
        let run = finish(command);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{}", run.err);
        clean(&run.err).lines().next().unwrap().to_owned()
    }

    #[test]
    fn a_path_is_shown_clean_whatever_is_wrong_with_the_file() {
        let home = Home::new();
        let file = |name: &str, bytes: &[u8]| fs::write(home.path(name), bytes).unwrap();
        file(&format!("{NASTY}.ron"), b"(");
        file(&format!("{NASTY}8"), b"\xff");
        file(&format!("{NASTY}16"), b"\xff\xfe");
        fs::create_dir(home.path(&format!("{NASTY}d"))).unwrap();
        fs::write(home.folder().join(OsStr::from_bytes(b"l\xe9n.ron")), "").unwrap();
        for (name, message) in [
            (format!("{NASTY}.ron"), ".ron:1:2: the file ends too early: the \"(\" in line 1 is not closed"),
            (format!("{NASTY}8"), "8:1:1: the byte 0xFF is not UTF-8 text; save the file as UTF-8"),
            (format!("{NASTY}16"), "16: the text is UTF-16; save it as UTF-8"),
            (format!("{NASTY}d"), "d: this is a directory, not a file with a plan"),
            (format!("{NASTY}no"), "no: there is no such file"),
        ] {
            assert_eq!(said_of(&home, name.as_ref()), format!("portplan: {SHOWN}{message}"));
        }
        let said = said_of(&home, OsStr::from_bytes(b"l\xe9n.ron"));
        assert_eq!(
            said,
            "portplan: l�n.ron:1:1: the file is empty; a plan begins with: (format: 1, name: \"…\", edition: \"…\", …)"
        );
    }

    #[test]
    fn what_is_not_a_file_is_refused_at_once() {
        let home = Home::new();
        assert_eq!(finish(home.command("mkfifo", &["pipe"])).code, Some(0));
        symlink("pipe", home.path("to-pipe")).unwrap();
        symlink("nowhere", home.path("dangling")).unwrap();
        symlink("circle", home.path("circle")).unwrap();
        let _socket = UnixListener::bind(home.path("socket")).unwrap();
        home.write("file", "");
        let long = "n".repeat(300);
        for (name, message) in [
            ("pipe", "pipe: this is a named pipe (FIFO), not a file with a plan"),
            ("to-pipe", "to-pipe: this is a named pipe (FIFO), not a file with a plan"),
            ("socket", "socket: this is a socket, not a file with a plan"),
            (".", ".: this is a directory, not a file with a plan"),
            ("/dev/zero", "/dev/zero: this is a device, not a file with a plan"),
            ("/dev/stdin", "/dev/stdin: this is a device, not a file with a plan"),
            ("dangling", "dangling: there is no such file"),
            ("no/", "no/: there is no such file"),
            ("circle", "circle: cannot read the file: Too many levels of symbolic links (os error 40)"),
            ("file/", "file/: cannot read the file: Not a directory (os error 20)"),
            (&long, &format!("{long}: cannot read the file: File name too long (os error 36)")),
        ] {
            assert_eq!(said_of(&home, name.as_ref()), format!("portplan: {message}"));
        }
    }

    #[test]
    fn a_snippet_goes_to_no_odd_place() {
        let home = Home::new();
        let plan = databases();
        assert_eq!(finish(home.command("mkfifo", &["pipe"])).code, Some(0));
        fs::create_dir(home.path("folder")).unwrap();
        symlink("circle", home.path("circle")).unwrap();
        let nasty = format!("{NASTY}/x");
        for (name, message) in [
            ("pipe", "pipe: this is a named pipe (FIFO); choose another name"),
            ("folder", "folder: this is a directory; choose another name"),
            ("new/", "new/: this is the name of a folder; choose another name"),
            ("circle", "circle: cannot save the file: the symbolic links lead in a circle"),
            ("no/x.csv", "no/x.csv: the folder no does not exist; make it first or save elsewhere"),
            (
                &nasty,
                &format!("{SHOWN}/x: the folder {SHOWN} does not exist; make it first or save elsewhere"),
            ),
        ] {
            let said = refusal(&home, &["snippet", &plan, "--format", "csv", "-o", name]);
            assert_eq!(said, format!("portplan: {message}\n"));
        }
        let mut left: Vec<_> =
            fs::read_dir(home.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["circle", "folder", "pipe"], "nothing is left behind");
        assert!(!Path::new("new").exists());
    }
}
