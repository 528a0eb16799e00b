//! Get methods: asking a contract without changing it.
//!
//! Requirements: the configuration and the account as the chain holds them.
//!
//! Provided: [`run`], which gives a contract the same surroundings (c7) as TON's liteserver does
//! at global version 12, and values in and out as [`StackValue`]s.
//!
//! Not provided: proofs. The answer is as good as the account state it was run on.

use crate::execute::{ChainConfig, PreviousBlocks, surroundings as seen};
use crate::size;
use num_bigint::BigInt;
use std::sync::Arc;
use tycho_types::models::{Account, AccountState, LibDescr, ShardAccount};
use tycho_types::prelude::*;
use tycho_vm::{
    GasParams, OwnedCellSlice, RcStackValue, SafeRc, SmcInfoBase, Stack, StackValueType, VmState, VmVersion,
};

/// Gas that a get method may use, as on TON's public liteservers.
pub const GET_METHOD_GAS_MAX: u64 = 1_000_000;
/// How deep tuples may nest in an answer.
const TUPLE_DEPTH_MAX: usize = 64;
/// How many values an answer may hold, nested ones included.
const ANSWER_VALUES_MAX: usize = 16_384;

/// Bytes of all cells in an answer, each value counted whole: a contract can put the same large cell into it
/// thousands of times.
pub const ANSWER_BYTES_MAX: u64 = 1 << 20;

/// A value given to or returned by a get method.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StackValue {
    /// Nothing.
    Null,
    /// Not a number.
    Nan,
    /// A whole number of up to 257 bits.
    Int(BigInt),
    /// A cell.
    Cell(Cell),
    /// A slice, as a cell that holds just its content.
    Slice(Cell),
    /// A builder, as a cell of its content.
    Builder(Cell),
    /// Several values.
    Tuple(Vec<StackValue>),
    /// A list with at least one value: for the machine, pairs of a value and the rest. A pair whose second
    /// value is nothing is the same thing.
    List(Vec<StackValue>),
    /// Code; it has no form outside the machine.
    Continuation,
}

impl StackValue {
    /// An integer.
    #[must_use]
    pub fn int(value: impl Into<BigInt>) -> Self {
        Self::Int(value.into())
    }

    /// The integer, if it is one.
    #[must_use]
    pub fn as_int(&self) -> Option<&BigInt> {
        if let Self::Int(value) = self { Some(value) } else { None }
    }
}

/// Which method to run.
#[derive(Clone, Copy, Debug)]
pub enum Method<'a> {
    /// By its number.
    Id(u32),
    /// By its name.
    Name(&'a str),
}

impl Method<'_> {
    /// The number of the method: CRC-16 of the name with bit 16 set.
    #[must_use]
    pub fn id(self) -> u32 {
        match self {
            Self::Id(id) => id,
            Self::Name(name) => u32::from(tycho_types::crc::crc_16(name.as_bytes())) | 0x1_0000,
        }
    }
}

/// What the method sees of the world besides the account.
#[derive(Clone, Debug, Default)]
pub struct GetParams {
    /// The time, in seconds.
    pub now: u32,
    /// The logical time of the block that the account was read from.
    pub block_lt: u64,
    /// What the method draws random numbers from.
    pub rand_seed: HashBytes,
    /// The public libraries of the masterchain.
    pub libraries: Dict<HashBytes, LibDescr>,
    /// Earlier masterchain blocks.
    pub previous_blocks: Option<Arc<PreviousBlocks>>,
}

/// What a get method answered.
#[derive(Clone, Debug)]
pub struct GetAnswer {
    /// 0 or 1 on success.
    pub exit_code: i32,
    /// Gas it used.
    pub gas_used: u64,
    /// The values it left, the last one on top.
    pub stack: Vec<StackValue>,
    /// A public library that it needed and that does not exist.
    pub missing_library: Option<HashBytes>,
}

