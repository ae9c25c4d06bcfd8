//! Copying over SSH: a real server on the loopback device with keys that live as long as the test.

use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::copy_rules;
use crate::cli::{Home, PATIENCE, PROGRAM, databases, finish};
use crate::pty::harness::{Start, Terminal, clipboard_texts};

/// The server, which ends with the test.
struct Server<'a> {
    home: &'a Home,
    process: Child,
    port: u16,
}

impl<'a> Server<'a> {
    fn start(home: &'a Home) -> Self {
        std::fs::copy(databases(), home.path("db.ron")).unwrap();
        for name in ["host_key", "user_key"] {
            let run = finish(home.command("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", name]));
            assert_eq!(run.code, Some(0), "{run:?}");
        }
        // As root, the server wants this folder, which Debian makes when it starts its own.
        if user(home) == "root" {
            std::fs::create_dir_all("/run/sshd").unwrap();
        }
        let port = free_port();
        let file = |name: &str| home.path(name).display().to_string();
        let settings = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\n\
             StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin prohibit-password\nPrintMotd no\n",
            file("host_key"),
            file("user_key.pub"),
        );
        home.write("sshd_config", &settings);
        let mut command = home.command("/usr/sbin/sshd", &["-D", "-e", "-f", &file("sshd_config")]);
        let process = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut server = Self { home, process, port };
        server.wait_until_it_listens();
        server
    }

    fn wait_until_it_listens(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if let Some(status) = self.process.try_wait().unwrap() {
                let mut said = String::new();
                self.process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
                panic!("sshd ended with {status}: {said}");
            }
            assert!(Instant::now() < deadline, "sshd does not listen");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// A session that runs a command line on the other side.
    fn open(&self, command: &str) -> Terminal {
        let port = self.port.to_string();
        let goal = format!("{}@127.0.0.1", user(self.home));
        let variables = self.home.variables().map(|(name, value)| format!("{name}='{value}'")).join(" ");
        let command = format!("cd '{}' && exec env {variables} {command}", self.home.folder().display());
        let options = [
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "LogLevel=ERROR",
            "IdentitiesOnly=yes",
            "IdentityFile=user_key",
        ];
        let mut args = vec!["-F", "none", "-tt", "-p", &port];
        args.extend(options.iter().flat_map(|option| ["-o", option]));
        args.extend([goal.as_str(), command.as_str()]);
        let terminal = Start { program: "ssh", rows: 30, ..Start::new(self.home, &args) }.open();
        terminal.wait_for("18 hosts · 112 flows");
        terminal
    }
}

impl Drop for Server<'_> {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

fn user(home: &Home) -> String {
    finish(home.command("id", &["-un"])).out.trim().to_owned()
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

#[test]
fn a_copy_crosses_the_link() {
    let home = Home::new();
    let server = Server::start(&home);
    // A display at the other end of the link is not where the keyboard is, so it is left alone.
    let mut terminal = server.open(&format!("DISPLAY=127.0.0.1:1 {PROGRAM} db.ron"));
    let printed = copy_rules(&home, &mut terminal);
    terminal.wait_for("sent to the terminal, which gives no answer: paste to check (w file, p plain)");
    drop(terminal.wait("the copy", |shown| clipboard_texts(&shown.raw) == [printed.as_str()]));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_copy_inside_tmux_crosses_the_link_and_is_in_its_buffer() {
    let home = Home::new();
    let server = Server::start(&home);
    let socket = home.path("tmux.socket").display().to_string();
    let mut terminal = server.open(&format!("tmux -S '{socket}' -f /dev/null new-session {PROGRAM} db.ron"));
    let printed = copy_rules(&home, &mut terminal);
    terminal.wait_for("in tmux's buffer, sent on to the terminal: paste to check (w file, p plain)");
    drop(terminal.wait("the copy", |shown| clipboard_texts(&shown.raw) == [printed.as_str()]));
    let buffer = finish(home.command("tmux", &["-S", &socket, "show-buffer"]));
    assert_eq!(buffer.out, printed);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    finish(home.command("tmux", &["-S", &socket, "kill-server"]));
}
