//! Forms of tables and inventories that are met in the field.

use portplan::files::import::From;
use portplan::plan::import::{Field, Headings, Kind, Source, Table, detect};

use super::{catalogue, host_text, import, role_ids, source};

fn table(text: &str) -> Table {
    match source(text, From::Csv) {
        Source::Table(table) => table,
        Source::Ready(import) => panic!("no table, but {import:?}"),
    }
}

/// `name address address`, one for each host.
fn hosts(text: &str, from: From) -> Vec<String> {
    let import = import(text, from);
    assert_eq!(import.unread, [], "{text}");
    let line = |host: &portplan::plan::import::NewHost| {
        let addresses = host.addresses.iter().map(ToString::to_string);
        [host.name.to_string()].into_iter().chain(addresses).collect::<Vec<_>>().join(" ")
    };
    import.hosts.iter().map(line).collect()
}

fn why(text: &str, from: From) -> Vec<String> {
    import(text, from).unread.iter().map(|unread| format!("{}: {}", unread.place, unread.why)).collect()
}

#[test]
fn kinds_are_told_by_content() {
    for (text, kind) in [
        ("vbr01\nrepo01\n", Kind::List),
        ("10.0.0.1 vbr01\n", Kind::List),
        ("vbr01,10.0.0.1\nrepo01,10.0.0.2\n", Kind::List),
        ("# hosts\n\nname,ip\nvbr01,10.0.0.1\n", Kind::Csv),
        ("sep=;\nRechner;Adresse\n", Kind::Csv),
        ("#TYPE Selected.PSObject\n\"Name\",\"IPAddress\"\n", Kind::Csv),
        ("Hostname\tOS\n", Kind::Csv),
        ("Name,IP Addresses,Cores,Memory Capacity\n", Kind::Prism),
        ("[web]\nweb01\n", Kind::AnsibleIni),
        ("web01 ansible_host=10.0.0.1\n", Kind::AnsibleIni),
        ("all:\n  hosts:\n    a:\n", Kind::AnsibleYaml),
        ("---\nweb:\n  hosts: {}\n", Kind::AnsibleYaml),
        ("[]", Kind::MagicPorts),
        (" [ {\"sourceServer\": \"a\"} ]", Kind::MagicPorts),
        ("{}", Kind::MagicPorts),
        ("", Kind::List),
    ] {
        assert_eq!(detect(text), kind, "{text:?}");
    }
}

#[test]
fn cells_are_kept_apart_by_whatever_stands_between_them() {
    let expected = ["vbr01 10.0.0.1 10.0.0.2", "repo01 10.0.0.3"];
    for text in [
        "name,ip\nvbr01,\"10.0.0.1, 10.0.0.2\"\nrepo01,10.0.0.3\n",
        "name;ip\r\nvbr01;10.0.0.1,10.0.0.2\r\nrepo01;10.0.0.3\r\n",
        "name\tip\nvbr01\t10.0.0.1 10.0.0.2\nrepo01\t10.0.0.3",
        "name|ip\nvbr01|10.0.0.1;10.0.0.2\nrepo01|10.0.0.3",
        "sep=;\nname;ip\nvbr01;{10.0.0.1, 10.0.0.2}\nrepo01;10.0.0.3\n",
        "\n\nname;ip\n\nvbr01;[\"10.0.0.1\",\"10.0.0.2\"]\n;\nrepo01;10.0.0.3\n",
        "vbr01;10.0.0.1,10.0.0.2\nrepo01;10.0.0.3\n",
        "10.0.0.1,10.0.0.2;vbr01\n10.0.0.3;repo01\n",
        "Rechner;Adresse\nvbr01;10.0.0.1 10.0.0.2\nrepo01;10.0.0.3\n",
    ] {
        assert_eq!(hosts(text, From::Csv), expected, "{text:?}");
    }
}