/// Why a get method could not be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GetError {
    /// The account has no code.
    #[error("the account has no code to ask: it is not deployed or it is frozen")]
    NoCode,
    /// The account's state is malformed.
    #[error("the account's state can't be read: {0}")]
    Account(#[from] tycho_types::error::Error),
    /// The answer is too large or holds unknown kinds of values.
    #[error("the answer has too many or too deeply nested values")]
    Answer,
    /// The cells of the answer are too large together.
    #[error("the answer has more than {ANSWER_BYTES_MAX} bytes of cells: ask for a part of it")]
    AnswerBytes,
}

/// What an answer may still hold.
struct Budget {
    values: usize,
    bytes: u64,
}

impl Budget {
    fn spend(&mut self, cell: &Cell) -> Result<(), GetError> {
        let bytes = size::tree_bytes_within(cell.as_ref(), self.bytes).ok_or(GetError::AnswerBytes)?;
        self.bytes = self.bytes.saturating_sub(bytes);
        Ok(())
    }
}

/// Runs a get method of `account`.
///
/// # Errors
/// [`GetError`]; a contract that fails is no error but an answer with its exit code.
pub fn run(
    config: &ChainConfig,
    params: &GetParams,
    account: &ShardAccount,
    method: Method<'_>,
    arguments: &[StackValue],
) -> Result<GetAnswer, GetError> {
    let account = account.load_account()?.ok_or(GetError::NoCode)?;
    run_loaded(config, params, &account, method, arguments)
}

/// As [`run`], on an account that is already read.
///
/// # Errors
/// As [`run`].
pub fn run_loaded(
    config: &ChainConfig,
    params: &GetParams,
    account: &Account,
    method: Method<'_>,
    arguments: &[StackValue],
) -> Result<GetAnswer, GetError> {
    let AccountState::Active(state) = &account.state else { return Err(GetError::NoCode) };
    let code = state.code.clone().ok_or(GetError::NoCode)?;
    let mut surroundings = SmcInfoBase::new()
        .with_now(params.now)
        .with_block_lt(params.block_lt)
        .with_tx_lt(params.block_lt)
        .with_raw_rand_seed(params.rand_seed)
        .with_account_balance(account.balance.clone())
        .with_account_addr(account.address.clone())
        .with_config(config.raw().params.clone())
        .require_ton_v4()
        .with_code(code.clone())
        .require_ton_v6()
        .with_unpacked_config(config.unpacked().as_tuple())
        .with_due_payment(account.storage_stat.due_payment.unwrap_or_default())
        .require_ton_v11();
    surroundings.base.base.prev_blocks_info = params.previous_blocks.as_deref().map(seen::as_tuple);
    let mut stack: Vec<RcStackValue> = arguments.iter().map(to_machine).collect();
    stack.push(to_machine(&StackValue::int(method.id())));
    let libraries = (&state.libraries, &params.libraries);
    let gas = GasParams { max: GET_METHOD_GAS_MAX, limit: GET_METHOD_GAS_MAX, ..GasParams::getter() };
    let mut machine = VmState::builder()
        .with_smc_info(surroundings)
        .with_version(VmVersion::LATEST_TON)
        .with_code(code)
        .with_data(state.data.clone().unwrap_or_default())
        .with_libraries(&libraries)
        .with_init_selector(false)
        .with_raw_stack(SafeRc::new(Stack::with_items(stack)))
        .with_gas(gas)
        .build();
    let exit_code = !machine.run();
    let mut left = Budget { values: ANSWER_VALUES_MAX, bytes: ANSWER_BYTES_MAX };
    let stack = machine
        .stack
        .items
        .iter()
        .map(|value| from_machine(value, TUPLE_DEPTH_MAX, &mut left))
        .collect::<Result<_, _>>()?;
    Ok(GetAnswer { exit_code, gas_used: machine.gas.consumed(), stack, missing_library: machine.gas.missing_library() })
}

