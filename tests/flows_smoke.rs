use portplan::catalogue::{Catalogue, Os};
use portplan::flows::search::{Matches, Query};
use portplan::flows::{Flows, Grouping, Listing, SameHost};
use portplan::plan::{Host, Plan, actions};

#[test]
fn smoke() {
    let c = Catalogue::embedded().unwrap_or_else(|e| panic!("{e}"));
    let mut p = Plan::new("Munich".parse().unwrap(), &c);
    for (name, os, roles) in [
        ("vbr01", Os::Windows, "backup-server"),
        ("gip01", Os::Windows, "guest-interaction-proxy"),
        ("ora7", Os::Linux, "oracle-guest"),
        ("repo", Os::Linux, "backup-repository"),
        ("w1", Os::Linux, "worker"),
        ("w2", Os::Linux, "worker"),
        ("ahv", Os::Other, "ahv-cluster"),
    ] {
        let id = p.fresh_id();
        let mut h = Host::new(id, name.parse().unwrap());
        h.os = os;
        h.roles = h.roles.with(c.role(roles).unwrap());
        let at = p.hosts().len();
        let a = actions::put_host(&p, &c, h, at);
        p.apply(a.edit).unwrap();
    }
    let f = Flows::new(&c, &p);
    for q in ["", "2750", "ora", "orcl", "from:ora7 !2750", "prox 445", "gip", "xqz"] {
        let m = (!q.is_empty()).then(|| Matches::new(&c, &p, &f, &Query::parse(q), None));
        let l = Listing::new(&f, Grouping::Flow, SameHost::Hide, m);
        println!("--- {q:?}: {} of {}", l.len(), f.count());
        for r in l.window(&f, 0, 12) {
            let s = f.shape(r.shape);
            let h = |x: portplan::flows::HostIx| p.host(f.hosts()[x]).unwrap().name.clone();
            println!(
                "{:10} {:10} {} {:20} {}",
                h(r.from),
                h(r.to),
                s.transport,
                s.ports,
                portplan::flows::explain::purpose(&c, &p, s.reasons[0])
            );
        }
        assert_eq!(l.window(&f, 0, 100_000).len() as u64, l.len());
    }
    for g in f.gaps() {
        println!("{:?}", g);
    }
}
