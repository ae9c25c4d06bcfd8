//! From keys and pasted text to commands and text fields.

use super::command::{Command, Context};
use super::field::Field;
use super::key::{Code, Key};
use super::layers::PastePreview;
use super::layers::paste::Stage;
use super::layers::{FormField, Layer};
use super::list::{ListState, Step};
use super::{App, Focus, Tone};
use crate::plan::paste;

impl App {
    pub(super) fn key(&mut self, key: Key) {
        self.offered = self.message.take().and_then(|message| message.offer);
        let context = self.context();
        if self.types_text(key) {
            if !self.completes(key) {
                self.type_key(key);
            }
            return;
        }
        match self.keys.command_for(context, key) {
            Some(command) => self.run(command),
            None => self.type_key(key),
        }
    }

    /// In a text field of the form, keys that choose elsewhere move in the text.
    fn types_text(&mut self, key: Key) -> bool {
        let moves = matches!(key.code, Code::Char(' ') | Code::Left | Code::Right) && !key.ctrl && !key.alt;
        match self.layers.last_mut() {
            Some(Layer::Form(form)) => moves && form.text_field().is_some(),
            Some(Layer::RuleForm(form)) => moves && form.text_field().is_some(),
            Some(Layer::ZoneForm(_)) => moves,
            _ => false,
        }
    }

