//! Systems, from the words of inventories and VM lists.

use crate::catalogue::Os;

/// How sure a word is about a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// It says so.
    Said(Os),
    /// It is concluded from a product or distribution.
    Guessed(Os),
}

impl Evidence {
    /// The system.
    pub fn os(self) -> Os {
        match self {
            Self::Said(os) | Self::Guessed(os) => os,
        }
    }
}

const LINUX: [&str; 21] = [
    "linux",
    "ubuntu",
    "debian",
    "centos",
    "red hat",
    "redhat",
    "rhel",
    "rocky",
    "alma",
    "suse",
    "sles",
    "fedora",
    "photon",
    "amazon",
    "archlinux",
    "gentoo",
    "oracle l",
    "oraclel",
    "kali",
    "alpine",
    "mint",
];
const NEITHER: [&str; 13] = [
    "freebsd",
    "openbsd",
    "netbsd",
    "solaris",
    "aix",
    "hp-ux",
    "hpux",
    "esxi",
    "macos",
    "darwin",
    "nutanix",
    "ahv",
    "appliance",
];

/// The system that a text speaks of; `None` if it is none that is known.
pub fn system_of(text: &str) -> Option<Evidence> {
    let word = text.trim().to_lowercase();
    if let Some(os) = Os::ALL.into_iter().find(|os| os.name() == word) {
        return Some(Evidence::Said(os));
    }
    let has = |words: &[&str]| words.iter().any(|known| word.contains(known));
    if matches!(word.as_str(), "win" | "w")
        || has(&["windows", "microsoft", "win20", "win10", "win11", "win32"])
    {
        Some(Evidence::Guessed(Os::Windows))
    } else if matches!(word.as_str(), "lin" | "l") || has(&LINUX) {
        Some(Evidence::Guessed(Os::Linux))
    } else if has(&NEITHER) {
        Some(Evidence::Guessed(Os::Other))
    } else {
        None
    }
}
