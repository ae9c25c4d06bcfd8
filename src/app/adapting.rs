//! Adapts the plan to the site: own ports, own rules, zones.

use crate::catalogue::{CustomPortId, Key as _};
use crate::flows::custom_uses;
use crate::plan::adapting;
use crate::plan::{HostId, Party};

use super::command::{Command, Context};
use super::key::Key;
use super::layers::own_rule::Transports;
use super::layers::ports::PortsTarget;
use super::layers::zones::{self, ZoneLine, ZoneRow};
use super::layers::{
    FormField, HostForm, Layer, PortsForm, RuleField, RuleForm, ZoneField, ZoneForm, ZoneHosts,
};
use super::list::{ListState, Step};
use super::message::Tone;
use super::{App, Focus, View};

impl App {
    pub(super) fn run_adapting(&mut self, command: Command) {
        match command {
            Command::EditPorts => self.edit_ports(),
            Command::ShowOwnRules => self.layers.push(Layer::OwnRules(ListState::default())),
            Command::ShowZones => self.layers.push(Layer::Zones(ListState::default())),
            Command::AddEntry => self.add_entry(),
            Command::EditEntry => self.edit_entry(),
            Command::DeleteEntry => self.delete_entry(),
            Command::ShowZoneHosts => self.show_zone_hosts(),
            _ => {}
        }
    }

    /// Whether a command has something to work on in the lists of own rules and zones.
    pub(super) fn is_useful_in_list(&self, command: Command) -> bool {
        match (command, self.layers.last()) {
            (Command::AddEntry, _) => true,
            (Command::DeleteEntry, Some(Layer::Zones(_))) => {
                matches!(self.zone_line(), Some(ZoneLine { row: ZoneRow::Zone(_), .. }))
            }
            (Command::ShowZoneHosts, _) => {
                self.zone_line().is_some_and(|line| line.named + line.by_address > 0)
            }
            _ => self.entry_count() > 0,
        }
    }

    /// How many lines the list of the top dialog has.
    fn entry_count(&self) -> u64 {
        let count = match self.layers.last() {
            Some(Layer::Ports(form)) => form.lines.len(),
            Some(Layer::OwnRules(_)) => self.plan.rules().len(),
            Some(Layer::Zones(_)) => zones::lines(&self.plan).len(),
            Some(Layer::ZoneHosts(dialog)) => dialog.hosts(&self.plan).len(),
            Some(Layer::RuleForm(form)) => {
                form.party().map_or(0, |party| party.choices(&self.plan, &self.catalogue).len())
            }
            _ => 0,
        };
        count as u64
    }

    /// The list of the top dialog.
    fn entries(&mut self) -> Option<&mut ListState> {
        match self.layers.last_mut()? {
            Layer::Ports(form) => Some(&mut form.list),
            Layer::OwnRules(list) | Layer::Zones(list) => Some(list),
            Layer::ZoneHosts(dialog) => Some(&mut dialog.list),
            Layer::RuleForm(form) => form.party_mut().map(|party| &mut party.list),
            _ => None,
        }
    }

    pub(super) fn entries_seen(&mut self, height: u16) {
        let len = self.entry_count();
        if let Some(list) = self.entries() {
            list.seen(height, len);
        }
    }

    /// After an edit the list may be shorter.
    pub(super) fn keep_in_entries(&mut self) {
        let len = self.entry_count();
        if let Some(list) = self.entries() {
            list.go(list.cursor(), len);
        }
    }

    pub(super) fn wheel_entries(&mut self, by: i64) {
        let len = self.entry_count();
        if !matches!(self.layers.last(), Some(Layer::Ports(_)))
            && let Some(list) = self.entries()
        {
            let before = list.cursor();
            list.wheel(by, len);
            if before != list.cursor() {
                self.forget_choice();
            }
        }
    }

    pub(super) fn step_entries(&mut self, step: Step) {
        let len = self.entry_count();
        match self.layers.last_mut() {
            Some(Layer::ZoneForm(form)) => form.other_field(),
            Some(Layer::RuleForm(form)) if form.party().is_none() => {
                let by = if step == Step::Up { -1 } else { 1 };
                form.move_by(&self.plan, &self.catalogue, by);
            }
            _ => {
                if let Some(list) = self.entries() {
                    let before = list.cursor();
                    list.step(step, len);
                    if before != list.cursor() {
                        self.forget_choice();
                    }
                }
            }
        }
    }

    /// A cursor that moved among the choices wants another one.
    fn forget_choice(&mut self) {
        if let Some(Layer::RuleForm(form)) = self.layers.last_mut()
            && let Some(party) = form.party_mut()
        {
            party.chosen = None;
        }
    }