    fn type_key(&mut self, key: Key) {
        if self.text_field().is_some_and(|field| field.key(key)) {
            self.typed();
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        let in_pane = self.layers.is_empty();
        match self.text_field() {
            Some(field) => match field.insert(text) {
                Ok(()) => self.typed(),
                Err(error) => self.say(Tone::Failed, error.to_string()),
            },
            None if in_pane => self.paste_hosts(text),
            None => self.say(Tone::Failed, "nothing here takes pasted text; open a field first"),
        }
    }

    fn paste_hosts(&mut self, text: &str) {
        if !self.pastes_import(text) {
            self.paste_list(text);
        }
    }

    pub(super) fn paste_list(&mut self, text: &str) {
        match paste::read(text, &self.plan) {
            Ok(pasted) if pasted.hosts.is_empty() && pasted.left_out.is_empty() => {
                self.say(Tone::Failed, "the pasted text is empty");
            }
            Ok(pasted) => self.layers.push(Layer::Paste(PastePreview::new(pasted))),
            Err(error) => self.say(Tone::Failed, error.to_string()),
        }
    }

    /// Enter adds what was pasted; lines that made no host stay in sight until they are closed.
    pub(super) fn accept_paste(&mut self) {
        let Some(Layer::Paste(mut preview)) = self.layers.pop() else { return };
        if preview.stage == Stage::Done {
            return;
        }
        let first = self.plan.hosts().len() as u64;
        let action = paste::add_hosts(&mut self.plan, &preview.pasted.hosts);
        if action.is_some_and(|action| self.act(action)) {
            self.focus = Focus::Hosts;
            self.hosts.go(first, self.plan.hosts().len() as u64);
        }
        if !preview.pasted.left_out.is_empty() {
            preview.stage = Stage::Done;
            preview.list = ListState::default();
            self.layers.push(Layer::Paste(preview));
        }
    }

    pub(super) fn keys_left_out(&mut self, keys: usize) {
        let keys = if keys == 1 { "1 key".to_owned() } else { format!("{keys} keys") };
        self.say(Tone::Failed, format!("{keys} that came in one breath with the pasted text did nothing"));
    }

    /// The line that typed text goes to.
    fn text_field(&mut self) -> Option<&mut Field> {
        let in_rules = self.pane_context() == Context::Find;
        match self.layers.last_mut() {
            Some(Layer::Form(form)) => form.text_field(),
            Some(Layer::Roles(picker)) => Some(&mut picker.query),
            Some(Layer::Palette(palette)) => Some(&mut palette.query),
            Some(Layer::Prompt(prompt)) => Some(&mut prompt.field),
            Some(Layer::Ports(form)) => form.text_field(),
            Some(Layer::RuleForm(form)) => form.text_field(),
            Some(Layer::ZoneForm(form)) => Some(form.text_field()),
            Some(Layer::Ask(dialog)) => Some(&mut dialog.field),
            None if in_rules => Some(&mut self.snippet.find.field),
            None if self.focus == Focus::Search => Some(&mut self.flow_view.search),
            _ => None,
        }
    }

    fn typed(&mut self) {
        match self.layers.last_mut() {
            Some(Layer::Form(form)) => form.error = None,
            Some(Layer::Roles(picker)) => {
                picker.switched = false;
                picker.list.go(0, u64::MAX);
            }
            Some(Layer::Palette(palette)) => palette.list.go(0, u64::MAX),
            Some(Layer::Prompt(prompt)) => prompt.error = None,
            Some(Layer::RuleForm(form)) => form.typed(),
            Some(Layer::ZoneForm(form)) => form.error = None,
            Some(Layer::Ask(dialog)) => dialog.typed(),
            Some(_) => {}
            None if self.view == super::View::Rules => self.find_typed(),
            None => {
                self.relist_in_place();
                self.flow_view.list.go(0, self.flow_view.listing().len());
            }
        }
    }

    pub(super) fn step(&mut self, step: Step) {
        if self.layers.is_empty() {
            self.step_pane(step);
        } else {
            self.step_dialog(step);
        }
    }

    fn step_pane(&mut self, step: Step) {
        match self.pane_context() {
            Context::Hosts => self.hosts.step(step, self.plan.hosts().len() as u64),
            Context::Options => self.options.step(step, self.catalogue.options().len() as u64),
            Context::Why => self.why.scroll(step, self.why_lines),
            Context::Rules => {
                self.snippet.scroll_away();
                self.snippet.list.scroll(step, self.snippet.rows);
            }
            Context::Changes => self.step_changes(step),
            Context::Checks => self.checks.step(step, self.review.len() as u64),
            Context::Matrix => self.matrix.step_row(step),
            _ => {
                self.flow_view.list.step(step, self.flow_view.listing().len());
                self.why.go(0, 1);
            }
        }
    }

    /// Lists are counted here and not on the screen: keys can come faster than frames.
    fn step_dialog(&mut self, step: Step) {
        let starts = self.start_items().len() as u64;
        let lines = self.dialog_lines;
        match self.layers.last_mut() {
            Some(Layer::Roles(picker)) => {
                let len = picker.matches(&self.catalogue).len() as u64;
                picker.list.step(step, len);
            }
            Some(Layer::Palette(palette)) => {
                let len = palette.matches().len() as u64;
                palette.list.step(step, len);
            }
            Some(Layer::Help(list)) => list.scroll(step, lines),
            Some(Layer::Ask(dialog)) => {
                let len = dialog.choices(&self.plan, &self.flows).len() as u64;
                dialog.list.step(step, len);
            }
            Some(Layer::Answer(page)) => page.list.scroll(step, page.rows),
            Some(Layer::Paste(preview)) => preview.list.scroll(step, lines),
            Some(Layer::Import(preview)) => {
                let (list, len) = preview.focused();
                list.step(step, len);
            }
            Some(Layer::Start(start)) => start.list.step(step, starts),
            Some(Layer::Baselines(dialog)) => dialog.list.step(step, dialog.entries.len() as u64),
            Some(Layer::CopyAs(dialog)) => {
                let (list, len) = dialog.list();
                list.step(step, len);
            }
            _ => self.step_entries(step),
        }
    }

    pub(super) fn run_field_command(&mut self, command: Command) {
        match self.layers.last_mut() {
            Some(Layer::CopyAs(dialog)) => dialog.other_column(),
            Some(Layer::Ask(dialog)) => dialog.take_over(&self.plan, &self.flows),
            Some(Layer::Answer(page)) => page.choose_next(command == Command::NextField),
            Some(Layer::Form(form)) => match command {
                Command::NextField => form.move_by(1),
                Command::PreviousField => form.move_by(-1),
                Command::ChangeBack => form.choose_previous(),
                Command::Toggle | Command::ChangeOn if form.field == FormField::Roles => {
                    self.pick_roles_for_form();
                }
                Command::Toggle | Command::ChangeOn if form.field == FormField::Ports => {
                    self.edit_ports_of_form();
                }
                _ => form.choose_next(),
            },
            Some(Layer::Prompt(prompt)) => prompt.next_form(),
            Some(Layer::Roles(_)) => self.toggle_picked_role(),
            Some(Layer::Import(_)) => self.run_import_command(command),
            _ => self.run_adapting_field(command),
        }
    }

    pub(super) fn cycle_focus(&mut self, forward: bool) {
        let why = (self.view == super::View::Flows).then_some(Focus::Why);
        let order: Vec<Focus> = [Focus::Hosts, Focus::Options, Focus::Main].into_iter().chain(why).collect();
        let at = order.iter().position(|focus| *focus == self.focus).unwrap_or(2);
        let next = if forward { at + 1 } else { at + order.len() - 1 };
        if let Some(focus) = order.get(next % order.len()) {
            self.focus = *focus;
        }
    }

    /// The place of the selected host among the hosts, for moving it.
    pub(super) fn host_place(&self) -> Option<usize> {
        self.selected_host().and_then(|host| self.flows.place(host.id)).map(crate::catalogue::Key::position)
    }
}
