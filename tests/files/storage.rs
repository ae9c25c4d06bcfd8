//! Files on disk: loading, saving whole or not at all, the list of recent plans.

use std::fs;
use std::path::{Path, PathBuf};

use portplan::files::{Change, LoadError, Recent, SaveError, load, samples, save, save_streamed};
use tempfile::TempDir;

use super::{catalogue, plain, read};

fn dir() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_is_saved_is_loaded() {
    let dir = dir();
    let path = dir.path().join("plan.ron");
    let text = samples()[0].text;
    let stamp = save(&path, text).unwrap();
    let loaded = load(&path, catalogue()).unwrap();
    assert_eq!(loaded.stamp, stamp);
    assert_eq!(plain(&loaded.plan), plain(&read(text)));
    assert_eq!(names(dir.path()), ["plan.ron"]);
    save(&path, samples()[1].text).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), samples()[1].text);
    assert_eq!(names(dir.path()), ["plan.ron"]);
}

#[test]
fn changes_by_others_are_seen() {
    let dir = dir();
    let path = dir.path().join("plan.ron");
    let stamp = save(&path, "one").unwrap();
    assert_eq!(stamp.change(&path), Change::None);
    assert!(stamp.modified().is_some());
    fs::write(&path, "two").unwrap();
    assert_eq!(stamp.change(&path), Change::Changed);
    fs::write(&path, "one").unwrap();
    assert_eq!(stamp.change(&path), Change::None);
    fs::write(&path, "one and a half").unwrap();
    assert_eq!(stamp.change(&path), Change::Changed);
    fs::remove_file(&path).unwrap();
    assert_eq!(stamp.change(&path), Change::Gone);
}

#[test]
fn what_is_not_a_file_with_text_is_refused() {
    let dir = dir();
    let catalogue = catalogue();
    let message = |path: &Path| load(path, catalogue).unwrap_err().to_string();
    assert!(message(dir.path()).ends_with("this is a directory, not a file with a plan"));
    let path = dir.path().join("plan.ron");
    assert!(message(&path).ends_with("plan.ron: there is no such file"));
    assert!(message(&path.join("deeper")).contains("there is no such file"));
    fs::write(&path, b"(\n  name: \"M\xFCnchen\"").unwrap();
    assert!(message(&path.join("deeper")).contains("cannot read the file"));
    assert!(message(&path).contains("plan.ron:2:11: the byte 0xFC is not UTF-8"), "{}", message(&path));
    fs::write(&path, b"\xFF\xFE(\0").unwrap();
    assert!(message(&path).ends_with("the text is UTF-16; save it as UTF-8"));
    fs::write(&path, "(format: 1, name: x)").unwrap();
    assert!(message(&path).contains("plan.ron:1:19: expected a text in quotes"), "{}", message(&path));
    let file = fs::File::create(&path).unwrap();
    file.set_len(65 * 1024 * 1024).unwrap();
    assert!(matches!(load(&path, catalogue), Err(LoadError::TooLarge { .. })));
}

