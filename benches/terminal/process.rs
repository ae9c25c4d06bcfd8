//! What a process uses, as Linux tells.

use std::fs;

/// What a process uses.
pub struct Usage {
    /// Resident memory in kilobytes.
    pub resident: u64,
    /// CPU time in clock ticks.
    pub ticks: u64,
}

impl Usage {
    /// All zero where the process is gone.
    pub fn of(pid: u32) -> Self {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let resident = resident.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0);
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // The name in parentheses may hold spaces; user and system time are fields 14 and 15.
        let fields: Vec<u64> = stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .map(|field| field.parse().unwrap_or(0))
            .collect();
        let ticks = fields.get(11..13).map_or(0, |times| times.iter().sum());
        Self { resident, ticks }
    }
}
