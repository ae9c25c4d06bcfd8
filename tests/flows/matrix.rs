//! The matrix against a count of every listed flow, and the exact words that lead from a cell to its flows.

use portplan::flows::search::{Matches, Query, whole};
use portplan::flows::{Axis, Cell, Flows, Grouping, HostIx, Listing, Matrix, Place, SameHost};
use portplan::plan::{Edit, Plan, Zone};
use proptest::prelude::*;

use super::random::{config, plans};
use super::support::{all, catalogue, rows};

const AXES: [Axis; 2] = [Axis::Hosts, Axis::Zones];

/// Hosts without a zone of their own fall into these by address, and some into none.
fn zoned(mut plan: Plan) -> Plan {
    let zone = |name: &str, network: &str| Zone {
        name: name.parse().unwrap(),
        networks: vec![network.parse().unwrap()],
    };
    let zones = vec![
        zone("unused", "198.51.100.0/24"),
        zone("by \"net\"", "10.0.8.0/24"),
        zone("DMZ", "192.0.2.0/24"),
    ];
    plan.apply(Edit::Zones(zones)).unwrap();
    plan
}

fn is_in(plan: &Plan, flows: &Flows, place: Place<'_>, host: HostIx) -> bool {
    match place {
        Place::Host(own) => own == host,
        Place::Zone(zone) => plan.zone_of(plan.host(flows.hosts()[host]).unwrap()) == zone,
    }
}

/// The words for one end of a cell's flows.
fn words(plan: &Plan, flows: &Flows, place: Place<'_>, (host_pin, zone_pin): (&str, &str)) -> String {
    match place {
        Place::Host(at) => whole(host_pin, plan.host(flows.hosts()[at]).unwrap().name.as_str()),
        Place::Zone(zone) => whole(zone_pin, zone.map_or("", |zone| zone.as_str())),
    }
}

fn found(plan: &Plan, flows: &Flows, query: &str, same_host: SameHost) -> u64 {
    let matches = Matches::new(catalogue(), plan, flows, &Query::parse(query), None);
    Listing::new(flows, Grouping::Flow, same_host, Some(matches)).len()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_cell_counts_its_flows_and_leads_to_them(plan in plans().prop_map(zoned)) {
        let flows = Flows::new(catalogue(), &plan);
        let listed = all(&flows, Grouping::Flow, SameHost::Show);
        for (row_axis, column_axis) in AXES.into_iter().flat_map(|row| AXES.map(|column| (row, column))) {
            let matrix = Matrix::new(&plan, &flows, row_axis, column_axis);
            let (row_count, column_count) = matrix.size();
            let window = matrix.window(&flows, 0..row_count, 0..column_count);
            let mut column_sums = vec![0; column_count];
            for (row, shown) in window.iter().enumerate() {
                let mut row_sum = 0;
                for column in 0..column_count {
                    let (from, to) = (matrix.row(row).unwrap(), matrix.column(column).unwrap());
                    let here: Vec<_> = listed
                        .iter()
                        .filter(|flow| is_in(&plan, &flows, from, flow.from) && is_in(&plan, &flows, to, flow.to))
                        .collect();
                    let own = here.iter().filter(|flow| flow.from == flow.to).count() as u64;
                    let expected = Cell { flows: here.len() as u64 - own, same_host: own };
                    prop_assert_eq!(shown[column], expected);
                    prop_assert_eq!(matrix.cell(&flows, row, column), expected);
                    let shapes = here.iter().filter(|flow| flow.from != flow.to).map(|flow| flow.shape).collect();
                    prop_assert_eq!(matrix.shapes(&flows, row, column), shapes);
                    let query = [words(&plan, &flows, from, ("from:", "from-zone:")), words(&plan, &flows, to, ("to:", "to-zone:"))];
                    let query = query.join(" ");
                    prop_assert_eq!(found(&plan, &flows, &query, SameHost::Hide), expected.flows, "{}", query);
                    row_sum += expected.flows;
                    column_sums[column] += expected.flows;
                }
                prop_assert_eq!(matrix.row_sum(&flows, row), row_sum);
            }
            for (column, sum) in column_sums.into_iter().enumerate() {
                prop_assert_eq!(matrix.column_sum(&flows, column), sum);
            }
            let network = listed.iter().filter(|flow| flow.from != flow.to).map(|flow| flow.shape).collect();
            prop_assert_eq!(matrix.all_shapes(&flows), network);
        }
    }

    /// Whatever a zone is called, its name can be asked for, and nothing behind it is taken for a part of it.
    #[test]
    fn a_whole_name_is_read_as_it_was_written(name in "[^\\p{C}]{0,12}", more in "[a-z]{1,4}") {
        let query = Query::parse(&format!("{} {more}", whole("from-zone:", &name)));
        prop_assert_eq!(query.terms().len(), 2);
        prop_assert_eq!(query.terms()[0].whole.as_deref(), Some(name.as_str()));
        prop_assert_eq!(&query.terms()[1].text, &more);
    }
}

#[test]
fn zones_stand_in_the_operators_order_and_no_zone_comes_last() {
    use portplan::catalogue::Os;
    let mut draft = super::support::Draft::new();
    for (name, zone, address) in [
        ("a", None, "203.0.113.1"),
        ("b", Some("own"), "10.0.0.2"),
        ("c", None, "192.0.2.3"),
        ("d", None, "10.0.8.4"),
    ] {
        draft.host_with(name, Os::Linux, &[] as &[&str], |host| {
            host.zone = zone.map(|zone| zone.parse().unwrap());
            host.addresses = vec![address.parse().unwrap()];
        });
    }
    let plan = zoned(draft.0);
    let flows = Flows::new(catalogue(), &plan);
    let matrix = Matrix::new(&plan, &flows, Axis::Zones, Axis::Hosts);
    let zones: Vec<_> = (0..matrix.size().0)
        .map(|at| match matrix.row(at).unwrap() {
            Place::Zone(zone) => zone.map(ToString::to_string),
            Place::Host(_) => panic!("rows are zones"),
        })
        .collect();
    let zone = |name: &str| Some(name.to_owned());
    assert_eq!(zones, [zone("by \"net\""), zone("DMZ"), zone("own"), None], "an unused zone has no row");
    assert_eq!(matrix.row_hosts(3), [flows.hosts().keys().next().unwrap()]);
    assert_eq!(rows(&flows, &Listing::new(&flows, Grouping::Flow, SameHost::Show, None)), []);
}

#[test]
fn a_whole_name_is_no_part_of_another_and_capitals_count_only_where_they_must() {
    use portplan::catalogue::Os;
    let mut draft = super::support::Draft::new();
    draft.host("vbr01", Os::Windows, &["backup-server"]);
    for name in ["w1", "w11", "W1", "Cap"] {
        draft.host(name, Os::Linux, &["worker"]);
    }
    let plan = draft.0;
    let flows = Flows::new(catalogue(), &plan);
    let count = |query: &str| found(&plan, &flows, query, SameHost::Hide);
    let one = count("to:=w11");
    assert!(one > 0);
    assert_eq!((count("to:=w1"), count("to:=W1"), count("to:=cap"), count("to:=vbr0")), (one, one, one, 0));
    assert!(count("to:w1") >= 3 * one, "without the sign, the word is part of three names");
    assert_eq!(count("to:=w1 !to:=w1"), 0);
    assert_eq!(count("from-zone:=\"\""), flows.count(), "no host has a zone");
    assert_eq!(count("role:=worker"), count("role:=Worker"));
}
