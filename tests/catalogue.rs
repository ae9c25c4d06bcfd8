//! The built-in catalogue against the vendor's tables, as [`crate::printed`] reads them, and against the
//! design's lists of roles and options.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use portplan::catalogue::{Catalogue, Endpoint, Os, PortSet, Rule};

use crate::printed::{self, PrintedRow};

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::embedded().unwrap_or_else(|error| panic!("{error}")));

/// A row as printed, and the rules that the catalogue made of it.
struct Covered {
    printed: PrintedRow,
    rules: Vec<&'static Rule>,
}

impl Covered {
    /// The rules for ports as printed, without those that only hold after an upgrade.
    fn as_printed(&self) -> impl Iterator<Item = &'static Rule> + '_ {
        self.rules.iter().copied().filter(|rule| !is_after_upgrade(rule))
    }
}

fn covered() -> Vec<Covered> {
    let cover = |printed: PrintedRow| Covered { rules: rules_of(printed.page, printed.row), printed };
    printed::rows().into_iter().map(cover).collect()
}

fn rules_of(page: &str, row: u16) -> Vec<&'static Rule> {
    let rules = CATALOGUE.rules().entries().iter();
    rules.filter(|rule| page_of(rule) == page && rule.source.row == row).collect()
}

fn page_of(rule: &Rule) -> &'static str {
    &CATALOGUE.pages()[rule.source.page].id
}

fn is_after_upgrade(rule: &Rule) -> bool {
    rule.id.ends_with("-v9")
}

/// Roles are compared with the system they are printed with.
type End = (&'static str, Option<&'static str>);

fn ends(endpoints: &[Endpoint]) -> Vec<End> {
    let end = |end: &Endpoint| (CATALOGUE.roles()[end.role].id.as_str(), end.os.map(Os::name));
    endpoints.iter().map(end).collect()
}

fn numbers(ports: &PortSet) -> BTreeSet<(u16, u16)> {
    ports.ranges().iter().map(|range| (range.from().number(), range.to().number())).collect()
}

/// Fails with every fault at once: a wrong page is mended in one go.
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} fault(s):\n{}", faults.len(), faults.join("\n"));
}

fn compare<T: PartialEq + std::fmt::Debug>(faults: &mut Vec<String>, what: &str, expected: &T, found: &T) {
    if expected != found {
        faults.push(format!("{what}: expected {expected:?}, found {found:?}"));
    }
}

mod pages {
    use super::*;

    const ROWS: [(&str, usize); 3] = [("ahv", 71), ("mongodb", 21), ("sharepoint", 8)];

    #[test]
    fn stand_as_the_vendor_dates_them() {
        let printed = printed::pages();
        let ids: Vec<_> = CATALOGUE.pages().entries().iter().map(|page| page.id.as_str()).collect();
        assert_eq!(ids, ROWS.map(|(id, _)| id), "the pages of the catalogue");
        assert_eq!(ids, printed.iter().map(|page| page.id).collect::<Vec<_>>(), "the pages of the reader");
        let mut faults = Vec::new();
        for ((found, page), (id, rows)) in CATALOGUE.pages().entries().iter().zip(&printed).zip(ROWS) {
            compare(&mut faults, &format!("{id}: rows that the reader finds"), &rows, &page.rows.len());
            compare(&mut faults, &format!("{id}: rows of the catalogue"), &rows, &usize::from(found.rows));
            compare(&mut faults, &format!("{id}: build"), &page.build, &found.build);
            compare(&mut faults, &format!("{id}: address"), &page.url, &found.url);
            compare(
                &mut faults,
                &format!("{id}: updated"),
                &iso(&page.updated),
                &found.updated.iso().to_owned(),
            );
        }
        none(&faults);
    }

    /// `12/4/2025` is the 4th of December.
    fn iso(printed: &str) -> String {
        let parts: Vec<u16> = printed.split('/').filter_map(|part| part.parse().ok()).collect();
        match parts.as_slice() {
            [month, day, year] => format!("{year}-{month:02}-{day:02}"),
            _ => format!("{printed} is not month/day/year"),
        }
    }

    #[test]
    fn have_every_row_and_no_other() {
        let mut faults = Vec::new();
        for row in covered() {
            if row.rules.is_empty() {
                faults.push(format!("{}: expected a rule, found none", row.printed.name()));
            }
        }
        let known: BTreeSet<_> = printed::rows().iter().map(|row| (row.page, row.row)).collect();
        for rule in CATALOGUE.rules().entries() {
            let at = (page_of(rule), rule.source.row);
            if !known.contains(&at) {
                faults.push(format!("rule {}: expected a printed row, found {at:?}", rule.id));
            }
        }
        none(&faults);
    }

    #[test]
    fn give_every_rule_an_id_of_its_own_that_names_the_row() {
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        for rule in CATALOGUE.rules().entries() {
            if !seen.insert(&rule.id) {
                faults.push(format!("rule {}: the id is there twice", rule.id));
            }
            let prefix = format!("{}-{}", page_of(rule), rule.source.row);
            let rest = rule.id.strip_prefix(&prefix);
            if rest.is_none_or(|rest| rest.starts_with(|next: char| next.is_ascii_digit())) {
                faults.push(format!("rule {}: expected an id that starts with {prefix}", rule.id));
            }
        }
        none(&faults);
    }