    /// A click on a line: a field of a form, or an entry of a list.
    pub(super) fn select_entry(&mut self, line: u64) {
        let len = self.entry_count();
        let at = usize::try_from(line).unwrap_or(usize::MAX);
        match self.layers.last_mut() {
            Some(Layer::RuleForm(form)) => {
                if let Some(field) = RuleField::ALL.get(at) {
                    form.go(&self.plan, &self.catalogue, *field);
                }
            }
            Some(Layer::ZoneForm(form)) => {
                form.field = if at == 0 { ZoneField::Name } else { ZoneField::Networks };
            }
            _ => {
                if let Some(list) = self.entries() {
                    list.go(line, len);
                }
            }
        }
    }

    /// A click on one of a field's choices.
    pub(super) fn pick_choice(&mut self, choice: usize) {
        if let Some(Layer::RuleForm(form)) = self.layers.last_mut() {
            if form.party().is_some() {
                form.take(&self.plan, &self.catalogue, choice);
            } else if let Some(transports) = Transports::ALL.get(choice) {
                form.field = RuleField::Transports;
                form.transports = *transports;
            }
        }
    }

    pub(super) fn run_adapting_field(&mut self, command: Command) {
        let by = if command == Command::PreviousField { -1 } else { 1 };
        let moves = matches!(command, Command::NextField | Command::PreviousField);
        match self.layers.last_mut() {
            Some(Layer::Ports(form)) if moves => form.move_by(by),
            Some(Layer::ZoneForm(form)) if moves => form.other_field(),
            Some(Layer::RuleForm(form)) if moves => form.move_by(&self.plan, &self.catalogue, by),
            Some(Layer::RuleForm(form)) => form.choose(command != Command::ChangeBack),
            _ => {}
        }
    }

    /// In a text field, a key that moves to the end of what can only be one known name takes that name.
    pub(super) fn completes(&mut self, key: Key) -> bool {
        if self.keys.command_for(Context::Form, key) != Some(Command::ChangeOn) {
            return false;
        }
        match self.layers.last_mut() {
            Some(Layer::Form(form)) => form.complete(&self.plan),
            _ => false,
        }
    }

    /// The dialog of the plan's ports.
    pub(super) fn ports_of_plan(&self) -> PortsForm {
        let uses = custom_uses(&self.catalogue, &self.plan, &self.flows, None);
        PortsForm::of_plan(uses, self.plan.ports())
    }

    fn edit_ports(&mut self) {
        let form = self.ports_of_plan();
        self.layers.push(Layer::Ports(Box::new(form)));
    }

    /// The dialog of ports, with the cursor on this one: only the operator knows which it is to be.
    pub(super) fn choose_port(&mut self, key: CustomPortId) {
        self.edit_ports();
        if let Some(Layer::Ports(form)) = self.layers.last_mut() {
            let len = form.lines.len() as u64;
            form.list.go(key.position() as u64, len);
        }
    }

    /// The ports of the host in the form, which go into the plan with it.
    pub(super) fn edit_ports_of_form(&mut self) {
        let Some(Layer::Form(form)) = self.layers.last() else { return };
        let uses = custom_uses(&self.catalogue, &self.plan, &self.flows, form.id);
        let ports = PortsForm::of_host(form.name.text(), uses, &form.ports, self.plan.ports());
        let ports = if form.id.is_some() { ports } else { ports.without_extents() };
        self.layers.push(Layer::Ports(Box::new(ports)));
    }

    pub(super) fn accept_ports(&mut self) {
        let Some(Layer::Ports(mut form)) = self.layers.pop() else { return };
        let values = match form.values() {
            Ok(values) => values,
            Err(line) => {
                form.list.go(line as u64, form.lines.len() as u64);
                self.layers.push(Layer::Ports(form));
                return;
            }
        };
        match form.target {
            PortsTarget::Plan => match adapting::set_ports(&self.plan, &self.catalogue, &values) {
                Some(action) => drop(self.act(action)),
                None => self.say(Tone::Done, "the ports are as they were"),
            },
            PortsTarget::Form => {
                let own = |(key, ports): (CustomPortId, Option<_>)| Some((key, ports?));
                if let Some(Layer::Form(below)) = self.layers.last_mut() {
                    below.ports = values.into_iter().filter_map(own).collect();
                }
            }
        }
    }

    fn add_entry(&mut self) {
        match self.layers.last() {
            Some(Layer::OwnRules(_)) => {
                let (from, to) = self.pair_in_sight();
                let form = RuleForm::add(&self.plan, &self.catalogue, from, to);
                self.layers.push(Layer::RuleForm(Box::new(form)));
            }
            Some(Layer::Zones(_)) => {
                self.layers.push(Layer::ZoneForm(Box::new(ZoneForm::new(&self.plan, None))));
            }
            _ => {}
        }
    }

