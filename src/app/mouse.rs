//! The mouse: what stands where on the screen, and what a press, a drag or the wheel does there.
//!
//! Drawing reports every place that answers as a [`Hit`]; nothing here knows how the screen is laid out.

mod hits;

pub use hits::{Divider, Hit, Hits, List, Place};

use super::command::{Command, Context, specs_for};
use super::effect::Effect;
use super::key::{Code, Key};
use super::layers::{Column, Layer};
use super::message::Tone;
use super::{App, Focus, View};

/// How many lines one notch of the wheel moves.
const NOTCH: i64 = 3;

/// Who has the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mouse {
    /// The program.
    #[default]
    On,
    /// The terminal, for a while: the operator selects text with it.
    Released,
    /// The terminal, because the operator wants no mouse in the program.
    Off,
}

/// A cell of the screen, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spot {
    /// The column.
    pub column: u16,
    /// The row.
    pub row: u16,
}

/// How often the button went down in the same place, in quick succession.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Press {
    /// Once.
    Single,
    /// Twice.
    Double,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gesture {
    /// The button went down.
    Press(Press),
    /// The mouse moved with the button down.
    Drag,
    /// The button went up.
    Release,
    /// The wheel turned away from the hand.
    WheelUp,
    /// The wheel turned towards the hand.
    WheelDown,
}

/// How the operator divided the screen, in cells; `None` for what the program proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Splits {
    /// The width of the left column.
    pub left: Option<u16>,
    /// The height of the reasons.
    pub why: Option<u16>,
}

/// What the mouse is in the middle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Grip {
    #[default]
    Nothing,
    /// A command runs when the button goes up on it: like that, nobody's shell gets the report of a button that went
    /// down here, and who presses by mistake can still move away.
    Command(Command),
    /// A border that was taken at this spot, when the size was this.
    Divider(Divider, Spot, u16),
}

/// State of the mouse.
#[derive(Debug, Default)]
pub(super) struct Pointer {
    pub mode: Mouse,
    pub hits: Hits,
    pub splits: Splits,
    grip: Grip,
    last: Option<Place>,
}

impl App {
    /// Tells who has the mouse at the start.
    #[must_use]
    pub fn with_mouse(mut self, mode: Mouse) -> Self {
        self.pointer.mode = mode;
        self
    }

    /// Who has the mouse.
    pub fn mouse_mode(&self) -> Mouse {
        self.pointer.mode
    }

    /// How the operator divided the screen.
    pub fn splits(&self) -> Splits {
        self.pointer.splits
    }

    pub(super) fn switch_mouse(&mut self) {
        let (mode, text) = match self.pointer.mode {
            Mouse::On => (
                Mouse::Released,
                "mouse released: select text with it, M takes it back; Shift-drag often selects without M",
            ),
            Mouse::Released | Mouse::Off => (Mouse::On, "the mouse works in portplan again"),
        };
        self.pointer.mode = mode;
        self.effects.push(Effect::Mouse(mode));
        self.say(Tone::Done, text);
    }

    pub(super) fn mouse(&mut self, gesture: Gesture, spot: Spot) {
        match gesture {
            Gesture::Press(press) => self.press(press, spot),
            Gesture::Drag => self.drag(spot),
            Gesture::Release => self.release(spot),
            Gesture::WheelUp => self.wheel(-NOTCH, spot),
            Gesture::WheelDown => self.wheel(NOTCH, spot),
        }
    }

    fn press(&mut self, press: Press, spot: Spot) {
        self.message = None;
        self.pointer.grip = Grip::Nothing;
        let place = self.pointer.hits.at(spot);
        let same = std::mem::replace(&mut self.pointer.last, place) == place;
        let Some(place) = place else { return };
        match (press, place) {
            (Press::Double, _) if !same => {
                // The first press changed what stands here; the second was not meant for that.
            }
            (_, Place::Command(command)) => self.pointer.grip = Grip::Command(command),
            (_, Place::Divider(divider, size)) => self.pointer.grip = Grip::Divider(divider, spot, size),
            (Press::Double, Place::Row(list, _)) if self.is_open(list) => self.enter_row(list),
            (Press::Double, Place::Cell(..)) if self.is_open(List::Matrix) => self.open_cell(),
            _ => self.click(place),
        }
    }