    /// Sections may be titled in our words, but have to divide the rows where the page does.
    #[test]
    fn divide_into_the_printed_sections() {
        let mut pairs = BTreeSet::new();
        for row in covered() {
            let sections = row.rules.iter().map(|rule| rule.source.section.as_str());
            pairs.extend(sections.map(|section| (row.printed.page, row.printed.section.clone(), section)));
        }
        let printed: BTreeSet<_> = pairs.iter().map(|(page, printed, _)| (page, printed)).collect();
        let ours: BTreeSet<_> = pairs.iter().map(|(page, _, ours)| (page, ours)).collect();
        assert!(printed.len() == pairs.len() && ours.len() == pairs.len(), "not one to one: {pairs:#?}");
    }
}

mod facts {
    use super::*;

    use portplan::catalogue::{Opening, Reach};

    /// The roles that a printed name stands for, with the system that the name says.
    fn named(printed: &str) -> &'static [End] {
        match printed {
            "Backup server"
            | "Veeam Backup Server"
            | "Veeam backup server"
            | "Veeam Backup & Replication server" => &[("backup-server", None)],
            "Veeam Backup & Replication console" => &[("console", None)],
            "Worker" => &[("worker", None)],
            "Backup repository" => &[("backup-repository", None)],
            "Veeam backup repository (or gateway server)" | "Backup repository or gateway server" => {
                &[("backup-repository", None), ("gateway-server", None)]
            }
            "Linux server performing the role of a backup repository" => {
                &[("backup-repository", Some("linux"))]
            }
            "Microsoft Windows server performing the role of a backup repository" => {
                &[("backup-repository", Some("windows"))]
            }
            "SMB (CIFS) share performing the role of a backup repository" => &[("smb-share", None)],
            "Gateway Microsoft Windows server" => &[("gateway-server", Some("windows"))],
            "Mount Service" | "Mount server associated with the backup repository" => {
                &[("mount-server", None)]
            }
            "Microsoft Windows server with the mount server role running vPower NFS Service" => {
                &[("mount-server", Some("windows"))]
            }
            "Guest interaction proxy" => &[("guest-interaction-proxy", None)],
            "Guest interaction proxy or backup server" | "Backup server or Guest interaction proxy" => {
                &[("backup-server", None), ("guest-interaction-proxy", None)]
            }
            "Backup server (Windows-based) or Guest interaction proxy (Windows-based)" => {
                &[("backup-server", Some("windows")), ("guest-interaction-proxy", Some("windows"))]
            }
            "Log shipping server" => &[("log-shipping-server", None)],
            "Distribution Server" => &[("distribution-server", None)],
            "FLR helper appliance" => &[("flr-helper-appliance", None)],
            "Staging server" => &[("staging-server", None)],
            _ => named_outside(printed),
        }
    }

    /// Names of what is not the vendor's own software.
    fn named_outside(printed: &str) -> &'static [End] {
        match printed {
            "Nutanix Prism Central and standalone clusters" => {
                &[("ahv-cluster", None), ("prism-central", None)]
            }
            "Nutanix AHV server" | "Nutanix AHV cluster" => &[("ahv-cluster", None)],
            "VM guest OS" => &[("vm-guest", None)],
            "VM guest OS (Linux)" => &[("vm-guest", Some("linux"))],
            "VM guest OS (Microsoft Windows)" => &[("vm-guest", Some("windows"))],
            "MS SQL VM guest OS" => &[("mssql-guest", None)],
            "Oracle VM guest OS" => &[("oracle-guest", None)],
            "Oracle VM guest OS (Linux)" => &[("oracle-guest", Some("linux"))],
            "Oracle VM guest OS (Microsoft Windows)" => &[("oracle-guest", Some("windows"))],
            "PostgreSQL VM guest OS" => &[("postgresql-guest", None)],
            "Computer with MongoDB" | "MongoDB replica set" | "Node in a MongoDB replica set" => {
                &[("mongodb-server", None)]
            }
            "Target SharePoint server" => &[("sharepoint-server", None)],
            "Veeam Update Repository  Amazon CloudFront (cloudfront.net, amazonaws.com)" => {
                &[("update-repository", None)]
            }
            "Microsoft Active Directory" => &[("active-directory", None)],
            "DNS server with forward/reverse name resolution of all backup servers" => {
                &[("dns-server", None)]
            }
            "Mail server" => &[("mail-server", None)],
            _ => &[],
        }
    }

    fn pairs(from: &[End], to: &[End]) -> BTreeSet<(End, End)> {
        from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to))).collect()
    }

    fn pairs_of(rule: &Rule) -> BTreeSet<(End, End)> {
        pairs(&ends(&rule.from), &ends(&rule.to))
    }

    fn expected_pairs(row: &PrintedRow) -> BTreeSet<(End, End)> {
        pairs(named(&row.from), named(&row.to))
    }

    #[test]
    fn roles_are_those_of_the_printed_names() {
        let mut faults = Vec::new();
        for row in covered() {
            let name = row.printed.name();
            let expected = expected_pairs(&row.printed);
            if expected.is_empty() {
                faults.push(format!("{name}: this test does not know one of the names"));
            }
            let found: BTreeSet<_> = row.as_printed().flat_map(pairs_of).collect();
            compare(&mut faults, &format!("{name}: roles"), &expected, &found);
        }
        none(&faults);
    }

    /// A row that became several rules must not leave a port out between two of its roles.
    #[test]
    fn ports_are_as_printed_between_any_two_roles_of_a_row() {
        let mut faults = Vec::new();
        for row in covered() {
            for pair in expected_pairs(&row.printed) {
                let rules: Vec<_> = row.as_printed().filter(|rule| pairs_of(rule).contains(&pair)).collect();
                compare_ports(&mut faults, &row.printed, pair, &rules);
            }
        }
        none(&faults);
    }

    fn compare_ports(faults: &mut Vec<String>, printed: &PrintedRow, pair: (End, End), rules: &[&Rule]) {
        let name = format!("{}, {pair:?}", printed.name());
        let union = |of: fn(&Rule) -> BTreeSet<(u16, u16)>| rules.iter().flat_map(|rule| of(rule)).collect();
        let exact: BTreeSet<_> = union(|rule| numbers(rule.ports.exact()));
        compare(faults, &format!("{name}: ports"), &printed.ports.iter().copied().collect(), &exact);
        let fallback: BTreeSet<_> = union(|rule| numbers(rule.ports.fallback()));
        compare(faults, &format!("{name}: fallback"), &printed.fallback.iter().copied().collect(), &fallback);
        let open = rules.iter().flat_map(|rule| rule.ports.open_ended().iter().map(|port| port.number()));
        let printed_open: BTreeSet<u16> = printed.open_ended.iter().copied().collect();
        compare(faults, &format!("{name}: open-ended ports"), &printed_open, &open.collect());
    }

    #[test]
    fn transports_are_as_printed() {
        let mut faults = Vec::new();
        for row in covered() {
            for rule in &row.rules {
                let found: Vec<_> = rule.transports.iter().map(|transport| transport.name()).collect();
                let what = format!("{}: transports of rule {}", row.printed.name(), rule.id);
                compare(&mut faults, &what, &row.printed.transports, &found);
            }
        }
        none(&faults);
    }

    #[test]
    fn the_wider_range_after_an_upgrade_stands_exactly_where_a_note_gives_it() {
        let mut faults = Vec::new();
        for row in covered() {
            let name = row.printed.name();
            let marked = row.printed.has("range-2500-5000-after-upgrade");
            let after: Vec<_> = row.rules.iter().filter(|rule| is_after_upgrade(rule)).collect();
            compare(&mut faults, &format!("{name}: rules after an upgrade"), &marked, &!after.is_empty());
            for rule in &after {
                let what = format!("{name}: rule {}", rule.id);
                compare(&mut faults, &what, &"2500-5000".to_owned(), &rule.ports.to_string());
            }
            let bases: BTreeSet<_> = after.iter().map(|rule| rule.id.trim_end_matches("-v9")).collect();
            let all: BTreeSet<_> = row.as_printed().map(|rule| rule.id.as_str()).collect();
            if marked {
                compare(&mut faults, &format!("{name}: rules that an upgrade widens"), &all, &bases);
            }
            compare_ends_after_upgrade(&mut faults, &row);
        }
        none(&faults);
    }

    fn compare_ends_after_upgrade(faults: &mut Vec<String>, row: &Covered) {
        for after in row.rules.iter().filter(|rule| is_after_upgrade(rule)) {
            let before = row.as_printed().find(|rule| rule.id == after.id.trim_end_matches("-v9"));
            let what = format!("{}: ends of rule {}", row.printed.name(), after.id);
            compare(faults, &what, &before.map(pairs_of), &Some(pairs_of(after)));
        }
    }

    /// A service whose port the vendor lets the operator change listens on the changed port on every page, so an
    /// override must reach every row of that service: the installer, the transport service and its range.
    fn replaceable_ports(printed: &PrintedRow) -> BTreeSet<(u16, u16)> {
        let own = printed.changeable.iter().map(|port| (*port, *port));
        let is_transport = !printed.marks.iter().any(|mark| mark.contains("management-agent"));
        let services = [(6160, 6160), (6162, 6162), (2500, 3300)];
        let listed = printed.ports.iter().chain(&printed.fallback).copied();
        let of_services =
            listed.filter(|ports| services.contains(ports) && (*ports != (6162, 6162) || is_transport));
        own.chain(of_services).collect()
    }

    #[test]
    fn ports_are_replaceable_exactly_where_a_changeable_service_listens() {
        let mut faults = Vec::new();
        for row in covered() {
            let replaceable = row.as_printed().flat_map(|rule| &rule.replaceable);
            let found: BTreeSet<_> = replaceable.flat_map(|ports| numbers(&ports.printed)).collect();
            let expected = replaceable_ports(&row.printed);
            compare(&mut faults, &format!("{}: replaceable ports", row.printed.name()), &expected, &found);
        }
        none(&faults);
    }

    /// The id stands in users' files.
    #[test]
    fn the_port_of_mongodb_is_replaced_under_its_name() {
        let key = CATALOGUE.custom_port("mongodb");
        assert!(key.is_some(), "there is no customisable port \"mongodb\"");
        for rule in [10, 11].into_iter().flat_map(|row| rules_of("mongodb", row)) {
            let keys: Vec<_> = rule.replaceable.iter().map(|ports| Some(ports.key)).collect();
            assert_eq!(keys, [key], "rule {}", rule.id);
        }
    }

    #[test]
    fn dynamic_rpc_is_opened_by_the_product_and_nothing_else_is() {
        let mut faults = Vec::new();
        for row in covered() {
            let printed = row.printed.ports == [(49152, 65535)];
            let expected = if printed { Opening::AutomaticOnHost } else { Opening::Manual };
            for rule in &row.rules {
                compare(&mut faults, &format!("rule {}: opening", rule.id), &expected, &rule.opening);
            }
        }
        none(&faults);
    }

    #[test]
    fn only_the_row_from_the_backup_server_to_itself_stays_on_one_host() {
        let mut faults = Vec::new();
        for row in covered() {
            let same = row.printed.page == "ahv" && row.printed.row == 8;
            compare(&mut faults, &row.printed.name(), &same, &(row.printed.from == row.printed.to));
            let expected = if same { Reach::SameHost } else { Reach::Network };
            for rule in &row.rules {
                compare(&mut faults, &format!("rule {}: reach", rule.id), &expected, &rule.reach);
            }
        }
        none(&faults);
    }

    #[test]
    fn rows_that_look_wrong_carry_a_doubt() {
        let ruled = [
            ("ahv", &[33, 42, 52, 67][..]),
            ("ahv", &[23, 24, 25, 56]),
            ("mongodb", &[1, 4, 15, 16]),
            ("sharepoint", &[4, 5]),
        ];
        let mut faults = Vec::new();
        for (page, rows) in ruled {
            for row in rows {
                let doubted = rules_of(page, *row).iter().any(|rule| rule.doubt.is_some());
                compare(&mut faults, &format!("{page} row {row}: has a doubt"), &true, &doubted);
            }
        }
        for row in covered().iter().filter(|row| row.printed.has("note-says")) {
            let doubted = row.rules.iter().all(|rule| rule.doubt.is_some());
            compare(&mut faults, &format!("{}: has a doubt", row.printed.name()), &true, &doubted);
        }
        none(&faults);
    }
}

