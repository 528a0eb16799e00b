//! `simurgh message …`

use crate::{
    cli::{MessageVerb, WaitMessage},
    output::{Output, gram, one_line, time},
    rpc::Client,
    signals,
};
use anyhow::bail;
use api::{
    Event,
    methods::{ListMessages, SendMessage},
    people::{Message, MessageKind, MessageList, MessageSend, MessageState},
};
use std::{path::Path, time::Duration};
use tokio::time::timeout;

/// Runs the verb.
pub(crate) async fn run(profile: &Path, verb: MessageVerb, output: Output) -> anyhow::Result<()> {
    let mut client = Client::connect(profile).await?;
    match verb {
        MessageVerb::Send { conversation, text, wait, timeout: seconds } => {
            let sending = MessageSend { conversation, text, reply_to: None, id: None };
            let mut message = client.call::<SendMessage>(sending).await?;
            if let Some(wait) = wait {
                let waiting = wait_for(&mut client, message, wait);
                message = match timeout(Duration::from_secs(seconds), waiting).await {
                    Ok(message) => message?,
                    Err(_) => bail!(
                        "the message is kept and goes on trying, but has not got that far in {seconds} s: \
                         see simurgh carrier status"
                    ),
                };
            }
            output.print(&line(&message), &message)
        }
        MessageVerb::List { conversation, limit } => {
            output.print_all(&newest(&mut client, conversation, limit).await?, "Nothing yet.", line)
        }
        MessageVerb::Watch => watch(client, output).await,
    }
}

/// The newest messages, newest last, asked for a page at a time.
async fn newest(client: &mut Client, conversation: String, limit: u32) -> anyhow::Result<Vec<Message>> {
    let wanted = usize::try_from(limit)?;
    let mut messages: Vec<Message> = Vec::new();
    while messages.len() < wanted {
        let left = u32::try_from(wanted.saturating_sub(messages.len()))?;
        let before = messages.first().map(|message| message.id.clone());
        let asking = MessageList { conversation: conversation.clone(), before, limit: left.min(super::ROWS_MAX) };
        let page = client.call::<ListMessages>(asking).await?;
        if page.is_empty() {
            break;
        }
        messages.splice(0..0, page);
    }
    Ok(messages)
}

async fn watch(mut client: Client, output: Output) -> anyhow::Result<()> {
    let ended = signals::ended()?;
    tokio::pin!(ended);
    loop {
        let event = tokio::select! {
            () = &mut ended => return Ok(()),
            event = client.event() => event?,
        };
        if let Event::Message { message } = event.event {
            output.print_for_readers(&line(&message), &message)?;
        } else if event.event == Event::Resync {
            tracing::warn!("some messages were missed: see simurgh message list");
        }
    }
}

/// Waits until the message has got as far as asked, or has failed.
async fn wait_for(client: &mut Client, sent: Message, wait: WaitMessage) -> anyhow::Result<Message> {
    let mut message = sent;
    loop {
        if message.state == MessageState::Failed {
            bail!("the message will not arrive: {}", reason(&message));
        }
        if reached(message.state, wait) {
            return Ok(message);
        }
        let event = client.event().await?.event;
        if event == Event::Resync {
            let (conversation, limit) = (message.conversation.clone(), super::ROWS_MAX);
            let list = client.call::<ListMessages>(MessageList { conversation, before: None, limit }).await?;
            message = list.into_iter().find(|found| found.id == message.id).unwrap_or(message);
        } else if let Event::Message { message: changed } = event
            && changed.id == message.id
        {
            message = changed;
        }
    }
}

fn reached(state: MessageState, wait: WaitMessage) -> bool {
    match state {
        MessageState::Pending | MessageState::Failed | MessageState::Received => false,
        MessageState::Accepted => wait == WaitMessage::Accepted,
        MessageState::Delivered | MessageState::Read => true,
    }
}

fn reason(message: &Message) -> String {
    let payment = message.payment.as_ref().and_then(|payment| payment.reason.clone());
    payment.unwrap_or_else(|| "see the conversation on the page".to_owned())
}

fn line(message: &Message) -> String {
    let state = match message.state {
        MessageState::Pending => "pending",
        MessageState::Accepted => "accepted",
        MessageState::Delivered => "delivered",
        MessageState::Read => "read",
        MessageState::Failed => "failed",
        MessageState::Received => "received",
    };
    let what = match (&message.payment, message.kind) {
        (Some(payment), _) => format!("[{}] {}", gram(payment.amount), one_line(&payment.comment)),
        (None, MessageKind::Notice) => format!("[{}]", one_line(&message.text)),
        (None, MessageKind::Text | MessageKind::Payment) => one_line(&message.text),
    };
    format!("{}  {:<9}  {}: {what}", time(message.at_ms), state, one_line(&message.from))
}
