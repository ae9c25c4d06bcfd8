//! Brings hosts in from a file or from pasted text: asks, shows what would come, and adds it.

use std::path::PathBuf;

use crate::plan::import::{self, Kind, Merged, Source};
use crate::plan::paste::MOST_BYTES;
use crate::plan::shown::shown_path;

use super::command::Command;
use super::effect::Effect;
use super::layers::import::Section;
use super::layers::paste::Stage;
use super::layers::{ImportPreview, Layer, Prompt, PromptKind};
use super::list::ListState;
use super::message::Tone;
use super::{App, Focus};

/// Where hosts come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// Pasted text.
    Pasted(String),
}

impl App {
    pub(super) fn ask_for_import(&mut self) {
        self.layers.push(Layer::Prompt(Prompt::new(PromptKind::Import, "")));
    }

    /// Whether pasted text is more than a list of hosts; it is read as a file would be then.
    pub(super) fn pastes_import(&mut self, text: &str) -> bool {
        if text.len() > MOST_BYTES || import::detect(text) == Kind::List {
            return false;
        }
        if !self.refuses(Command::ImportHosts) {
            self.effects.push(Effect::Import(Origin::Pasted(text.to_owned())));
        }
        true
    }

    pub(super) fn imported(&mut self, origin: Origin, source: Result<Box<Source>, String>) {
        match (origin, source) {
            (Origin::File(path), Ok(source)) => self.preview_import(shown_path(&path), *source),
            (Origin::Pasted(_), Ok(source)) => self.preview_import("pasted text".to_owned(), *source),
            // It looked like more than it is.
            (Origin::Pasted(text), Err(_)) => self.paste_list(&text),
            (Origin::File(path), Err(why)) => {
                let text = shown_path(&path);
                self.layers.push(Layer::Prompt(Prompt::new(PromptKind::Import, text)));
                self.say(Tone::Failed, why);
            }
        }
    }

    fn preview_import(&mut self, name: String, source: Source) {
        let preview = ImportPreview::new(name, source, &self.catalogue, &self.plan);
        self.layers.push(Layer::Import(Box::new(preview)));
    }

    pub(super) fn run_import_command(&mut self, command: Command) {
        let Some(Layer::Import(preview)) = self.layers.last_mut() else { return };
        match command {
            Command::NextField => preview.next_section(true),
            Command::PreviousField => preview.next_section(false),
            Command::ToggleHeadings => preview.switch_headings(&self.catalogue, &self.plan),
            _ if preview.section != Section::Columns => {}
            Command::PreviousMeaning => preview.change_column(false, &self.catalogue, &self.plan),
            _ => preview.change_column(true, &self.catalogue, &self.plan),
        }
    }

    /// Adds the hosts; what could not be read stays in sight until it is closed.
    pub(super) fn accept_import(&mut self) {
        let Some(Layer::Import(mut preview)) = self.layers.pop() else { return };
        if preview.stage == Stage::Done {
            return;
        }
        match import::action(&self.plan, &self.catalogue, preview.import()) {
            None if preview.import().hosts.is_empty() => {
                self.say(Tone::Failed, "there is no host to bring in");
                self.layers.push(Layer::Import(preview));
                return;
            }
            None => self.say(Tone::Done, "the plan has all of these hosts already"),
            Some((action, merged)) => {
                if self.act(action) {
                    self.show_imported(&merged);
                }
            }
        }
        if !preview.import().unread.is_empty() {
            preview.stage = Stage::Done;
            preview.section = Section::Unread;
            preview.unread = ListState::default();
            self.layers.push(Layer::Import(preview));
        }
    }

    fn show_imported(&mut self, merged: &Merged) {
        self.focus = Focus::Hosts;
        let first = merged.first.as_ref().and_then(|name| self.plan.host_named(name.as_str()));
        self.follow_host(first.map(|host| host.id));
    }
}