/// Conditions are compared by truth table: how a formula is written does not matter, what it says does.
mod conditions {
    use super::*;

    use portplan::catalogue::{Condition, Facts, HostFact, OptionId, OptionScope, Port, RoleId};

    /// The end of a connection at which an option of a single host is asked for.
    #[derive(Clone, Copy)]
    enum Side {
        From,
        To,
    }

    /// A question and the answer that satisfies the clause; a clause holds where one of them does.
    type Clause = Vec<(String, bool)>;

    fn is(atom: &str) -> Clause {
        vec![(atom.to_owned(), true)]
    }

    fn is_not(atom: &str) -> Clause {
        vec![(atom.to_owned(), false)]
    }

    /// An option that can differ per host is asked of the host, not of the plan.
    fn asked(option: &str, side: Side) -> String {
        let scope = CATALOGUE.option(option).map(|id| CATALOGUE.options()[id].scope);
        match (scope, side) {
            (Some(OptionScope::Host), Side::From) => format!("from.{option}"),
            (Some(OptionScope::Host), Side::To) => format!("to.{option}"),
            _ => option.to_owned(),
        }
    }

    const GUESTS: [&str; 4] = ["vm-guest", "mssql-guest", "oracle-guest", "postgresql-guest"];

    fn guest_side(rule: &Rule) -> Side {
        let guest = ends(&rule.from).iter().any(|(role, _)| GUESTS.contains(role));
        if guest { Side::From } else { Side::To }
    }

