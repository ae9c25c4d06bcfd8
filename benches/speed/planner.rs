//! The whole program, from a key to the finished frame.

use criterion::Criterion;

use super::rig::{Rig, plans};

const WIDE: (u16, u16) = (160, 45);
const USUAL: (u16, u16) = (80, 24);

/// One edit to new counts and first window: a role, an option, a name.
pub fn edit(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("edit");
    for (name, plan) in plans() {
        let mut rig = Rig::new(&plan, USUAL.0, USUAL.1);
        rig.press("r");
        rig.paste("repository");
        rig.press_edit(&["Space"]);
        group.bench_function(format!("role/{name}"), |bench| bench.iter(|| rig.press("Space")));

        let mut rig = Rig::new(&plan, USUAL.0, USUAL.1);
        rig.press("Tab");
        rig.press_edit(&["Space"]);
        group.bench_function(format!("option/{name}"), |bench| bench.iter(|| rig.press("Space")));

        let mut rig = Rig::new(&plan, USUAL.0, USUAL.1);
        rig.press_edit(&["e", "x", "Enter"]);
        let mut longer = true;
        group.bench_function(format!("rename/{name}"), |bench| {
            bench.iter(|| {
                longer = !longer;
                rig.press_all(&["e", if longer { "x" } else { "Backspace" }, "Enter"]);
            });
        });
    }
}

/// Queries of every kind; the key that is measured is the last letter.
const QUERIES: [(&str, &str); 9] = [
    ("letter", "o"),
    ("role", "oracle"),
    ("host", "oracle-00042"),
    ("port", "2750"),
    ("address", "10.0.1."),
    ("words", "sql 2750 tcp"),
    ("pinned", "from:worker to:backup zone:zone-01"),
    ("excluded", "oracle !udp"),
    ("fuzzy", "repsitory"),
];

/// One search key to the first window and the count: a letter, and the same letter taken away.
pub fn search(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("search");
    for (name, plan) in plans() {
        for (kind, query) in QUERIES {
            let mut rig = Rig::new(&plan, USUAL.0, USUAL.1);
            let (start, last) = query.split_at(query.len() - 1);
            rig.press("/");
            rig.paste(start);
            // Two keys an iteration; the reports halve it.
            group.bench_function(format!("{kind}/{name}"), |bench| {
                bench.iter(|| rig.press_all(&[last, "Backspace"]));
            });
        }
    }
}

/// To the end of the list and back, and a walk through its middle; two keys an iteration.
pub fn jump(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("jump");
    for (name, plan) in plans() {
        let mut rig = Rig::new(&plan, USUAL.0, USUAL.1);
        rig.press_all(&["Tab", "Tab"]);
        group.bench_function(format!("ends/{name}"), |bench| bench.iter(|| rig.press_all(&["G", "g"])));
        let middle = rig.app.flow_view().listing().len() / 2;
        let (flows, listing) = (rig.app.flows(), rig.app.flow_view().listing());
        group.bench_function(format!("number/{name}"), |bench| {
            bench.iter(|| listing.window(flows, std::hint::black_box(middle), 50).len());
        });
    }
}

/// One whole frame, every cell of it.
pub fn frame(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame");
    for (name, plan) in plans() {
        for (size, (columns, rows)) in [("80x24", USUAL), ("160x45", WIDE)] {
            let mut rig = Rig::new(&plan, columns, rows);
            group.bench_function(format!("{size}/{name}"), |bench| {
                bench.iter(|| {
                    rig.forget_screen();
                    rig.draw();
                });
            });
        }
    }
}
