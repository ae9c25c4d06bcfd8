//! What scripts for a POSIX shell have in common.

/// A subshell, so that nothing runs before the whole block has been pasted, and nothing after a failure.
pub(super) fn subshell(commands: impl IntoIterator<Item = String>) -> Vec<String> {
    let open = ["(", "set -eu"].map(str::to_owned);
    open.into_iter().chain(commands).chain([")".to_owned()]).collect()
}

/// A command that reads these lines. No line of ours is the word that ends them.
pub(super) fn here_document(command: &str, lines: impl IntoIterator<Item = String>) -> Vec<String> {
    let open = format!("{command} <<'VEEAM_RULES'");
    [open].into_iter().chain(lines).chain(["VEEAM_RULES".to_owned()]).collect()
}

/// A word in single quotes. No text of ours holds one, and text of the operator is clean before it gets here.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', ""))
}
