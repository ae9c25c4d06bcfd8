//! However a session ends, its work is there at the next start; and nobody's work is written over.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use portplan::catalogue::Catalogue;
use portplan::files::recovery::lost;
use portplan::files::{Places, load, project};

use super::harness::{Start, Terminal, start};
use super::{ENTER, ESC, add_host, with_databases};
use crate::cli::{Home, PATIENCE, PROGRAM, databases};

/// What is on disk is at most so far behind what is on the screen.
const MOMENT: Duration = Duration::from_secs(1);

fn signal(name: &str, process: u32) {
    let status = Command::new("sh").args(["-c", "kill -\"$0\" \"$1\"", name, &process.to_string()]).status();
    assert!(status.unwrap().success());
}

fn records(home: &Home) -> Vec<PathBuf> {
    let folder = home.path("state/portplan/recovery");
    let paths = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|end| end == "recovery")).collect()
}

/// The sample with one more host, that host not saved.
fn with_unsaved_work(home: &Home) -> Terminal {
    let mut terminal = with_databases(home);
    add_host(&mut terminal, "new01");
    terminal.wait_for("19 hosts");
    terminal
}

/// The next start offers the work; taken over and saved, it is in the file, and nothing is offered any more.
fn assert_recovered(home: &Home) {
    assert_eq!(fs::read_to_string(home.path("db.ron")).unwrap(), fs::read_to_string(databases()).unwrap());
    let mut terminal = start(home, &["db.ron"]);
    terminal.wait_for("Unsaved work was found");
    let text = terminal.text();
    assert!(text.contains("+ host new01") && text.contains("18 hosts"), "{text}");
    terminal.send("r");
    terminal.wait_for("19 hosts");
    terminal.wait_for("recover unsaved work");
    terminal.send("s");
    terminal.wait_for("saved db.ron");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(home.read("db.ron").contains("\"new01\""));
    assert_eq!(
        home.read("db.ron~"),
        fs::read_to_string(databases()).unwrap(),
        "the backup is the file before"
    );
    assert_eq!(records(home), [""; 0].map(PathBuf::from));
    let mut terminal = start(home, &["db.ron"]);
    terminal.wait_for("19 hosts");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0, "nothing is asked, so q leaves");
    let left: Vec<String> = fs::read_dir(home.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert_eq!(left, [""; 0], "no lock and no temporary file stays");
}

#[test]
fn a_signal_right_after_a_key_loses_nothing() {
    for (name, code) in [("HUP", 129), ("TERM", 143), ("INT", 130)] {
        let home = Home::new();
        let mut terminal = with_unsaved_work(&home);
        signal(name, terminal.process());
        assert_eq!(terminal.exit_code(), code, "{name}");
        assert_recovered(&home);
    }
}

/// So large a plan takes longer to write than a signal takes to arrive.
#[test]
fn a_signal_waits_until_the_work_is_on_disk() {
    let home = Home::new();
    home.write("large.ron", &home.output(&["generate", "--hosts", "4000"]));
    let mut terminal = start(&home, &["large.ron"]);
    terminal.wait_for(" 4000 ╮");
    terminal.send("d");
    terminal.wait_for(" 4001 ╮");
    signal("TERM", terminal.process());
    assert_eq!(terminal.exit_code(), 143);
    let kept: Vec<String> = records(&home).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    assert!(kept.len() == 1 && kept[0].matches("(name: ").count() == 4_001, "{} records", kept.len());
}

/// The terminal library fails on a report of column 0, which no terminal sends, where overflows are looked for.
#[cfg(debug_assertions)]
#[test]
fn a_panic_loses_nothing() {
    let home = Home::new();
    let mut terminal = with_unsaved_work(&home);
    terminal.send("\x1b[<0;0;0M");
    assert_eq!(terminal.exit_code(), 101);
    assert_recovered(&home);
}

#[test]
fn a_link_that_drops_loses_nothing() {
    let home = Home::new();
    let mut terminal = with_unsaved_work(&home);
    terminal.hang_up();
    assert_recovered(&home);
}

#[test]
fn a_killed_program_loses_nothing_that_is_a_moment_old() {
    let home = Home::new();
    let mut terminal = with_unsaved_work(&home);
    thread::sleep(MOMENT);
    signal("KILL", terminal.process());
    terminal.end();
    assert!(home.path(".db.ron.lock").exists(), "a killed program cannot tidy up");
    assert_recovered(&home);
}

