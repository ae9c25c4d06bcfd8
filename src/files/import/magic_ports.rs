//! The project that the Magic Ports web app saves (its "save" button, `port-mappings-….json`): an array with one object
//! per server, `sourceServer` being its name and `mappedPorts` the connections that were clicked together, each with the
//! names of both ends and of the service at each end. Totals are derived. It knows no addresses and no roles; the services
//! tell what a server may be.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use crate::catalogue::{Catalogue, Os};
use crate::plan::import::{Collector, Draft, Import, Kind, MOST_HOSTS, Place, Reason};
use crate::plan::shown::brief;

use super::error::Fault;

/// What is known in a server's object.
const SERVER: [&str; 6] = [
    "id",
    "sourceServer",
    "totalMappedPorts",
    "totalMappedInboundPorts",
    "totalMappedServers",
    "mappedPorts",
];

/// What is known in a connection's object.
const CONNECTION: [&str; 12] = [
    "sourceServerId",
    "sourceServerName",
    "targetServerId",
    "targetServerName",
    "sourceService",
    "targetService",
    "description",
    "product",
    "port",
    "protocol",
    "fromPort",
    "toPort",
];

pub(super) fn read(text: &str, catalogue: &Catalogue) -> Result<Import, Fault> {
    let json: Value = serde_json::from_str(text)
        .map_err(|error| Fault::at(error.line(), error.column(), &format!("this is no JSON: {error}")))?;
    let servers = servers(&json).ok_or_else(|| {
        Fault::whole(
            "this JSON is no project of Magic Ports: a list of servers with \"sourceServer\" and \"mappedPorts\" was \
             expected; for an inventory of Ansible in JSON, say --from ansible",
        )
    })?;
    if servers.len() > MOST_HOSTS {
        return Err(Fault::too_many());
    }
    let mut project = Project::new(catalogue, servers);
    for (number, server) in (1..).zip(servers) {
        project.server(number, server);
    }
    Ok(project.finish())
}

/// The list of servers: the whole, or under a name of its own.
fn servers(json: &Value) -> Option<&Vec<Value>> {
    let is_server = |value: &Value| value.get("sourceServer").is_some() || value.get("mappedPorts").is_some();
    let fits = |list: &&Vec<Value>| list.is_empty() || list.iter().any(is_server);
    match json {
        Value::Array(list) => Some(list).filter(fits),
        Value::Object(object) => {
            object.values().filter_map(Value::as_array).find(|list| list.iter().any(is_server))
        }
        _ => None,
    }
}

/// A server while its connections are gathered.
#[derive(Default)]
struct Server {
    draft: Draft,
    place: Option<Place>,
}

struct Project {
    collector: Collector,
    servers: Vec<(String, Server)>,
    places: HashMap<String, usize>,
    /// Names by id, where the id is the only one of its kind.
    ids: HashMap<String, Option<String>>,
    /// Services that stand for no role: at which server, and where first.
    unknown: BTreeMap<(String, String), Place>,
    /// Names of fields that are not known.
    fields: BTreeMap<String, usize>,
    connections: usize,
}

impl Project {
    fn new(catalogue: &Catalogue, servers: &[Value]) -> Self {
        let mut ids: HashMap<String, Option<String>> = HashMap::new();
        for server in servers {
            if let (Some(id), Some(name)) = (server.get("id"), text(server, "sourceServer")) {
                let name = name.to_owned();
                ids.entry(id.to_string()).and_modify(|known| *known = None).or_insert(Some(name));
            }
        }
        Self {
            collector: Collector::new(catalogue),
            servers: Vec::new(),
            places: HashMap::new(),
            ids,
            unknown: BTreeMap::new(),
            fields: BTreeMap::new(),
            connections: 0,
        }
    }

    fn place(&mut self, name: &str, place: Place) -> usize {
        if let Some(at) = self.places.get(name) {
            return *at;
        }
        self.places.insert(name.to_owned(), self.servers.len());
        self.servers.push((name.to_owned(), Server { place: Some(place), ..Server::default() }));
        self.servers.len() - 1
    }

