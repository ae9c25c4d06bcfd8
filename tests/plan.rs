//! The plan: edits and their inverses, undo, what an operator's action brings along, and the texts a plan accepts.

mod paste;

mod actions {
    //! What an operator does: the edit, and what it brings along in the same undo step.

    use portplan::catalogue::{Os, RoleSet, Transport};
    use portplan::plan::actions::{duplicate_host, put_host, remove_host, switch_option, switch_role};
    use portplan::plan::{Edit, History, Host, HostName, OwnRule, Party, Plan};

    use crate::flows::support::{Draft, catalogue, option, ports, role, set};

    fn host(plan: &Plan, name: &str) -> Host {
        plan.host_named(name).unwrap_or_else(|| panic!("no host {name}")).clone()
    }

    fn own_rule(from: Party, to: Party) -> OwnRule {
        let purpose = "Site relay".parse().unwrap();
        OwnRule { from, to, transports: vec![Transport::Tcp], ports: ports(&["25"]), purpose }
    }

    #[test]
    fn giving_a_workload_role_switches_its_option_on_in_the_same_step_and_says_so() {
        let mut plan = Draft::new();
        plan.host("ora", Os::Linux, &[""; 0]);
        let before = plan.0.clone();
        let mut history = History::saved();
        let action = switch_role(&plan.0, catalogue(), &host(&plan.0, "ora"), role("oracle-guest"));
        assert_eq!(action.label, "ora is Oracle guest");
        assert_eq!(action.also, ["option Oracle is on now"]);
        history.apply(&mut plan.0, action.label, action.edit).unwrap();
        assert!(plan.0.options().contains(option("oracle")));
        assert!(host(&plan.0, "ora").has_role(role("oracle-guest")));
        history.undo(&mut plan.0).unwrap();
        assert_eq!(plan.0, before, "one undo takes back both");
    }

    #[test]
    fn an_option_that_is_on_is_not_mentioned() {
        let mut plan = Draft::new();
        plan.switch("oracle", true);
        plan.host("ora", Os::Linux, &[""; 0]);
        let action = switch_role(&plan.0, catalogue(), &host(&plan.0, "ora"), role("oracle-guest"));
        assert!(action.also.is_empty(), "{:?}", action.also);
    }

    #[test]
    fn taking_a_role_away_leaves_options_alone() {
        let mut plan = Draft::new();
        plan.switch("oracle", true);
        plan.host("ora", Os::Linux, &["oracle-guest"]);
        let action = switch_role(&plan.0, catalogue(), &host(&plan.0, "ora"), role("oracle-guest"));
        assert_eq!((action.label.as_str(), action.also.len()), ("ora is no longer Oracle guest", 0));
        plan.edit(action.edit);
        assert!(host(&plan.0, "ora").roles.is_empty());
        assert!(plan.0.options().contains(option("oracle")), "other guests may need it");
    }

    #[test]
    fn an_option_switched_off_stays_off_while_the_host_is_edited() {
        let mut plan = Draft::new();
        plan.host("ora", Os::Linux, &["oracle-guest"]);
        let mut changed = host(&plan.0, "ora");
        changed.zone = Some("prod".parse().unwrap());
        let action = put_host(&plan.0, catalogue(), changed, 0);
        assert_eq!((action.label.as_str(), action.also.len()), ("change ora", 0));
        plan.edit(action.edit);
        assert!(!plan.0.options().contains(option("oracle")), "the role was there before");
    }

    #[test]
    fn a_role_that_runs_on_one_system_sets_it() {
        let mut plan = Draft::new();
        plan.host("x", Os::Other, &[""; 0]);
        let action = switch_role(&plan.0, catalogue(), &host(&plan.0, "x"), role("worker"));
        assert_eq!(action.also, ["system set to Linux: Worker runs on nothing else"]);
        plan.edit(action.edit);
        assert_eq!(host(&plan.0, "x").os, Os::Linux);
        // A system that the operator chose is not overruled.
        let action = switch_role(&plan.0, catalogue(), &host(&plan.0, "x"), role("console"));
        assert!(action.also.is_empty());
        plan.edit(action.edit);
        assert_eq!(host(&plan.0, "x").os, Os::Linux);
    }

    #[test]
    fn a_role_that_runs_on_several_systems_sets_none() {
        let mut plan = Draft::new();
        plan.host("x", Os::Other, &[""; 0]);
        for id in ["backup-server", "ahv-cluster"] {
            let action = switch_role(&plan.0, catalogue(), &host(&plan.0, "x"), role(id));
            assert!(action.also.is_empty(), "{id}");
            plan.edit(action.edit);
        }
        assert_eq!(host(&plan.0, "x").os, Os::Other);
    }