#[test]
fn what_stands_in_a_form_is_there_after_a_kill() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.send("a");
    terminal.wait_for("Add host");
    terminal.send("half-typed");
    // That a moment is enough is held elsewhere; here it is what is kept that counts.
    let kept = || records(&home).iter().any(|path| fs::read_to_string(path).unwrap().contains("half-typed"));
    let start_of_wait = Instant::now();
    while !kept() {
        assert!(start_of_wait.elapsed() < PATIENCE, "nothing is kept");
        thread::sleep(Duration::from_millis(5));
    }
    signal("KILL", terminal.process());
    terminal.end();
    let mut terminal = start(&home, &["db.ron"]);
    terminal.wait_for("Name: half-typed");
    terminal.send("r");
    terminal.wait_for("Add host");
    terminal.send("-and-done");
    terminal.wait_for("half-typed-and-done");
    terminal.send(ENTER);
    terminal.wait_for("19 hosts");
    terminal.send("s");
    terminal.wait_for("saved db.ron");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(home.read("db.ron").contains("\"half-typed-and-done\""));
    assert_eq!(records(&home), [""; 0].map(PathBuf::from));
}

#[test]
fn work_that_was_never_saved_is_on_the_start_screen() {
    let home = Home::new();
    let mut terminal = start(&home, &[]);
    terminal.wait_for("▸ new");
    terminal.send(ENTER);
    add_host(&mut terminal, "first");
    signal("TERM", terminal.process());
    assert_eq!(terminal.exit_code(), 143);
    let mut terminal = start(&home, &[]);
    terminal.wait_for("▸ unsaved Unnamed plan, less than a minute ago");
    terminal.send(ENTER);
    terminal.wait_for("+ host first");
    terminal.send(ESC);
    terminal.wait_gone("Unsaved work was found");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    let mut terminal = start(&home, &[]);
    terminal.wait_for("▸ unsaved");
    terminal.send(ENTER);
    terminal.wait_for("+ host first");
    terminal.send("r");
    terminal.wait_for("1 host ");
    terminal.send("q");
    terminal.wait_for("Not saved");
    terminal.send("d");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(records(&home).len(), 0, "given up twice asked is given up");
}

#[test]
fn what_is_given_up_is_not_offered() {
    let home = Home::new();
    let mut terminal = with_unsaved_work(&home);
    terminal.send("q");
    terminal.wait_for("Not saved");
    terminal.send("d");
    assert_eq!(terminal.exit_code(), 0);
    let mut terminal = start(&home, &["db.ron"]);
    terminal.wait_for("18 hosts");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_second_planner_only_looks_until_the_first_is_done() {
    let home = Home::new();
    let mut first = with_unsaved_work(&home);
    let mut second = start(&home, &["db.ron"]);
    second.wait_for("Open elsewhere");
    let text = second.text();
    assert!(text.contains(&format!("process {}", first.process())), "{text}");
    assert!(!text.contains("Unsaved work was found"), "the work of a living planner is not lost");
    second.send(ESC);
    second.wait_gone("Open elsewhere");
    second.wait_for("(read-only)");
    second.send("a");
    second.wait_for("read-only: ");
    assert!(!second.text().contains("Add host"));
    first.send("s");
    first.wait_for("saved db.ron");
    first.send("q");
    assert_eq!(first.exit_code(), 0);
    second.send(":file again");
    second.wait_for("Read the file again");
    second.send(ENTER);
    second.wait_for("19 hosts");
    second.wait_gone("(read-only)");
    add_host(&mut second, "new02");
    second.send("s");
    second.wait_for("saved db.ron");
}

#[test]
fn a_planner_does_not_stand_in_its_own_way() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.send("o");
    terminal.wait_for("Open plan");
    terminal.send("./db.ron\r");
    terminal.wait_for("opened Oracle");
    assert!(!terminal.text().contains("Open elsewhere"), "{}", terminal.text());
    add_host(&mut terminal, "new01");
    terminal.send("S");
    terminal.wait_for("Save plan as");
    terminal.send("\x15../");
    let folder = home.folder().file_name().unwrap().to_str().unwrap().to_owned();
    terminal.send(&format!("{folder}/db.ron\r"));
    terminal.wait_for("is there already");
    terminal.send("o");
    terminal.wait_for("saved ../");
}

#[test]
fn a_file_that_somebody_changed_is_not_written_over_unasked() {
    let home = Home::new();
    let mut terminal = with_unsaved_work(&home);
    let theirs = home.read("db.ron").replacen("name: \"", "name: \"Their ", 1);
    fs::write(home.path("db.ron"), &theirs).unwrap();
    terminal.send("s");
    terminal.wait_for("The file has changed");
    terminal.wait_for("+ host new01");
    terminal.send(ESC);
    terminal.wait_gone("The file has changed");
    assert_eq!(home.read("db.ron"), theirs);
    terminal.send("s");
    terminal.wait_for("The file has changed");
    terminal.send("o");
    terminal.wait_for("saved db.ron");
    assert!(home.read("db.ron").contains("\"new01\""));
    assert_eq!(home.read("db.ron~"), theirs, "what they wrote is in the backup");
    terminal.send("d");
    terminal.wait_for("20 hosts");
    terminal.send("s");
    terminal.wait_for("saved db.ron");
}