/// A value for the machine. Nesting is as deep as the caller built it.
fn to_machine(value: &StackValue) -> RcStackValue {
    match value {
        StackValue::Null | StackValue::Continuation => Stack::make_null(),
        StackValue::Nan => Stack::make_nan(),
        StackValue::Int(value) => RcStackValue::new_dyn_value(value.clone()),
        StackValue::Cell(cell) => RcStackValue::new_dyn_value(cell.clone()),
        StackValue::Slice(cell) => RcStackValue::new_dyn_value(OwnedCellSlice::new_allow_exotic(cell.clone())),
        StackValue::Builder(cell) => {
            let mut builder = CellBuilder::new();
            // a cell's content always fits an empty builder
            let _ = builder.store_slice(cell.as_slice_allow_exotic());
            RcStackValue::new_dyn_value(builder)
        }
        StackValue::Tuple(values) => {
            RcStackValue::new_dyn_value(values.iter().map(to_machine).collect::<tycho_vm::Tuple>())
        }
        StackValue::List(values) => values.iter().rev().fold(Stack::make_null(), |rest, value| {
            RcStackValue::new_dyn_value([to_machine(value), rest].into_iter().collect::<tycho_vm::Tuple>())
        }),
    }
}

/// A value from the machine, within the bounds of an answer.
fn from_machine(value: &RcStackValue, depth: usize, left: &mut Budget) -> Result<StackValue, GetError> {
    left.values = left.values.checked_sub(1).ok_or(GetError::Answer)?;
    Ok(match StackValueType::from_raw(value.raw_ty()) {
        Some(StackValueType::Null) => StackValue::Null,
        Some(StackValueType::Int) => match value.as_int() {
            Some(value) => StackValue::Int(value.clone()),
            None => StackValue::Nan,
        },
        Some(StackValueType::Cell) => {
            let cell = value.as_cell().ok_or(GetError::Answer)?;
            left.spend(cell)?;
            StackValue::Cell(cell.clone())
        }
        Some(StackValueType::Slice) => {
            let slice = value.as_cell_slice().ok_or(GetError::Answer)?;
            let cell = CellBuilder::build_from(slice.apply())?;
            left.spend(&cell)?;
            StackValue::Slice(cell)
        }
        Some(StackValueType::Builder) => {
            let cell = value.as_cell_builder().ok_or(GetError::Answer)?.clone().build()?;
            left.spend(&cell)?;
            StackValue::Builder(cell)
        }
        Some(StackValueType::Cont) => StackValue::Continuation,
        Some(StackValueType::Tuple) => {
            let depth = depth.checked_sub(1).ok_or(GetError::Answer)?;
            match list_items(value) {
                Some(items) => StackValue::List(
                    items.into_iter().map(|item| from_machine(item, depth, left)).collect::<Result<_, _>>()?,
                ),
                None => {
                    let items = value.as_tuple().ok_or(GetError::Answer)?;
                    StackValue::Tuple(
                        items.iter().map(|item| from_machine(item, depth, left)).collect::<Result<_, _>>()?,
                    )
                }
            }
        }
        None => return Err(GetError::Answer),
    })
}