    fn click(&mut self, place: Place) {
        match place {
            Place::Body(list) if self.is_open(list) => self.focus_list(list),
            Place::Row(list, line) if self.is_open(list) => self.select(list, line),
            Place::Cell(row, column) if self.is_open(List::Matrix) => {
                self.focus_list(List::Matrix);
                self.matrix.select(row, column);
            }
            Place::Mark(list, line) if self.is_open(list) => {
                self.select(list, line);
                self.toggle_mark(list);
            }
            Place::Field(field) => {
                if let Some(Layer::Form(form)) = self.layers.last_mut() {
                    form.field = field;
                }
            }
            Place::Pick(choice) => self.pick_choice(choice),
            Place::Choice(field, choice) => {
                if let Some(Layer::Form(form)) = self.layers.last_mut() {
                    form.field = field;
                    form.choose(choice);
                }
            }
            _ => {}
        }
    }

    fn drag(&mut self, spot: Spot) {
        if let Grip::Divider(divider, from, size) = self.pointer.grip {
            let moved = |now: u16, then: u16| i32::from(now) - i32::from(then);
            let (place, size) = match divider {
                Divider::Left => {
                    (&mut self.pointer.splits.left, i32::from(size) + moved(spot.column, from.column))
                }
                Divider::Why => (&mut self.pointer.splits.why, i32::from(size) - moved(spot.row, from.row)),
            };
            *place = Some(u16::try_from(size.max(0)).unwrap_or(u16::MAX));
        }
    }

    fn release(&mut self, spot: Spot) {
        if let Grip::Command(command) = std::mem::take(&mut self.pointer.grip)
            && self.pointer.hits.at(spot) == Some(Place::Command(command))
        {
            self.run_if_it_counts(command);
        }
    }

    /// A key may have come since the screen was drawn, so that the command is no longer offered.
    fn run_if_it_counts(&mut self, command: Command) {
        if specs_for(self.context()).any(|spec| spec.command == command) {
            self.run(command);
        }
    }

    /// Whether the list is in reach: panes are not, while a dialog is open.
    fn is_open(&self, list: List) -> bool {
        let in_dialog = matches!(list, List::Dialog | List::Scopes | List::Formats | List::Import(_));
        in_dialog != self.layers.is_empty()
    }

    fn focus_list(&mut self, list: List) {
        match list {
            List::Hosts => self.focus = Focus::Hosts,
            List::Options => self.focus = Focus::Options,
            List::Flows | List::Rules | List::Changes | List::Checks | List::Matrix => {
                self.focus = Focus::Main;
            }
            List::Why => self.focus = Focus::Why,
            List::Dialog => {}
            List::Import(section) => {
                if let Some(Layer::Import(preview)) = self.layers.last_mut() {
                    preview.section = section;
                }
            }
            List::Scopes | List::Formats => {
                if let Some(Layer::CopyAs(dialog)) = self.layers.last_mut() {
                    dialog.column = if list == List::Scopes { Column::Scope } else { Column::Target };
                }
            }
        }
    }

    fn select(&mut self, list: List, line: u64) {
        self.focus_list(list);
        match list {
            List::Hosts => self.hosts.go(line, self.plan.hosts().len() as u64),
            List::Options => self.options.go(line, self.catalogue.options().len() as u64),
            List::Flows => {
                self.flow_view.list.go(line, self.flow_view.listing().len());
                self.why.go(0, 1);
            }
            List::Changes => self.go_to_change(line),
            List::Checks => self.checks.go(line, self.review.len() as u64),
            List::Why | List::Rules | List::Matrix => {}
            List::Dialog | List::Scopes | List::Formats | List::Import(_) => self.select_in_dialog(line),
        }
    }