#[test]
fn a_table_without_headings_is_known_by_what_it_holds() {
    let table = table("windows;vbr01;10.0.0.1;backup-server\nlinux;repo01;10.0.0.2;Backup repository, GW\n");
    assert_eq!(table.headings(), Headings::None);
    assert_eq!(table.columns(), [Field::System, Field::Name, Field::Addresses, Field::Roles]);
    let import = table.import(catalogue());
    assert_eq!(role_ids(import.hosts[1].roles), "backup-repository gateway-server");
    assert_eq!((import.guesses(), import.unread.len()), (0, 0));
}

#[test]
fn prism_knows_a_vm_from_the_host_below_it() {
    let text = "Host,VM Name,IP Addresses,Cores,Memory Capacity\nnode-1,ora7,10.0.8.7,4,8 GiB\n";
    assert_eq!(hosts(text, From::Auto), ["ora7 10.0.8.7"]);
}

#[test]
fn columns_are_chosen_by_number_or_heading() {
    let text = "A,B b,C\nvbr01,10.0.0.1,lab\n";
    for columns in ["name=1,addresses=2,zone=3", "zone=c, name=a ,IP=b B", "name=A,address=2,zone=C,"] {
        let mut table = table(text);
        table.choose(columns).unwrap();
        let import = table.import(catalogue());
        assert_eq!(
            host_text(&import.hosts[0]),
            "vbr01 other\n    addresses: 10.0.0.1\n    zone: lab\n    places: line 2",
            "{columns}"
        );
    }
    let mut table = table(text);
    let before = table.clone();
    for (columns, message) in [
        ("name", "\"name\" is not understood; write name=1,addresses=3, or a heading in place of a number"),
        ("nome=1", "columns hold name, addresses, system, role, zone, site, note, nothing; not \"nome\""),
        ("name=4", "there is no column \"4\"; the columns are 1 A, 2 B b, 3 C"),
        ("name=0", "there is no column \"0\"; the columns are 1 A, 2 B b, 3 C"),
        (
            "name=1,note=B-bb",
            "there is no column \"B-bb\", did you mean \"B b\"?; the columns are 1 A, 2 B b, 3 C",
        ),
    ] {
        assert_eq!(table.choose(columns).unwrap_err().to_string(), message);
        assert_eq!(table, before);
    }
}

#[test]
fn one_column_holds_the_name_and_several_may_hold_addresses() {
    let mut table = table("name,ip,fqdn,alias\nvbr01,10.0.0.1,vbr01.lab.example,old01\n");
    assert_eq!(table.columns(), [Field::Name, Field::Addresses, Field::Addresses, Field::Nothing]);
    table.set_column(3, Field::Name);
    assert_eq!(table.columns(), [Field::Nothing, Field::Addresses, Field::Addresses, Field::Name]);
    let import = table.import(catalogue());
    assert_eq!(
        host_text(&import.hosts[0]),
        "old01 other\n    addresses: 10.0.0.1 vbr01.lab.example\n    places: line 2"
    );
    assert_eq!(import.notes, ["columns that were not read: name"]);
}

#[test]
fn the_first_row_can_be_taken_for_a_host() {
    let mut table = table("name,10\nvbr01,10.0.0.1\n");
    table.set_headings(Headings::None);
    assert_eq!(table.import(catalogue()).hosts.len(), 2);
    table.set_headings(Headings::FirstRow);
    assert_eq!(table.import(catalogue()).hosts.len(), 1);
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let text = "name;note;ip\r\na;\"one\r\ntwo\";10.0.0.1\r\n\r\n;x;10.0.0.2\r\nb;\"\";10.0.0.300\r\n";
    assert_eq!(
        why(text, From::Csv),
        [
            "line 5: no name stands there; a host needs one",
            "line 6, ip: \"10.0.0.300\" is not a valid IP address or network; write 10.0.0.10, 10.0.8.0/24 or \
             2001:db8::7",
        ]
    );
    assert_eq!(
        why("sep=,\nname,ip\n\n,1.2.3.4\n", From::Csv),
        ["line 4: no name stands there; a host needs one"]
    );
}

