//! Search: what it finds, and in which order, against a filter that judges every flow by itself.

use std::net::IpAddr;

use portplan::catalogue::{Os, PortItem, PortRange, Role};
use portplan::flows::search::{Direction, Fit, Matcher, Matches, Query, Scope, Skim};
use portplan::flows::{FlowRef, Flows, Grouping, HostIx, Listing, RuleRef, SameHost, Shape};
use portplan::plan::{Edit, Host, OwnRule, Party, Plan, SiteName, ZoneName};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::oracle::carries;
use super::random::{PARTS, config, place, plans};
use super::support::{Draft, all, catalogue, name, ports, role, rows};

/// A word as the design's section 6 describes it.
struct Word {
    pin: &'static str,
    excluded: bool,
    text: String,
}

const PINS: [&str; 8] = ["from:", "to:", "port:", "proto:", "role:", "zone:", "site:", "page:"];

impl Word {
    fn parse(typed: &str) -> Option<Self> {
        let bare = typed.trim_start_matches('!');
        let excluded = bare.len() < typed.len();
        let lower = bare.to_lowercase();
        let pinned = PINS.into_iter().find_map(|pin| Some((pin, lower.strip_prefix(pin)?)));
        let (pin, text) = pinned.unwrap_or(("", &lower));
        let text = text.to_owned();
        (!text.is_empty()).then_some(Self { pin, excluded, text })
    }

    fn is_number(&self) -> bool {
        self.text.chars().all(|letter| letter.is_ascii_digit())
    }

    fn range(&self) -> Option<PortRange> {
        self.text.parse().ok().map(|item: PortItem| item.range)
    }
}

/// Judges one word against one flow, field by field.
struct Naive<'a> {
    plan: &'a Plan,
    flows: &'a Flows,
    matcher: Skim,
}

impl Naive<'_> {
    fn best<'t>(&self, word: &Word, texts: impl IntoIterator<Item = &'t str>) -> Option<Fit> {
        texts.into_iter().filter_map(|text| self.matcher.fit(text, &word.text)).max()
    }

    fn word(&self, word: &Word, row: FlowRef) -> Option<Fit> {
        let host = |at: HostIx| self.plan.host(self.flows.hosts()[at]).unwrap();
        let (from, to) = (host(row.from), host(row.to));
        let shape = self.flows.shape(row.shape);
        match word.pin {
            "from:" => self.host(word, from),
            "to:" => self.host(word, to),
            "role:" => self.role(word, from).max(self.role(word, to)),
            "zone:" => self.zone(word, from).max(self.zone(word, to)),
            "site:" => self.site(word, from).max(self.site(word, to)),
            "port:" => port(word, shape),
            "proto:" => shape.transport.name().starts_with(&word.text).then_some(Fit::Literal),
            "page:" => self.rules(word, shape, true),
            _ => self.anywhere(word, from, to, shape),
        }
    }

    fn anywhere(&self, word: &Word, from: &Host, to: &Host, shape: &Shape) -> Option<Fit> {
        let hosts = self.host(word, from).max(self.host(word, to));
        // A number is first of all a port: in a name or an address it counts for less.
        let hosts = if word.is_number() { hosts.map(|_| Fit::Fuzzy) } else { hosts };
        let transport = (shape.transport.name() == word.text).then_some(Fit::Literal);
        let tags = self.best(word, shape.tags.iter().map(|tag| tag.text()));
        hosts.max(port(word, shape)).max(transport).max(tags).max(self.rules(word, shape, false))
    }

    fn host(&self, word: &Word, host: &Host) -> Option<Fit> {
        let own = self.best(word, [host.name.as_str()]);
        own.max(self.zone(word, host))
            .max(self.site(word, host))
            .max(self.role(word, host))
            .max(address(word, host))
    }

    fn zone(&self, word: &Word, host: &Host) -> Option<Fit> {
        self.best(word, self.plan.zone_of(host).map(ZoneName::as_str))
    }

    fn site(&self, word: &Word, host: &Host) -> Option<Fit> {
        self.best(word, host.site.as_ref().map(SiteName::as_str))
    }

    fn role(&self, word: &Word, host: &Host) -> Option<Fit> {
        if word.is_number() {
            return None;
        }
        let carried = catalogue().roles().iter().filter(|(id, _)| carries(host, *id));
        carried.filter_map(|(_, role)| self.best(word, role_names(role))).max()
    }

    fn rules(&self, word: &Word, shape: &Shape, page_only: bool) -> Option<Fit> {
        if word.is_number() {
            return None;
        }
        let texts = shape.reasons.iter().flat_map(|rule| self.rule_texts(*rule, page_only));
        self.best(word, texts)
    }

    fn rule_texts(&self, rule: RuleRef, page_only: bool) -> Vec<&str> {
        match rule {
            RuleRef::Catalogue(id) => {
                let rule = &catalogue().rules()[id];
                let page = &catalogue().pages()[rule.source.page];
                let place = [page.id.as_str(), &page.title, &rule.source.section];
                let rest = [rule.id.as_str(), &rule.service, &rule.purpose];
                place.into_iter().chain(rest.into_iter().filter(|_| !page_only)).collect()
            }
            RuleRef::Own(at) => {
                let purpose = self.plan.rules()[at].purpose.as_str();
                ["own rule"].into_iter().chain((!page_only).then_some(purpose)).collect()
            }
        }
    }

    /// How a flow fits a whole query.
    fn fit(&self, words: &[Word], row: FlowRef) -> Option<Fit> {
        let mut worst = Fit::Literal;
        for word in words {
            match (word.excluded, self.word(word, row)) {
                (true, Some(Fit::Literal)) | (false, None) => return None,
                (false, Some(fit)) => worst = worst.min(fit),
                (true, _) => {}
            }
        }
        Some(worst)
    }

    /// All that `rows` has for the query: what stands there literally first, each part in the order of `rows`.
    fn search(&self, query: &str, rows: &[FlowRef]) -> Vec<FlowRef> {
        let words: Vec<Word> = query.split_whitespace().filter_map(Word::parse).take(Query::LIMIT).collect();
        let of_fit = |fit| rows.iter().copied().filter(|row| self.fit(&words, *row) == Some(fit)).collect();
        let [mut found, fuzzy]: [Vec<FlowRef>; 2] = [Fit::Literal, Fit::Fuzzy].map(of_fit);
        found.extend(fuzzy);
        found
    }
}