    #[test]
    fn putting_hosts_names_what_happens() {
        let mut plan = Draft::new();
        let id = plan.0.fresh_id();
        let mut new = Host::new(id, "sql01".parse().unwrap());
        new.roles = RoleSet::EMPTY.with(role("mssql-guest"));
        let action = put_host(&plan.0, catalogue(), new, 0);
        assert_eq!(action.label, "add sql01");
        assert_eq!(action.also.len(), 2, "the option and the system: {:?}", action.also);
        plan.edit(action.edit);
        let mut renamed = host(&plan.0, "sql01");
        renamed.name = "sql-prod".parse().unwrap();
        let action = put_host(&plan.0, catalogue(), renamed, 0);
        assert_eq!(action.label, "rename sql01 to sql-prod");
        plan.edit(action.edit);
        assert_eq!(host(&plan.0, "sql-prod").id, id);
    }

    #[test]
    fn switching_an_option_says_which_way() {
        let mut plan = Draft::new();
        let action = switch_option(&plan.0, catalogue(), option("netbios"));
        assert_eq!(action.label, "NetBIOS on");
        plan.edit(action.edit);
        let action = switch_option(&plan.0, catalogue(), option("netbios"));
        assert_eq!(action.label, "NetBIOS off");
        plan.edit(action.edit);
        assert_eq!(plan.0.options(), catalogue().default_options());
    }

    #[test]
    fn removing_a_host_takes_the_rules_that_name_it_along() {
        let mut plan = Draft::new();
        let vbr = plan.host("vbr", Os::Linux, &["backup-server"]);
        let other = plan.host("other", Os::Linux, &["worker"]);
        let worker = Party::Role(role("worker"));
        for rule in [
            own_rule(Party::Host(vbr), worker),
            own_rule(worker, Party::Host(vbr)),
            own_rule(Party::Host(other), worker),
        ] {
            plan.own_rule(rule);
        }
        let before = plan.0.clone();
        let action = remove_host(&plan.0, vbr).unwrap();
        assert_eq!(action.label, "delete vbr");
        assert_eq!(action.also, ["2 own rule(s) that named it went with it"]);
        let inverse = plan.0.apply(action.edit).unwrap();
        assert_eq!((plan.0.hosts().len(), plan.0.rules().len()), (1, 1));
        plan.edit(inverse);
        assert_eq!(plan.0, before);
        assert!(remove_host(&plan.0, other).unwrap().also.len() == 1);
        let nobody = plan.0.fresh_id();
        assert!(remove_host(&plan.0, nobody).is_none());
    }

    #[test]
    fn a_duplicate_stands_behind_its_original_without_its_addresses() {
        let mut plan = Draft::new();
        let sql = plan.host_with("sql01", Os::Windows, &["mssql-guest"], |host| {
            host.addresses = vec!["10.0.0.1".parse().unwrap()];
            host.zone = Some("prod".parse().unwrap());
            set(host, "persistent-agent", true);
        });
        plan.host("last", Os::Linux, &[""; 0]);
        let (id, action) = duplicate_host(&mut plan.0, sql).unwrap();
        assert_eq!(action.label, "duplicate sql01 as sql02");
        assert_eq!(action.also, ["its addresses were not copied"]);
        plan.edit(action.edit);
        let names: Vec<&str> = plan.0.hosts().iter().map(|host| host.name.as_str()).collect();
        assert_eq!(names, ["sql01", "sql02", "last"]);
        let (original, copy) = (host(&plan.0, "sql01"), host(&plan.0, "sql02"));
        assert_eq!(copy.id, id);
        let adapted = Host { id, name: copy.name.clone(), addresses: Vec::new(), ..original };
        assert_eq!(copy, adapted);
    }

    #[test]
    fn a_duplicate_of_a_host_without_addresses_does_not_speak_of_them() {
        let mut plan = Draft::new();
        let worker = plan.host("w", Os::Linux, &["worker"]);
        let (_, action) = duplicate_host(&mut plan.0, worker).unwrap();
        assert!(action.also.is_empty(), "{:?}", action.also);
    }

    fn free(taken: &[&str], name: &str) -> String {
        let mut plan = Draft::new();
        for name in taken {
            plan.host(name, Os::Linux, &[""; 0]);
        }
        plan.0.free_name(&name.parse().unwrap()).to_string()
    }

    #[test]
    fn a_free_name_counts_on() {
        assert_eq!(free(&[], "sql01"), "sql01");
        assert_eq!(free(&["sql01"], "sql01"), "sql02");
        assert_eq!(free(&["sql01", "sql02", "sql04"], "sql01"), "sql03");
        assert_eq!(free(&["vbr"], "vbr"), "vbr2");
        assert_eq!(free(&["vbr", "vbr2"], "vbr"), "vbr3");
        assert_eq!(free(&["sql99"], "sql99"), "sql100");
        assert_eq!(free(&["007"], "007"), "008");
        assert_eq!(free(&["node.example.com"], "node.example.com"), "node.example.com2");
    }