#[test]
fn a_quotation_mark_that_is_never_closed_swallows_nothing() {
    let text = "name,note,ip\na,\"oops,10.0.0.1\nb,,10.0.0.2\nc,,10.0.0.3\n";
    let import = import(text, From::Csv);
    let names: Vec<&str> = import.hosts.iter().map(|host| host.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(import.hosts[2].addresses[0].to_string(), "10.0.0.3");
    assert_eq!(import.unread[0].place.to_string(), "line 2");
    assert!(import.unread[0].why.to_string().starts_with("a quotation mark is opened here and never closed"));
}

#[test]
fn cells_that_no_heading_covers_are_listed() {
    assert_eq!(
        why("name,ip\nvbr01,10.0.0.1,10.0.0.2\n", From::Csv),
        ["line 2: the line has more cells than there are columns"]
    );
}

#[test]
fn addresses_are_read_as_lists_of_machines_have_them() {
    let import = import("name;ip\na;10.0.0.1/24 fe80::1%eth0 169.254.3.4 ::1\n", From::Csv);
    assert_eq!(
        host_text(&import.hosts[0]),
        "a other\n    addresses: 10.0.0.1\n    places: line 2\n    guessed: address, from 10.0.0.1/24 in line 2, ip"
    );
    assert_eq!(import.unread[0].text, "::1");
    assert_eq!(import.notes, ["2 link-local addresses were left out: no other network can reach them"]);
}

#[test]
fn names_become_names_that_hosts_can_have() {
    let import = import("name,note\nSQL Prod (old),keep\n\"***\",x\n\"a\u{202e}b\",x\n", From::Csv);
    assert_eq!(
        host_text(&import.hosts[0]),
        "SQL-Prod-old other\n    note: called \"SQL Prod (old)\"; keep\n    places: line 2\n    guessed: name, from \
         \"SQL Prod (old)\""
    );
    assert_eq!(import.hosts.len(), 1);
    assert_eq!(import.unread.len(), 2);
    assert!(!import.unread[1].text.contains('\u{202e}'));
}

#[test]
fn ranges_of_an_inventory_are_written_out() {
    let names = |text: &str| hosts(text, From::Ansible);
    assert_eq!(names("[x]\nw[01:03]\n"), ["w01", "w02", "w03"]);
    assert_eq!(names("[x]\nw[8:10].lab\n"), ["w8.lab", "w9.lab", "w10.lab"]);
    assert_eq!(names("[x]\nw-[a:c]\n"), ["w-a", "w-b", "w-c"]);
    assert_eq!(names("[x]\nw[1:5:2]-[a:b]\n"), ["w1-a", "w1-b", "w3-a", "w3-b", "w5-a", "w5-b"]);
    assert_eq!(names("[x]\nw[01:02]:2222\n"), ["w01", "w02"]);
    for bad in ["w[3:1]", "w[1:", "w[1]", "w[a:3]", "w[1:2:0]", "w[:]", "w[1:2:3:4]"] {
        let text = format!("[x]\n{bad}\n");
        assert_eq!(
            why(&text, From::Ansible),
            ["line 2: the range of names is not understood; write [01:10] or [a:f]"],
            "{bad}"
        );
    }
    assert_eq!(
        why("[x]\nw[1:9999999]\n", From::Ansible),
        ["line 2: this would be more than 200000 hosts; bring in fewer at once"]
    );
}

#[test]
fn what_is_said_of_a_host_counts_before_its_groups_and_these_before_their_parents() {
    let text = "[child]\na zone=own\nb\nc\n[parent:children]\nchild\n[parent:vars]\nzone=parent\nsite=munich\n\
                [child:vars]\nzone=child\n[parent]\nd\n";
    let import = import(text, From::Ansible);
    let zones: Vec<String> = import
        .hosts
        .iter()
        .map(|host| format!("{} {} {}", host.name, host.zone.as_ref().unwrap(), host.site.as_ref().unwrap()))
        .collect();
    assert_eq!(zones, ["a own munich", "b child munich", "c child munich", "d parent munich"]);
}

#[test]
fn groups_that_contain_themselves_end() {
    let text = "[a:children]\nb\n[b:children]\na\n[b]\nhost1\n[a:vars]\nzone=z\n";
    let import = import(text, From::Ansible);
    assert_eq!((import.hosts.len(), import.hosts[0].zone.as_ref().unwrap().as_str()), (1, "z"));
}

#[test]
fn groups_of_workloads_are_guessed_and_a_group_called_backup_is_not() {
    for (group, roles) in [
        ("oracle", "oracle-guest"),
        ("Repositories", "backup-repository"),
        ("veeam_proxies", ""),
        ("veeam_repositories", "backup-repository"),
        ("mongodb", "mongodb-server"),
        ("mount_servers", "mount-server"),
        ("backup", ""),
        ("vm", ""),
        ("gip", "guest-interaction-proxy"),
        ("web", ""),
    ] {
        let import = import(&format!("[{group}]\nh\n"), From::Ansible);
        assert_eq!(role_ids(import.hosts[0].roles), roles, "{group}");
        assert_eq!(import.guesses(), usize::from(!roles.is_empty()));
        assert_eq!(import.notes.len(), usize::from(roles.is_empty()), "{group} is mentioned");
    }
}

#[test]
fn references_and_merged_mappings_of_yaml_are_followed() {
    let text = "x:\n  vars: &v {zone: lab, site: munich}\n  hosts:\n    a: {<<: *v, zone: own}\n    b: *v\n";
    let import = import(text, From::Ansible);
    assert_eq!(import.unread, []);
    assert_eq!(import.hosts[0].zone.as_ref().unwrap().as_str(), "own");
    assert_eq!(import.hosts[1].zone.as_ref().unwrap().as_str(), "lab");
}

#[test]
fn magic_ports_joins_on_names_first_and_ids_only_where_they_are_unique() {
    let text = r#"[
        {"id": 1, "sourceServer": "a", "mappedPorts": [
            {"sourceServerName": "old name", "targetServerName": "b", "targetServerId": 3,
             "sourceService": "backup server", "targetService": "gateway server"},
            {"targetServerId": 3, "targetService": "mount server"},
            {"targetServerId": 1, "targetService": "mount server"}]},
        {"id": "3", "sourceServer": "b", "mappedPorts": []},
        {"id": 3, "sourceServer": "c", "mappedPorts": null},
        {"id": 1, "sourceServer": "d"}]"#;
    let import = import(text, From::Auto);
    let hosts: Vec<String> =
        import.hosts.iter().map(|host| format!("{} {}", host.name, role_ids(host.roles))).collect();
    assert_eq!(hosts, ["a backup-server", "b gateway-server", "c mount-server", "d "]);
    assert_eq!(import.unread.len(), 1, "an id that two servers have names neither: {:?}", import.unread);
}

#[test]
fn a_host_that_is_named_again_brings_more_and_contradicts_nothing() {
    let text =
        "name,ip,role,zone,os\na,10.0.0.1,worker,x,linux\na,10.0.0.2,GIP,y,windows\na,10.0.0.1,,x,linux\n";
    let import = import(text, From::Csv);
    assert_eq!(import.hosts.len(), 1);
    assert_eq!(
        host_text(&import.hosts[0]),
        "a linux\n    addresses: 10.0.0.1 10.0.0.2\n    roles: worker guest-interaction-proxy\n    zone: x\n    \
         places: line 2 and line 3 and line 4"
    );
    assert_eq!(
        why(text, From::Csv),
        [
            "line 3: the system is another one than in line 2, which counts",
            "line 3: the zone is another one than in line 2, which counts"
        ]
    );
}
