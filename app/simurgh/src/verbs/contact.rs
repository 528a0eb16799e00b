//! `simurgh contact …`

use crate::{
    cli::ContactVerb,
    output::{Output, qr, time},
    rpc::Client,
};
use api::{
    local::Nothing,
    methods::{AddContact, InviteContact, ListContacts, RemoveContact},
    people::{Contact, ContactAdd, ContactRemove, ContactState},
};
use serde_json::json;
use std::path::Path;

/// Runs the verb.
pub(crate) async fn run(profile: &Path, verb: ContactVerb, output: Output) -> anyhow::Result<()> {
    let mut client = Client::connect(profile).await?;
    match verb {
        ContactVerb::Invite => {
            let invite = client.call::<InviteContact>(Nothing {}).await?;
            let drawn = qr(&invite.link).unwrap_or_default();
            let human = format!("{drawn}{}\nGood once, until {}.", invite.link, time(invite.expires_ms));
            output.print(&human, &invite)
        }
        ContactVerb::Add { link } => {
            let contact = client.call::<AddContact>(ContactAdd { link }).await?;
            output.print(&line(&contact), &contact)
        }
        ContactVerb::List => {
            let contacts = client.call::<ListContacts>(Nothing {}).await?;
            output.print_all(&contacts, "Nobody yet: simurgh contact invite makes a link.", line)
        }
        ContactVerb::Remove { name } => {
            client.call::<RemoveContact>(ContactRemove { name: name.clone() }).await?;
            output.print(&format!("{name} is removed."), &json!({ "removed": name }))
        }
    }
}

fn line(contact: &Contact) -> String {
    let state = match contact.state {
        ContactState::Invited => "invited, not answered yet",
        ContactState::Connected => "connected",
        ContactState::Failed => "failed",
    };
    let problem = contact.problem.as_deref().map(|problem| format!(": {problem}")).unwrap_or_default();
    format!("{}  {state}{problem}", contact.name)
}