    /// The end of the number range, and of the length of a name.
    #[test]
    fn a_free_name_is_free_at_the_limits_too() {
        let largest = format!("h{}", u64::MAX);
        let beyond = format!("h{}0", u64::MAX);
        let longest = "n".repeat(253);
        let long_number = format!("{}9", "n".repeat(252));
        let wide = "ä".repeat(253);
        let digits = "9".repeat(253);
        for name in [&largest, &beyond, &longest, &long_number, &wide, &digits] {
            let found = free(&[name], name);
            assert_ne!(&found, name);
            assert!(found.parse::<HostName>().is_ok());
        }
    }

    #[test]
    fn a_duplicate_can_always_be_put_into_the_plan() {
        let mut plan = Draft::new();
        let long = plan.host(&"n".repeat(253), Os::Linux, &[""; 0]);
        for _ in 0..12 {
            let (_, action) = duplicate_host(&mut plan.0, long).unwrap();
            plan.edit(action.edit);
        }
        assert_eq!(plan.0.hosts().len(), 13);
        plan.edit(Edit::Remove(long));
    }
}

mod edits {
    //! Every edit can be taken back; one that fails changes nothing; the history knows what is on disk.

    use portplan::catalogue::Transport;
    use portplan::plan::{
        Acknowledged, Baseline, Edit, EditError, History, Host, HostId, OwnRule, Partners, Party, Plan, Zone,
    };
    use proptest::collection::vec;
    use proptest::prelude::*;

    use crate::flows::random::{HostSeed, config, host_seeds, option_sets, plans, role_ids, shaped};
    use crate::flows::support::{Draft, catalogue, port_set, ports};

    /// An edit in terms of places, so that it can be made of any plan. Some fail on purpose.
    #[derive(Debug, Clone)]
    enum Step {
        Name(usize),
        Options(portplan::catalogue::OptionSet),
        Insert(usize, HostSeed, Name),
        Remove(usize),
        RemoveUnknown,
        Replace(usize, HostSeed, Name),
        Move(usize, usize),
        Ports(usize, Option<u16>),
        Rules(Vec<(usize, portplan::catalogue::RoleId)>),
        Zones(usize),
        Partners(usize, usize),
        Acknowledged(usize),
        Pin(usize),
        GoBack(usize),
        Many(Vec<Step>),
    }

    #[derive(Debug, Clone, Copy)]
    enum Name {
        Kept,
        New(usize),
        /// The name of the host at this place, which is mostly another one.
        Of(usize),
    }

    const PLACES: std::ops::Range<usize> = 0..8;

    fn names() -> impl Strategy<Value = Name> {
        prop_oneof![
            2 => Just(Name::Kept),
            4 => (0..1_000_000_usize).prop_map(Name::New),
            1 => PLACES.prop_map(Name::Of),
        ]
    }

    fn single_steps() -> impl Strategy<Value = Step> {
        prop_oneof![
            PLACES.prop_map(Step::Name),
            option_sets().prop_map(Step::Options),
            (PLACES, host_seeds(), names()).prop_map(|(at, seed, name)| Step::Insert(at, seed, name)),
            PLACES.prop_map(Step::Remove),
            (PLACES, host_seeds(), names()).prop_map(|(at, seed, name)| Step::Replace(at, seed, name)),
            (PLACES, PLACES).prop_map(|(at, to)| Step::Move(at, to)),
            (0..8_usize, proptest::option::of(1..=u16::MAX)).prop_map(|(key, port)| Step::Ports(key, port)),
            vec((PLACES, role_ids()), 0..3).prop_map(Step::Rules),
            (0..3_usize).prop_map(Step::Zones),
            (PLACES, PLACES).prop_map(|(one, other)| Step::Partners(one, other)),
            PLACES.prop_map(Step::Acknowledged),
            (0..3_usize).prop_map(Step::Pin),
            (0..3_usize).prop_map(Step::GoBack),
            Just(Step::RemoveUnknown),
        ]
    }

    fn steps() -> impl Strategy<Value = Step> {
        prop_oneof![4 => single_steps(), 1 => vec(single_steps(), 0..5).prop_map(Step::Many)]
    }

