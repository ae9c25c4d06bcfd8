//! The form of one host. Nothing reaches the plan before it is accepted.

mod complete;
mod texts;

use std::collections::BTreeMap;

use crate::app::field::Field;
use crate::catalogue::{
    Catalogue, CustomPortId, OptionId, OptionScope, Os, PortSet, RoleId, RoleSet, nearest,
};
use crate::plan::host::HostSetting;
use crate::plan::shown::brief;
use crate::plan::{Address, Host, HostId, HostName, HostOptions, Plan, Standing, typed};

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormField {
    /// The name.
    Name,
    /// The roles.
    Roles,
    /// The operating system.
    System,
    /// Addresses, separated by commas or spaces.
    Addresses,
    /// The zone.
    Zone,
    /// The site.
    Site,
    /// The names of its partners, separated by commas or spaces.
    Partners,
    /// Ports of its own.
    Ports,
    /// The remark.
    Note,
    /// An option that may differ per host.
    Option(OptionId),
}

/// What is wrong, and in which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormError {
    /// The field.
    pub field: FormField,
    /// What is wrong.
    pub text: String,
}

/// The dialog.
#[derive(Debug)]
pub struct HostForm {
    /// The host that is changed; `None` for a new one.
    pub id: Option<HostId>,
    /// The name.
    pub name: Field,
    /// The roles.
    pub roles: RoleSet,
    /// The system.
    pub os: Os,
    /// The addresses.
    pub addresses: Field,
    /// The zone.
    pub zone: Field,
    /// The site.
    pub site: Field,
    /// The names of its partners.
    pub partners: Field,
    /// Ports of its own.
    pub ports: BTreeMap<CustomPortId, PortSet>,
    /// The remark.
    pub note: Field,
    /// The host's own options.
    pub options: HostOptions,
    /// The field with the cursor.
    pub field: FormField,
    /// What is wrong.
    pub error: Option<FormError>,
    fields: Vec<FormField>,
    untouched: String,
}

impl HostForm {
    /// A form for a new host, with roles it should have.
    pub fn add(catalogue: &Catalogue, roles: RoleSet) -> Self {
        Self::new(catalogue, None, |form| form.roles = roles)
    }

    /// A form for a host of the plan.
    pub fn edit(catalogue: &Catalogue, plan: &Plan, host: &Host) -> Self {
        Self::new(catalogue, Some(host.id), |form| form.fill(plan, host))
    }

    fn new(catalogue: &Catalogue, id: Option<HostId>, fill: impl FnOnce(&mut Self)) -> Self {
        let mut fields = vec![
            FormField::Name,
            FormField::Roles,
            FormField::System,
            FormField::Addresses,
            FormField::Zone,
            FormField::Site,
            FormField::Partners,
            FormField::Ports,
            FormField::Note,
        ];
        let per_host = catalogue.options().iter().filter(|(_, option)| option.scope == OptionScope::Host);
        fields.extend(per_host.map(|(id, _)| FormField::Option(id)));
        let mut form = Self {
            id,
            name: Field::default(),
            roles: RoleSet::EMPTY,
            os: Os::Other,
            addresses: Field::default(),
            zone: Field::default(),
            site: Field::default(),
            partners: Field::default(),
            ports: BTreeMap::new(),
            note: Field::default(),
            options: HostOptions::default(),
            field: FormField::Name,
            error: None,
            fields,
            untouched: String::new(),
        };
        fill(&mut form);
        form.untouched = form.content();
        form
    }

    fn fill(&mut self, plan: &Plan, host: &Host) {
        let addresses: Vec<String> = host.addresses.iter().map(Address::to_string).collect();
        self.name.set(host.name.as_str());
        self.roles = host.roles;
        self.os = host.os;
        self.addresses.set(addresses.join(", "));
        self.zone.set(host.zone.as_ref().map_or("", |zone| zone.as_str()));
        self.site.set(host.site.as_ref().map_or("", |site| site.as_str()));
        let partners: Vec<&str> = plan.partners_of(host.id).map(|partner| partner.name.as_str()).collect();
        self.partners.set(partners.join(", "));
        self.ports.clone_from(&host.ports);
        self.note.set(host.note.as_ref().map_or("", |note| note.as_str()));
        self.options = host.options;
    }

    /// The fields, in order.
    pub fn fields(&self) -> &[FormField] {
        &self.fields
    }

    /// Whether anything differs from when the form was opened.
    pub fn is_touched(&self) -> bool {
        self.content() != self.untouched
    }

    fn content(&self) -> String {
        let texts = [&self.name, &self.addresses, &self.zone, &self.site, &self.partners, &self.note];
        let texts = texts.map(Field::text);
        format!("{texts:?} {:?} {:?} {:?} {:?}", self.roles, self.os, self.options, self.ports)
    }

    /// The text field with the cursor, if it is one.
    pub fn text_field(&mut self) -> Option<&mut Field> {
        match self.field {
            FormField::Name => Some(&mut self.name),
            FormField::Addresses => Some(&mut self.addresses),
            FormField::Zone => Some(&mut self.zone),
            FormField::Site => Some(&mut self.site),
            FormField::Partners => Some(&mut self.partners),
            FormField::Note => Some(&mut self.note),
            FormField::Roles | FormField::System | FormField::Ports | FormField::Option(_) => None,
        }
    }

    /// Whether the field with the cursor is a text field.
    pub fn is_in_text(&self) -> bool {
        !matches!(self.field, FormField::Roles | FormField::System | FormField::Ports | FormField::Option(_))
    }

