//! The way out when the program is told to end, or its terminal is gone: whoever notices first takes it, once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// Brings unsaved work to safety. Any thread may call it, at any time, more than once: it must not wait for a lock that
/// the main thread can hold while it draws, waits for input or panics.
pub type Rescue = Arc<dyn Fn() + Send + Sync>;

/// Why the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A signal with this number told it to.
    Signal(i32),
    /// The terminal is gone.
    HungUp,
}

/// The number that shells give the hang-up signal everywhere.
const HANG_UP: i32 = 1;
/// How long a terminal may take to be given back.
const PATIENCE: Duration = Duration::from_millis(500);

static ENDING: AtomicBool = AtomicBool::new(false);

/// Rescues, gives the terminal back and ends the process with the code that shells expect.
pub fn end(rescue: &Rescue, ending: Ending) -> ! {
    if ENDING.swap(true, Ordering::SeqCst) {
        // Another thread is at it already; the process ends with that.
        loop {
            thread::park();
        }
    }
    // A rescue that fails must not keep the process alive.
    let _ = catch_unwind(AssertUnwindSafe(|| rescue()));
    let signal = match ending {
        Ending::Signal(signal) => signal,
        Ending::HungUp => HANG_UP,
    };
    // A hang-up can be a signal that somebody sent: the terminal may well be there.
    restore_in_time();
    std::process::exit(128 + signal)
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