/// What is in a list, unless the tuple is none.
fn list_items(value: &RcStackValue) -> Option<Vec<&RcStackValue>> {
    let mut items = Vec::new();
    let mut rest = value;
    while let Some(pair) = rest.as_tuple() {
        let [item, after] = pair else { return None };
        items.push(item);
        if items.len() > ANSWER_VALUES_MAX {
            return None;
        }
        rest = after;
    }
    rest.is_null().then_some(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_network::{genesis, wallet};
    use tycho_types::models::StateInit;

    /// A contract whose every method leaves its data `times` times on the stack.
    fn repeating(data: Cell, times: u16) -> Account {
        // c4 PUSHCTR, { DUP } PUSHCONT, times PUSHINT, SWAP, REPEAT
        let mut code = CellBuilder::new();
        code.store_raw(&[0xed, 0x44, 0x81], 24).unwrap();
        code.store_u16(times).unwrap();
        code.store_raw(&[0x91, 0x20, 0xe4], 24).unwrap();
        let state = genesis();
        let address = wallet(1).address().unwrap();
        let mut account = state.account(&address).unwrap().load_account().unwrap().unwrap();
        let (code, data) = (Some(code.build().unwrap()), Some(data));
        account.state =
            AccountState::Active(StateInit { split_depth: None, special: None, code, data, libraries: Dict::new() });
        account
    }

    /// A contract whose every method does what `code` says.
    fn doing(code: &[u8]) -> Account {
        let mut account = repeating(Cell::empty_cell(), 0);
        let AccountState::Active(state) = &mut account.state else { unreachable!() };
        let mut cell = CellBuilder::new();
        cell.store_raw(code, u16::try_from(code.len() * 8).unwrap()).unwrap();
        state.code = Some(cell.build().unwrap());
        account
    }

    fn ask(account: &Account) -> Result<GetAnswer, GetError> {
        run_loaded(genesis().config(), &GetParams::default(), account, Method::Id(77), &[])
    }

    #[test]
    fn a_list_is_as_long_as_the_contract_made_it_whatever_its_nesting_in_the_machine() {
        // DROP, PUSHNULL, { 7 PUSHINT, SWAP, CONS } PUSHCONT, 300 PUSHINT, SWAP, REPEAT
        let code = [0x30, 0x6d, 0x94, 0x77, 0x01, 0x6f, 0x02, 0x81, 0x01, 0x2c, 0x01, 0xe4];
        let answer = ask(&doing(&code)).unwrap();
        assert_eq!(answer.stack, [StackValue::List(vec![StackValue::int(7); 300])]);
    }

    #[test]
    fn a_list_comes_back_as_it_was_given_and_a_pair_of_other_things_is_no_list() {
        let state = genesis();
        // DROP: gives back what it was given
        let account = doing(&[0x30]);
        let pair = StackValue::Tuple(vec![StackValue::int(1), StackValue::int(2)]);
        let given = [StackValue::List(vec![StackValue::int(5), pair.clone(), StackValue::Null]), pair];
        let answer = run_loaded(state.config(), &GetParams::default(), &account, Method::Id(77), &given).unwrap();
        assert_eq!(answer.stack, given);
    }

    /// Values may nest as deep as the gas goes; letting go of them must not need a stack as deep.
    #[test]
    fn a_contract_that_nests_without_end_costs_its_gas_and_nothing_else() {
        // DROP, PUSHNULL, { SINGLE } PUSHCONT, AGAIN
        let answer = ask(&doing(&[0x30, 0x6d, 0x92, 0x6f, 0x01, 0xea])).unwrap();
        assert_eq!(answer.exit_code, -14);
        // DROP, PUSHNULL, { 7 PUSHINT, SWAP, CONS } PUSHCONT, 9000 PUSHINT, SWAP, REPEAT
        let code = [0x30, 0x6d, 0x94, 0x77, 0x01, 0x6f, 0x02, 0x81, 0x23, 0x28, 0x01, 0xe4];
        let answer = ask(&doing(&code)).unwrap();
        assert!(matches!(&answer.stack[..], [StackValue::List(items)] if items.len() == 9000));
    }

    #[test]
    fn an_answer_has_so_many_bytes_of_cells_and_no_more() {
        let mut large = Cell::empty_cell();
        for n in 0..400u32 {
            let mut cell = CellBuilder::new();
            cell.store_u32(n).unwrap();
            cell.store_raw(&[7; 123], 984).unwrap();
            cell.store_reference(large).unwrap();
            large = cell.build().unwrap();
        }
        let few = ask(&repeating(large.clone(), 15)).unwrap();
        assert!(few.exit_code == 0 && few.stack.len() > 15, "{} {}", few.exit_code, few.stack.len());
        assert!(matches!(ask(&repeating(large, 5000)), Err(GetError::AnswerBytes)));
    }
}
