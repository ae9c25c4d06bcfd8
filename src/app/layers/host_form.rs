//! The form of one host. Nothing reaches the plan before it is accepted.

use crate::app::field::Field;
use crate::catalogue::{Catalogue, OptionId, OptionScope, Os, RoleId, RoleSet};
use crate::plan::host::HostSetting;
use crate::plan::{Address, Host, HostId, HostOptions};

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
    pub fn edit(catalogue: &Catalogue, host: &Host) -> Self {
        Self::new(catalogue, Some(host.id), |form| form.fill(host))
    }

    fn new(catalogue: &Catalogue, id: Option<HostId>, fill: impl FnOnce(&mut Self)) -> Self {
        let mut fields = vec![
            FormField::Name,
            FormField::Roles,
            FormField::System,
            FormField::Addresses,
            FormField::Zone,
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

    fn fill(&mut self, host: &Host) {
        let addresses: Vec<String> = host.addresses.iter().map(Address::to_string).collect();
        self.name.set(host.name.as_str());
        self.roles = host.roles;
        self.os = host.os;
        self.addresses.set(addresses.join(", "));
        self.zone.set(host.zone.as_ref().map_or("", |zone| zone.as_str()));
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
        let texts = [&self.name, &self.addresses, &self.zone, &self.note].map(Field::text);
        format!("{texts:?} {:?} {:?} {:?}", self.roles, self.os, self.options)
    }

    /// The text field with the cursor, if it is one.
    pub fn text_field(&mut self) -> Option<&mut Field> {
        match self.field {
            FormField::Name => Some(&mut self.name),
            FormField::Addresses => Some(&mut self.addresses),
            FormField::Zone => Some(&mut self.zone),
            FormField::Note => Some(&mut self.note),
            FormField::Roles | FormField::System | FormField::Option(_) => None,
        }
    }

    /// Whether the field with the cursor is a text field.
    pub fn is_in_text(&self) -> bool {
        matches!(self.field, FormField::Name | FormField::Addresses | FormField::Zone | FormField::Note)
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
        host.note = optional(FormField::Note, self.note.text())?;
        host.options = self.options;
        Ok(host)
    }

    fn parse_addresses(&self) -> Result<Vec<Address>, FormError> {
        let mut addresses: Vec<Address> = Vec::new();
        let parts = self.addresses.text().split([',', ';', ' ']).filter(|part| !part.is_empty());
        for part in parts {
            let address = parse(FormField::Addresses, part)?;
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        Ok(addresses)
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
