//! The form of one own rule. Nothing reaches the plan before it is accepted.

use crate::app::field::Field;
use crate::app::list::ListState;
use crate::app::unfinished::{self, Fields, text_of};
use crate::catalogue::{Catalogue, Ports, Transport};
use crate::flows::search::{Fit, Matcher, Skim};
use crate::plan::adapting::{party_name, speaks_of};
use crate::plan::{Note, OwnRule, Party, Plan, typed};

/// So many hosts are offered at once; a letter more makes them fewer.
const OFFERED: usize = 200;

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleField {
    /// Who opens the connection.
    From,
    /// Who it goes to.
    To,
    /// The transports.
    Transports,
    /// The ports.
    Ports,
    /// What it is for.
    Purpose,
}

impl RuleField {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::From, Self::To, Self::Transports, Self::Ports, Self::Purpose];
}

/// The transports of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transports {
    /// TCP alone.
    Tcp,
    /// UDP alone.
    Udp,
    /// TCP and UDP.
    Both,
}

impl Transports {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Tcp, Self::Udp, Self::Both];

    /// The words for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Both => "both",
        }
    }

    fn of(transports: &[Transport]) -> Self {
        match transports {
            [Transport::Tcp] => Self::Tcp,
            [Transport::Udp] => Self::Udp,
            _ => Self::Both,
        }
    }

    fn list(self) -> Vec<Transport> {
        match self {
            Self::Tcp => vec![Transport::Tcp],
            Self::Udp => vec![Transport::Udp],
            Self::Both => vec![Transport::Tcp, Transport::Udp],
        }
    }

    fn step(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|known| *known == self).unwrap_or(0);
        Self::ALL.get((at + by) % Self::ALL.len()).copied().unwrap_or(self)
    }
}

/// One end of the rule: what was typed, and which host or role was taken.
#[derive(Debug, Default)]
pub struct PartyField {
    /// What was typed.
    pub field: Field,
    /// The host or role that was taken.
    pub chosen: Option<Party>,
    /// The cursor among the choices.
    pub list: ListState,
}

impl PartyField {
    fn proposing(plan: &Plan, catalogue: &Catalogue, party: Party) -> Self {
        let field = Field::proposing(party_name(plan, catalogue, party));
        let mut own = Self { field, chosen: Some(party), list: ListState::default() };
        let choices = own.choices(plan, catalogue);
        let at = choices.iter().position(|choice| *choice == party).unwrap_or(0);
        own.list.go(at as u64, choices.len() as u64);
        own
    }

    /// The hosts and roles that match what was typed: those that are called so first, hosts before roles.
    pub fn choices(&self, plan: &Plan, catalogue: &Catalogue) -> Vec<Party> {
        let text = if self.field.is_proposal() { String::new() } else { self.field.text().to_lowercase() };
        let words: Vec<&str> = text.split_whitespace().collect();
        let matcher = Skim::default();
        let hosts = plan.hosts().iter().filter_map(|host| {
            let rank = rank(&matcher, &words, &text, &[host.name.as_str()])?;
            Some((rank, Party::Host(host.id)))
        });
        let mut matches: Vec<(u8, Party)> = hosts.collect();
        matches.sort_by_key(|(rank, _)| *rank);
        matches.truncate(OFFERED);
        matches.extend(catalogue.roles().iter().filter_map(|(id, role)| {
            let names = [role.label.as_str(), role.id.as_str()];
            let names: Vec<&str> = names.into_iter().chain(role.aliases.iter().map(String::as_str)).collect();
            Some((rank(&matcher, &words, &text, &names)?, Party::Role(id)))
        }));
        matches.sort_by_key(|(rank, _)| *rank);
        matches.into_iter().map(|(_, party)| party).collect()
    }

    /// Takes the choice under the cursor, if nothing was taken yet.
    fn take(&mut self, plan: &Plan, catalogue: &Catalogue) {
        if self.chosen.is_some() || self.field.text().trim().is_empty() && self.list.cursor() == 0 {
            return;
        }
        let choice = self.choices(plan, catalogue).get(self.list.index()).copied();
        self.put(plan, catalogue, choice);
    }

    fn put(&mut self, plan: &Plan, catalogue: &Catalogue, choice: Option<Party>) {
        if let Some(party) = choice {
            self.chosen = Some(party);
            self.field.set(party_name(plan, catalogue, party));
            self.list = ListState::default();
        }
    }

    /// What was typed is no longer what was taken.
    pub fn typed(&mut self) {
        self.chosen = None;
        self.list = ListState::default();
    }
}