    /// Every clause that has to hold for the rule, from the row's place and marks.
    fn expected(row: &PrintedRow, rule: &Rule) -> Vec<Clause> {
        let side = guest_side(rule);
        let mut clauses: Vec<Clause> = by_place(row).iter().map(|option| is(&asked(option, side))).collect();
        clauses.extend(by_mark(row).iter().map(|option| is(&asked(option, side))));
        clauses.extend(by_upgrade(row, rule));
        clauses.extend(by_port(row, rule));
        clauses.extend(by_placed_roles(row, rule));
        clauses
    }

    fn by_place(row: &PrintedRow) -> &'static [&'static str] {
        match (row.page, row.section.as_str()) {
            ("mongodb", _) => &["mongodb"],
            ("sharepoint", _) => &["sharepoint"],
            (_, "vPower NFS Service") => &["vpower-nfs"],
            // Between the backup server and the proxy there is no guest whose kind could be asked for.
            (_, "Connections with Non-Persistent Runtime Components") if (23..=25).contains(&row.row) => {
                &["guest-processing"]
            }
            (_, "Connections with Non-Persistent Runtime Components") => {
                &["guest-processing", "non-persistent-runtime"]
            }
            (_, "Connections with Persistent Agent Components") => &["guest-processing", "persistent-agent"],
            (_, "MS SQL Guest OS Connections") => &["mssql"],
            (_, "Oracle Guest OS Connections") => &["oracle"],
            (_, "PostgreSQL Guest OS Connections") => &["postgresql"],
            _ => &[],
        }
    }

    fn by_mark(row: &PrintedRow) -> Vec<&'static str> {
        let options = [
            ("non-persistent-only", "non-persistent-runtime"),
            ("persistent-only", "persistent-agent"),
            ("management-agent", "management-agent"),
            ("malware-detection", "malware-detection"),
            ("file-level-restore", "file-level-restore"),
        ];
        options.into_iter().filter(|(mark, _)| row.has(mark)).map(|(_, option)| option).collect()
    }

    fn by_upgrade(row: &PrintedRow, rule: &Rule) -> Vec<Clause> {
        let ends = [asked("upgraded-from-v9", Side::From), asked("upgraded-from-v9", Side::To)];
        if !row.has("range-2500-5000-after-upgrade") {
            Vec::new()
        } else if is_after_upgrade(rule) {
            vec![ends.map(|end| (end, true)).to_vec()]
        } else {
            ends.iter().map(|end| is_not(end)).collect()
        }
    }

    /// Parts of a row that hold only under an option of their own.
    fn by_port(row: &PrintedRow, rule: &Rule) -> Vec<Clause> {
        let opens = |port| Port::new(port).is_some_and(|port| rule.ports.contains(port));
        let parts = [
            ("netbios", 137, is("netbios")),
            ("optional", 135, is("fast-deployment")),
            ("tls", 587, is("smtp-tls")),
            ("default", 25, is_not("smtp-tls")),
            ("1058", 1058, is("to.is(backup-server)")),
            ("1063", 1063, is_not("to.is(backup-server)")),
        ];
        let holds = |(mark, port, _): &(&str, u16, Clause)| row.has(mark) && opens(*port);
        parts.into_iter().filter(holds).map(|(.., clause)| clause).collect()
    }

    fn by_placed_roles(row: &PrintedRow, rule: &Rule) -> Vec<Clause> {
        let mut clauses = Vec::new();
        if is_direct(row) {
            clauses.push(is_not("placed(log-shipping-server)"));
        }
        if may_go_by_proxy(row) && ends(&rule.from).iter().chain(&ends(&rule.to)).any(is_backup_server) {
            let (option, proxy) = ("proxy-only".to_owned(), "placed(guest-interaction-proxy)".to_owned());
            clauses.push(vec![(option, false), (proxy, false)]);
        }
        clauses
    }

    /// From a database's guest straight to the repository; the note stands on the first of two such rows.
    fn is_direct(row: &PrintedRow) -> bool {
        row.from.ends_with("VM guest OS") && row.to == "Backup repository"
    }

    /// Where the backup server is one of two, or does what the proxy's own rows do as well.
    fn may_go_by_proxy(row: &PrintedRow) -> bool {
        let both = |name: &str| {
            let name = name.to_lowercase();
            name.contains("backup server") && name.contains("guest interaction proxy")
        };
        both(&row.from) || both(&row.to) || (row.page == "ahv" && (18..=22).contains(&row.row))
    }

    fn is_backup_server(end: &End) -> bool {
        end.0 == "backup-server"
    }

    /// One way the world can be: an answer to every question.
    struct World<'a> {
        atoms: &'a [String],
        yes: u32,
    }

    impl World<'_> {
        fn says(&self, atom: &str) -> Option<bool> {
            self.atoms.iter().position(|known| known == atom).map(|at| self.yes & (1 << at) != 0)
        }

        fn satisfies(&self, clauses: &[Clause]) -> bool {
            let one = |clause: &Clause| clause.iter().any(|(atom, yes)| self.says(atom) == Some(*yes));
            clauses.iter().all(one)
        }
    }

    impl Facts for World<'_> {
        fn option(&self, option: OptionId) -> Option<bool> {
            self.says(&text(&Condition::Option(option)))
        }

        fn placed(&self, role: RoleId) -> Option<bool> {
            self.says(&text(&Condition::Placed(role)))
        }

        fn from(&self, fact: HostFact) -> Option<bool> {
            self.says(&text(&Condition::From(fact)))
        }

        fn to(&self, fact: HostFact) -> Option<bool> {
            self.says(&text(&Condition::To(fact)))
        }
    }

    fn text(condition: &Condition) -> String {
        CATALOGUE.condition_text(condition).unwrap_or_else(|| "always".to_owned())
    }

    /// Every question that the condition or a clause asks.
    fn atoms(condition: &Condition, clauses: &[Clause]) -> Vec<String> {
        let mut atoms: BTreeSet<String> = clauses.iter().flatten().map(|(atom, _)| atom.clone()).collect();
        condition.walk(&mut |inner| {
            let asks = matches!(
                inner,
                Condition::Option(_) | Condition::Placed(_) | Condition::From(_) | Condition::To(_)
            );
            atoms.extend(asks.then(|| text(inner)));
        });
        atoms.into_iter().collect()
    }

    /// A world in which the two disagree, as the questions that it answers with yes.
    fn disagreement(condition: &Condition, clauses: &[Clause]) -> Option<Vec<String>> {
        let atoms = atoms(condition, clauses);
        (0..1 << atoms.len()).map(|yes| World { atoms: &atoms, yes }).find_map(|world| {
            let differs = condition.holds(&world) != Some(world.satisfies(clauses));
            differs.then(|| atoms.iter().filter(|atom| world.says(atom) == Some(true)).cloned().collect())
        })
    }

    fn wording(clauses: &[Clause]) -> String {
        let literal = |(atom, yes): &(String, bool)| format!("{}{atom}", if *yes { "" } else { "not " });
        let clause = |clause: &Clause| clause.iter().map(literal).collect::<Vec<_>>().join(" or ");
        clauses.iter().map(|one| format!("({})", clause(one))).collect::<Vec<_>>().join(" and ")
    }

    #[test]
    fn say_what_the_rows_and_the_rulings_say() {
        let mut faults = Vec::new();
        for row in covered() {
            for rule in &row.rules {
                let clauses = expected(&row.printed, rule);
                if let Some(world) = disagreement(&rule.when, &clauses) {
                    faults.push(format!(
                        "{}: rule {}: expected {}, found {}; they differ with {world:?}",
                        row.printed.name(),
                        rule.id,
                        wording(&clauses),
                        text(&rule.when)
                    ));
                }
            }
        }
        none(&faults);
    }

    /// Only then can the backup server's part be narrowed without the proxy's.
    #[test]
    fn keep_the_backup_server_and_the_proxy_apart() {
        for rule in covered().iter().filter(|row| may_go_by_proxy(&row.printed)).flat_map(|row| &row.rules) {
            for side in [&rule.from, &rule.to] {
                let together = side.len() > 1 && ends(side).iter().any(is_backup_server);
                assert!(!together, "rule {}: one rule for {:?}", rule.id, ends(side));
            }
        }
    }

    #[test]
    fn are_printed_with_ids() {
        for row in covered().iter().filter(|row| is_direct(&row.printed)) {
            for rule in &row.rules {
                let text = text(&rule.when);
                assert!(text.contains("not placed(log-shipping-server)"), "{}: {text}", rule.id);
            }
        }
        assert_eq!(CATALOGUE.condition_text(&Condition::Always), None);
    }

    #[test]
    fn ask_the_two_component_kinds_apart() {
        for row in covered() {
            for rule in &row.rules {
                let text = text(&rule.when);
                // The one id is no part of the other, so a plain search tells them apart.
                let kinds = ["non-persistent-runtime", "persistent-agent"].map(|kind| text.contains(kind));
                assert_ne!(kinds, [true, true], "{}: rule {}: {text}", row.printed.name(), rule.id);
                let marked = [row.printed.has("non-persistent-only"), row.printed.has("persistent-only")];
                if marked != [false, false] {
                    assert_eq!(kinds, marked, "{}: rule {}: {text}", row.printed.name(), rule.id);
                }
            }
        }
    }
}