    /// Moves the cursor by some fields, around the ends.
    pub fn move_by(&mut self, by: isize) {
        let len = self.fields.len();
        let at = self.fields.iter().position(|field| *field == self.field).unwrap_or(0);
        let next = at.checked_add_signed(by).map_or(len.saturating_sub(1), |next| next % len.max(1));
        if let Some(field) = self.fields.get(next) {
            self.field = *field;
        }
    }

    /// Takes the next choice in a field that has choices.
    pub fn choose_next(&mut self) {
        match self.field {
            FormField::System => self.os = after(&Os::ALL, self.os),
            FormField::Option(option) => self.set_option(option, &SETTINGS),
            _ => {}
        }
    }

    /// Takes the choice before in a field that has choices.
    pub fn choose_previous(&mut self) {
        match self.field {
            FormField::System => self.os = after(&reversed(Os::ALL), self.os),
            FormField::Option(option) => self.set_option(option, &reversed(SETTINGS)),
            _ => {}
        }
    }

    /// Takes one of the choices of the field with the cursor, counted from 0.
    pub fn choose(&mut self, choice: usize) {
        match self.field {
            FormField::System => self.os = Os::ALL.get(choice).copied().unwrap_or(self.os),
            FormField::Option(option) => {
                let setting = SETTINGS.get(choice).copied().unwrap_or(self.options.setting(option));
                self.options = self.options.with(option, setting);
            }
            _ => {}
        }
    }

    fn set_option(&mut self, option: OptionId, order: &[HostSetting]) {
        let setting = after(order, self.options.setting(option));
        self.options = self.options.with(option, setting);
    }

    /// Gives a role, or takes it away; a role that runs on one system sets the system if there is none.
    pub fn toggle_role(&mut self, catalogue: &Catalogue, role: RoleId) {
        if self.roles.contains(role) {
            self.roles = self.roles.without(role);
            return;
        }
        self.roles = self.roles.with(role);
        if let (Os::Other, [only]) = (self.os, catalogue.roles()[role].systems.as_slice()) {
            self.os = *only;
        }
    }

    /// The host that the form describes.
    ///
    /// # Errors
    /// The first field that does not hold what it should.
    pub fn host(&self, id: HostId) -> Result<Host, FormError> {
        let name = parse(FormField::Name, self.name.text())?;
        let mut host = Host::new(id, name);
        host.roles = self.roles;
        host.os = self.os;
        host.addresses = self.parse_addresses()?;
        host.zone = optional(FormField::Zone, self.zone.text())?;
        host.site = optional(FormField::Site, self.site.text())?;
        host.ports.clone_from(&self.ports);
        host.note = optional(FormField::Note, self.note.text())?;
        host.options = self.options;
        Ok(host)
    }

    /// The partners that the form names, each once; `id` is the host's own.
    ///
    /// # Errors
    /// The first name that no other host has.
    pub fn partners(&self, plan: &Plan, id: HostId) -> Result<Vec<HostId>, FormError> {
        let refuse = |text: String| FormError { field: FormField::Partners, text };
        let mut partners = Vec::new();
        for word in typed::words(self.partners.text()) {
            let known = word.parse().ok().and_then(|name: HostName| plan.host_named(name.as_str()));
            let own_name = word == self.name.text().trim();
            let partner = match known.filter(|_| !own_name) {
                Some(host) if host.id != id => host.id,
                None if !own_name => return Err(refuse(unknown(plan, word, id))),
                _ => return Err(refuse(format!("{} is no partner of itself", brief(word)))),
            };
            if !partners.contains(&partner) {
                partners.push(partner);
            }
        }
        Ok(partners)
    }

    /// Where the host would stand by its addresses, as far as they can be understood.
    pub fn standing_by_addresses<'a>(&self, plan: &'a Plan) -> Standing<'a> {
        let addresses: Vec<Address> =
            typed::words(self.addresses.text()).filter_map(|word| word.parse().ok()).collect();
        plan.standing_by(&addresses)
    }

    fn parse_addresses(&self) -> Result<Vec<Address>, FormError> {
        let mut addresses: Vec<Address> = Vec::new();
        for part in typed::words(self.addresses.text()) {
            let address = parse(FormField::Addresses, part)?;
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        Ok(addresses)
    }
}

fn unknown(plan: &Plan, word: &str, own: HostId) -> String {
    let found = brief(word);
    let others = plan.hosts().iter().filter(|host| host.id != own);
    match nearest(word, others.map(|host| host.name.as_str())) {
        Some(name) => format!("there is no host \"{found}\"; did you mean \"{name}\"?"),
        None => format!("there is no host \"{found}\"; add it first, then make it a partner"),
    }
}

const SETTINGS: [HostSetting; 3] = [HostSetting::Inherit, HostSetting::On, HostSetting::Off];

fn reversed<T, const N: usize>(mut order: [T; N]) -> [T; N] {
    order.reverse();
    order
}

fn after<T: Copy + PartialEq>(order: &[T], present: T) -> T {
    let mut rest = order.iter().copied().skip_while(|known| *known != present).skip(1);
    rest.next().or(order.first().copied()).unwrap_or(present)
}

fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(field: FormField, text: &str) -> Result<T, FormError> {
    text.parse().map_err(|error: T::Err| FormError { field, text: error.to_string() })
}

fn optional<T: std::str::FromStr<Err: std::fmt::Display>>(
    field: FormField,
    text: &str,
) -> Result<Option<T>, FormError> {
    if text.trim().is_empty() { Ok(None) } else { parse(field, text).map(Some) }
}
