//! The whole form as texts, to keep it before it is accepted.

use crate::app::layers::ports::port_field;
use crate::app::unfinished::{self, Fields, text_of};
use crate::catalogue::{Catalogue, OptionId, Os, RoleSet};
use crate::plan::adapting::listed;
use crate::plan::host::HostSetting;
use crate::plan::typed;

use super::{FormField, HostForm, SETTINGS};

impl HostForm {
    /// What stands in its fields.
    pub fn texts(&self, catalogue: &Catalogue) -> Fields {
        let roles: Vec<&str> = self.roles.iter().map(|role| catalogue.roles()[role].id.as_str()).collect();
        let mut texts = unfinished::texts([
            ("Name", &self.name),
            ("Addresses", &self.addresses),
            ("Zone", &self.zone),
            ("Site", &self.site),
            ("Partners", &self.partners),
            ("Note", &self.note),
        ]);
        texts.push(("Roles".to_owned(), roles.join(", ")));
        texts.push(("System".to_owned(), self.os.label().to_owned()));
        for key in catalogue.custom_ports().keys() {
            texts.push((port_field(catalogue, key), self.ports.get(&key).map(listed).unwrap_or_default()));
        }
        for option in self.options_in_it() {
            let setting = match self.options.setting(option) {
                HostSetting::Inherit => "",
                HostSetting::On => ON,
                HostSetting::Off => OFF,
            };
            texts.push((option_field(catalogue, option), setting.to_owned()));
        }
        texts
    }

    /// Puts texts into its fields. Ports that cannot be read yet stay as they are.
    pub fn restore(&mut self, catalogue: &Catalogue, fields: &Fields) {
        let texts = [
            ("Name", &mut self.name),
            ("Addresses", &mut self.addresses),
            ("Zone", &mut self.zone),
            ("Site", &mut self.site),
            ("Partners", &mut self.partners),
            ("Note", &mut self.note),
        ];
        unfinished::restore(fields, texts);
        if let Some(text) = text_of(fields, "Roles") {
            let known = catalogue.roles().iter();
            let named = known.filter(|(_, role)| text.split(", ").any(|id| id == role.id.as_str()));
            self.roles = named.map(|(id, _)| id).collect::<RoleSet>();
        }
        let system = text_of(fields, "System");
        self.os = Os::ALL.into_iter().find(|os| Some(os.label()) == system).unwrap_or(self.os);
        for key in catalogue.custom_ports().keys() {
            let ports =
                text_of(fields, &port_field(catalogue, key)).and_then(|text| typed::port_set(text).ok());
            if let Some(ports) = ports.filter(|ports| !ports.is_empty()) {
                self.ports.insert(key, ports);
            }
        }
        for option in self.options_in_it() {
            let [inherit, on, off] = SETTINGS;
            let setting = match text_of(fields, &option_field(catalogue, option)) {
                Some(ON) => on,
                Some(OFF) => off,
                _ => inherit,
            };
            self.options = self.options.with(option, setting);
        }
    }

    fn options_in_it(&self) -> Vec<OptionId> {
        let option = |field: &FormField| match field {
            FormField::Option(option) => Some(*option),
            _ => None,
        };
        self.fields.iter().filter_map(option).collect()
    }
}

const ON: &str = "on";
const OFF: &str = "off";

fn option_field(catalogue: &Catalogue, option: OptionId) -> String {
    format!("Option {}", catalogue.options()[option].label)
}