mod entries {
    use super::*;

    use portplan::catalogue::{OptionScope, RoleGroup};

    const ROLES: [(RoleGroup, &[&str]); 4] = [
        (
            RoleGroup::BackupInfrastructure,
            &[
                "backup-server",
                "console",
                "worker",
                "backup-repository",
                "smb-share",
                "gateway-server",
                "mount-server",
                "guest-interaction-proxy",
                "log-shipping-server",
                "distribution-server",
                "flr-helper-appliance",
                "staging-server",
            ],
        ),
        (RoleGroup::Platform, &["ahv-cluster", "prism-central"]),
        (
            RoleGroup::Workloads,
            &[
                "vm-guest",
                "mssql-guest",
                "oracle-guest",
                "postgresql-guest",
                "mongodb-server",
                "sharepoint-server",
            ],
        ),
        (RoleGroup::OutsideServices, &["update-repository", "active-directory", "dns-server", "mail-server"]),
    ];

    const OPTIONS: [(&str, bool); 17] = [
        ("mssql", false),
        ("oracle", false),
        ("postgresql", false),
        ("mongodb", false),
        ("sharepoint", false),
        ("guest-processing", true),
        ("file-level-restore", true),
        ("vpower-nfs", true),
        ("malware-detection", true),
        ("non-persistent-runtime", true),
        ("persistent-agent", false),
        ("management-agent", false),
        ("upgraded-from-v9", false),
        ("netbios", false),
        ("fast-deployment", false),
        ("smtp-tls", false),
        ("proxy-only", false),
    ];

