//! The catalogue's conditions as text.

use super::Catalogue;
use super::condition::{Condition, HostFact};

impl Catalogue {
    /// The condition as `catalogue` prints it, with ids: `oracle and not placed(log-shipping-server)`.
    /// `None` where it always holds.
    pub fn condition_text(&self, condition: &Condition) -> Option<String> {
        (*condition != Condition::Always).then(|| self.formula(condition, false))
    }

    fn formula(&self, condition: &Condition, inside: bool) -> String {
        let join = |parts: &[Condition], word: &str| {
            let texts: Vec<String> = parts.iter().map(|part| self.formula(part, true)).collect();
            let text = texts.join(word);
            if inside { format!("({text})") } else { text }
        };
        match condition {
            Condition::Always => "always".to_owned(),
            Condition::Option(option) => self.options()[*option].id.clone(),
            Condition::Placed(role) => format!("placed({})", self.roles()[*role].id),
            Condition::From(fact) => format!("from.{}", self.fact(*fact)),
            Condition::To(fact) => format!("to.{}", self.fact(*fact)),
            Condition::Not(inner) => format!("not {}", self.formula(inner, true)),
            Condition::All(parts) => join(parts, " and "),
            Condition::Any(parts) => join(parts, " or "),
        }
    }

    fn fact(&self, fact: HostFact) -> String {
        match fact {
            HostFact::Option(option) => self.options()[option].id.clone(),
            HostFact::Role(role) => format!("is({})", self.roles()[role].id),
        }
    }
}