fn role_names(role: &Role) -> impl Iterator<Item = &str> {
    [role.id.as_str(), role.label.as_str()].into_iter().chain(role.aliases.iter().map(String::as_str))
}

fn address(word: &Word, host: &Host) -> Option<Fit> {
    let ip: Option<IpAddr> = word.text.parse().ok();
    let fits = host
        .addresses
        .iter()
        .any(|address| address.to_string().contains(&word.text) || ip.is_some_and(|ip| address.contains(ip)));
    fits.then_some(Fit::Literal)
}

fn port(word: &Word, shape: &Shape) -> Option<Fit> {
    let range = word.range()?;
    shape.ports.items().any(|item| item.range.overlaps(range)).then_some(Fit::Literal)
}

const WORDS: [&str; 40] = [
    "north",
    "südwest",
    "ora",
    "ORA",
    "orcl",
    "vbr",
    "gip",
    "müller",
    "mller",
    "2750",
    "22",
    "443",
    "2500-3300",
    "1058+",
    "65535",
    "tcp",
    "udp",
    "u",
    "10.0.8.7",
    "10.0.8",
    "192",
    "2001:db8:8::7",
    "mgmt",
    "dmz",
    "10",
    "cvm",
    "ssh",
    "mongo",
    "repositry",
    "transmision",
    "own",
    "relay",
    "doubt",
    "automatic",
    "open-ended",
    "ahv-59a",
    "sharepoint",
    "xqz",
    "from",
    ":",
];

fn words() -> impl Strategy<Value = String> {
    let pins: Vec<&str> = [""; 8].into_iter().chain(PINS).collect();
    (proptest::bool::weighted(0.2), select(pins), select(WORDS.to_vec()))
        .prop_map(|(excluded, pin, word)| format!("{}{pin}{word}", if excluded { "!" } else { "" }))
}

