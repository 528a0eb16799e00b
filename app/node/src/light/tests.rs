//! Answers as light clients read them, over a real chain.

use super::*;
use crate::test_chain::TestChain;
use chain::light::{RESPONSE_BYTES_MAX, verify_history};
use chain::wallet::Transfer;
use store::blocks::BlockKey;
use tycho_types::cell::{Cell, CellBuilder};
use wire::Gram;

async fn ask(service: &Arc<LightService>, request: LightRequest) -> LightResponse {
    let frame = service.answer_frame(request).await.unwrap();
    LightResponse::decode(&frame).unwrap()
}

/// About 58 kB: as much as an external message can bring.
fn large_body() -> Cell {
    let mut bytes = (0u32..).flat_map(u32::to_be_bytes);
    let mut row: Vec<Cell> = Vec::new();
    for _ in 0..460 {
        let mut cell = CellBuilder::new();
        let chunk: Vec<u8> = bytes.by_ref().take(124).collect();
        cell.store_raw(&chunk, 124 * 8).unwrap();
        row.push(cell.build().unwrap());
    }
    while row.len() > 1 {
        let above = row.chunks(4).map(|below| {
            let mut cell = CellBuilder::new();
            below.iter().for_each(|one| cell.store_reference(one.clone()).unwrap());
            cell.build().unwrap()
        });
        row = above.collect();
    }
    row.remove(0)
}

/// CHN-90
#[tokio::test(flavor = "multi_thread")]
async fn large_transactions_come_in_answers_that_a_client_can_read() {
    let chain = TestChain::start();
    let service = LightService::new(Arc::clone(&chain.view));
    let victim = StdAddr::new(0, HashBytes([5; 32]));
    // the transfers of one order share their body on the way in, and each brings it whole
    let transfer = Transfer { body: large_body(), ..Transfer::new(victim.clone(), Gram::from(1_000_000)) };
    for seqno in [0, 1] {
        let order = chain.payment(seqno, &vec![transfer.clone(); 32]);
        chain.view.submit(&Boc::encode(order)).unwrap();
    }
    let arrived = |chain: &TestChain| chain.view.account_transactions(&victim, None, 1_000).unwrap();
    while arrived(&chain).len() < 64 {
        chain.make_block();
    }
    let rows = arrived(&chain);
    assert!(rows.iter().map(|row| row.boc.len()).sum::<usize>() > 3 * RESPONSE_BYTES_MAX);

    let last = chain.view.account(&victim).unwrap().account.unwrap();
    let mut next = (last.last_trans_hash, last.last_trans_lt);
    let mut read = 0;
    while next.1 > 0 {
        let request = LightRequest::AccountTransactions {
            address: AccountId::from(&victim),
            before_lt: Some(next.1 + 1),
            limit: ROWS_MAX,
        };
        let LightResponse::Transactions(page) = ask(&service, request).await else { panic!("no transactions") };
        assert!(page.len() > 10, "{} of them fit", page.len());
        let bocs: Vec<&[u8]> = page.iter().map(|one| one.boc.as_slice()).collect();
        next = verify_history(&victim, next, &bocs).unwrap().1;
        read += page.len();
    }
    assert_eq!(read, 64);

    let busiest = rows
        .iter()
        .map(|row| row.block)
        .max_by_key(|block| rows.iter().filter(|row| row.block == *block).map(|row| row.boc.len()).sum::<usize>());
    let BlockKey { workchain, shard, seqno } = busiest.unwrap();
    let LightResponse::Block(Some(block)) = ask(&service, LightRequest::Block { workchain, shard, seqno }).await else {
        panic!("no block")
    };
    assert!(block.transactions.len() > 10);
}

/// CHN-90
#[test]
fn an_answer_that_no_client_could_read_is_a_refusal() {
    let answer = |len: usize| LightResponse::decode(&frame(&LightResponse::Config(vec![0; len].into())).unwrap());
    assert!(matches!(answer(1_000), Ok(LightResponse::Config(_))));
    let refused = answer(RESPONSE_BYTES_MAX);
    assert!(matches!(&refused, Ok(LightResponse::Refused { code, .. }) if code == "too_large"), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hangs_up_keeps_his_turn_until_the_work_is_done() {
    let chain = TestChain::start();
    let service = LightService::new(Arc::clone(&chain.view));
    let (begun, begins) = tokio::sync::oneshot::channel();
    let (let_go, go_on) = std::sync::mpsc::channel::<()>();
    let asking = tokio::spawn({
        let service = Arc::clone(&service);
        async move {
            let work = move |_: &LightService| {
                begun.send(()).unwrap();
                // the other end is gone once it is let go
                let _ = go_on.recv();
                Ok(())
            };
            service.work(work).await
        }
    });
    begins.await.unwrap();
    asking.abort();
    assert!(asking.await.unwrap_err().is_cancelled());
    assert_eq!(service.turns.available_permits(), WORKERS_MAX - 1);
    drop(let_go);
    let all = service.turns.acquire_many(u32::try_from(WORKERS_MAX).unwrap());
    drop(timeout_at(Instant::now() + Duration::from_secs(60), all).await.unwrap().unwrap());
}
