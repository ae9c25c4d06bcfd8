//! Reads a project file.

use ron::Options;
use ron::extensions::Extensions;

use crate::catalogue::Catalogue;
use crate::plan::Plan;
use crate::plan::shown::brief;

use super::FORMAT;
use super::build::build;
use super::fault::{Fault, ReadError};
use super::locate::{Step, locate};
use super::raw::RawPlan;
use super::syntax::{Form, explain};
use super::tokens::{TokenKind, is_blank, token_at};

/// The largest text that is read: far beyond any plan, and small enough to be read in moments.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Reads a plan. Never half of it: either everything in the text is understood, or nothing is taken.
///
/// # Errors
/// The first thing that is wrong with the text, with its line and column.
pub fn read(text: &str, catalogue: &Catalogue) -> Result<Plan, ReadError> {
    let fail = |offset, fault| ReadError::new(text, offset, fault);
    if text.len() > MAX_BYTES {
        return Err(fail(0, Fault::TooLarge { found: text.len(), limit: MAX_BYTES }));
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let fail = |offset, fault| ReadError::new(text, offset, fault);
    if is_blank(text) {
        return Err(fail(0, Fault::Empty));
    }
    check_format(text).map_err(|(offset, fault)| fail(offset, fault))?;
    let options =
        Options::default().with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES);
    let raw: RawPlan = options.from_str(text).map_err(|error| {
        let (offset, fault) = explain(text, &error, Form::Plan);
        fail(offset, fault)
    })?;
    build(raw, catalogue).map_err(|misfit| {
        let offset = locate(text, misfit.path.iter().rev().copied()).unwrap_or(0);
        fail(offset, misfit.fault)
    })
}

/// Looks at the format before anything else is read: the rest of a later one may be of any form.
fn check_format(text: &str) -> Result<(), (usize, Fault)> {
    let Some(offset) = locate(text, [Step::Field("format")]) else { return Ok(()) };
    let Some(token) = token_at(text, offset).filter(|token| token.kind == TokenKind::Word) else {
        return Ok(());
    };
    let found = brief(token.text);
    let is_number = token.text.bytes().all(|byte| byte.is_ascii_digit());
    match token.text.parse::<u64>() {
        Ok(format) if format > FORMAT => Err((offset, Fault::LaterFormat(found))),
        Err(_) if is_number => Err((offset, Fault::LaterFormat(found))),
        Err(_) if token.text.contains(['.', '-']) => Err((offset, Fault::NoSuchFormat(found))),
        _ => Ok(()),
    }
}
