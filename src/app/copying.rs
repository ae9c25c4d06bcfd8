//! What a copy came to, and the other ways out of the program: a file, and bare text to select with the mouse.

use crate::snippets::Target;

use super::command::Command;
use super::effect::{Copied, Effect};
use super::layers::{Layer, Prompt, PromptKind};
use super::list::ListState;
use super::message::Tone;
use super::snippet::SnippetScope;
use super::{App, Context, Focus, View};

/// More than anybody selects with a mouse, and than a slow link should have to carry. In bytes.
const PLAIN_LIMIT: usize = 1_000_000;

/// More flows than these take longer to write than a key may: the screen says so first.
const AT_ONCE: u64 = 50_000;

/// Which snippet is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SnippetChoice {
    /// What it is written for.
    pub scope: SnippetScope,
    /// Its format.
    pub target: Target,
}

impl App {
    /// Says what a copy came to. Where the text may not have arrived, the keys for the other ways stand behind it, and
    /// mean this very snippet until the message goes.
    pub(super) fn copied(&mut self, what: &str, report: &str, ending: Copied) {
        let tone = if matches!(ending, Copied::Known | Copied::Unknown) { Tone::Done } else { Tone::Failed };
        let next: &[(Command, &str)] = match ending {
            Copied::Known => &[],
            Copied::Unknown | Copied::Failed => {
                &[(Command::WriteSnippet, "file"), (Command::PlainView, "plain")]
            }
            Copied::TooLarge => &[
                (Command::WriteSnippet, "file"),
                (Command::PlainView, "plain"),
                (Command::CopyAs, "other scope"),
            ],
        };
        let keys: Vec<String> = next
            .iter()
            .filter(|_| self.last_copy.is_some())
            .filter_map(|(command, hint)| Some(format!("{} {hint}", self.pane_key(*command)?)))
            .collect();
        let keys = if keys.is_empty() { String::new() } else { format!(" ({})", keys.join(", ")) };
        self.say(tone, format!("{report}{keys} · {what}"));
        if let Some(message) = &mut self.message {
            message.offer = self.last_copy;
        }
    }

    /// The snippet that `w` and `p` are about: the one that a message offers, the dialog's, or what `y` copies here.
    fn snippet_choice(&mut self) -> SnippetChoice {
        let pane = SnippetChoice { scope: self.copy_scope(), target: self.snippet.target };
        match self.layers.last() {
            Some(Layer::CopyAs(dialog)) => SnippetChoice { scope: dialog.scope(), target: dialog.target() },
            _ => self.offered.take().unwrap_or(pane),
        }
    }

    /// Takes over what the dialog has under its cursors, as a copy from there does.
    fn keep_choice(&mut self, choice: SnippetChoice) {
        if matches!(self.layers.last(), Some(Layer::CopyAs(_))) {
            (self.snippet.scope, self.snippet.target) = (choice.scope, choice.target);
        }
    }

    /// Shows what the dialog has under its cursors in the rules view.
    pub(super) fn show_chosen_rules(&mut self) {
        if let Some(Layer::CopyAs(dialog)) = self.layers.last() {
            let (scope, target) = (dialog.scope(), dialog.target());
            self.layers.pop();
            self.write_rules_as(scope, target);
            (self.view, self.focus) = (View::Rules, Focus::Main);
        }
    }

    /// Another text begins at its first line.
    pub(super) fn write_rules_as(&mut self, scope: SnippetScope, target: Target) {
        if (self.snippet.scope, self.snippet.target) != (scope, target) {
            (self.snippet.scope, self.snippet.target) = (scope, target);
            self.snippet.list = ListState::default();
        }
    }

    pub(super) fn ask_snippet_path(&mut self) {
        let choice = self.snippet_choice();
        self.keep_choice(choice);
        match self.material().len(choice.scope, choice.target) {
            Ok(flows) if flows > AT_ONCE => {
                let label = choice.target.label();
                self.say(Tone::Done, format!("putting {flows} flows into the {label}; one moment"));
                self.effects.push(Effect::Show(choice));
            }
            _ => self.put_together(choice),
        }
    }

    /// The screen says that it takes a moment.
    pub(super) fn shown(&mut self, choice: SnippetChoice) {
        self.message = None;
        self.put_together(choice);
    }

    /// Makes what the file is to hold, and asks for its name.
    fn put_together(&mut self, choice: SnippetChoice) {
        match self.material().content(choice.scope, choice.target) {
            Ok(content) => {
                self.layers.retain(|layer| !matches!(layer, Layer::CopyAs(_)));
                let name = format!("{}.{}", self.file_stem(), choice.target.extension());
                self.layers.push(Layer::Prompt(Prompt::new(PromptKind::WriteSnippet(content), name)));
            }
            Err(why) => self.say(Tone::Failed, why),
        }
    }

    pub(super) fn show_plain(&mut self) {
        let choice = self.snippet_choice();
        self.keep_choice(choice);
        match self.material().text(choice.scope, choice.target) {
            Ok(text) if text.len() > PLAIN_LIMIT => {
                let size = text.len() / PLAIN_LIMIT;
                let ask = self.keys.ask(Context::Rules, Command::WriteSnippet);
                let text = format!("more than {size} MB are too much to select; {ask} to write a file");
                self.say(Tone::Failed, text);
            }
            Ok(text) => {
                self.effects.push(Effect::ShowPlain { text, closing: self.closing_line() });
                self.layers.push(Layer::Plain);
            }
            Err(why) => self.say(Tone::Failed, why),
        }
    }

    /// Asks to keep the target for the next start, once for each change.
    pub(super) fn remember_target(&mut self) {
        if self.remembered_target != self.snippet.target {
            self.remembered_target = self.snippet.target;
            self.effects.push(Effect::RememberTarget(self.snippet.target));
        }
    }

    pub(super) fn leave_plain(&mut self) {
        self.layers.pop();
        self.effects.push(Effect::LeavePlain);
    }

    fn pane_key(&self, command: Command) -> Option<String> {
        self.keys.key_for(Context::Rules, command).map(super::Key::word)
    }

    fn closing_line(&self) -> String {
        let key = self.keys.key_for(Context::Plain, Command::Cancel).map(super::Key::word);
        format!("[portplan] Select the text above with the mouse. {} goes back.", key.unwrap_or_default())
    }
}