/// How well the words name something: 0 exactly, 1 as they are, 2 nearly.
fn rank(matcher: &Skim, words: &[&str], text: &str, names: &[&str]) -> Option<u8> {
    if names.iter().any(|name| name.to_lowercase() == text) {
        return Some(0);
    }
    let fit = |word: &&str| names.iter().filter_map(|name| matcher.fit(name, word)).max();
    let fits = words.iter().map(fit).collect::<Option<Vec<Fit>>>()?;
    Some(if fits.contains(&Fit::Fuzzy) { 2 } else { 1 })
}

/// The dialog.
#[derive(Debug)]
pub struct RuleForm {
    /// The place of the rule that is changed; `None` for a new one.
    pub at: Option<usize>,
    /// Who opens the connection.
    pub from: PartyField,
    /// Who it goes to.
    pub to: PartyField,
    /// The transports.
    pub transports: Transports,
    /// The ports.
    pub ports: Field,
    /// What it is for.
    pub purpose: Field,
    /// The field with the cursor.
    pub field: RuleField,
    /// What is wrong, and in which field.
    pub error: Option<(RuleField, String)>,
    untouched: String,
}

impl RuleForm {
    /// A form for a new rule, with the ends that the operator was looking at.
    pub fn add(plan: &Plan, catalogue: &Catalogue, from: Option<Party>, to: Option<Party>) -> Self {
        let end = |party: Option<Party>| {
            party.map_or_else(PartyField::default, |party| PartyField::proposing(plan, catalogue, party))
        };
        Self::new(None, end(from), end(to), Transports::Tcp, Field::default(), Field::default())
    }

    /// A form for a rule of the plan.
    pub fn edit(plan: &Plan, catalogue: &Catalogue, at: usize, rule: &OwnRule) -> Self {
        let end = |party| PartyField::proposing(plan, catalogue, party);
        let purpose = Field::new(rule.purpose.as_str());
        let transports = Transports::of(&rule.transports);
        Self::new(
            Some(at),
            end(rule.from),
            end(rule.to),
            transports,
            Field::new(rule.ports.to_string()),
            purpose,
        )
    }

    fn new(
        at: Option<usize>,
        from: PartyField,
        to: PartyField,
        transports: Transports,
        ports: Field,
        purpose: Field,
    ) -> Self {
        let (field, error, untouched) = (RuleField::From, None, String::new());
        let mut form = Self { at, from, to, transports, ports, purpose, field, error, untouched };
        form.untouched = form.content();
        form
    }

    /// Whether anything differs from when the form was opened.
    pub fn is_touched(&self) -> bool {
        self.content() != self.untouched
    }

    /// What stands in its fields.
    pub fn texts(&self) -> Fields {
        let (from, to) = (&self.from.field, &self.to.field);
        let fields = [("From", from), ("To", to), ("Ports", &self.ports), ("Purpose", &self.purpose)];
        let mut texts = unfinished::texts(fields);
        texts.push(("Transports".to_owned(), self.transports.label().to_owned()));
        texts
    }

    /// Puts texts into its fields; an end that is called exactly so is taken.
    pub fn restore(&mut self, plan: &Plan, catalogue: &Catalogue, fields: &Fields) {
        for (name, end) in [("From", &mut self.from), ("To", &mut self.to)] {
            if let Some(text) = text_of(fields, name) {
                end.field.set(text);
                end.typed();
                let first = end.choices(plan, catalogue).first().copied();
                end.chosen = first.filter(|party| party_name(plan, catalogue, *party) == text);
            }
        }
        unfinished::restore(fields, [("Ports", &mut self.ports), ("Purpose", &mut self.purpose)]);
        let known = |label| Transports::ALL.into_iter().find(|known| known.label() == label);
        self.transports = text_of(fields, "Transports").and_then(known).unwrap_or(self.transports);
    }

    fn content(&self) -> String {
        let texts = [&self.from.field, &self.to.field, &self.ports, &self.purpose].map(Field::text);
        format!("{texts:?} {:?} {:?} {:?}", self.from.chosen, self.to.chosen, self.transports)
    }

    /// The end with the cursor, if it is one.
    pub fn party(&self) -> Option<&PartyField> {
        match self.field {
            RuleField::From => Some(&self.from),
            RuleField::To => Some(&self.to),
            _ => None,
        }
    }

    /// The end with the cursor, to be changed.
    pub fn party_mut(&mut self) -> Option<&mut PartyField> {
        match self.field {
            RuleField::From => Some(&mut self.from),
            RuleField::To => Some(&mut self.to),
            _ => None,
        }
    }