    const WORKLOADS: [(&str, &str); 5] = [
        ("mssql-guest", "mssql"),
        ("oracle-guest", "oracle"),
        ("postgresql-guest", "postgresql"),
        ("mongodb-server", "mongodb"),
        ("sharepoint-server", "sharepoint"),
    ];

    #[test]
    fn the_roles_are_those_of_the_design() {
        let expected: BTreeSet<_> =
            ROLES.iter().flat_map(|(group, ids)| ids.iter().map(move |id| (*id, *group))).collect();
        let roles = CATALOGUE.roles().entries();
        let found = roles.iter().map(|role| (role.id.as_str(), role.group)).collect();
        assert_eq!(expected, found);
    }

    #[test]
    fn the_options_are_those_of_the_design_with_its_defaults() {
        let expected = BTreeSet::from(OPTIONS);
        let options = CATALOGUE.options();
        let found = options.entries().iter().map(|option| (option.id.as_str(), option.default)).collect();
        assert_eq!(expected, found);
        let on: BTreeSet<_> =
            CATALOGUE.default_options().iter().map(|id| (options[id].id.as_str(), true)).collect();
        assert_eq!(expected.into_iter().filter(|(_, default)| *default).collect::<BTreeSet<_>>(), on);
    }

    #[test]
    fn what_can_differ_between_hosts_is_set_per_host() {
        for id in ["non-persistent-runtime", "persistent-agent", "upgraded-from-v9"] {
            let scope = CATALOGUE.option(id).map(|option| CATALOGUE.options()[option].scope);
            assert_eq!(scope, Some(OptionScope::Host), "option {id}");
        }
    }

    #[test]
    fn a_workload_brings_its_option_and_database_guests_are_guests() {
        for role in CATALOGUE.roles().entries() {
            let expected = WORKLOADS.iter().find(|(id, _)| *id == role.id).map(|(_, option)| *option);
            let found = role.option.map(|option| CATALOGUE.options()[option].id.as_str());
            assert_eq!(expected, found, "the option of role {}", role.id);
            let database = ["mssql-guest", "oracle-guest", "postgresql-guest"].contains(&role.id.as_str());
            let implied: Vec<_> = role.implies.iter().map(|id| CATALOGUE.roles()[id].id.as_str()).collect();
            let expected = if database { vec!["vm-guest"] } else { Vec::new() };
            assert_eq!(expected, implied, "what role {} implies", role.id);
        }
    }