    /// The ends of the selected flow, or the selected host: what a new rule is probably about.
    fn pair_in_sight(&self) -> (Option<Party>, Option<Party>) {
        let flow = self.flow_view.selected(&self.flows);
        match (self.focus, self.view, flow) {
            (Focus::Main | Focus::Why | Focus::Search, View::Flows, Some(flow)) => {
                let party = |at| Some(Party::Host(self.flows.hosts()[at]));
                (party(flow.from), party(flow.to))
            }
            (Focus::Hosts, _, _) => (self.selected_host().map(|host| Party::Host(host.id)), None),
            _ => (None, None),
        }
    }

    fn edit_entry(&mut self) {
        let layer = match self.layers.last() {
            Some(Layer::OwnRules(list)) => self.plan.rules().get(list.index()).map(|rule| {
                let form = RuleForm::edit(&self.plan, &self.catalogue, list.index(), rule);
                Layer::RuleForm(Box::new(form))
            }),
            Some(Layer::Zones(_)) => self.zone_line().map(|line| match line.row {
                ZoneRow::Zone(name) => Layer::ZoneForm(Box::new(ZoneForm::new(&self.plan, Some(name)))),
                row => Layer::ZoneHosts(ZoneHosts { row, list: ListState::default() }),
            }),
            Some(Layer::ZoneHosts(dialog)) => {
                let host = dialog.hosts(&self.plan).get(dialog.list.index()).copied();
                host.and_then(|host| self.zone_of_host_form(host))
            }
            _ => None,
        };
        self.layers.extend(layer);
    }

    fn zone_of_host_form(&mut self, host: HostId) -> Option<Layer> {
        self.follow_host(Some(host));
        let mut form = HostForm::edit(&self.catalogue, &self.plan, self.plan.host(host)?);
        form.field = FormField::Zone;
        Some(Layer::Form(Box::new(form)))
    }

    fn delete_entry(&mut self) {
        let action = match self.layers.last() {
            Some(Layer::OwnRules(list)) => adapting::remove_rule(&self.plan, &self.catalogue, list.index()),
            Some(Layer::Zones(_)) => match self.zone_line().map(|line| line.row) {
                Some(ZoneRow::Zone(name)) => adapting::remove_zone(&self.plan, &name),
                _ => None,
            },
            _ => None,
        };
        match action {
            Some(action) => drop(self.act(action)),
            None => self.say(Tone::Failed, "there is nothing to delete on this line"),
        }
    }

    fn show_zone_hosts(&mut self) {
        if let Some(line) = self.zone_line() {
            self.layers.push(Layer::ZoneHosts(ZoneHosts { row: line.row, list: ListState::default() }));
        }
    }

    /// The line with the cursor in the list of zones.
    fn zone_line(&self) -> Option<ZoneLine> {
        match self.layers.last() {
            Some(Layer::Zones(list)) => zones::lines(&self.plan).into_iter().nth(list.index()),
            _ => None,
        }
    }

    /// Where something is to be chosen, it is taken first; then the rule goes into the plan.
    pub(super) fn accept_rule(&mut self) {
        let Some(Layer::RuleForm(mut form)) = self.layers.pop() else { return };
        if form.is_choosing() {
            form.move_by(&self.plan, &self.catalogue, 1);
            self.layers.push(Layer::RuleForm(form));
            return;
        }
        match form.rule(&self.plan) {
            Err(error) => {
                form.field = error.0;
                form.error = Some(error);
                self.layers.push(Layer::RuleForm(form));
            }
            Ok(_) if form.at.is_some() && !form.is_touched() => {
                self.say(Tone::Done, "the own rule is as it was");
            }
            Ok(rule) => {
                let action = adapting::put_rule(&self.plan, &self.catalogue, form.at, rule);
                self.act(action);
                let last = self.plan.rules().len().saturating_sub(1);
                self.select_entry(form.at.unwrap_or(last) as u64);
            }
        }
    }

    pub(super) fn accept_zone(&mut self) {
        let Some(Layer::ZoneForm(mut form)) = self.layers.pop() else { return };
        let zone = form.zone().and_then(|zone| {
            let name = zone.name.clone();
            let action = adapting::put_zone(&self.plan, form.before.as_ref(), zone);
            action.map(|action| (name, action)).map_err(|error| (ZoneField::Name, error.to_string()))
        });
        match zone {
            Err(error) => {
                form.field = error.0;
                form.error = Some(error);
                self.layers.push(Layer::ZoneForm(form));
            }
            Ok((name, None)) => self.say(Tone::Done, format!("zone {name} is as it was")),
            Ok((name, Some(action))) => {
                self.act(action);
                let row = ZoneRow::Zone(name);
                let at = zones::lines(&self.plan).iter().position(|line| line.row == row);
                self.select_entry(at.unwrap_or(0) as u64);
            }
        }
    }
}