    /// The edit for this plan. Ids are taken beforehand, as the program does, so that they are no part of the edit.
    fn edit(plan: &mut Plan, step: &Step) -> Edit {
        let unknown = Plan::fresh_id(plan);
        match step {
            Step::Name(number) => Edit::Name(format!("plan {number}").parse().unwrap()),
            Step::Options(options) => Edit::Options(*options),
            Step::Insert(at, seed, name) => {
                let host = Host::new(unknown, "placeholder".parse().unwrap());
                Edit::Insert { at: *at, host: Box::new(named(plan, shaped(seed, host), *name)) }
            }
            Step::Remove(at) => Edit::Remove(id_at(plan, *at, unknown)),
            Step::RemoveUnknown => Edit::Remove(unknown),
            Step::Replace(at, seed, name) => {
                let host = plan.hosts().get(*at).cloned();
                let host = host.unwrap_or_else(|| Host::new(unknown, "nobody".parse().unwrap()));
                Edit::Replace(Box::new(named(plan, shaped(seed, host), *name)))
            }
            Step::Move(at, to) => Edit::Move { id: id_at(plan, *at, unknown), to: *to },
            Step::Ports(key, port) => {
                let key = catalogue().custom_ports().keys().nth(*key).unwrap();
                Edit::Ports { key, ports: port.map(|port| port_set(&[port.to_string()])) }
            }
            Step::Rules(rules) => {
                let rule = |(at, role): &(usize, _)| {
                    own_rule(Party::Host(id_at(plan, *at, unknown)), Party::Role(*role))
                };
                Edit::Rules(rules.iter().map(rule).collect())
            }
            Step::Zones(count) => {
                let zone = |at| Zone { name: format!("zone {at}").parse().unwrap(), networks: Vec::new() };
                Edit::Zones((0..*count).map(zone).collect())
            }
            Step::Partners(one, other) => {
                let (host, partner) = (id_at(plan, *one, unknown), id_at(plan, *other, unknown));
                Edit::Partners(vec![Partners { host, partner }])
            }
            Step::Acknowledged(at) => Edit::Acknowledged(vec![Acknowledged {
                check: "no-address".parse().unwrap(),
                host: Some(id_at(plan, *at, unknown)),
                about: None,
                reason: "comes on Monday".parse().unwrap(),
            }]),
            Step::Pin(number) => {
                let baseline = Baseline::new(format!("state {number}").parse().unwrap(), plan);
                Edit::Baselines(plan.baselines().iter().cloned().chain([baseline]).collect())
            }
            Step::GoBack(at) => {
                let state =
                    plan.baselines().get(*at).map_or_else(|| plan.clone(), |pinned| plan.as_in(pinned));
                Edit::Whole(Box::new(state))
            }
            Step::Many(steps) => Edit::Many(steps.iter().map(|step| edit(plan, step)).collect()),
        }
    }

    fn id_at(plan: &Plan, at: usize, otherwise: HostId) -> HostId {
        plan.hosts().get(at).map_or(otherwise, |host| host.id)
    }

    fn named(plan: &Plan, mut host: Host, name: Name) -> Host {
        match name {
            Name::Kept => {}
            Name::New(number) => host.name = format!("new{number}").parse().unwrap(),
            Name::Of(at) => {
                if let Some(other) = plan.hosts().get(at) {
                    host.name = other.name.clone();
                }
            }
        }
        host
    }

    fn own_rule(from: Party, to: Party) -> OwnRule {
        let purpose = "Site relay".parse().unwrap();
        OwnRule { from, to, transports: vec![Transport::Tcp], ports: ports(&["25"]), purpose }
    }

    /// No two hosts share a name or an id.
    fn is_sound(plan: &Plan) -> bool {
        let distinct = |keys: Vec<String>| {
            let mut sorted = keys.clone();
            sorted.sort();
            sorted.dedup();
            sorted.len() == keys.len()
        };
        distinct(plan.hosts().iter().map(|host| host.name.to_string()).collect())
            && distinct(plan.hosts().iter().map(|host| format!("{:?}", host.id)).collect())
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn an_edit_and_its_inverse_cancel_out(plan in plans(), steps in vec(steps(), 1..12)) {
            let mut plan = plan;
            for step in &steps {
                let edit = edit(&mut plan, step);
                let before = plan.clone();
                match plan.apply(edit.clone()) {
                    Err(_) => prop_assert_eq!(&plan, &before, "a failed edit left a trace: {:?}", edit),
                    Ok(inverse) => {
                        let after = plan.clone();
                        let again = plan.apply(inverse).unwrap();
                        prop_assert_eq!(&plan, &before, "not taken back: {:?}", edit);
                        plan.apply(again).unwrap();
                        prop_assert_eq!(&plan, &after, "not made again: {:?}", edit);
                    }
                }
                prop_assert!(is_sound(&plan), "{:?}", plan.hosts());
            }
        }

        #[test]
        fn undo_walks_back_through_every_state_and_redo_forward(
            plan in plans(),
            steps in vec(steps(), 1..12),
            turns in vec(any::<bool>(), 0..30),
        ) {
            let mut plan = plan;
            let edits: Vec<Edit> = steps.iter().map(|step| edit(&mut plan, step)).collect();
            let mut history = History::saved();
            let mut states = vec![plan.clone()];
            for (number, edit) in edits.into_iter().enumerate() {
                if history.apply(&mut plan, format!("step {number}"), edit).is_ok() {
                    states.push(plan.clone());
                }
            }
            let mut at = states.len() - 1;
            for back in turns {
                let (said, label) = if back {
                    (history.next_undo().map(str::to_owned), history.undo(&mut plan).unwrap())
                } else {
                    (history.next_redo().map(str::to_owned), history.redo(&mut plan).unwrap())
                };
                prop_assert_eq!(said, label.clone(), "the label is what was announced");
                match (label.is_some(), back) {
                    (true, true) => at -= 1,
                    (true, false) => at += 1,
                    (false, true) => prop_assert_eq!(at, 0),
                    (false, false) => prop_assert_eq!(at, states.len() - 1),
                }
                prop_assert_eq!(&plan, &states[at]);
                prop_assert_eq!(history.is_dirty(), at != 0, "only the first state is on disk");
            }
        }
    }