    /// The text field with the cursor, if it is one.
    pub fn text_field(&mut self) -> Option<&mut Field> {
        match self.field {
            RuleField::From => Some(&mut self.from.field),
            RuleField::To => Some(&mut self.to.field),
            RuleField::Ports => Some(&mut self.ports),
            RuleField::Purpose => Some(&mut self.purpose),
            RuleField::Transports => None,
        }
    }

    /// What was typed changes what is wrong, and what was taken.
    pub fn typed(&mut self) {
        self.error = None;
        if let Some(party) = self.party_mut() {
            party.typed();
        }
    }

    /// Goes to a field; what was typed into the one before takes the choice that is marked.
    pub fn go(&mut self, plan: &Plan, catalogue: &Catalogue, field: RuleField) {
        if let Some(party) = self.party_mut() {
            party.take(plan, catalogue);
        }
        self.field = field;
    }

    /// Moves the cursor by some fields, around the ends.
    pub fn move_by(&mut self, plan: &Plan, catalogue: &Catalogue, by: isize) {
        let all = RuleField::ALL;
        let at = all.iter().position(|field| *field == self.field).unwrap_or(0);
        let next = at.checked_add_signed(by).map_or(all.len() - 1, |next| next % all.len());
        if let Some(field) = all.get(next) {
            self.go(plan, catalogue, *field);
        }
    }

    /// Takes one of the choices of the end with the cursor, counted from 0, and goes on.
    pub fn take(&mut self, plan: &Plan, catalogue: &Catalogue, choice: usize) {
        let Some(party) = self.party_mut() else { return };
        let choice = party.choices(plan, catalogue).get(choice).copied();
        party.put(plan, catalogue, choice);
        self.error = None;
        self.move_by(plan, catalogue, 1);
    }

    /// Whether the end with the cursor waits for a choice.
    pub fn is_choosing(&self) -> bool {
        self.party().is_some_and(|party| {
            party.chosen.is_none() && !(party.field.is_empty() && party.list.cursor() == 0)
        })
    }

    /// Takes the next transports, or those before.
    pub fn choose(&mut self, forward: bool) {
        if self.field == RuleField::Transports {
            self.transports = self.transports.step(if forward { 1 } else { Transports::ALL.len() - 1 });
        }
    }

    /// The rule that the form describes.
    ///
    /// # Errors
    /// The first field that does not hold what it should, and why.
    pub fn rule(&self, plan: &Plan) -> Result<OwnRule, (RuleField, String)> {
        let end = |field: RuleField, end: &PartyField| {
            let why = if end.field.text().trim().is_empty() {
                "name a host or a role"
            } else {
                "no host and no role has such a name; type a part of one and choose it"
            };
            end.chosen.ok_or_else(|| (field, why.to_owned()))
        };
        let (from, to) = (end(RuleField::From, &self.from)?, end(RuleField::To, &self.to)?);
        if let (Party::Host(_), true) = (from, from == to) {
            let why = "a host reaches itself without the network; choose another one";
            return Err((RuleField::To, why.to_owned()));
        }
        let ports = self.typed_ports()?;
        let purpose: Note = self.purpose.text().parse().map_err(|_| {
            let why = "say what the connection is for: whoever reads the rule later needs it".to_owned();
            (RuleField::Purpose, if self.purpose.text().trim().is_empty() { why } else { self.bad_purpose() })
        })?;
        let rule = OwnRule { from, to, transports: self.transports.list(), ports, purpose };
        let twin = plan.rules().iter().position(|other| *other == rule).filter(|twin| Some(*twin) != self.at);
        match twin {
            Some(twin) => Err((RuleField::Ports, format!("own rule {} says the same already", twin + 1))),
            None => Ok(rule),
        }
    }

    fn bad_purpose(&self) -> String {
        self.purpose.text().parse::<Note>().map_or_else(|error| error.to_string(), |_| String::new())
    }

    fn typed_ports(&self) -> Result<Ports, (RuleField, String)> {
        let ports = typed::ports(self.ports.text()).map_err(|error| (RuleField::Ports, error.to_string()))?;
        if ports.is_empty() {
            let why = "name at least one port, such as 465 or 2500-3300";
            return Err((RuleField::Ports, why.to_owned()));
        }
        Ok(ports)
    }

    /// How many hosts each end speaks of, as far as they are known.
    pub fn reach(&self, plan: &Plan, catalogue: &Catalogue) -> Option<(usize, usize)> {
        let (from, to) = (self.from.chosen?, self.to.chosen?);
        let count = |party| plan.hosts().iter().filter(|host| speaks_of(catalogue, party, host)).count();
        Some((count(from), count(to)))
    }
}
