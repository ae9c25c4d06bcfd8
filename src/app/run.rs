//! Carries out commands.

use crate::catalogue::RoleSet;
use crate::flows::{Cell, Grouping, SameHost};
use crate::plan::actions::{self, Action};
use crate::plan::{Edit, HostId};
use crate::snippets::Target;

use super::command::Command;
use super::copying::SnippetChoice;
use super::effect::Effect;
use super::layers::import::Section;
use super::layers::{
    CopyAs, FormField, HostForm, Layer, Palette, Prompt, PromptKind, RolePicker, RoleTarget, RuleField,
};
use super::list::{ListState, Step};
use super::message::Tone;
use super::snippet::SnippetScope;
use super::{App, Context, Focus, View};

impl App {
    /// Carries out a command as if its key had been pressed here.
    pub(super) fn run(&mut self, command: Command) {
        if self.refuses(command) {
            return;
        }
        match command {
            Command::Up => self.step(Step::Up),
            Command::Down => self.step(Step::Down),
            Command::PageUp => self.step(Step::PageUp),
            Command::PageDown => self.step(Step::PageDown),
            Command::First => self.step(Step::First),
            Command::Last => self.step(Step::Last),
            Command::NextPane => self.cycle_focus(true),
            Command::PreviousPane => self.cycle_focus(false),
            Command::ViewFlows => self.show(View::Flows),
            Command::ViewRules => self.show(View::Rules),
            Command::ViewChecks => self.show(View::Checks),
            Command::ViewChanges => self.show(View::Changes),
            Command::ViewMatrix if self.go_back_to_cell() => {}
            Command::ViewMatrix => self.show(View::Matrix),
            Command::Search => self.open_search(),
            Command::NextHit => self.find_next(true),
            Command::PreviousHit => self.find_next(false),
            Command::ClearSearch => self.clear_search(),
            Command::ToggleGrouping if self.view == View::Changes => self.toggle_changes_by(),
            Command::ToggleGrouping => self.toggle_grouping(),
            Command::ToggleSameHost => self.toggle_same_host(),
            Command::ToggleCrossing => self.toggle_crossing(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Palette => self.layers.push(Layer::Palette(Palette::new(self.pane_context()))),
            Command::Help => self.layers.push(Layer::Help(ListState::default())),
            Command::NextField
            | Command::PreviousField
            | Command::Toggle
            | Command::ChangeOn
            | Command::ChangeBack => self.run_field_command(command),
            Command::Left
            | Command::Right
            | Command::PageLeft
            | Command::PageRight
            | Command::FirstColumn
            | Command::LastColumn
            | Command::SwitchAxes
            | Command::OpenCell => self.run_matrix_command(command),
            Command::Accept => self.accept(),
            Command::Cancel => self.cancel(),
            Command::SaveAndGo => self.save_and_go(),
            Command::DiscardAndGo => self.discard_and_go(),
            Command::Overwrite => self.overwrite(),
            Command::Recover => self.recover(),
            Command::Reload => self.reload(),
            Command::SaveElsewhere => self.save_elsewhere(),
            Command::TryAgain => self.try_again(),
            Command::ToggleHeadings | Command::NextMeaning | Command::PreviousMeaning => {
                self.run_import_command(command);
            }
            Command::ImportHosts => self.ask_for_import(),
            Command::Save => self.save(),
            Command::SaveAs => self.ask_path(PromptKind::SaveAs),
            Command::Open => self.layers.push(Layer::Prompt(Prompt::new(PromptKind::Open, ""))),
            Command::NewPlan => self.leave(super::layers::confirm::Leave::Start),
            Command::ReleaseMouse => self.switch_mouse(),
            Command::Suspend => self.effects.push(Effect::Suspend),
            Command::Quit => self.leave(super::layers::confirm::Leave::Quit),
            Command::RenamePlan => {
                let name = self.plan.name().as_str();
                self.layers.push(Layer::Prompt(Prompt::new(PromptKind::RenamePlan, name)));
            }
            Command::EditPorts
            | Command::ShowOwnRules
            | Command::ShowZones
            | Command::AddEntry
            | Command::EditEntry
            | Command::DeleteEntry
            | Command::ShowZoneHosts => self.run_adapting(command),
            Command::Ask => self.open_ask(),
            Command::ExplainFlow => self.explain_flow(),
            Command::GoToHost => self.go_to_host_of_answer(0),
            Command::GoToPeer => self.go_to_host_of_answer(1),
            Command::Copy if self.copies_answer() => {}
            Command::TakeBack
            | Command::Baselines
            | Command::PinBaseline
            | Command::ReplaceBaseline
            | Command::RenameBaseline
            | Command::DeleteBaseline
            | Command::GoBack => self.run_baseline_command(command),
            Command::Report => self.ask_report_path(),
            Command::Copy
            | Command::CopyAs
            | Command::WriteSnippet
            | Command::PlainView
            | Command::NextTarget
            | Command::PreviousTarget
            | Command::NextScope
            | Command::ShowRules => self.run_snippet_command(command),
            _ => self.run_host_command(command),
        }
    }

    /// Whether the command has something to work on now: the footer shows no key that does nothing.
    pub fn is_useful(&self, command: Command) -> bool {
        match command {
            Command::EditHost
            | Command::AssignRoles
            | Command::DuplicateHost
            | Command::DeleteHost
            | Command::ShowHostFlows => self.selected_host().is_some(),
            Command::NextHit | Command::PreviousHit => self.snippet.find.count() > 1,
            Command::GoToFinding | Command::Acknowledge => self.is_useful_here(command),
            Command::NextFinding => !self.review.open().is_empty(),
            Command::Undo => self.history.next_undo().is_some(),
            Command::Redo => self.history.next_redo().is_some(),
            Command::ViewFlows => self.view != View::Flows,
            Command::ViewRules => self.view != View::Rules,
            Command::ViewChecks => self.view != View::Checks,
            Command::ViewChanges => self.view != View::Changes && self.comparison().is_some(),
            Command::TakeBack => self.selected_change().is_some(),
            Command::ToggleGrouping if self.view == View::Changes => self.selected_change().is_some(),
            Command::ViewMatrix => self.view != View::Matrix,
            Command::OpenCell => self.selected_cell().is_some_and(|cell| cell != Cell::default()),
            Command::Copy if self.layers.is_empty() => match self.copy_scope() {
                SnippetScope::Flow => self.flow_view.selected(&self.flows).is_some(),
                SnippetScope::HostInbound | SnippetScope::HostOutbound => self.selected_host().is_some(),
                _ => true,
            },
            // They work in every pane, but only here they are more than the second step.
            Command::WriteSnippet | Command::PlainView => !self.layers.is_empty() || self.view == View::Rules,
            Command::AddEntry | Command::EditEntry | Command::DeleteEntry | Command::ShowZoneHosts => {
                self.is_useful_in_list(command)
            }
            Command::Toggle => match self.layers.last() {
                Some(Layer::Form(form)) => !form.is_in_text(),
                Some(Layer::RuleForm(form)) => form.field == RuleField::Transports,
                Some(Layer::ZoneForm(_)) => false,
                _ => true,
            },
            Command::ExplainFlow => self.flow_view.selected(&self.flows).is_some(),
            Command::NextField if let Some(Layer::Prompt(prompt)) = self.layers.last() => {
                prompt.kind == PromptKind::WriteReport
            }
            Command::Accept | Command::NextField | Command::GoToHost | Command::GoToPeer => {
                self.is_useful_in_answer(command)
            }
            Command::NextMeaning => {
                matches!(self.layers.last(), Some(Layer::Import(preview)) if preview.section == Section::Columns)
            }
            Command::ToggleHeadings => {
                matches!(self.layers.last(), Some(Layer::Import(preview)) if preview.asks_for_columns())
            }
            _ => true,
        }
    }

    fn run_host_command(&mut self, command: Command) {
        match command {
            Command::AddHost => self.open_form(RoleSet::EMPTY),
            Command::ToggleOption => self.toggle_option(),
            Command::GoToFinding => self.go_to_finding(),
            Command::Acknowledge => self.acknowledge_or_withdraw(),
            Command::NextFinding => self.next_finding(),
            _ if self.selected_host().is_none() => {
                let ask = self.keys.ask(self.pane_context(), Command::AddHost);
                self.say(Tone::Failed, format!("there is no host yet; {ask} to add one"));
            }
            Command::EditHost => self.edit_host(),
            Command::AssignRoles => self.pick_roles(),
            Command::DuplicateHost => self.duplicate_host(),
            Command::DeleteHost => self.delete_host(),
            Command::MoveHostUp => self.move_host(-1),
            Command::MoveHostDown => self.move_host(1),
            Command::ShowHostFlows => self.show_host_flows(),
            _ => {}
        }
    }

    fn run_snippet_command(&mut self, command: Command) {
        match command {
            Command::Copy => {
                self.copy(self.copy_scope());
            }
            Command::CopyAs => {
                let choices = self.material().scopes();
                let dialog = CopyAs::new(choices, self.copy_scope(), self.snippet.target);
                self.layers.push(Layer::CopyAs(dialog));
            }
            Command::WriteSnippet => self.ask_snippet_path(),
            Command::PlainView => self.show_plain(),
            Command::NextTarget => {
                self.write_rules_as(self.snippet.scope, next(Target::ALL, self.snippet.target));
            }
            Command::PreviousTarget => {
                let mut back = Target::ALL;
                back.reverse();
                self.write_rules_as(self.snippet.scope, next(back, self.snippet.target));
            }
            Command::NextScope => {
                let scope = next(self.material().scopes(), self.snippet.scope);
                self.write_rules_as(scope, self.snippet.target);
            }
            Command::ShowRules => self.show_chosen_rules(),
            _ => {}
        }
    }

    pub(super) fn show(&mut self, view: View) {
        self.view = view;
        if !matches!(self.focus, Focus::Hosts | Focus::Options) || view != View::Flows {
            self.focus = Focus::Main;
        }
    }

    /// In the rules, what is marked there goes first.
    fn clear_search(&mut self) {
        if self.pane_context() == Context::Rules && self.clear_find() || self.go_back_to_cell() {
            return;
        }
        if !self.flow_view.search.is_empty() {
            self.flow_view.search.set("");
            self.relist_in_place();
        }
    }

    fn toggle_grouping(&mut self) {
        self.flow_view.grouping = match self.flow_view.grouping {
            Grouping::Flow => Grouping::Rule,
            Grouping::Rule => Grouping::Flow,
        };
        self.relist_in_place();
    }

    fn toggle_same_host(&mut self) {
        self.flow_view.same_host = match self.flow_view.same_host {
            SameHost::Hide => SameHost::Show,
            SameHost::Show => SameHost::Hide,
        };
        self.relist_in_place();
        let shown = self.flow_view.same_host == SameHost::Show;
        self.say(Tone::Done, if shown { "same-host rows are shown" } else { "same-host rows are hidden" });
    }

    pub(super) fn open_form(&mut self, roles: RoleSet) {
        self.layers.push(Layer::Form(Box::new(HostForm::add(&self.catalogue, roles))));
    }

    fn edit_host(&mut self) {
        if let Some(host) = self.selected_host() {
            let form = HostForm::edit(&self.catalogue, &self.plan, host);
            self.layers.push(Layer::Form(Box::new(form)));
        }
    }

    pub(super) fn edit_field(&mut self, host: HostId, field: FormField) {
        self.follow_host(Some(host));
        self.edit_host();
        if let Some(Layer::Form(form)) = self.layers.last_mut() {
            form.field = field;
        }
    }

    pub(super) fn pick_roles(&mut self) {
        if let Some(host) = self.selected_host() {
            let target = RoleTarget::Host(host.id);
            self.layers.push(Layer::Roles(RolePicker::new(target)));
        }
    }

    fn duplicate_host(&mut self) {
        let Some(id) = self.selected_host().map(|host| host.id) else { return };
        if let Some((copy, action)) = actions::duplicate_host(&mut self.plan, id)
            && self.act(action)
        {
            self.follow_host(Some(copy));
        }
    }

    fn delete_host(&mut self) {
        let Some(id) = self.selected_host().map(|host| host.id) else { return };
        if let Some(action) = actions::remove_host(&self.plan, id) {
            self.act(action);
        }
    }

    fn move_host(&mut self, by: isize) {
        let (Some(host), Some(at)) = (self.selected_host(), self.host_place()) else { return };
        let Some(to) = at.checked_add_signed(by).filter(|to| *to < self.plan.hosts().len()) else { return };
        let label = format!("move {}", host.name);
        let edit = Edit::Move { id: host.id, to };
        self.act(Action { label, edit, also: Vec::new() });
    }

    fn show_host_flows(&mut self) {
        let Some(name) = self.selected_host().map(|host| host.name.to_string()) else { return };
        self.flow_view.search.set(name);
        self.view = View::Flows;
        self.focus = Focus::Main;
        self.relist_in_place();
        self.flow_view.list.go(0, self.flow_view.listing().len());
    }

    fn toggle_option(&mut self) {
        if let Some(option) = self.selected_option() {
            let action = actions::switch_option(&self.plan, &self.catalogue, option);
            self.act(action);
        }
    }

    /// What `y` copies: the selected flow or host, or the snippet on the screen.
    pub(super) fn copy_scope(&self) -> SnippetScope {
        match (self.focus, self.view) {
            (_, View::Rules) => self.snippet.scope,
            (Focus::Main, View::Changes) => self.changes_scope(),
            (Focus::Hosts, _) => SnippetScope::HostInbound,
            (Focus::Main | Focus::Why | Focus::Search, View::Flows) => SnippetScope::Flow,
            _ => SnippetScope::Plan,
        }
    }

    /// Says whether there was something to copy.
    pub(super) fn copy(&mut self, scope: SnippetScope) -> bool {
        let material = self.material();
        let what = format!("{} for {}", self.snippet.target.label(), material.words(scope));
        match material.text(scope, self.snippet.target) {
            Ok(text) => {
                self.last_copy = Some(SnippetChoice { scope, target: self.snippet.target });
                self.effects.push(Effect::Copy { text, what });
                true
            }
            Err(why) => {
                self.say(Tone::Failed, why);
                false
            }
        }
    }
}

fn next<T: Copy + PartialEq>(all: impl AsRef<[T]>, present: T) -> T {
    let all = all.as_ref();
    let mut rest = all.iter().copied().skip_while(|known| *known != present).skip(1);
    rest.next().or(all.first().copied()).unwrap_or(present)
}