    fn rename(plan: &mut Plan, history: &mut History, name: &str) {
        history.apply(plan, format!("call it {name}"), Edit::Name(name.parse().unwrap())).unwrap();
    }

    #[test]
    fn a_plan_is_dirty_when_it_differs_from_what_is_on_disk() {
        let mut plan = Draft::new().0;
        let mut history = History::saved();
        assert!(!history.is_dirty());
        rename(&mut plan, &mut history, "A");
        assert!(history.is_dirty());
        history.mark_saved(history.revision());
        assert!(!history.is_dirty());
        history.undo(&mut plan).unwrap();
        assert!(history.is_dirty(), "the state on disk is now one step ahead");
        history.redo(&mut plan).unwrap();
        assert!(!history.is_dirty());
        rename(&mut plan, &mut history, "B");
        history.undo(&mut plan).unwrap();
        assert!(!history.is_dirty(), "back at the saved state");
    }

    #[test]
    fn a_saved_state_that_was_overwritten_by_new_edits_stays_dirty() {
        let mut plan = Draft::new().0;
        let mut history = History::saved();
        rename(&mut plan, &mut history, "A");
        history.mark_saved(history.revision());
        history.undo(&mut plan).unwrap();
        rename(&mut plan, &mut history, "B");
        assert!(history.is_dirty(), "as many steps as when it was saved, but others");
        assert_eq!(history.next_redo(), None);
        history.undo(&mut plan).unwrap();
        assert!(history.is_dirty(), "A is on disk, not the start");
    }

    #[test]
    fn a_save_that_finishes_late_marks_the_state_it_wrote() {
        let mut plan = Draft::new().0;
        let mut history = History::saved();
        rename(&mut plan, &mut history, "A");
        let written = history.revision();
        rename(&mut plan, &mut history, "B");
        history.mark_saved(written);
        assert!(history.is_dirty());
        history.undo(&mut plan).unwrap();
        assert!(!history.is_dirty());
    }

    #[test]
    fn a_new_plan_is_dirty_from_its_first_edit() {
        let mut plan = Draft::new().0;
        let mut history = History::unsaved();
        assert!(!history.is_dirty(), "there is nothing to lose yet");
        rename(&mut plan, &mut history, "A");
        assert!(history.is_dirty());
        history.undo(&mut plan).unwrap();
        assert!(!history.is_dirty());
    }

    #[test]
    fn a_failed_edit_leaves_the_history_alone() {
        let mut draft = Draft::new();
        let gone = draft.0.fresh_id();
        let mut history = History::saved();
        rename(&mut draft.0, &mut history, "A");
        history.undo(&mut draft.0).unwrap();
        let before = (draft.0.clone(), history.revision());
        assert_eq!(history.apply(&mut draft.0, "delete it", Edit::Remove(gone)), Err(EditError::NoSuchHost));
        assert_eq!((draft.0, history.revision()), before);
        assert_eq!(history.next_redo(), Some("call it A"), "what was taken back can still be made again");
    }

    #[test]
    fn many_edits_are_made_whole_or_not_at_all() {
        let mut draft = Draft::new();
        let vbr = draft.host("vbr", portplan::catalogue::Os::Linux, &["backup-server"]);
        let before = draft.0.clone();
        let twin = Host::new(vbr, "vbr2".parse().unwrap());
        let edits = vec![
            Edit::Name("Other".parse().unwrap()),
            Edit::Replace(Box::new(twin)),
            Edit::Many(vec![Edit::Remove(vbr), Edit::Remove(vbr)]),
        ];
        assert_eq!(draft.0.apply(Edit::Many(edits)), Err(EditError::NoSuchHost));
        assert_eq!(draft.0, before);
    }

    #[test]
    fn a_host_that_an_own_rule_names_stays() {
        let mut draft = Draft::new();
        let vbr = draft.host("vbr", portplan::catalogue::Os::Linux, &["backup-server"]);
        let worker = catalogue().role("worker").unwrap();
        for rule in
            [own_rule(Party::Host(vbr), Party::Role(worker)), own_rule(Party::Role(worker), Party::Host(vbr))]
        {
            draft.edit(Edit::Rules(vec![rule]));
            assert_eq!(draft.0.apply(Edit::Remove(vbr)), Err(EditError::HostInUse));
        }
        draft.edit(Edit::Rules(Vec::new()));
        draft.edit(Edit::Remove(vbr));
        assert!(draft.0.hosts().is_empty());
    }

