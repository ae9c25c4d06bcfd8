//! Hosts from pasted text, and pasted text in fields.

use portplan::app::layers::PastePreview;
use portplan::app::layers::paste::Stage;
use portplan::app::{Context, Event, Focus, Layer};

use super::driver::Run;

fn preview(run: &Run) -> &PastePreview {
    match run.app.layers().last() {
        Some(Layer::Paste(preview)) => preview,
        other => panic!("no preview, but {other:?}"),
    }
}

#[test]
fn a_list_is_shown_first_and_added_as_one_step() {
    for pane in ["", "Tab", "Tab Tab", "Tab Tab Tab", "2", "4"] {
        let mut run = Run::sample();
        let before = run.content();
        run.press(pane).paste("10.1.0.1 new01\r\nnew02;10.1.0.2,10.1.0.3\r\n\r\nnew03");
        assert_eq!((run.context(), run.content()), (Context::Paste, before.clone()), "{pane}");
        assert_eq!(preview(&run).pasted.hosts.len(), 3);
        run.press("Enter");
        assert_eq!(run.names()[5..], ["new01", "new02", "new03"]);
        assert_eq!(run.addresses("new02"), ["10.1.0.2", "10.1.0.3"]);
        assert_eq!((run.selected(), run.focus()), ("new01", Focus::Hosts));
        assert!(run.message().starts_with("add 3 hosts"), "{}", run.message());
        assert!(run.app.layers().is_empty());
        run.press("u");
        assert_eq!(run.content(), before, "one step");
        run.press("U");
        assert_eq!(run.names().len(), 8);
    }
}

#[test]
fn escape_adds_nothing() {
    let mut run = Run::sample();
    let before = run.content();
    run.paste("new01\nnew02");
    run.press("Esc");
    assert_eq!((run.content(), run.context(), run.is_dirty()), (before, Context::Hosts, false));
}

#[test]
fn lines_that_make_no_host_stay_until_they_are_closed() {
    let mut run = Run::sample();
    run.paste("new01\nvbr01 10.9.9.9\n10.0.0.999 x\n");
    assert_eq!(preview(&run).stage, Stage::Asks);
    run.press("Enter");
    assert_eq!(run.names()[5..], ["new01"]);
    assert_eq!(run.addresses("vbr01"), ["10.0.0.10"], "a host that is there is left alone");
    assert_eq!(preview(&run).stage, Stage::Done);
    let reasons: Vec<String> =
        preview(&run).pasted.left_out.iter().map(|left| left.why.to_string()).collect();
    assert_eq!(reasons[0], "there is a host called \"vbr01\" already");
    assert!(reasons[1].starts_with("\"10.0.0.999\" is not a valid IP address"), "{reasons:?}");
    run.press("Enter");
    assert!(run.app.layers().is_empty());
    assert_eq!(run.names().len(), 6, "nothing is added twice");
}

#[test]
fn a_paste_without_a_host_asks_nothing() {
    let mut run = Run::sample();
    let before = run.content();
    run.paste("please open the ports\n");
    assert_eq!(preview(&run).stage, Stage::Done);
    run.press("Enter");
    assert_eq!((run.content(), run.context()), (before, Context::Hosts));
    run.paste("\n# nothing\n\n");
    assert_eq!((run.message(), run.context()), ("the pasted text is empty", Context::Hosts));
}

#[test]
fn too_much_is_told_and_changes_nothing() {
    let mut run = Run::sample();
    run.paste(&"host\n".repeat(10_000));
    assert_eq!(run.context(), Context::Paste, "as many as this are taken");
    run.press("Esc").paste(&"host\n".repeat(10_001));
    assert_eq!(run.message(), "the pasted text has 10001 lines; paste at most 10000 at once");
    run.paste(&"x".repeat(1_000_001));
    assert_eq!(run.message(), "the pasted text has 1000001 bytes; paste at most 1000000 at once");
    assert_eq!((run.context(), run.names().len()), (Context::Hosts, 5));
}

#[test]
fn letters_do_nothing_in_the_preview() {
    let mut run = Run::sample();
    let before = run.content();
    run.paste("new01");
    run.press("x d a q u s M");
    assert_eq!((run.context(), run.content(), run.asked()), (Context::Paste, before, 0));
}

#[test]
fn keys_that_came_with_a_paste_are_accounted_for() {
    let mut run = Run::sample();
    run.event(Event::KeysLeftOut(2));
    assert_eq!(run.message(), "2 keys that came in one breath with the pasted text did nothing");
    run.event(Event::KeysLeftOut(1));
    assert!(run.message().starts_with("1 key that came"), "{}", run.message());
}

#[test]
fn text_in_a_field_is_one_line_that_hides_nothing() {
    let mut run = Run::sample();
    run.press("e")
        .press(&"Tab ".repeat(8))
        .paste("one\rtwo\r\nthree\nfour\tfive\u{202e}six\u{200b}\u{1b}[31m\r");
    assert_eq!(run.form().note.text(), "one two three four fivesix[31m");
    run.press("Home").paste("zero ");
    assert!(run.form().note.text().starts_with("zero one"), "{}", run.form().note.text());
    assert_eq!(
        run.form().note.before_cursor().chars().count(),
        5,
        "the cursor stands behind what was pasted"
    );
}

#[test]
fn a_field_refuses_what_no_line_has_a_use_for() {
    let mut run = Run::sample();
    run.press("/").paste(&"x".repeat(10_001));
    assert_eq!(run.message(), "the pasted text has 10001 characters; a line takes 10000 at once");
    assert_eq!(run.app.flow_view().search.text(), "");
}