    /// The page says so of the distribution server in a note, not in the name.
    #[test]
    fn a_windows_server_runs_windows() {
        let printed = printed::rows().into_iter().filter(|row| row.has("windows-server"));
        let rules: Vec<_> = printed.flat_map(|row| rules_of(row.page, row.row)).collect();
        assert!(!rules.is_empty());
        for end in rules.iter().flat_map(|rule| &rule.to) {
            let role = &CATALOGUE.roles()[end.role];
            assert_eq!(role.systems, [Os::Windows], "role {}", role.id);
        }
    }

    #[test]
    fn an_end_that_names_a_system_names_one_that_the_role_can_run_on() {
        for rule in CATALOGUE.rules().entries() {
            for end in rule.from.iter().chain(&rule.to) {
                let role = &CATALOGUE.roles()[end.role];
                let possible = end.os.is_none_or(|os| role.systems.contains(&os));
                assert!(possible, "rule {}: {} never runs on {:?}", rule.id, role.id, end.os);
            }
        }
    }
}

mod wording {
    use super::*;

    /// So many words in a row that stand on a page as well are no coincidence.
    const RUN: usize = 8;

    /// Every text that we write ourselves, with the entry it belongs to.
    fn texts() -> Vec<(String, &'static str)> {
        let mut all = Vec::new();
        for role in CATALOGUE.roles().entries() {
            all.extend([("label", &role.label), ("about", &role.about)].map(|text| named(&role.id, text)));
        }
        for option in CATALOGUE.options().entries() {
            all.extend(
                [("label", &option.label), ("help", &option.help)].map(|text| named(&option.id, text)),
            );
        }
        for port in CATALOGUE.custom_ports().entries() {
            all.extend([("label", &port.label), ("help", &port.help)].map(|text| named(&port.id, text)));
        }
        for rule in CATALOGUE.rules().entries() {
            let own =
                [("purpose", &rule.purpose), ("service", &rule.service), ("section", &rule.source.section)];
            all.extend(own.map(|text| named(&rule.id, text)));
            all.extend(rule.doubt.iter().map(|doubt| named(&rule.id, ("doubt", doubt))));
        }
        all
    }