    #[test]
    fn no_two_hosts_share_a_name() {
        let mut draft = Draft::new();
        let linux = portplan::catalogue::Os::Linux;
        draft.host("a", linux, &[""; 0]);
        let b = draft.host("b", linux, &[""; 0]);
        let id = draft.0.fresh_id();
        let taken = Err(EditError::NameTaken("a".parse().unwrap()));
        let third = Box::new(Host::new(id, "a".parse().unwrap()));
        assert_eq!(draft.0.apply(Edit::Insert { at: 0, host: third }), taken);
        assert_eq!(draft.0.apply(Edit::Replace(Box::new(Host::new(b, "a".parse().unwrap())))), taken);
        // Its own name is no clash.
        draft.edit(Edit::Replace(Box::new(Host::new(b, "b".parse().unwrap()))));
    }

    #[test]
    fn an_id_is_never_used_again() {
        let mut draft = Draft::new();
        let first = draft.host("a", portplan::catalogue::Os::Linux, &[""; 0]);
        draft.edit(Edit::Remove(first));
        assert_ne!(draft.host("a", portplan::catalogue::Os::Linux, &[""; 0]), first);
    }

    #[test]
    fn an_id_that_is_there_is_not_inserted_again() {
        let mut draft = Draft::new();
        let first = draft.host("a", portplan::catalogue::Os::Linux, &[""; 0]);
        let twin = Box::new(Host::new(first, "b".parse().unwrap()));
        assert!(draft.0.apply(Edit::Insert { at: 0, host: twin }).is_err());
        assert_eq!(draft.0.hosts().len(), 1);
    }
}

mod values {
    //! Texts, addresses and ports: what is accepted, what is refused, and what the refusal says.

    use std::collections::BTreeSet;

    use portplan::catalogue::{Port, PortItem, PortKind, PortRange, PortSet, Ports};
    use portplan::plan::{Address, HostName, Note, PlanName, ZoneName};
    use proptest::collection::vec;
    use proptest::prelude::*;

    use crate::flows::random::config;

    #[test]
    fn host_names_are_what_operators_use() {
        for name in
            ["vbr01", "a", "sql-prod.example.com", "node_7", "Müller-7", "サーバー", "10.0.0.7", "хост"]
        {
            assert_eq!(name.parse::<HostName>().unwrap().as_str(), name);
        }
        for name in ["", "  ", "two words", "a/b", "a\"b", "a:b", "semi;colon", "tab\tbed"] {
            assert!(name.parse::<HostName>().is_err(), "{name:?}");
        }
        assert_eq!(
            "  vbr01\n".parse::<HostName>().unwrap().as_str(),
            "vbr01",
            "white space at the ends is trimmed"
        );
    }

    /// Characters that a reader cannot see, or that turn the text around it.
    const HIDDEN: [char; 22] = [
        '\0',
        '\u{7}',
        '\u{1b}',
        '\n',
        '\r',
        '\u{7f}',
        '\u{85}', // control
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{200b}',
        '\u{200d}',
        '\u{2028}',
        '\u{202e}',
        '\u{2060}',
        '\u{2066}',
        '\u{feff}',
        '\u{e0041}', // format
        '\u{115f}',
        '\u{3164}',
        '\u{ffa0}', // letters without a shape
        '\u{fe0f}', // variation selector
    ];

    #[test]
    fn no_text_hides_or_reorders_itself() {
        for hidden in HIDDEN {
            let text = format!("a{hidden}b");
            assert!(text.parse::<HostName>().is_err(), "host name with {hidden:?}");
            assert!(text.parse::<ZoneName>().is_err(), "zone with {hidden:?}");
            assert!(text.parse::<PlanName>().is_err(), "plan name with {hidden:?}");
            assert!(text.parse::<Note>().is_err(), "note with {hidden:?}");
        }
    }

    #[test]
    fn refusals_show_what_cannot_be_seen_and_where() {
        let said = |text: &str| text.parse::<HostName>().unwrap_err().to_string();
        assert_eq!(
            said("vbr\u{202e}01"),
            "the host name holds the character U+202E at position 4; letters, digits, hyphens, dots and underscores are allowed"
        );
        assert!(said("a b").contains("\" \" at position 2"), "{}", said("a b"));
        assert!(said("Mü;x").contains("\";\" at position 3"), "positions count characters: {}", said("Mü;x"));
        assert_eq!(said("   "), "the host name is empty");
        assert!(!said("a\u{1b}[2Jb").contains('\u{1b}'), "a refusal never repeats a control character");
    }

    #[test]
    fn limits_count_characters() {
        assert!("ä".repeat(253).parse::<HostName>().is_ok());
        let said = "ä".repeat(254).parse::<HostName>().unwrap_err().to_string();
        assert_eq!(said, "the host name has 254 characters; at most 253 are allowed");
        for (limit, accepts) in [
            (64, (|text: &str| text.parse::<ZoneName>().is_ok()) as fn(&str) -> bool),
            (100, |text| text.parse::<PlanName>().is_ok()),
            (1000, |text| text.parse::<Note>().is_ok()),
        ] {
            assert!(accepts(&"x".repeat(limit)) && !accepts(&"x".repeat(limit + 1)), "{limit}");
            assert!(accepts(&format!("  {}  ", "x".repeat(limit))), "trimming comes first");
        }
    }