fn queries() -> impl Strategy<Value = String> {
    vec(words(), 1..4).prop_map(|words| words.join(" "))
}

fn listing(plan: &Plan, flows: &Flows, grouping: Grouping, query: &str, scope: Option<Scope>) -> Listing {
    let matches = Matches::new(catalogue(), plan, flows, &Query::parse(query), scope);
    Listing::new(flows, grouping, SameHost::Show, Some(matches))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_search_finds_what_a_filter_over_all_flows_finds(
        plan in plans(),
        query in queries(),
        by_rule in any::<bool>(),
    ) {
        let flows = Flows::new(catalogue(), &plan);
        let grouping = if by_rule { Grouping::Rule } else { Grouping::Flow };
        let listing = listing(&plan, &flows, grouping, &query, None);
        let naive = Naive { plan: &plan, flows: &flows, matcher: Skim::default() };
        let expected = naive.search(&query, &all(&flows, grouping, SameHost::Show));
        prop_assert_eq!(listing.len(), expected.len() as u64);
        prop_assert_eq!(rows(&flows, &listing), expected);
    }

    #[test]
    fn a_window_of_a_search_is_a_slice_of_all_it_finds(
        plan in plans(),
        query in words(),
        start in 0..=PARTS,
        count in 0..=PARTS,
    ) {
        let flows = Flows::new(catalogue(), &plan);
        let listing = listing(&plan, &flows, Grouping::Flow, &query, None);
        let whole = rows(&flows, &listing);
        let (start, count) = (place(start, whole.len()), place(count, whole.len()));
        let expected: Vec<FlowRef> = whole.iter().copied().skip(start).take(count).collect();
        prop_assert_eq!(listing.window(&flows, start as u64, count), expected);
    }

    #[test]
    fn a_row_is_found_at_its_place(plan in plans(), query in proptest::option::of(words()), by_rule in any::<bool>()) {
        let flows = Flows::new(catalogue(), &plan);
        let grouping = if by_rule { Grouping::Rule } else { Grouping::Flow };
        let listing = match &query {
            Some(query) => listing(&plan, &flows, grouping, query, None),
            None => Listing::new(&flows, grouping, SameHost::Show, None),
        };
        for (at, row) in (0..).zip(rows(&flows, &listing)) {
            let place = listing.position(&flows, row.from, row.to, |shape| shape == row.shape);
            prop_assert_eq!(place, Some(at), "{:?}", row);
        }
        for (from, to) in flows.hosts().keys().zip(flows.hosts().keys()) {
            prop_assert_eq!(listing.position(&flows, from, to, |_| false), None);
        }
    }

    #[test]
    fn a_scope_keeps_the_flows_of_one_host(plan in plans(), query in words(), host in 0..12_usize) {
        let flows = Flows::new(catalogue(), &plan);
        let Some(host) = flows.hosts().keys().nth(host) else { return Ok(()) };
        let whole = rows(&flows, &listing(&plan, &flows, Grouping::Flow, &query, None));
        for direction in [Direction::Inbound, Direction::Outbound, Direction::Both] {
            let scope = Scope { host, direction };
            let found = rows(&flows, &listing(&plan, &flows, Grouping::Flow, &query, Some(scope)));
            let is_of_host = |row: &FlowRef| match direction {
                Direction::Inbound => row.to == host,
                Direction::Outbound => row.from == host,
                Direction::Both => row.to == host || row.from == host,
            };
            let expected: Vec<FlowRef> = whole.iter().copied().filter(is_of_host).collect();
            prop_assert_eq!(found, expected, "{:?}", direction);
        }
    }

    #[test]
    fn anything_can_be_typed(plan in plans(), query in "[!:a-z0-9 \\-+./ßİ]{0,40}") {
        let flows = Flows::new(catalogue(), &plan);
        let found = rows(&flows, &listing(&plan, &flows, Grouping::Flow, &query, None));
        prop_assert!(found.len() <= all(&flows, Grouping::Flow, SameHost::Show).len());
    }
}

