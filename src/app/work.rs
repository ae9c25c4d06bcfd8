//! Changes to the plan: every one is resolved at once, marked, and can be taken back.

use std::collections::HashSet;

use crate::flows::{Comparison, Delta, FlowRef, Flows};
use crate::plan::actions::Action;
use crate::plan::{EditError, HostId};

use super::App;
use super::View;
use super::effect::Effect;
use super::message::{Message, Tone};
use super::snippet::{Material, Origin};

/// What an edit did to the flows; kept for as long as it is marked on the screen.
#[derive(Debug)]
pub struct Change {
    before: Flows,
    comparison: Comparison,
    number: u64,
}

impl Change {
    /// How many flows came and went.
    pub fn delta(&self) -> Delta {
        self.comparison.delta()
    }

    /// Whether the edit brought this flow.
    pub fn is_new(&self, after: &Flows, flow: FlowRef) -> bool {
        self.comparison.is_new(&self.before, after, flow)
    }
}

impl App {
    pub(super) fn act(&mut self, action: Action) -> bool {
        let host = self.selected_id();
        let result = self.history.apply(&mut self.plan, action.label.clone(), action.edit);
        self.after_edit(result.map(|()| action.label), &action.also, host)
    }

    pub(super) fn undo(&mut self) {
        let host = self.selected_id();
        let step = self.history.undo(&mut self.plan);
        self.stepped(step, host, "undid", "nothing to undo");
    }

    pub(super) fn redo(&mut self) {
        let host = self.selected_id();
        let step = self.history.redo(&mut self.plan);
        self.stepped(step, host, "redid", "nothing to redo");
    }

    /// The host under the cursor; to be asked before an edit, since the cursor is a line and hosts move.
    fn selected_id(&self) -> Option<HostId> {
        self.selected_host().map(|host| host.id)
    }

    fn stepped(
        &mut self,
        step: Result<Option<String>, EditError>,
        host: Option<HostId>,
        did: &str,
        nothing: &str,
    ) {
        match step.transpose() {
            None => self.say(Tone::Failed, nothing),
            Some(step) => {
                let host = self.returned_host().or(host);
                self.after_edit(step.map(|label| format!("{did}: {label}")), &[], host);
            }
        }
    }

    /// A host of the plan that the flows, which are not resolved again yet, do not know: a step brought it back.
    fn returned_host(&self) -> Option<HostId> {
        let known: HashSet<HostId> = self.flows.hosts().iter().map(|(_, id)| *id).collect();
        self.plan.hosts().iter().map(|host| host.id).find(|id| !known.contains(id))
    }

    fn after_edit(
        &mut self,
        result: Result<String, EditError>,
        also: &[String],
        host: Option<HostId>,
    ) -> bool {
        match result {
            Ok(label) => {
                self.recompute(host);
                self.say_change(label, also);
                true
            }
            Err(error) => {
                self.say(Tone::Failed, error.to_string());
                false
            }
        }
    }

    fn recompute(&mut self, host: Option<HostId>) {
        let key = self.flow_view.key(&self.flows);
        let before = self.resolve();
        let comparison = Comparison::new(&before, &self.flows);
        self.change = Some(Change { before, comparison, number: 0 });
        self.relist(key.as_ref());
        self.follow_host(host);
        let checks = self.review.len() as u64;
        self.checks.go(self.checks.cursor(), checks);
        self.keep_in_entries();
    }

    fn say_change(&mut self, label: String, also: &[String]) {
        let delta = self.change.as_ref().map(Change::delta).unwrap_or_default();
        let mut parts = vec![label];
        parts.extend(also.iter().cloned());
        parts.push(delta_text(delta));
        self.say(Tone::Done, parts.join(" · "));
        let number = self.wakes;
        if let Some(change) = &mut self.change {
            change.number = number;
        }
    }

    pub(super) fn relist(&mut self, key: Option<&super::flow_view::FlowKey>) {
        self.flow_view.refresh(&self.catalogue, &self.plan, &self.flows, key);
        self.why.go(0, 1);
    }

    /// Lists the flows again after the search or the grouping changed.
    pub(super) fn relist_in_place(&mut self) {
        let key = self.flow_view.key(&self.flows);
        self.relist(key.as_ref());
    }

    /// Keeps the cursor on a host wherever it went.
    pub(super) fn follow_host(&mut self, host: Option<HostId>) {
        let len = self.plan.hosts().len() as u64;
        let line = host.and_then(|id| self.plan.position(id)).map_or(self.hosts.cursor(), |at| at as u64);
        self.hosts.go(line, len);
    }

    pub(super) fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.wakes += 1;
        self.message = Some(Message { text: text.into(), tone, number: self.wakes, offer: None });
        self.effects.push(Effect::Wake { after: tone.stays(), number: self.wakes });
    }

    /// Shows what went wrong before the first key; it stays until one is pressed.
    pub fn notice(&mut self, text: impl Into<String>) {
        self.message =
            Some(Message { text: text.into(), tone: Tone::Failed, number: Message::NO_TIMER, offer: None });
    }

    /// Takes away what was to be seen for a while only.
    pub(super) fn wake(&mut self, number: u64) {
        if self.message.as_ref().is_some_and(|message| message.number == number) {
            self.message = None;
        }
        if self.change.as_ref().is_some_and(|change| change.number == number) {
            self.change = None;
        }
    }

    /// What the rules view is written for, in words.
    pub fn scope_words(&self) -> String {
        self.words_for(self.snippet.scope)
    }

    /// What a scope comes to at the moment, in words.
    pub fn words_for(&self, scope: super::snippet::SnippetScope) -> String {
        self.material().words(scope)
    }

    pub(super) fn material(&self) -> Material<'_> {
        let host = self.selected_host().and_then(|host| self.flows.place(host.id));
        Material {
            catalogue: &self.catalogue,
            plan: &self.plan,
            flows: &self.flows,
            shown: self.flow_view.listing(),
            search: self.flow_view.search.text(),
            crossing: self.flow_view.crossing,
            flow: self.flow_view.selected(&self.flows),
            host,
            since: self.comparison(),
        }
    }

    /// The rules view is live: while it is on the screen, it follows the plan, the search and both cursors.
    pub(super) fn refresh_snippet(&mut self) {
        if self.view != View::Rules {
            return;
        }
        let material = self.material();
        let origin = Origin {
            revision: self.history.revision(),
            scope: self.snippet.scope,
            target: self.snippet.target,
            flow: material.flow,
            host: material.host,
            search: material.search.to_owned(),
            crossing: material.crossing,
            since: self.compare.number(),
        };
        if self.snippet.written_for.as_ref() != Some(&origin) {
            let text = material.text(self.snippet.scope, self.snippet.target);
            self.snippet.text = text;
            self.find_again();
            self.snippet.written_for = Some(origin);
        }
    }
}

/// `+6 −2 flows`.
pub(super) fn delta_text(delta: Delta) -> String {
    if delta.is_empty() {
        "no flow changed".to_owned()
    } else {
        format!("+{} −{} flows", delta.added, delta.removed)
    }
}
