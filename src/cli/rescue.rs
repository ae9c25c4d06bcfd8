//! Unsaved work goes to disk on a thread of its own: right after every change, and without a key having to wait for it.
//! What is on disk is at most a second behind what is on the screen, and mostly some milliseconds.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::app::Unfinished;
use crate::catalogue::Catalogue;
use crate::files::recovery::{self, Keeper, Places};
use crate::files::{self, SaveError};
use crate::plan::Plan;

/// How long the end of the program waits for the disk.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is to be on disk.
#[derive(Debug)]
enum Order {
    /// This unsaved state of a plan.
    Keep { path: Option<PathBuf>, plan: Arc<Plan>, unfinished: Option<Unfinished> },
    /// Nothing: the work is saved, or given up.
    Forget,
}

/// What passes between the loop and the thread.
#[derive(Debug, Default)]
struct Mail {
    /// The latest order; one that the thread had no time for is out of date.
    order: Option<Order>,
    /// Records of earlier planners whose work is in the order.
    taken_over: Vec<PathBuf>,
    /// Whether the thread is at work.
    busy: bool,
    /// How the last order ended, until the loop has asked.
    outcome: Option<Result<(), String>>,
}

#[derive(Debug, Default)]
struct Letterbox {
    mail: Mutex<Mail>,
    changed: Condvar,
}

impl Letterbox {
    /// A thread that panicked with the lock in its hands leaves mail that is whole all the same.
    fn open(&self) -> MutexGuard<'_, Mail> {
        self.mail.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, change: impl FnOnce(&mut Mail)) {
        change(&mut self.open());
        self.changed.notify_all();
    }
}

/// Hands unsaved work to the thread. Clones speak to the same thread.
#[derive(Debug, Clone)]
pub(super) struct Rescue {
    letterbox: Arc<Letterbox>,
}

impl Rescue {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system gives us none.
    pub fn start(places: Places, catalogue: Arc<Catalogue>) -> io::Result<Self> {
        let letterbox = Arc::new(Letterbox::default());
        let rescue = Self { letterbox: Arc::clone(&letterbox) };
        let mut writer = Writer { keeper: Keeper::new(places), catalogue };
        thread::Builder::new().name("rescue".to_owned()).spawn(move || {
            loop {
                writer.serve(&letterbox);
            }
        })?;
        Ok(rescue)
    }

    /// Keeps a state of the plan that is not saved. Once it is on disk, the records that it takes over go.
    pub fn keep(
        &self,
        path: Option<PathBuf>,
        plan: Arc<Plan>,
        unfinished: Option<Unfinished>,
        takes_over: Vec<PathBuf>,
    ) {
        self.letterbox.put(|mail| {
            mail.order = Some(Order::Keep { path, plan, unfinished });
            mail.taken_over.extend(takes_over);
        });
    }

    /// Takes the kept state away.
    pub fn forget(&self) {
        self.letterbox.put(|mail| mail.order = Some(Order::Forget));
    }

    /// How the last order ended, if it ended since this was asked before.
    pub fn outcome(&self) -> Option<Result<(), String>> {
        self.letterbox.open().outcome.take()
    }

    /// Whether an order is not carried out yet.
    pub fn is_busy(&self) -> bool {
        let mail = self.letterbox.open();
        mail.busy || mail.order.is_some()
    }

    /// Waits until everything that was ordered is on disk, or the disk has taken too long.
    pub fn flush(&self) {
        let waiting = |mail: &mut Mail| mail.busy || mail.order.is_some();
        let mail = self.letterbox.open();
        drop(self.letterbox.changed.wait_timeout_while(mail, PATIENCE, waiting));
    }
}

struct Writer {
    keeper: Keeper,
    catalogue: Arc<Catalogue>,
}

impl Writer {
    fn serve(&mut self, letterbox: &Letterbox) {
        let idle = |mail: &mut Mail| mail.order.is_none();
        let waited = letterbox.changed.wait_while(letterbox.open(), idle);
        let mut mail = waited.unwrap_or_else(PoisonError::into_inner);
        let Some(order) = mail.order.take() else { return };
        let taken_over = std::mem::take(&mut mail.taken_over);
        mail.busy = true;
        drop(mail);
        let outcome = self.carry_out(order);
        let outcome = match outcome {
            Ok(()) => {
                for record in &taken_over {
                    recovery::discard(record);
                }
                Ok(())
            }
            Err(error) => Err(error.to_string()),
        };
        letterbox.put(|mail| {
            if outcome.is_err() {
                mail.taken_over.extend(taken_over);
            }
            mail.busy = false;
            mail.outcome = Some(outcome);
        });
    }

    fn carry_out(&mut self, order: Order) -> Result<(), SaveError> {
        match order {
            Order::Keep { path, plan, unfinished } => {
                let text = files::project::write(&plan, &self.catalogue);
                // Texts and numbers can always be written.
                let typed = unfinished.and_then(|typed| ron::to_string(&typed).ok());
                self.keeper.keep(path.as_deref(), &text, typed.as_deref())
            }
            Order::Forget => {
                self.keeper.forget();
                Ok(())
            }
        }
    }
}