#[test]
fn a_file_that_appears_under_a_new_plan_is_not_written_over_unasked() {
    let home = Home::new();
    let mut terminal = start(&home, &["new.ron"]);
    terminal.wait_for("0 hosts");
    add_host(&mut terminal, "mine");
    fs::copy(databases(), home.path("new.ron")).unwrap();
    terminal.send("s");
    terminal.wait_for("The file has changed");
    terminal.send("l");
    terminal.wait_for("18 hosts");
    terminal.send("u");
    terminal.wait_for("1 host ");
}

#[test]
fn a_folder_that_vanishes_leaves_the_plan_open() {
    let home = Home::new();
    fs::create_dir(home.path("plans")).unwrap();
    fs::copy(databases(), home.path("plans/db.ron")).unwrap();
    let mut terminal = start(&home, &["plans/db.ron"]);
    terminal.wait_for("18 hosts");
    add_host(&mut terminal, "new01");
    fs::remove_dir_all(home.path("plans")).unwrap();
    terminal.send("s");
    terminal.wait_for("does not exist; make it first or");
    terminal.send("S");
    terminal.wait_for("Save plan as");
    terminal.send("\x15elsewhere.ron\r");
    terminal.wait_for("saved elsewhere.ron");
    assert!(home.read("elsewhere.ron").contains("\"new01\""));
}

/// A disk of its own, in a namespace of its own, with the program on it. `before` runs on it before the program.
fn on_a_small_disk(home: &Home, before: &str, variables: &[(&str, &str)]) -> Terminal {
    fs::create_dir(home.path("disk")).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=1m tmpfs disk && cp \"$1\" disk/db.ron && {before} && exec \"$0\" disk/db.ron"
    );
    let databases = databases();
    let args = ["--user", "--map-root-user", "--mount", "sh", "-c", &script, PROGRAM, &databases];
    let terminal = Start { program: "unshare", variables, ..Start::new(home, &args) }.open();
    terminal.wait_for("18 hosts");
    terminal
}

/// A file on the small disk, seen from outside.
fn inside(terminal: &Terminal, home: &Home, name: &str) -> PathBuf {
    Path::new(&format!("/proc/{}/root", terminal.process()))
        .join(home.path("disk").join(name).strip_prefix("/").unwrap())
}

#[test]
fn a_full_disk_harms_no_file_and_is_told() {
    let home = Home::new();
    let state = home.path("disk/state").display().to_string();
    let mut terminal = on_a_small_disk(&home, "true", &[("XDG_STATE_HOME", &state)]);
    add_host(&mut terminal, "kept01");
    let filler = inside(&terminal, &home, "filler");
    // Wait until the first record is there, then leave no room at all.
    let folder = inside(&terminal, &home, "state/portplan/recovery");
    let deadline = Instant::now() + 10 * MOMENT;
    while fs::read_dir(&folder).map_or(0, Iterator::count) < 2 {
        assert!(Instant::now() < deadline, "nothing is kept");
        thread::sleep(Duration::from_millis(10));
    }
    fill(&filler);
    add_host(&mut terminal, "lost01");
    terminal.wait_for("unsaved work cannot be kept");
    terminal.wait_for("* (not kept)");
    terminal.send("s");
    terminal.wait_for("no space is left there");
    let saved = fs::read_to_string(inside(&terminal, &home, "db.ron")).unwrap();
    assert_eq!(saved, fs::read_to_string(databases()).unwrap(), "the file is whole");
    let record = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let record =
        record.filter(|path| path.extension().is_some_and(|end| end == "recovery")).collect::<Vec<_>>();
    let text = fs::read_to_string(&record[0]).unwrap();
    assert!(text.contains("\"kept01\"") && text.ends_with(")\n"), "the record before is whole: {text}");
    fs::remove_file(&filler).unwrap();
    add_host(&mut terminal, "kept02");
    terminal.wait_gone("(not kept)");
    let text = fs::read_to_string(&record[0]).unwrap();
    assert!(text.contains("\"lost01\"") && text.contains("\"kept02\""), "{text}");
    terminal.send("s");
    terminal.wait_for("saved disk/db.ron");
}

