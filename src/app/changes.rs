//! The view of the flows that came and went since the baseline.

use crate::flows::ChangeList;
use crate::flows::changes::{
    Cause, ChangedFlow, Fate, GroupBy, Heading, Row, Teller, Topic, Weight, causes_of, take_back,
};
use crate::plan::actions::Action;
use crate::plan::{Edit, HostId};

use super::App;
use super::list::{ListState, Step};
use super::message::Tone;
use super::snippet::SnippetScope;

impl App {
    /// The flows that came and went; `None` while there is nothing to compare with.
    pub fn changes(&self) -> Option<&ChangeList> {
        self.compare.changes.as_ref().filter(|_| self.compare.listed == self.compare.number())
    }

    /// Cursor of the list of changes.
    pub fn change_list(&self) -> &ListState {
        &self.compare.list
    }

    /// The row under the cursor.
    pub fn selected_change(&self) -> Option<Row> {
        self.changes()?.window(self.compare.list.cursor(), 1).pop()
    }

    /// Puts reasons into words.
    pub fn change_teller(&self) -> Option<Teller<'_>> {
        let before = self.comparison()?.plan();
        Some(Teller { catalogue: &self.catalogue, before, after: &self.plan })
    }

    fn changed_rows(&self) -> u64 {
        self.changes().map_or(0, ChangeList::len)
    }

    pub(super) fn step_changes(&mut self, step: Step) {
        let len = self.changed_rows();
        self.compare.list.step(step, len);
    }

    pub(super) fn go_to_change(&mut self, line: u64) {
        let len = self.changed_rows();
        self.compare.list.go(line, len);
    }

    pub(super) fn wheel_changes(&mut self, by: i64) {
        let len = self.changed_rows();
        self.compare.list.wheel(by, len);
    }

    pub(super) fn changes_seen(&mut self, height: u16) {
        let len = self.changed_rows();
        self.compare.list.seen(height, len);
    }

    pub(super) fn toggle_changes_by(&mut self) {
        let by = match self.compare.by {
            GroupBy::Reason => GroupBy::Host,
            GroupBy::Host => GroupBy::Reason,
        };
        self.compare.by = by;
        if let Some(changes) = &mut self.compare.changes {
            changes.group_by(by);
        }
        self.compare.list = ListState::default();
    }

    /// What `y` copies here: rules for what came, or the removal of what went, as the line under the cursor is.
    pub(super) fn changes_scope(&self) -> SnippetScope {
        let only_went = |delta: crate::flows::Delta| delta.added == 0 && delta.removed > 0;
        match self.selected_change() {
            Some(Row::Flow(ChangedFlow { fate: Fate::Removed, .. })) => SnippetScope::Removed,
            Some(Row::Heading(Heading { delta, .. })) if only_went(delta) => SnippetScope::Removed,
            _ => SnippetScope::Added,
        }
    }

    /// What the line under the cursor would take back.
    pub fn causes_to_take_back(&self) -> Vec<Cause> {
        match self.selected_change() {
            None => Vec::new(),
            Some(Row::Heading(Heading { topic: Topic::Cause(cause), .. })) => vec![cause],
            Some(Row::Heading(Heading { topic: Topic::Host(host), .. })) => self.causes_at(host),
            Some(Row::Flow(flow)) => match flow.weight {
                Weight::Each => flow.causes.into_iter().take(1).collect(),
                Weight::Together => flow.causes,
            },
        }
    }

    fn causes_at(&self, host: HostId) -> Vec<Cause> {
        self.comparison().map_or_else(Vec::new, |pinned| causes_of(pinned.plan(), &self.plan, host))
    }

    /// Makes the plan as the baseline has it in what is under the cursor.
    pub(super) fn take_back_selected(&mut self) {
        let causes = self.causes_to_take_back();
        let Some((before, teller)) =
            self.comparison().map(super::baselines::Pinned::plan).zip(self.change_teller())
        else {
            return;
        };
        if causes.is_empty() {
            let name = match self.selected_change() {
                Some(Row::Heading(Heading { topic: Topic::Host(host), .. })) => teller.name(host).to_owned(),
                _ => return,
            };
            let text = format!("{name} itself is as in the baseline; take back a flow's reason below");
            self.say(Tone::Failed, text);
            return;
        }
        let told: Vec<String> = causes.iter().map(|cause| teller.tell(*cause)).collect();
        let label = format!("take back that {}", told.join(", and "));
        match take_back(&self.catalogue, before, &self.plan, &causes) {
            Ok(edits) if edits.is_empty() => {
                self.say(Tone::Failed, "that cannot be taken back alone; go back to the baseline as a whole");
            }
            Ok(edits) => {
                self.act(Action { label, edit: Edit::Many(edits), also: Vec::new() });
            }
            Err(error) => self.say(Tone::Failed, format!("that cannot be taken back alone: {error}")),
        }
    }
}
