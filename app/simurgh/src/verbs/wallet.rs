//! `simurgh wallet …`

use crate::{
    cli::{WaitTransfer, WalletVerb},
    output::{Output, gram, one_line, time},
    rpc::Client,
};
use anyhow::bail;
use api::{
    Event, Nano,
    local::Nothing,
    methods::{GetAddress, GetBalance, GetTransfer, GetWords, ListTransfers, SendMoney},
    money::{Direction, PaymentState, WalletEntry, WalletHistory, WalletSend, WalletSent, WalletTransfer},
};
use std::{path::Path, time::Duration};
use tokio::time::timeout;

/// Runs the verb.
pub(crate) async fn run(profile: &Path, verb: WalletVerb, output: Output) -> anyhow::Result<()> {
    let mut client = Client::connect(profile).await?;
    match verb {
        WalletVerb::Address => {
            let address = client.call::<GetAddress>(Nothing {}).await?;
            output.print(&address.address, &address)
        }
        WalletVerb::Balance => {
            let balance = client.call::<GetBalance>(Nothing {}).await?;
            let pending = if balance.pending == Nano::default() {
                String::new()
            } else {
                format!(" ({} being sent)", gram(balance.pending))
            };
            output.print(&format!("{}{pending}", gram(balance.balance)), &balance)
        }
        WalletVerb::Send { to, amount, comment, wait, timeout: seconds } => {
            let sending = WalletSend { to, amount: Nano(amount), comment, id: None };
            let mut sent = client.call::<SendMoney>(sending).await?;
            if wait == Some(WaitTransfer::Final) {
                let mut state = sent.state;
                sent = match timeout(Duration::from_secs(seconds), final_of(&mut client, sent, &mut state)).await {
                    Ok(sent) => sent?,
                    Err(_) if state == PaymentState::Promised => bail!(
                        "promised, not final: the chain can't be reached. It is sent by itself when the way is open \
                         again: don't send it anew"
                    ),
                    Err(_) if state == PaymentState::Unconfirmed => bail!(
                        "sent, not confirmed: it may be paid already, and that is known when the chain can be reached \
                         again: don't send it anew"
                    ),
                    Err(_) => bail!(
                        "the transfer is still being sent after {seconds} s: look at simurgh wallet history before \
                         you send it again"
                    ),
                };
            }
            output.print(&sent_line(&sent), &sent)
        }
        WalletVerb::History { limit } => {
            output.print_all(&history(&mut client, limit).await?, "Nothing yet.", entry_line)
        }
        WalletVerb::Words => {
            let words = client.call::<GetWords>(Nothing {}).await?;
            output.print(&words.words.join(" "), &words)
        }
    }
}

/// The newest entries, newest first, asked for a page at a time.
async fn history(client: &mut Client, limit: u32) -> anyhow::Result<Vec<WalletEntry>> {
    let wanted = usize::try_from(limit)?;
    let mut entries: Vec<WalletEntry> = Vec::new();
    while entries.len() < wanted {
        let left = u32::try_from(wanted.saturating_sub(entries.len()))?;
        let before_lt = entries.last().map(|entry| entry.lt);
        let before_place = entries.last().map(|entry| entry.place);
        let asked = WalletHistory { before_lt, before_place, limit: left.min(super::ROWS_MAX) };
        let page = client.call::<ListTransfers>(asked).await?;
        if page.is_empty() {
            break;
        }
        entries.extend(page);
    }
    Ok(entries)
}

/// Waits until the transfer is in a final block; `state`: how far it has come meanwhile.
async fn final_of(client: &mut Client, sent: WalletSent, state: &mut PaymentState) -> anyhow::Result<WalletSent> {
    let mut sent = sent;
    loop {
        *state = sent.state;
        match sent.state {
            PaymentState::Final => return Ok(sent),
            PaymentState::Failed => {
                bail!("the transfer was not made: {}", sent.reason.as_deref().unwrap_or("the network refused it"))
            }
            PaymentState::Sending | PaymentState::Promised | PaymentState::Unconfirmed => {}
        }
        let event = client.event().await?.event;
        // When money moved, or events were lost: ask.
        if matches!(event, Event::Wallet { .. } | Event::Resync) {
            sent = client.call::<GetTransfer>(WalletTransfer { id: sent.id }).await?;
        } else if let Event::Transfer { transfer } = event
            && transfer.id == sent.id
        {
            sent = transfer;
        }
    }
}

fn sent_line(sent: &WalletSent) -> String {
    let (amount, fee) = (gram(sent.amount), gram(sent.fee));
    match (sent.state, &sent.transaction) {
        (PaymentState::Sending, _) => format!("{amount} to {} is being sent (fee about {fee}).", sent.to),
        (PaymentState::Promised, _) => format!(
            "{amount} to {} is promised, not final: the chain can't be reached, and it is sent by itself when it can.",
            sent.to
        ),
        (PaymentState::Unconfirmed, _) => format!(
            "{amount} to {} is sent, not confirmed: it may be paid already, and that is known when the chain can be reached.",
            sent.to
        ),
        (PaymentState::Final, Some(hash)) => format!("{amount} to {} is final (fee {fee}): {hash}", sent.to),
        (PaymentState::Final, None) => format!("{amount} to {} is final (fee {fee}).", sent.to),
        (PaymentState::Failed, _) => {
            format!("{amount} to {} was not sent: {}", sent.to, sent.reason.as_deref().unwrap_or_default())
        }
    }
}

fn entry_line(entry: &WalletEntry) -> String {
    let (sign, way) = match entry.direction {
        Direction::In => ('+', "from"),
        Direction::Out => ('-', "to"),
    };
    let comment = one_line(&entry.comment);
    format!("{}  {sign}{}  {way} {}  {comment}", time(entry.at_ms), gram(entry.amount), one_line(&entry.peer))
}
