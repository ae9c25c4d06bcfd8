//! Plans that come with the program, to look around in.

/// One of the plans that come with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// A stable word for scripts and tests: `small-ahv-site`.
    pub id: &'static str,
    /// The name people read.
    pub title: &'static str,
    /// One line that says what there is to see.
    pub about: &'static str,
    /// The project file.
    pub text: &'static str,
}

/// The samples, simplest first.
pub fn samples() -> [Sample; 3] {
    [
        Sample {
            id: "small-ahv-site",
            title: "Small AHV site",
            about: "One backup server, two workers, one repository, and guests of both systems.",
            text: include_str!("../../assets/samples/small-ahv-site.ron"),
        },
        Sample {
            id: "databases",
            title: "Oracle, PostgreSQL and log shipping",
            about: "Database guests in their own zone, two guest interaction proxies, a log shipping server.",
            text: include_str!("../../assets/samples/databases.ron"),
        },
        Sample {
            id: "mongodb-sharepoint",
            title: "MongoDB and SharePoint",
            about: "A replica set of three nodes, and SharePoint items restored through a staging server.",
            text: include_str!("../../assets/samples/mongodb-sharepoint.ron"),
        },
    ]
}