fn fill(path: &Path) {
    use std::io::Write;
    let mut file = fs::File::create(path).unwrap();
    let mut room = 1 << 16;
    while room > 0 {
        if file.write_all(&vec![b'x'; room]).is_err() {
            room /= 2;
        }
    }
}

#[test]
fn while_the_disk_is_full_work_is_kept_in_memory() {
    let home = Home::new();
    fs::create_dir(home.path("run")).unwrap();
    let (state, run) =
        (home.path("disk/state").display().to_string(), home.path("run").display().to_string());
    let full = "{ dd if=/dev/zero of=disk/filler bs=1k 2>/dev/null || true; }";
    let variables = [("XDG_STATE_HOME", state.as_str()), ("XDG_RUNTIME_DIR", run.as_str())];
    let mut terminal = on_a_small_disk(&home, full, &variables);
    add_host(&mut terminal, "new01");
    thread::sleep(MOMENT);
    assert!(!terminal.text().contains("not kept"), "{}", terminal.text());
    signal("KILL", terminal.process());
    terminal.end();
    let places = Places { state: Some(PathBuf::from(state)), runtime: Some(home.path("run/portplan")) };
    let found = lost(&places, None);
    assert!(found.len() == 1 && found[0].text.contains("\"new01\""), "{found:?}");
}

#[test]
fn a_disk_that_is_read_only_leaves_the_plan_open() {
    let home = Home::new();
    let mut terminal = on_a_small_disk(&home, "mount -o remount,ro disk", &[]);
    add_host(&mut terminal, "new01");
    terminal.send("s");
    terminal.wait_for("the file system is read-only; save elsewhere");
    terminal.send("S");
    terminal.wait_for("Save plan as");
    terminal.send("\x15here.ron\r");
    terminal.wait_for("saved here.ron");
    assert!(home.read("here.ron").contains("\"new01\""));
}

/// Kills the program at random moments of a scripted session: it adds hosts and saves now and then. Whatever was on the
/// screen a moment before must be in the file or in the record, and both must be whole.
#[test]
fn killed_at_any_moment_nothing_on_the_screen_is_lost() {
    const ROUNDS: u32 = 200;
    const AT_A_TIME: u32 = 4;
    let catalogue = Catalogue::embedded().unwrap();
    let (next, bites) = (AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let round = next.fetch_add(1, Ordering::SeqCst);
                    if round >= ROUNDS {
                        break;
                    }
                    if killed_session(&catalogue, u64::from(round)) > 18 {
                        bites.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
    });
    let bites = bites.into_inner();
    assert!(bites > ROUNDS / 4, "only {bites} of {ROUNDS} rounds had something to lose");
}

/// Gives how many hosts had to be there.
fn killed_session(catalogue: &Catalogue, seed: u64) -> usize {
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let home = Home::new();
    let mut terminal = with_databases(&home);
    let end = Instant::now() + Duration::from_millis(random.below(2_000));
    let mut seen = vec![(Instant::now(), 18)];
    let mut sent = 18;
    while Instant::now() < end {
        thread::sleep(Duration::from_millis(random.below(120)));
        if random.below(5) == 0 {
            terminal.send("s");
        } else {
            terminal.send("d");
            sent += 1;
        }
        seen.push((Instant::now(), hosts_on_screen(&terminal)));
    }
    let killed = Instant::now();
    signal("KILL", terminal.process());
    terminal.end();
    let old = |(at, _): &&(Instant, usize)| *at + MOMENT <= killed;
    let owed = seen.iter().filter(old).map(|(_, hosts)| *hosts).max().unwrap_or(18);

    let file =
        load(&home.path("db.ron"), catalogue).unwrap_or_else(|error| panic!("seed {seed}: {error}")).plan;
    let places = Places { state: Some(home.path("state/portplan")), runtime: None };
    let found = lost(&places, Some(&home.path("db.ron")));
    assert!(found.len() <= 1, "seed {seed}: {found:?}");
    let kept = found.first().map(|lost| {
        project::read(&lost.text, catalogue)
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"))
            .hosts()
            .len()
    });
    let there = kept.unwrap_or(0).max(file.hosts().len());
    assert!((owed..=sent).contains(&there), "seed {seed}: {there} hosts, and {owed} were on the screen");
    owed
}

fn hosts_on_screen(terminal: &Terminal) -> usize {
    let text = terminal.text();
    let before = text.split(" hosts").next().unwrap_or_default();
    before
        .rsplit(|letter: char| !letter.is_ascii_digit())
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or(18)
}

/// Numbers that are the same for the same seed, so that a failed round can be looked at again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