/// A site in which every example below has something to find and something to leave out.
fn site() -> Plan {
    let mut draft = Draft::new();
    for id in ["oracle", "mongodb"] {
        draft.switch(id, true);
    }
    draft.host_with("vbr01", Os::Windows, &["backup-server"], |host| {
        host.zone = Some("mgmt".parse().unwrap());
        host.addresses = vec!["10.0.0.10".parse().unwrap()];
    });
    draft.host("gip01", Os::Windows, &["guest-interaction-proxy"]);
    draft.host_with("ora7", Os::Linux, &["oracle-guest"], |host| {
        host.zone = Some("prod".parse().unwrap());
        host.site = Some("Vienna".parse().unwrap());
        host.addresses = vec!["10.0.8.0/24".parse().unwrap(), "2001:db8:8::/48".parse().unwrap()];
    });
    draft.host("repo", Os::Linux, &["backup-repository"]);
    draft.host("w1", Os::Linux, &["worker"]);
    draft.host("nx", Os::Other, &["ahv-cluster"]);
    draft.host("db", Os::Linux, &["mongodb-server"]);
    draft.host("dns", Os::Other, &["dns-server"]);
    let (from, to) = (Party::Role(role("worker")), Party::Role(role("dns-server")));
    let own = OwnRule {
        from,
        to,
        transports: vec![portplan::catalogue::Transport::Tcp],
        ports: ports(&["853"]),
        purpose: "Names over TLS".parse().unwrap(),
    };
    draft.edit(Edit::Rules(vec![own]));
    draft.0
}

/// Every flow that the query finds, as `from > to transport ports`.
fn found(plan: &Plan, query: &str) -> Vec<String> {
    let flows = Flows::new(catalogue(), plan);
    let matches = Matches::new(catalogue(), plan, &flows, &Query::parse(query), None);
    let listing = Listing::new(&flows, Grouping::Flow, SameHost::Hide, Some(matches));
    rows(&flows, &listing).into_iter().map(|row| line(plan, &flows, row)).collect()
}

fn line(plan: &Plan, flows: &Flows, row: FlowRef) -> String {
    let shape = flows.shape(row.shape);
    let (from, to) = (name(plan, row.from, flows), name(plan, row.to, flows));
    format!("{from} > {to} {} {}", shape.transport, shape.ports)
}

#[test]
fn searches_find_what_their_words_say() {
    let plan = site();
    let table: &[(&str, &[&str])] = &[
        ("port:27017", &["vbr01 > db tcp 27017"]),
        ("port:27000-28000", &["vbr01 > db tcp 27017"]),
        ("proto:udp", &["vbr01 > dns udp 53"]),
        ("udp", &["vbr01 > dns udp 53"]),
        ("53 udp", &["vbr01 > dns udp 53"]),
        ("from:ora7 to:gip01", &["ora7 > gip01 tcp 2500-3300", "ora7 > gip01 tcp 6162"]),
        ("from:ora7 !2750 to:repo", &["ora7 > repo tcp 6162"]),
        ("from:ora7 !to:repo !6162 gip", &["ora7 > gip01 tcp 2500-3300"]),
        ("cvm 3260", &["w1 > nx tcp 3205, 3260"]),
        ("page:own", &["w1 > dns tcp 853"]),
        ("names tls", &["w1 > dns tcp 853"]),
        ("ahv-61", &["ora7 > repo tcp 2500-3300"]),
        ("role:worker to:nx 9440", &["w1 > nx tcp 9440"]),
        ("zone:prod zone:mgmt to:vbr01 6162", &["ora7 > vbr01 tcp 6162"]),
        ("site:vienna to:gip01 6162", &["ora7 > gip01 tcp 6162"]),
        ("vienna to:gip01 6162", &["ora7 > gip01 tcp 6162"]),
        ("site:ora7", &[]),
        ("zone:vienna", &[]),
        ("nonsensical", &[]),
        ("port:ora7", &[]),
        ("zone:ora7", &[]),
        ("port:0", &[]),
        ("port:65536", &[]),
    ];
    for (query, expected) in table {
        assert_eq!(found(&plan, query), *expected, "{query:?}");
    }
}

