//! The project file as it is written: words in place of ids, nothing checked but the form.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};

use crate::catalogue::{Os, Transport};

/// What a plan and a baseline both say, beside what is theirs alone: the format's reader knows no fields within fields.
macro_rules! with_state {
    ($(#[$meta:meta])* $name:ident { $($first:ident: $first_type:ty),* } { $($last:ident: $last_type:ty),* }) => {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        $(#[$meta])*
        pub(super) struct $name {
            $(pub $first: $first_type,)*
            pub name: String,
            pub edition: String,
            #[serde(default)]
            pub options: Option<Vec<String>>,
            #[serde(default)]
            pub zones: Vec<RawZone>,
            #[serde(default)]
            pub hosts: Vec<RawHost>,
            #[serde(default)]
            pub ports: Pairs<Vec<RawPort>>,
            #[serde(default)]
            pub partners: Vec<RawPartners>,
            #[serde(default)]
            pub rules: Vec<RawRule>,
            #[serde(default)]
            pub acknowledged: Vec<RawAcknowledged>,
            $(#[serde(default)] pub $last: $last_type,)*
        }
    };
}

with_state!(
    #[serde(rename = "plan")]
    RawPlan { format: u64 } { catalogues: Vec<String>, baselines: Vec<RawBaseline> }
);
with_state!(
    /// A pinned state: a plan without a format and without baselines.
    #[serde(rename = "baseline")]
    RawBaseline {} {}
);

impl RawPlan {
    /// The plan without its baselines, in the form of one, and these.
    pub fn split(self) -> (RawBaseline, Vec<RawBaseline>) {
        let state = RawBaseline {
            name: self.name,
            edition: self.edition,
            options: self.options,
            zones: self.zones,
            hosts: self.hosts,
            ports: self.ports,
            partners: self.partners,
            rules: self.rules,
            acknowledged: self.acknowledged,
        };
        (state, self.baselines)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "zone")]
pub(super) struct RawZone {
    pub name: String,
    #[serde(default)]
    pub networks: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "pair of partners")]
pub(super) struct RawPartners {
    pub host: String,
    pub partner: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "acknowledged finding")]
pub(super) struct RawAcknowledged {
    pub check: String,
    #[serde(default)]
    pub host: Option<String>,
    #[serde(default)]
    pub about: Option<String>,
    pub reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "host")]
pub(super) struct RawHost {
    pub name: String,
    #[serde(default)]
    pub os: Os,
    #[serde(default)]
    pub addresses: Vec<String>,
    #[serde(default)]
    pub roles: Vec<String>,
    #[serde(default)]
    pub zone: Option<String>,
    #[serde(default)]
    pub site: Option<String>,
    #[serde(default)]
    pub options: Pairs<bool>,
    #[serde(default)]
    pub ports: Pairs<Vec<RawPort>>,
    #[serde(default)]
    pub note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "rule")]
pub(super) struct RawRule {
    pub from: RawParty,
    pub to: RawParty,
    pub transports: Vec<Transport>,
    pub ports: Vec<RawPort>,
    pub purpose: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawParty {
    Host(String),
    Role(String),
}

/// A port as a number, or ports as a text.
#[derive(Debug)]
pub(super) enum RawPort {
    Number(i128),
    Text(String),
}

impl<'de> Deserialize<'de> for RawPort {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PortVisitor)
    }
}

struct PortVisitor;

impl Visitor<'_> for PortVisitor {
    type Value = RawPort;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a port such as 445, or a range in quotes such as \"2500-3300\"")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<RawPort, E> {
        Ok(RawPort::Number(number.into()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<RawPort, E> {
        Ok(RawPort::Number(number.into()))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<RawPort, E> {
        Ok(RawPort::Text(text.to_owned()))
    }
}

/// A map as it is written: serde's own maps keep the last of two equal keys and say nothing.
#[derive(Debug)]
pub(in crate::files) struct Pairs<V>(pub Vec<(String, V)>);

impl<V> Default for Pairs<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor(PhantomData)).map(Self)
    }
}

struct PairsVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for PairsVisitor<V> {
    type Value = Vec<(String, V)>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a map in braces")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}