#[test]
fn a_failed_save_leaves_everything_as_it_was() {
    let dir = dir();
    let target = dir.path().join("plan.ron");
    fs::write(&target, "old").unwrap();
    let mut permissions = fs::metadata(&target).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&target, permissions).unwrap();
    let error = save(&target, "new").unwrap_err();
    assert!(matches!(error, SaveError::ReadOnly { .. }), "{error}");
    assert_eq!(fs::read_to_string(&target).unwrap(), "old");
    assert_eq!(names(dir.path()), ["plan.ron"]);

    let error = save(&dir.path().join("missing/plan.ron"), "new").unwrap_err();
    assert!(matches!(error, SaveError::NoFolder { .. }), "{error}");
    assert!(error.to_string().contains("missing does not exist"), "{error}");
    let error = save(&target.join("plan.ron"), "new").unwrap_err();
    assert!(matches!(error, SaveError::NoFolder { .. }), "{error}");
    let error = save(dir.path(), "new").unwrap_err();
    assert!(error.to_string().contains("this is a directory"), "{error}");
    assert_eq!(names(dir.path()), ["plan.ron"]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn the_mode_of_an_old_file_is_kept_and_a_new_one_has_the_usual() {
        let dir = dir();
        let path = dir.path().join("plan.ron");
        let usual = dir.path().join("usual");
        fs::write(&usual, "").unwrap();
        save(&path, "new").unwrap();
        assert_eq!(mode(&path), mode(&usual));
        for kept in [0o600, 0o664, 0o755] {
            fs::set_permissions(&path, fs::Permissions::from_mode(kept)).unwrap();
            save(&path, "newer").unwrap();
            assert_eq!(mode(&path), kept);
        }
    }

    #[test]
    fn the_owner_is_kept_where_the_system_allows_it() {
        let dir = dir();
        let path = dir.path().join("plan.ron");
        fs::write(&path, "old").unwrap();
        if std::os::unix::fs::chown(&path, Some(12345), Some(54321)).is_err() {
            return; // Only root can try this.
        }
        save(&path, "new").unwrap();
        let metadata = fs::metadata(&path).unwrap();
        assert_eq!((metadata.uid(), metadata.gid()), (12345, 54321));
    }

    #[test]
    fn links_are_followed_and_stay() {
        let dir = dir();
        let real = dir.path().join("real");
        fs::create_dir(&real).unwrap();
        fs::write(real.join("plan.ron"), "old").unwrap();
        let link = dir.path().join("link.ron");
        symlink("real/plan.ron", &link).unwrap();
        let second = dir.path().join("second.ron");
        symlink(&link, &second).unwrap();
        save(&second, "new").unwrap();
        assert_eq!(fs::read_to_string(real.join("plan.ron")).unwrap(), "new");
        assert_eq!(fs::read_link(&link).unwrap(), PathBuf::from("real/plan.ron"));
        assert_eq!(fs::read_link(&second).unwrap(), link);
        assert_eq!(names(&real), ["plan.ron"]);

        fs::remove_file(real.join("plan.ron")).unwrap();
        save(&link, "again").unwrap();
        assert_eq!(fs::read_to_string(real.join("plan.ron")).unwrap(), "again");

        let circle = dir.path().join("circle");
        symlink("circle", &circle).unwrap();
        assert!(save(&circle, "x").unwrap_err().to_string().contains("circle"));
    }

    #[test]
    fn pipes_sockets_and_devices_are_refused() {
        let dir = dir();
        let catalogue = catalogue();
        let pipe = dir.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let socket = dir.path().join("socket");
        let _listener = UnixListener::bind(&socket).unwrap();
        for (path, what) in
            [(pipe, "named pipe"), (socket, "a socket"), (PathBuf::from("/dev/null"), "a device")]
        {
            assert!(load(&path, catalogue).unwrap_err().to_string().contains(what));
            assert!(save(&path, "x").unwrap_err().to_string().contains(what));
        }
    }

    #[test]
    fn a_folder_that_takes_no_files_is_reported() {
        let folder = Path::new("/proc/self");
        if folder.exists() {
            let error = save(&folder.join("plan.ron"), "x").unwrap_err();
            println!("{error}");
            assert!(matches!(error, SaveError::NoFolder { .. } | SaveError::NoPermission { .. }), "{error}");
        }
    }
}