/// The flows of the site for which `keep` holds, in the order of the list.
fn kept(plan: &Plan, keep: impl Fn(&Host, &Host, &Shape) -> bool) -> Vec<String> {
    let flows = Flows::new(catalogue(), plan);
    let host = |at: HostIx| plan.host(flows.hosts()[at]).unwrap();
    let rows = all(&flows, Grouping::Flow, SameHost::Hide).into_iter();
    let rows = rows.filter(|row| keep(host(row.from), host(row.to), flows.shape(row.shape)));
    let lines: Vec<String> = rows.map(|row| line(plan, &flows, row)).collect();
    assert!(!lines.is_empty(), "the example finds nothing");
    lines
}

#[test]
fn a_number_finds_the_ranges_that_contain_it() {
    let plan = site();
    let inside = kept(&plan, |_, _, shape| shape.ports.contains("2750".parse().unwrap()));
    assert_eq!(found(&plan, "2750"), inside);
    assert_eq!(found(&plan, "port:2750"), inside);
    let ssh = kept(&plan, |_, _, shape| shape.ports.contains("22".parse().unwrap()));
    assert_eq!(found(&plan, "port:22"), ssh);
    assert!(ssh.len() < found(&plan, "port:20-2600").len());
}

#[test]
fn a_number_in_a_name_comes_after_the_port() {
    let plan = site();
    let flows = found(&plan, "10");
    // No port is 10, but addresses hold it.
    assert_eq!(flows, kept(&plan, |from, to, _| [from, to].iter().any(|host| !host.addresses.is_empty())));
    let mut draft = Draft(plan);
    draft.host("node53", Os::Linux, &["worker"]);
    let flows = found(&draft.0, "53");
    assert_eq!(flows[0], "vbr01 > dns udp 53");
    assert!(flows.len() > 1 && flows[1..].iter().all(|line| line.contains("node53")), "{flows:#?}");
}

#[test]
fn an_address_finds_the_network_that_holds_it() {
    let plan = site();
    let of_ora = kept(&plan, |from, to, _| [from, to].iter().any(|host| host.name.as_str() == "ora7"));
    for query in ["10.0.8.7", "10.0.8.0/24", "2001:db8:8::7", "2001:DB8:8::7"] {
        assert_eq!(found(&plan, query), of_ora, "{query}");
    }
    assert_eq!(found(&plan, "10.0.9.7"), [""; 0]);
    let from_ora = kept(&plan, |from, _, _| from.name.as_str() == "ora7");
    assert_eq!(found(&plan, "from:10.0.8.7"), from_ora);
}

#[test]
fn aliases_and_near_misses_find_the_role() {
    let plan = site();
    let of_role = |id: &str| kept(&plan, |from, to, _| carries(from, role(id)) || carries(to, role(id)));
    let table = [
        ("gip", "guest-interaction-proxy"),
        ("role:vbr", "backup-server"),
        ("role:cvm", "ahv-cluster"),
        ("role:mongod", "mongodb-server"),
        ("role:oracle", "oracle-guest"),
        ("role:orcl", "oracle-guest"),
        // An implied role is a role of the host.
        ("role:vm-guest", "oracle-guest"),
        ("zone:prod", "oracle-guest"),
    ];
    for (query, id) in table {
        let (mut left, mut right) = (found(&plan, query), of_role(id));
        left.sort();
        right.sort();
        assert_eq!(left, right, "{query:?}");
    }
}

#[test]
fn a_page_finds_its_flows() {
    let plan = site();
    let page = catalogue().pages().find(|page| page.id == "mongodb").unwrap();
    let of_page = kept(&plan, |_, _, shape| {
        shape.reasons.iter().any(|rule| match rule {
            RuleRef::Catalogue(id) => catalogue().rules()[*id].source.page == page,
            RuleRef::Own(_) => false,
        })
    });
    assert_eq!(found(&plan, "page:mongo"), of_page);
}

#[test]
fn words_that_are_not_finished_change_nothing() {
    let plan = site();
    let everything = kept(&plan, |_, _, _| true);
    for query in ["", "   ", "!", "from:", "!to:", "! from: !port:"] {
        assert_eq!(found(&plan, query), everything, "{query:?}");
    }
    assert_eq!(found(&plan, "! from: port:27017"), found(&plan, "port:27017"));
}

