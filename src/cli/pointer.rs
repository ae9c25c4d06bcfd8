//! From the mouse as the terminal reports it to what the program's state understands; the clock is here.

use std::time::{Duration, Instant};

use crate::app::mouse::Press;
use crate::app::{Event, Gesture, Spot};
use crate::host::events::{Motion, Pointer};

/// How long after the first press a second one still belongs to it.
const DOUBLE: Duration = Duration::from_millis(400);

/// Remembers the last press, to know a double one.
#[derive(Debug, Default)]
pub(super) struct Clicks {
    last: Option<(Instant, Spot)>,
}

impl Clicks {
    /// The event for what the mouse did at this time.
    pub fn event(&mut self, pointer: Pointer, now: Instant) -> Event {
        let spot = Spot { column: pointer.column, row: pointer.row };
        let gesture = match pointer.motion {
            Motion::Press => Gesture::Press(self.press(spot, now)),
            Motion::Drag => Gesture::Drag,
            Motion::Release => Gesture::Release,
            Motion::WheelUp => Gesture::WheelUp,
            Motion::WheelDown => Gesture::WheelDown,
        };
        Event::Mouse(gesture, spot)
    }

    /// A third press begins anew. The hand may tremble along the row.
    fn press(&mut self, spot: Spot, now: Instant) -> Press {
        let again = |(then, first): &(Instant, Spot)| {
            now.saturating_duration_since(*then) < DOUBLE
                && first.row == spot.row
                && first.column.abs_diff(spot.column) <= 2
        };
        if self.last.take_if(|last| again(last)).is_some() {
            return Press::Double;
        }
        self.last = Some((now, spot));
        Press::Single
    }
}