    fn select_in_dialog(&mut self, line: u64) {
        let starts = self.start_items().len() as u64;
        match self.layers.last_mut() {
            Some(Layer::Roles(picker)) => {
                let len = picker.matches(&self.catalogue).len() as u64;
                picker.list.go(line, len);
            }
            Some(Layer::Palette(palette)) => {
                let len = palette.matches().len() as u64;
                palette.list.go(line, len);
            }
            Some(Layer::Import(preview)) => {
                let (list, len) = preview.focused();
                list.go(line, len);
            }
            Some(Layer::Start(start)) => start.list.go(line, starts),
            Some(Layer::Ask(dialog)) => {
                let len = dialog.choices(&self.plan, &self.flows).len() as u64;
                dialog.list.go(line, len);
            }
            Some(Layer::Answer(page)) => page.choose(line),
            Some(Layer::Baselines(dialog)) => dialog.list.go(line, dialog.entries.len() as u64),
            Some(Layer::CopyAs(dialog)) => {
                let (list, len) = dialog.list();
                list.go(line, len);
            }
            _ => self.select_entry(line),
        }
    }

    fn toggle_mark(&mut self, list: List) {
        match list {
            List::Options => self.run_if_it_counts(Command::ToggleOption),
            List::Dialog | List::Import(_) => self.run_if_it_counts(Command::Toggle),
            _ => {}
        }
    }

    /// A second press on a line does what Enter does there. Where Enter only closes, it does what Space does.
    fn enter_row(&mut self, list: List) {
        match self.context() {
            Context::Roles => return self.toggle_mark(list),
            // The lines are fields, where a second press means the text.
            Context::Ports | Context::Fields => return,
            _ => {}
        }
        // Whatever keys are in force: the table says what is done to a line here.
        let enter = Key::plain(Code::Enter);
        let spec =
            specs_for(self.context()).find(|spec| spec.keys.iter().any(|key| key.parse() == Ok(enter)));
        if let Some(command) = spec.map(|spec| spec.command) {
            self.run(command);
        }
    }

    fn wheel(&mut self, by: i64, spot: Spot) {
        let place = self.pointer.hits.at(spot);
        let list = match place {
            Some(Place::Body(list) | Place::Row(list, _) | Place::Mark(list, _)) => list,
            Some(Place::Cell(..)) => List::Matrix,
            _ => return,
        };
        if !self.is_open(list) {
            return;
        }
        match list {
            List::Hosts => self.hosts.wheel(by, self.plan.hosts().len() as u64),
            List::Options => self.options.wheel(by, self.catalogue.options().len() as u64),
            List::Flows => {
                let before = self.flow_view.list.cursor();
                self.flow_view.list.wheel(by, self.flow_view.listing().len());
                if before != self.flow_view.list.cursor() {
                    self.why.go(0, 1);
                }
            }
            List::Changes => self.wheel_changes(by),
            List::Checks => self.checks.wheel(by, self.review.len() as u64),
            List::Matrix => self.matrix.wheel(by),
            List::Why => self.why.wheel_text(by, self.why_lines),
            List::Rules if self.view == View::Rules => {
                self.snippet.scroll_away();
                self.snippet.list.wheel_text(by, self.snippet.rows);
            }
            List::Import(_) => {
                self.focus_list(list);
                self.wheel_in_dialog(by);
            }
            List::Dialog => self.wheel_in_dialog(by),
            List::Rules | List::Scopes | List::Formats => {}
        }
    }

    fn wheel_in_dialog(&mut self, by: i64) {
        let (starts, lines) = (self.start_items().len() as u64, self.dialog_lines);
        match self.layers.last_mut() {
            Some(Layer::Roles(picker)) => {
                let len = picker.matches(&self.catalogue).len() as u64;
                picker.list.wheel(by, len);
            }
            Some(Layer::Palette(palette)) => {
                let len = palette.matches().len() as u64;
                palette.list.wheel(by, len);
            }
            Some(Layer::Import(preview)) => {
                let (list, len) = preview.focused();
                list.wheel(by, len);
            }
            Some(Layer::Start(start)) => start.list.wheel(by, starts),
            Some(Layer::Ask(dialog)) => dialog.list.wheel(by, lines),
            Some(Layer::Answer(page)) => page.list.wheel_text(by, lines),
            Some(Layer::Baselines(dialog)) => dialog.list.wheel(by, dialog.entries.len() as u64),
            Some(Layer::Help(list)) => list.wheel_text(by, lines),
            Some(Layer::Paste(preview)) => preview.list.wheel_text(by, lines),
            _ => self.wheel_entries(by),
        }
    }
}
