//! Signals have a thread of their own: the main thread may be stuck in a terminal that is gone.

use std::io;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// How long a terminal may take to be given back.
const PATIENCE: Duration = Duration::from_millis(500);

/// Starts the thread. When the link drops or the process is told to end, it runs `rescue`, gives the terminal back
/// and ends the process with the code that shells expect.
///
/// # Errors
/// If the handlers cannot be installed.
pub fn watch(rescue: impl Fn() + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        if let Some(signal) = signals.forever().next() {
            rescue();
            if signal != SIGHUP {
                restore_in_time();
            }
            std::process::exit(128 + signal);
        }
    })?;
    Ok(())
}

/// Gives the terminal back if it takes it. One that hangs would keep us for ever: the main thread waits for it in the
/// middle of a frame, with standard output in its hands.
fn restore_in_time() {
    let (done, finished) = channel();
    let spawned = thread::Builder::new().name("restore".to_owned()).spawn(move || {
        super::session::restore();
        // Nobody listens any more if it took too long.
        let _ = done.send(());
    });
    if spawned.is_ok() {
        let _ = finished.recv_timeout(PATIENCE);
    }
}