    fn named(id: &str, (field, text): (&str, &'static String)) -> (String, &'static str) {
        (format!("{id}: {field}"), text)
    }

    #[test]
    fn no_text_is_empty() {
        for (name, text) in texts() {
            assert!(!text.trim().is_empty(), "{name} is empty");
        }
    }

    #[test]
    fn a_purpose_is_one_sentence() {
        for rule in CATALOGUE.rules().entries() {
            let one = rule.purpose.ends_with('.') && !rule.purpose.contains(". ");
            assert!(one, "rule {}: not one sentence with a full stop: {:?}", rule.id, rule.purpose);
        }
    }

    #[test]
    fn no_sentence_is_the_vendors() {
        let theirs: BTreeSet<_> = include_str!("sources/runs.txt").split_whitespace().collect();
        let mut faults = Vec::new();
        for (name, text) in texts() {
            let text = text.to_ascii_lowercase();
            let words: Vec<_> = text
                .split(|letter: char| !letter.is_ascii_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            let runs = words.windows(RUN).map(|run| run.join(" "));
            let copied = runs.filter(|run| theirs.contains(digest(run).as_str()));
            faults.extend(copied.map(|run| format!("{name}: the vendor's page says as well: {run}")));
        }
        none(&faults);
    }

    /// As in `sources/reduce`: FNV-1a, 64 bits, of which 40 are kept.
    fn digest(run: &str) -> String {
        let step = |value: u64, byte: u8| (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        format!("{:010x}", run.bytes().fold(0xcbf2_9ce4_8422_2325, step) >> 24)
    }

    /// Both sides have to agree on the digest, or nothing would ever be found.
    #[test]
    fn the_digest_is_the_one_of_the_reducer() {
        let known = include_str!("sources/runs.txt").split_whitespace();
        let row = "dns server with forward reverse name resolution of";
        assert_eq!(known.filter(|run| *run == digest(row)).count(), 1, "{}", digest(row));
    }

    #[test]
    fn the_reduced_pages_are_what_the_originals_give() {
        let Some(pages) = std::env::var_os("PORTPLAN_PAGES") else {
            println!(
                "the comparison with the original pages needs PORTPLAN_PAGES, a folder that holds them; \
                 checked instead: the facts in tests/sources and the digests of the pages' wording"
            );
            return;
        };
        let reduce = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sources/reduce");
        let run = std::process::Command::new("python3").arg(reduce).arg(&pages).arg("--check").output();
        let output = run.unwrap_or_else(|error| panic!("python3 {reduce} did not start: {error}"));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// A small catalogue, spoiled in one place at a time.
mod refused {
    use portplan::catalogue::parse::parse;
    use portplan::catalogue::{Asset, Assets};

    const ROLES: &str = r#"[
    (id: "worker", group: backup_infrastructure, label: "Worker", about: "Reads disks.", systems: [linux]),
    (id: "console", group: backup_infrastructure, label: "Console", about: "Shows it.", systems: [windows]),
]"#;
    const OPTIONS: &str = r#"[
    (id: "extra", group: features, label: "Extra", help: "Something more.", default: false, scope: plan),
]"#;
    const PORTS: &str = r#"[(id: "own", label: "Own port", help: "Changed in the settings.")]"#;
    const PAGE: &str = r#"(
    page: (id: "tiny", title: "Tiny", product: "p", build: "1", updated: "2025-12-04", url: "https://a.b", rows: 2),
    sections: [(
        title: "All",
        rules: [
            (id: "tiny-1", row: 1, from: [(role: "worker")], to: [(role: "console")], transports: [tcp],
             ports: ["9440"], service: "Web", purpose: "Asks for the state.", when: option("extra")),
            (id: "tiny-2", row: 2, from: [(role: "console")], to: [(role: "worker")], transports: [tcp, udp],
             ports: ["2500-3300"], service: "Data", purpose: "Moves the data.",
             replaceable: {"own": ["2500-3300"]}),
        ],
    )],
)"#;

    fn faults(roles: &str, page: &str) -> Option<String> {
        let assets = Assets {
            edition: "2025-12",
            roles: Asset { name: "roles.ron", text: roles },
            options: Asset { name: "options.ron", text: OPTIONS },
            custom_ports: Asset { name: "custom-ports.ron", text: PORTS },
            pages: &[Asset { name: "tiny.ron", text: page }],
            own: &[],
        };
        parse(&assets).err().map(|error| error.to_string())
    }

    /// The page with `old`, which is there once, in place of `new`, and the words that the message must have.
    #[track_caller]
    fn refuses(old: &str, new: &str, words: &[&str]) {
        assert_eq!(PAGE.matches(old).count(), 1, "{old} has to be in the page once");
        let page = PAGE.replace(old, new);
        let message = faults(ROLES, &page).unwrap_or_else(|| panic!("{new} in place of {old} was accepted"));
        for word in words {
            assert!(message.contains(word), "expected {word:?} in: {message}");
        }
    }

    #[test]
    fn the_unspoiled_catalogue_is_accepted() {
        assert_eq!(faults(ROLES, PAGE), None);
    }

    #[test]
    fn names_that_are_not_there() {
        refuses(r#"from: [(role: "worker")]"#, r#"from: [(role: "wroker")]"#, &["tiny-1", "role", "wroker"]);
        refuses(r#"option("extra")"#, r#"option("extar")"#, &["tiny-1", "option", "extar"]);
        refuses(r#"option("extra")"#, r#"not(placed("nobody"))"#, &["tiny-1", "role", "nobody"]);
        refuses(r#"option("extra")"#, r#"from(option("nothing"))"#, &["tiny-1", "option", "nothing"]);
        refuses(r#"{"own":"#, r#"{"other":"#, &["tiny-2", "port", "other"]);
    }

    #[test]
    fn rows_and_ids_that_do_not_add_up() {
        refuses(r#"id: "tiny-2""#, r#"id: "tiny-1""#, &["rule", "tiny-1", "twice"]);
        refuses("rows: 2", "rows: 3", &["tiny", "row 3"]);
        refuses("row: 2", "row: 1", &["tiny", "row 2"]);
        refuses("row: 2", "row: 9", &["tiny-2", "row 9"]);
        refuses("row: 1", "row: 0", &["tiny-1", "row 0"]);
        let twice = ROLES.replace(r#"id: "console""#, r#"id: "worker""#);
        let message = faults(&twice, PAGE).unwrap_or_default();
        assert!(message.contains("role \"worker\""), "{message}");
    }

    #[test]
    fn empty_texts() {
        refuses("Asks for the state.", "", &["tiny-1", "purpose"]);
        refuses("Asks for the state.", "  ", &["tiny-1", "purpose"]);
        refuses(r#""Data""#, r#""""#, &["tiny-2", "service"]);
    }

    #[test]
    fn ports_and_transports_that_make_no_sense() {
        refuses("9440", "0", &["tiny-1", "port 0"]);
        refuses("9440", "65536", &["tiny-1", "65536"]);
        refuses("9440", "3300-2500", &["tiny-1", "3300-2500"]);
        refuses("9440", "https", &["tiny-1", "https"]);
        refuses(r#"["9440"]"#, "[]", &["tiny-1", "port"]);
        refuses(r#"["9440"]"#, r#"["or 9440"]"#, &["tiny-1", "port"]);
        refuses(r#"["2500-3300"]}"#, r#"["2500-5000"]}"#, &["tiny-2", "2500-5000"]);
        refuses("[tcp, udp]", "[]", &["tiny-2", "transports"]);
        refuses("[tcp, udp]", "[tcp, tcp]", &["tiny-2", "transports"]);
        refuses(r#"to: [(role: "console")]"#, "to: []", &["tiny-1", "role"]);
    }

    #[test]
    fn dates_that_are_none() {
        refuses("2025-12-04", "12/4/2025", &["tiny", "12/4/2025"]);
    }

    #[test]
    fn syntax_errors_by_line_and_column() {
        // Line 6 is the one of rule 1; the fault is looked for right behind `row:`, which ends in column 31.
        refuses("row: 1", "row: one", &["tiny.ron:6:32"]);
        refuses("[tcp, udp]", "[tcp, sctp]", &["tiny.ron:8:", "sctp"]);
        refuses("service: \"Web\"", "sarvice: \"Web\"", &["tiny.ron:7:", "sarvice"]);
        let message = faults("[(id: ", PAGE).unwrap_or_default();
        assert!(message.contains("roles.ron:1:"), "{message}");
    }

    #[test]
    fn all_faults_in_one_go() {
        let page = PAGE.replace("9440", "0").replace("Moves the data.", "");
        let message = faults(ROLES, &page).unwrap_or_default();
        assert!(message.contains("tiny-1") && message.contains("tiny-2"), "{message}");
    }
}
