//! Signals have a thread of their own: the main thread may be stuck in a terminal that is gone.

use std::io;
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

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
                super::session::restore();
            }
            std::process::exit(128 + signal);
        }
    })?;
    Ok(())
}