    fn server(&mut self, number: usize, server: &Value) {
        let place = Place::Part(format!("server {number}"));
        let Some(object) = server.as_object() else {
            let why = Reason::Form { expected: "a server", found: kind(server) };
            return self.collector.unread(place, &server.to_string(), why);
        };
        self.unknown_fields(object, &SERVER);
        let name = text(server, "sourceServer").map(str::trim).filter(|name| !name.is_empty());
        let Some(name) = name else {
            self.collector.unread(place, &server.to_string(), Reason::NoName);
            return;
        };
        let at = self.place(name, place.clone());
        match object.get("mappedPorts") {
            None | Some(Value::Null) => {}
            Some(Value::Array(connections)) => {
                for (count, connection) in (1..).zip(connections) {
                    let place = Place::Part(format!("server {number}, connection {count}"));
                    self.connection(at, name, &place, connection);
                }
            }
            Some(other) => {
                let why = Reason::Form { expected: "a list of connections", found: kind(other) };
                self.collector.unread(place, "mappedPorts", why);
            }
        }
    }

    fn connection(&mut self, at: usize, name: &str, place: &Place, connection: &Value) {
        let Some(object) = connection.as_object() else {
            let why = Reason::Form { expected: "a connection", found: kind(connection) };
            return self.collector.unread(place.clone(), &connection.to_string(), why);
        };
        self.unknown_fields(object, &CONNECTION);
        self.connections += 1;
        self.service(at, name, place, connection, "sourceService");
        let named = text(connection, "targetServerName").map(str::trim).filter(|name| !name.is_empty());
        let target = match named {
            Some(name) => Some(name.to_owned()),
            // Ids can repeat after a server was deleted, so names come first.
            None => connection
                .get("targetServerId")
                .and_then(|id| self.ids.get(&id.to_string()).cloned().flatten()),
        };
        match target {
            Some(target) => {
                let at = self.place(&target, place.clone());
                self.service(at, &target, place, connection, "targetService");
            }
            None => self.collector.unread(place.clone(), &connection.to_string(), Reason::NoName),
        }
    }

    fn service(&mut self, at: usize, name: &str, place: &Place, connection: &Value, field: &str) {
        let service = match connection.get(field) {
            None | Some(Value::Null) => return,
            Some(Value::String(service)) if service.trim().is_empty() => return,
            Some(Value::String(service)) => service.as_str(),
            Some(other) => {
                let why = Reason::Form { expected: "the name of a service", found: kind(other) };
                return self.collector.unread(place.clone(), field, why);
            }
        };
        let Some(roles) = self.collector.words().likely(service) else {
            self.unknown.entry((name.to_owned(), service.to_owned())).or_insert_with(|| place.clone());
            return;
        };
        let from = format!("service \"{}\"{}", brief(service), of_product(connection));
        if let Some((_, server)) = self.servers.get_mut(at) {
            server.draft.guess_roles(roles, &from);
            if let Some(os) = named_system(service) {
                server.draft.guess_system(os, from);
            }
        }
    }

    fn unknown_fields(&mut self, object: &Map<String, Value>, known: &[&str]) {
        for field in object.keys().filter(|field| !known.contains(&field.as_str())) {
            *self.fields.entry(field.clone()).or_default() += 1;
        }
    }

    fn finish(mut self) -> Import {
        for (name, server) in std::mem::take(&mut self.servers) {
            let place = server.place.unwrap_or(Place::Part("project".to_owned()));
            self.collector.put(place, &name, server.draft);
        }
        for ((name, service), place) in std::mem::take(&mut self.unknown) {
            self.collector.unread(place, &format!("{name}: {service}"), Reason::Service);
        }
        if self.connections > 0 {
            let connections = match self.connections {
                1 => "1 connection was".to_owned(),
                many => format!("{many} connections were"),
            };
            self.collector.note(format!("{connections} not taken over: the flows follow from the roles"));
        }
        for (field, times) in std::mem::take(&mut self.fields) {
            let often = if times == 1 { String::new() } else { format!(" ({times} times)") };
            self.collector.note(format!("the field {} was not read{often}", brief(&field)));
        }
        self.collector.finish(Kind::MagicPorts)
    }
}

fn text<'a>(value: &'a Value, field: &str) -> Option<&'a str> {
    value.get(field).and_then(Value::as_str)
}

fn of_product(connection: &Value) -> String {
    let product = text(connection, "product").map(str::trim).filter(|product| !product.is_empty());
    product.map_or(String::new(), |product| format!(" of {}", brief(product)))
}

/// The system that a service's name holds, as in "Backup proxy (Linux)".
fn named_system(service: &str) -> Option<Os> {
    let service = service.to_lowercase();
    match (service.contains("windows"), service.contains("linux")) {
        (true, false) => Some(Os::Windows),
        (false, true) => Some(Os::Linux),
        _ => None,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "yes or no",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