#[test]
fn words_beyond_the_limit_are_counted_and_do_not_act() {
    let plan = site();
    let sixteen = ["vbr01"; Query::LIMIT].join(" ");
    assert_eq!(Query::parse(&sixteen).ignored(), 0);
    let more = format!("{sixteen} nonsensical words !vbr01");
    assert_eq!((Query::parse(&more).terms().len(), Query::parse(&more).ignored()), (Query::LIMIT, 3));
    assert_eq!(found(&plan, &more), found(&plan, "vbr01"));
    // The last word that counts still does, included or excluded.
    let fifteen = ["vbr01"; Query::LIMIT - 1].join(" ");
    assert_eq!(found(&plan, &format!("{fifteen} nonsensical")), [""; 0]);
    assert_eq!(found(&plan, &format!("{fifteen} !vbr01")), [""; 0]);
    assert_eq!(found(&plan, &format!("{fifteen} !nonsensical")), found(&plan, "vbr01"));
}

#[test]
fn literal_matches_come_before_fuzzy_ones() {
    let mut draft = Draft::new();
    // The fuzzy one stands first in the plan.
    draft.host("rep0sitory-a", Os::Linux, &["worker"]);
    draft.host("repsitory", Os::Linux, &["worker"]);
    draft.host("vbr", Os::Windows, &["backup-server"]);
    let lines = found(&draft.0, "from:repsi 10006");
    assert_eq!(lines.first().map(String::as_str), Some("repsitory > vbr tcp 10006"), "{lines:?}");
    assert_eq!(lines.len(), 2, "{lines:?}");
}

#[test]
fn letters_that_stand_far_apart_are_not_meant() {
    let matcher = Skim::default();
    assert_eq!(matcher.fit("Oracle", "orcl"), Some(Fit::Fuzzy));
    assert_eq!(matcher.fit("Backup repository", "repositry"), Some(Fit::Fuzzy));
    // All four letters are in it, and the first one starts the word.
    assert_eq!(matcher.fit("Veeam Backup & Replication", "repo"), None);
    let plan = site();
    assert_eq!(found(&plan, "to:repo"), kept(&plan, |_, to, _| to.name.as_str() == "repo"));
}

#[test]
fn case_does_not_matter() {
    let plan = site();
    for (upper, lower) in [("ORA7", "ora7"), ("FROM:Ora7 TCP", "from:ora7 tcp"), ("PAGE:Mongo", "page:mongo")]
    {
        assert_eq!(found(&plan, upper), found(&plan, lower));
        assert!(!found(&plan, lower).is_empty());
    }
}

#[test]
fn marks_stand_where_the_word_matched() {
    let matcher = Skim::default();
    let marked = |text: &str, word: &str| matcher.marks(text, word).into_iter().flatten().collect::<Vec<_>>();
    assert_eq!(marked("Oracle guest", "ora"), [0, 1, 2]);
    assert_eq!(marked("Oracle ORA", "ora"), [0, 1, 2, 7, 8, 9]);
    assert_eq!(marked("Müller-ora", "ora"), [7, 8, 9], "places count characters");
    assert_eq!(marked("Oracle", "orcl"), [0, 1, 3, 4]);
    assert!(matcher.marks("Oracle", "xqz").is_empty());
}

/// Quotes hold a name together behind a pin that takes whole names, and are letters like others anywhere else.
#[test]
fn quotes_count_only_behind_a_pin() {
    let words = |text: &str| -> Vec<String> {
        Query::parse(text).terms().iter().map(|term| term.text.clone()).collect()
    };
    assert_eq!(words("from:=\"a b\" c"), ["a b", "c"]);
    assert_eq!(words("!TO-ZONE:=\"a b\" c"), ["a b", "c"]);
    assert_eq!(words("cloto:=\"a b\" c"), ["cloto:=\"a", "b\"", "c"]);
    assert_eq!(words("page:=\"a b\""), ["=\"a", "b\""]);
    assert_eq!(words("port:22 x:=\""), ["22", "x:=\""]);
}
