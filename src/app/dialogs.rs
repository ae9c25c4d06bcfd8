//! What dialogs do when they are accepted, cancelled or moved in.

use crate::catalogue::RoleId;
use crate::plan::actions::{self, Action};
use crate::plan::adapting;
use crate::plan::{Edit, HostId};

use super::command::{Command, Context};
use super::effect::Effect;
use super::layers::host_form::FormError;
use super::layers::{
    Confirm, FormField, HostForm, Layer, PromptKind, Question, RolePicker, RoleTarget, StartItem, start,
};
use super::message::Tone;
use super::{App, Focus, View, Viewport};

impl App {
    pub(super) fn dialog_seen(&mut self, viewport: &Viewport) {
        self.why_lines = viewport.why_lines;
        self.dialog_lines = viewport.dialog_lines;
        let (height, lines) = (viewport.dialog, viewport.dialog_lines);
        match self.layers.last_mut() {
            Some(Layer::Roles(picker)) => picker.list.seen(height, lines),
            Some(Layer::Palette(palette)) => palette.list.seen(height, lines),
            Some(Layer::Help(list)) => list.seen(height, lines),
            Some(Layer::Paste(preview)) => preview.list.seen(height, lines),
            Some(Layer::Import(preview)) => preview.focused().0.seen(height, lines),
            Some(Layer::Start(start)) => start.list.seen(height, lines),
            Some(Layer::Baselines(dialog)) => dialog.list.seen(height, lines),
            Some(Layer::CopyAs(dialog)) => dialog.seen(height),
            Some(Layer::Ask(dialog)) => dialog.list.seen(height, lines),
            Some(Layer::Answer(page)) => page.seen(height, lines, &viewport.dialog_marks),
            _ => self.entries_seen(height),
        }
    }

    /// The lines of the start screen.
    pub fn start_items(&self) -> Vec<StartItem> {
        start::items(self.lost_work().len(), self.samples.len(), &self.recent)
    }

    pub(super) fn accept(&mut self) {
        match self.layers.last() {
            None => self.focus = Focus::Main,
            Some(Layer::Form(_)) => self.accept_form(),
            Some(Layer::Roles(_)) => self.accept_roles(),
            Some(Layer::CopyAs(dialog)) => {
                (self.snippet.scope, self.snippet.target) = (dialog.scope(), dialog.target());
                if self.copy(self.snippet.scope) {
                    self.layers.pop();
                }
            }
            Some(Layer::Palette(palette)) => {
                let command = palette.matches().get(palette.list.index()).map(|spec| spec.command);
                if let Some(command) = command {
                    self.layers.pop();
                    self.run(command);
                }
            }
            Some(Layer::Prompt(_)) => self.accept_prompt(),
            Some(Layer::Paste(_)) => self.accept_paste(),
            Some(Layer::Ask(_)) => self.accept_ask(),
            Some(Layer::Answer(_)) => self.make_change(),
            Some(Layer::Baselines(_)) => self.compare_with_selected(),
            Some(Layer::Import(_)) => self.accept_import(),
            Some(Layer::Start(start)) => {
                let item = self.start_items().get(start.list.index()).cloned();
                self.accept_start(item);
            }
            Some(Layer::Ports(_)) => self.accept_ports(),
            Some(Layer::RuleForm(_)) => self.accept_rule(),
            Some(Layer::ZoneForm(_)) => self.accept_zone(),
            Some(_) => {}
        }
    }

    pub(super) fn cancel(&mut self) {
        match self.layers.last() {
            None if self.view == View::Rules => {
                self.clear_find();
                self.focus = Focus::Main;
            }
            None => {
                self.flow_view.search.set("");
                self.relist_in_place();
                self.focus = Focus::Main;
            }
            Some(layer) if layer.is_touched() => {
                let text = "What was typed is not in the plan yet.".to_owned();
                self.layers.push(Layer::Confirm(Confirm::new(Question::DropForm, text)));
            }
            Some(Layer::Start(_)) if self.is_untouched() => self.accept_start(Some(StartItem::New)),
            Some(Layer::Confirm(_)) => {
                self.layers.pop();
                self.after_save = None;
            }
            Some(Layer::Plain) => self.leave_plain(),
            Some(_) => drop(self.layers.pop()),
        }
    }

    /// Whether there is no plan yet to go back to.
    fn is_untouched(&self) -> bool {
        self.path.is_none() && self.plan.hosts().is_empty() && !self.is_dirty()
    }

    fn accept_form(&mut self) {
        let Some(Layer::Form(form)) = self.layers.pop() else { return };
        let id = form.id.unwrap_or_else(|| self.plan.fresh_id());
        match form.host(id) {
            Err(error) => self.refuse_form(form, error),
            Ok(host) if form.id.is_some() && !form.is_touched() => {
                self.say(Tone::Done, format!("{} is as it was", host.name));
            }
            Ok(host) => match form.partners(&self.plan, id) {
                Ok(partners) => self.put_host(form, host, &partners),
                Err(error) => self.refuse_form(form, error),
            },
        }
    }

    fn refuse_form(&mut self, mut form: Box<HostForm>, error: FormError) {
        form.field = error.field;
        form.error = Some(error);
        self.layers.push(Layer::Form(form));
    }

