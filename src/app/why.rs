//! Asking, reading answers, and making the changes that they propose.

use crate::catalogue::Ports;
use crate::flows::why::{Answer, Asked, Making, Question, Scene, Telling, Wanted};
use crate::plan::{Edit, HostId};

use super::command::Command;
use super::effect::Effect;
use super::layers::{AnswerPage, Ask, Layer};
use super::message::Tone;
use super::{App, Focus};

/// Of so many rules that came close it is tried what would bring them.
const NEAREST: usize = 12;

impl App {
    pub(super) fn open_ask(&mut self) {
        if self.plan.hosts().is_empty() {
            let ask = self.keys.ask(self.pane_context(), Command::AddHost);
            self.say(Tone::Failed, format!("there is no host to ask about yet; {ask} to add one"));
            return;
        }
        self.layers.retain(|layer| !matches!(layer, Layer::Ask(_) | Layer::Answer(_)));
        self.layers.push(Layer::Ask(Ask::default()));
    }

    /// What was typed counts as it stands; if it is no question, the choice under the cursor does.
    pub(super) fn accept_ask(&mut self) {
        let Some(Layer::Ask(dialog)) = self.layers.last() else { return };
        let choice = dialog.selected(&self.plan, &self.flows);
        let moved = dialog.list.cursor() > 0;
        let typed = Asked::parse(dialog.field.text()).look_up(&self.plan);
        let asked = match (&typed, choice) {
            (_, None) => typed,
            (Ok(_), _) if !moved => typed,
            (_, Some(choice)) => Asked::parse(&choice.text).look_up(&self.plan),
        };
        match asked {
            Ok(understood) => self.answer(understood.question, understood.remarks),
            Err(error) => {
                if let Some(Layer::Ask(dialog)) = self.layers.last_mut() {
                    dialog.error = Some(error.to_string());
                }
            }
        }
    }

    pub(super) fn explain_flow(&mut self) {
        let Some(flow) = self.flow_view.selected(&self.flows) else {
            let ask = self.keys.ask(self.pane_context(), Command::Ask);
            self.say(Tone::Failed, format!("there is no flow here; {ask} to ask why"));
            return;
        };
        let shape = self.flows.shape(flow.shape);
        let (from, to) = (self.flows.hosts()[flow.from], self.flows.hosts()[flow.to]);
        let wanted = Wanted::Flow(shape.transport, Ports::clone(&shape.ports));
        self.answer(Question::Pair { from, to, wanted }, Vec::new());
    }

    fn answer(&mut self, question: Question, remarks: Vec<String>) {
        let telling = self.told(&question, &remarks);
        let page = AnswerPage::new(question, remarks, telling, self.history.revision());
        self.layers.push(Layer::Answer(Box::new(page)));
    }

    fn told(&self, question: &Question, remarks: &[String]) -> Telling {
        let scene = Scene { catalogue: &self.catalogue, plan: &self.plan, flows: &self.flows };
        Telling::new(scene, &Answer::new(scene, question, NEAREST), remarks)
    }

    /// An answer on the screen is about the plan as it stands; one about a host that is gone goes, too.
    pub(super) fn refresh_answers(&mut self) {
        let revision = self.history.revision();
        let known = |id: &HostId| self.plan.host(*id).is_some();
        let Some(Layer::Answer(page)) = self.layers.last() else { return };
        if page.revision == revision {
            return;
        }
        if !page.telling.hosts.iter().all(known) {
            self.layers.pop();
            return;
        }
        let telling = self.told(&page.question, &page.remarks);
        if let Some(Layer::Answer(page)) = self.layers.last_mut() {
            page.telling = telling;
            page.revision = revision;
            page.chosen = None;
        }
    }

    /// Makes the change that is selected in the answer.
    pub(super) fn make_change(&mut self) {
        let Some(Layer::Answer(page)) = self.layers.last() else { return };
        let Some(proposal) = page.chosen.and_then(|at| page.telling.proposals.get(at)).cloned() else {
            let text = match (
                page.telling.proposals.is_empty(),
                self.keys.ask(super::Context::Answer, Command::NextField),
            ) {
                (true, _) => "this answer proposes no change".to_owned(),
                (false, ask) => format!("no change is selected; {ask} to select one"),
            };
            self.say(Tone::Failed, text);
            return;
        };
        // Whoever may not edit a host may make no change at all.
        if self.refuses(Command::EditHost) {
            return;
        }
        if let (Making::ChoosePort, Edit::Ports { key, .. }) =
            (proposal.change.making, &proposal.change.action.edit)
        {
            self.choose_port(*key);
            self.say(Tone::Done, format!("{}: only you know which", proposal.change.text));
            return;
        }
        let action = proposal.change.action;
        self.plan.reserve(&action.edit);
        self.act(action);
    }

    /// Closes the dialogs and puts the cursor on a host that the answer is about.
    pub(super) fn go_to_host_of_answer(&mut self, place: usize) {
        let Some(Layer::Answer(page)) = self.layers.last() else { return };
        if let Some(host) = page.telling.hosts.get(place).copied() {
            self.layers.clear();
            self.focus = Focus::Hosts;
            self.follow_host(Some(host));
        }
    }

    /// Copies the answer, if one is on the screen.
    pub(super) fn copies_answer(&mut self) -> bool {
        let Some(Layer::Answer(page)) = self.layers.last() else { return false };
        let effect =
            Effect::Copy { text: page.telling.text(), what: format!("answer: {}", page.telling.title) };
        // Keys that mean a snippet must not be offered for an answer.
        self.last_copy = None;
        self.effects.push(effect);
        true
    }

    pub(super) fn is_useful_in_answer(&self, command: Command) -> bool {
        let Some(Layer::Answer(page)) = self.layers.last() else { return true };
        match command {
            Command::Accept => page.chosen.is_some(),
            Command::NextField => !page.telling.proposals.is_empty(),
            Command::GoToHost => !page.telling.hosts.is_empty(),
            Command::GoToPeer => page.telling.hosts.len() > 1,
            _ => true,
        }
    }
}
