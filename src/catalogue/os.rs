//! Operating systems, as far as the vendor's pages tell them apart.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The operating system of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Os {
    /// Microsoft Windows.
    Windows,
    /// Linux.
    Linux,
    /// Neither (a cluster, an appliance, a service), or not known yet.
    #[default]
    Other,
}

impl Os {
    /// All systems, in the order that forms show them.
    pub const ALL: [Self; 3] = [Self::Windows, Self::Linux, Self::Other];

    /// The name as files write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Windows => "windows",
            Self::Linux => "linux",
            Self::Other => "other",
        }
    }

    /// The name as the screen writes it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Windows => "Windows",
            Self::Linux => "Linux",
            Self::Other => "other or unknown",
        }
    }

    /// One letter for narrow lists.
    pub fn letter(self) -> char {
        match self {
            Self::Windows => 'W',
            Self::Linux => 'L',
            Self::Other => '·',
        }
    }
}

impl fmt::Display for Os {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}