    fn put_host(&mut self, mut form: Box<HostForm>, host: crate::plan::Host, partners: &[HostId]) {
        let id = host.id;
        let behind = self.host_place().map_or(0, |at| at + 1);
        let at = if self.focus == Focus::Hosts { behind } else { self.plan.hosts().len() };
        let action = actions::put_host(&self.plan, &self.catalogue, host, at);
        let action = adapting::with_partners(&self.plan, action, id, partners);
        if self.act(action) {
            self.follow_host(Some(id));
        } else {
            form.field = FormField::Name;
            let text = self.message.take().map(|message| message.text);
            form.error = text.map(|text| FormError { field: FormField::Name, text });
            self.layers.push(Layer::Form(form));
        }
    }

    pub(super) fn pick_roles_for_form(&mut self) {
        self.layers.push(Layer::Roles(RolePicker::new(RoleTarget::Form)));
    }

    pub(super) fn toggle_picked_role(&mut self) {
        let Some(Layer::Roles(picker)) = self.layers.last_mut() else { return };
        let target = picker.target;
        picker.switched = true;
        if let Some(role) = picker.selected(&self.catalogue) {
            self.toggle_role(target, role);
        }
    }

    fn toggle_role(&mut self, target: RoleTarget, role: RoleId) {
        match target {
            RoleTarget::Host(id) => {
                if let Some(host) = self.plan.host(id) {
                    let action = actions::switch_role(&self.plan, &self.catalogue, host, role);
                    self.act(action);
                }
            }
            RoleTarget::Form => {
                for layer in self.layers.iter_mut().rev() {
                    if let Layer::Form(form) = layer {
                        form.toggle_role(&self.catalogue, role);
                        break;
                    }
                }
            }
        }
    }

    /// Enter takes the role that was searched for, then closes; without a search, or once Space was used, it only closes.
    fn accept_roles(&mut self) {
        let Some(Layer::Roles(picker)) = self.layers.pop() else { return };
        let searched = !picker.query.is_empty() && !picker.switched;
        if let Some(role) = picker.selected(&self.catalogue).filter(|_| searched)
            && !self.target_has(picker.target, role)
        {
            self.toggle_role(picker.target, role);
        }
    }

    /// Whether the host or form that a picker works for has the role.
    pub fn target_has(&self, target: RoleTarget, role: RoleId) -> bool {
        match target {
            RoleTarget::Host(id) => self.plan.host(id).is_some_and(|host| host.has_role(role)),
            RoleTarget::Form => self.layers.iter().rev().any(|layer| match layer {
                Layer::Form(form) => form.roles.contains(role),
                _ => false,
            }),
        }
    }

    fn accept_prompt(&mut self) {
        let Some(Layer::Prompt(mut prompt)) = self.layers.pop() else { return };
        let text = prompt.field.text().trim().to_owned();
        if text.is_empty() {
            let what =
                if matches!(prompt.kind, PromptKind::Acknowledge(_)) { "the reason" } else { "a name" };
            prompt.error = Some(format!("type {what} first"));
            self.layers.push(Layer::Prompt(prompt));
            return;
        }
        match prompt.kind.clone() {
            PromptKind::SaveAs => {
                self.save_to(self.file_to_save(&prompt.field), super::Overwrite::Ask, prompt.then);
            }
            PromptKind::Open => self.leave(super::layers::confirm::Leave::Open(self.expand(&text))),
            PromptKind::Import => {
                self.effects.push(Effect::Import(super::Origin::File(self.expand(&text))));
            }
            PromptKind::WriteSnippet(snippet) => {
                let path = self.expand(&text);
                let overwrite = super::Overwrite::Ask;
                self.effects.push(Effect::Write { path, content: snippet, overwrite });
            }
            PromptKind::PinBaseline | PromptKind::RenameBaseline(_) => {
                self.accept_baseline_name(prompt, &text);
            }
            PromptKind::Acknowledge(finding) => match text.parse() {
                Ok(reason) => self.acknowledge(*finding, reason),
                Err(error) => {
                    prompt.error = Some(format!("{error}"));
                    self.layers.push(Layer::Prompt(prompt));
                }
            },
            PromptKind::WriteReport => {
                if let Err(why) = self.write_report(&text) {
                    prompt.error = Some(why);
                    self.layers.push(Layer::Prompt(prompt));
                }
            }
            PromptKind::RenamePlan => match text.parse() {
                Ok(name) => {
                    let label = format!("name the plan {name}");
                    self.act(Action { label, edit: Edit::Name(name), also: Vec::new() });
                }
                Err(error) => {
                    prompt.error = Some(format!("{error}"));
                    self.layers.push(Layer::Prompt(prompt));
                }
            },
        }
    }

    fn accept_start(&mut self, item: Option<StartItem>) {
        match item {
            None => {}
            Some(StartItem::New) => {
                self.start_plan(crate::plan::Plan::new(super::document::unnamed(), &self.catalogue), None);
                self.effects.push(Effect::Close);
                let ask = self.keys.ask(Context::Hosts, Command::AddHost);
                self.say(Tone::Done, format!("a new plan; {ask} to add the first host"));
            }
            Some(StartItem::Lost(at)) => {
                let record = self.lost_work().get(at).map(|entry| entry.record.clone());
                self.effects.extend(record.map(Effect::OpenLost));
            }
            Some(StartItem::Sample(at)) => self.effects.push(Effect::OpenSample(at)),
            Some(StartItem::Recent(path)) => self.effects.push(Effect::Open(path)),
            Some(StartItem::Open) => {
                let prompt = super::layers::Prompt::new(PromptKind::Open, "");
                self.layers.push(Layer::Prompt(prompt));
            }
        }
    }
}