#[test]
fn recent_plans_are_remembered_newest_first_and_once() {
    let dir = dir();
    let state = dir.path().join("state/portplan");
    let mut recent = Recent::load(&state);
    assert!(recent.paths().is_empty());
    for number in 0..12 {
        recent.add(&dir.path().join(format!("{number} \"ä\".ron")));
    }
    recent.add(&dir.path().join("5 \"ä\".ron"));
    assert_eq!(recent.paths().len(), 10);
    recent.save().unwrap();
    let again = Recent::load(&state);
    assert_eq!(again, recent);
    let number =
        |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().split(' ').next().unwrap().to_owned();
    let order: Vec<String> = again.paths().iter().map(number).collect();
    assert_eq!(order, ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]);
    assert_eq!(names(&state), ["recent.ron"]);
    recent.add(Path::new("relative.ron"));
    assert!(recent.paths()[0].is_absolute());
}

#[test]
fn a_broken_list_of_recent_plans_is_an_empty_one() {
    let dir = dir();
    for text in ["", "[", "(a: 1)", "[\"relative.ron\", 3]", "\u{0}"] {
        fs::write(dir.path().join("recent.ron"), text).unwrap();
        assert!(Recent::load(dir.path()).paths().is_empty(), "{text}");
    }
    fs::write(dir.path().join("recent.ron"), "[\"relative.ron\", \"/a\", \"/b\", \"/a\"]").unwrap();
    let expected: &[PathBuf] = if cfg!(windows) { &[] } else { &["/a".into(), "/b".into()] };
    assert_eq!(Recent::load(dir.path()).paths(), expected);
    let huge = format!("[{}]", "\"/a\", ".repeat(400_000));
    let deep = "[".repeat(500_000);
    for bytes in [huge.as_bytes(), deep.as_bytes(), b"[\"/\xff\"]", &[0; 4096]] {
        fs::write(dir.path().join("recent.ron"), bytes).unwrap();
        assert!(Recent::load(dir.path()).paths().is_empty());
    }
    fs::remove_file(dir.path().join("recent.ron")).unwrap();
    fs::create_dir(dir.path().join("recent.ron")).unwrap();
    assert!(Recent::load(dir.path()).paths().is_empty());
    assert!(Recent::load(dir.path()).save().is_err());
}

#[test]
fn a_hostile_file_of_the_last_target_is_no_target() {
    use portplan::files::{keep_last_target, last_target};
    let dir = dir();
    let state = dir.path().join("made");
    assert_eq!(last_target(&state), None);
    keep_last_target(&state, "cisco-asa").unwrap();
    assert_eq!(last_target(&state).as_deref(), Some("cisco-asa"));
    let huge = format!("\"{}\"", "a".repeat(400_000));
    let deep = "[".repeat(500_000);
    for bytes in [huge.as_bytes(), deep.as_bytes(), b"\"\xff\"", &[0; 4096], b"", b"[\"a\"]", b"3"] {
        fs::write(state.join("target.ron"), bytes).unwrap();
        assert_eq!(last_target(&state), None);
    }
    fs::remove_file(state.join("target.ron")).unwrap();
    fs::create_dir(state.join("target.ron")).unwrap();
    assert_eq!(last_target(&state), None);
    assert!(keep_last_target(&state, "csv").is_err());
}

#[test]
fn what_is_written_in_pieces_takes_the_files_place_only_when_it_is_whole() {
    let dir = dir();
    let path = dir.path().join("flows.csv");
    fs::write(&path, "old").unwrap();
    let given_up: Result<(), &str> = save_streamed(&path, |out| {
        out.write_all(b"half")?;
        Ok(Err("no more"))
    })
    .unwrap();
    assert_eq!(given_up, Err("no more"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    let failed = save_streamed::<()>(&path, |_| Err(std::io::Error::other("the disk is gone")));
    assert!(failed.unwrap_err().to_string().contains("flows.csv"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(names(dir.path()), ["flows.csv"]);
    let done: Result<(), ()> = save_streamed(&path, |out| {
        for number in 0..100_000 {
            writeln!(out, "{number}")?;
        }
        Ok(Ok(()))
    })
    .unwrap();
    assert_eq!(done, Ok(()));
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 100_000);
    assert_eq!(names(dir.path()), ["flows.csv"]);
}