    #[test]
    fn zones_and_notes_are_free_text() {
        for text in ["prod 10", "Zone A/B (old)", "§ 5; \"DMZ\""] {
            assert_eq!(text.parse::<ZoneName>().unwrap().as_str(), text);
            assert_eq!(text.parse::<Note>().unwrap().as_str(), text);
        }
    }

    #[test]
    fn addresses_are_read_and_written() {
        let table = [
            ("10.0.0.10", "10.0.0.10"),
            (" 10.0.0.10 ", "10.0.0.10"),
            ("2001:DB8:0:0::7", "2001:db8::7"),
            ("10.0.8.0/24", "10.0.8.0/24"),
            ("0.0.0.0/0", "0.0.0.0/0"),
            ("2001:db8:8::/48", "2001:db8:8::/48"),
            // A network of one is an address.
            ("10.0.8.7/32", "10.0.8.7"),
            ("2001:db8::7/128", "2001:db8::7"),
            ("VBR01.Example.com", "vbr01.example.com"),
            ("host_1.example.com.", "host_1.example.com"),
            ("localhost", "localhost"),
            ("3com.example", "3com.example"),
        ];
        for (text, written) in table {
            let address: Address = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(address.to_string(), written, "{text}");
            assert_eq!(written.parse::<Address>().unwrap(), address, "{text} survives writing and reading");
        }
        assert!(matches!("10.0.8.7/32".parse(), Ok(Address::Ip(_))));
        assert!(matches!("host_1.example.com.".parse(), Ok(Address::Name(_))));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            " ",
            "10.0.0.300",
            "10.0.8",
            "10",
            "010.0.0.1",
            "10.0.0.1.",
            "10.0.0.0/33",
            "10.0.0.0/-1",
            "/24",
            "host/24",
            "2001:db8::/129",
            "2001:db8:::7",
            "[::1]",
            "fe80::1%eth0",
            "-host",
            "host-",
            "a..b",
            ".",
            "two words",
            "müller.example",
            "example.123",
            "10.0.0.1-10.0.0.9",
            "*",
        ] {
            assert!(text.parse::<Address>().is_err(), "{text:?} was read as {:?}", text.parse::<Address>());
        }
        let label = "a".repeat(63);
        assert!(label.parse::<Address>().is_ok() && format!("{label}a").parse::<Address>().is_err());
        let name = [label.as_str(); 4].join(".");
        assert!(name.get(..253).unwrap().parse::<Address>().is_ok(), "253 characters");
        assert!(name.get(..254).unwrap().parse::<Address>().is_err(), "254 characters");
    }

    #[test]
    fn host_bits_are_refused_with_both_ways_out() {
        let said = |text: &str| text.parse::<Address>().unwrap_err().to_string();
        assert_eq!(
            said("10.0.8.7/24"),
            "10.0.8.7/24 has bits set behind its prefix; write 10.0.8.0/24 for the network or 10.0.8.7 for the host"
        );
        assert!(said("2001:db8::7/64").contains("2001:db8::/64"));
        assert!(said("10.0.0.300").contains("not a valid IP address"), "{}", said("10.0.0.300"));
        assert!(said("two words").contains("DNS name"), "{}", said("two words"));
    }

    #[test]
    fn a_network_contains_its_addresses() {
        let contains =
            |address: &str, ip: &str| address.parse::<Address>().unwrap().contains(ip.parse().unwrap());
        assert!(contains("10.0.8.0/24", "10.0.8.255") && !contains("10.0.8.0/24", "10.0.9.0"));
        assert!(contains("10.0.8.7", "10.0.8.7") && !contains("10.0.8.7", "10.0.8.8"));
        assert!(!contains("0.0.0.0/0", "::1") && !contains("host", "10.0.8.7"));
    }

    fn range(text: &str) -> PortRange {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn texts(set: &PortSet) -> Vec<String> {
        set.ranges().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn ports_go_from_1_to_65535() {
        for (text, written) in [("1", "1"), ("65535", "65535"), (" 2500 - 3300 ", "2500-3300"), ("7-7", "7")]
        {
            assert_eq!(range(text).to_string(), written);
        }
        let said = |text: &str| text.parse::<PortRange>().unwrap_err().to_string();
        assert_eq!(said("0"), "port 0 is out of range; ports go from 1 to 65535");
        assert_eq!(said("65536"), "port 65536 is out of range; ports go from 1 to 65535");
        assert!(said("99999999999999999999").contains("out of range"));
        assert_eq!(said("3300-2500"), "the range 3300-2500 runs backwards; write 2500-3300");
        for text in ["", "ssh", "-1", "+22", "22-", "-22", "1-2-3", "２２", "2 2", "0x16", "1.5"] {
            assert!(text.parse::<PortRange>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn overlapping_and_touching_ranges_become_one() {
        let merged = |items: &[&str]| texts(&items.iter().map(|item| range(item)).collect());
        assert_eq!(merged(&["10-20", "15-30"]), ["10-30"]);
        assert_eq!(merged(&["21-30", "10-20"]), ["10-30"]);
        assert_eq!(merged(&["10-30", "15-20"]), ["10-30"]);
        assert_eq!(merged(&["22-30", "10-20"]), ["10-20", "22-30"]);
        assert_eq!(merged(&["443", "80", "443"]), ["80", "443"]);
        assert_eq!(merged(&["65534", "65535"]), ["65534-65535"]);
    }

    #[test]
    fn port_entries_say_what_they_stand_for() {
        let item = |text: &str| text.parse::<PortItem>().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!((item("1058+").kind, item("1058+").range), (PortKind::OpenEnded, range("1058")));
        assert_eq!(
            (item("or 2500-3300").kind, item("or 2500-3300").range),
            (PortKind::Fallback, range("2500-3300"))
        );
        assert_eq!(item("2500-3300").kind, PortKind::Exact);
        for text in ["1058+", "or 2500-3300", "445"] {
            assert_eq!(item(text).to_string(), text);
        }
        for text in ["+", "or", "or ", "2500-3300+", "or 1058+", "or or 5", "0+"] {
            assert!(text.parse::<PortItem>().is_err(), "{text:?}");
        }
        let ports: Ports = ["or 2500-3300", "6162", "2049+", "111"].into_iter().map(item).collect();
        assert_eq!(ports.to_string(), "111, 6162, 2049+ or 2500-3300");
        assert!(ports.contains("2750".parse().unwrap()) && !ports.contains("2050".parse().unwrap()));
        assert_eq!(texts(&ports.to_open()), ["111", "2049", "2500-3300", "6162"]);
    }

    fn ranges() -> impl Strategy<Value = Vec<PortRange>> {
        // Mostly short ones close together, so that they meet; some at the very ends.
        let start = prop_oneof![6 => 1_u16..400, 1 => 65_400_u16..=65_535, 1 => 1_u16..=65_535];
        let one = (start, 0_u16..60).prop_map(|(from, more)| {
            let port = |number| Port::new(number).unwrap();
            PortRange::new(port(from), port(from.saturating_add(more))).unwrap()
        });
        vec(one, 0..12)
    }

    fn naive(ranges: &[PortRange]) -> BTreeSet<u16> {
        ranges.iter().flat_map(|range| range.from().number()..=range.to().number()).collect()
    }

    fn is_normal(set: &PortSet) -> bool {
        let gap =
            |pair: &[PortRange]| u32::from(pair[0].to().number()) + 1 < u32::from(pair[1].from().number());
        set.ranges().windows(2).all(gap)
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn a_port_set_holds_the_ports_of_its_ranges(left in ranges(), right in ranges()) {
            let (a, b): (PortSet, PortSet) = (left.iter().copied().collect(), right.iter().copied().collect());
            prop_assert!(is_normal(&a));
            prop_assert_eq!(naive(a.ranges()), naive(&left));
            let minus = a.minus(&b);
            prop_assert!(is_normal(&minus));
            let expected: BTreeSet<u16> = naive(&left).difference(&naive(&right)).copied().collect();
            prop_assert_eq!(naive(minus.ranges()), expected);
            for range in &right {
                let inside = naive(&[*range]).is_subset(&naive(&left));
                prop_assert_eq!(a.covers(*range), inside);
                let touches = !naive(&[*range]).is_disjoint(&naive(&left));
                prop_assert_eq!(a.ranges().iter().any(|own| own.overlaps(*range)), touches);
            }
            for port in [1, 200, 400, 65_535] {
                prop_assert_eq!(a.contains(Port::new(port).unwrap()), naive(&left).contains(&port));
            }
        }

        #[test]
        fn replacing_ports_takes_out_and_puts_in(left in ranges(), out in ranges(), own in ranges()) {
            let ports: Ports = left.iter().map(|range| PortItem { kind: PortKind::Exact, range: *range }).collect();
            let replaced = ports.replaced(&out.iter().copied().collect(), &own.iter().copied().collect());
            let mut expected: BTreeSet<u16> = naive(&left).difference(&naive(&out)).copied().collect();
            expected.extend(naive(&own));
            prop_assert_eq!(naive(replaced.to_open().ranges()), expected);
        }

        #[test]
        fn no_text_makes_a_value_panic(text in "\\PC{0,40}|[0-9./:a-z+ -]{0,40}") {
            // What is accepted reads back as itself.
            if let Ok(address) = text.parse::<Address>() {
                prop_assert_eq!(address.to_string().parse::<Address>(), Ok(address));
            }
            if let Ok(item) = text.parse::<PortItem>() {
                prop_assert_eq!(item.to_string().parse::<PortItem>(), Ok(item));
            }
            if let Ok(name) = text.parse::<HostName>() {
                prop_assert_eq!(name.as_str().parse::<HostName>(), Ok(name.clone()));
                prop_assert!(name.numbered().take(3).all(|next| next != name));
            }
        }
    }
}
