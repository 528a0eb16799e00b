//! runGetMethod and runGetMethodStd.

use std::sync::Arc;

use chain::ChainState;
use chain::get_method::{self, GetAnswer, GetError, GetParams, Method, StackValue};
use serde_json::{Value, json};
use tycho_types::models::{ShardAccount, StdAddr};

use super::Toncenter;
use super::error::ApiError;
use super::request::Params;
use super::shape;
use super::stack;
use crate::view::Head;

/// What TVM says when a method was asked of an account without code.
const EXIT_NO_CODE: i32 = -13;

/// A state whose contracts can be asked.
pub(super) struct Scene {
    pub(super) head: Arc<Head>,
    state: ChainState,
    surroundings: GetParams,
}

impl Scene {
    fn new((head, state): (Arc<Head>, ChainState)) -> Self {
        let execute = state.execute_params(head.at);
        let surroundings = GetParams {
            now: execute.now,
            block_lt: execute.block_lt,
            rand_seed: execute.rand_seed,
            libraries: execute.libraries,
            previous_blocks: execute.previous_blocks,
        };
        Self { head, state, surroundings }
    }

    /// Runs a method; an account without code answers as TVM does.
    pub(super) fn ask(
        &self,
        address: &StdAddr,
        method: Method<'_>,
        arguments: &[StackValue],
    ) -> Result<(ShardAccount, GetAnswer), ApiError> {
        let account = self.state.account(address)?;
        let answer = get_method::run(self.state.config(), &self.surroundings, &account, method, arguments);
        let answer = match answer {
            Ok(answer) => answer,
            Err(GetError::NoCode) => {
                GetAnswer { exit_code: EXIT_NO_CODE, gas_used: 0, stack: Vec::new(), missing_library: None }
            }
            Err(error) => return Err(ApiError::chain(error.to_string())),
        };
        Ok((account, answer))
    }
}

impl Toncenter {
    pub(super) fn scene(&self, params: &Params) -> Result<Scene, ApiError> {
        self.state_of(params).map(Scene::new)
    }

    pub(super) fn run_get_method(&self, params: &Params) -> Result<Value, ApiError> {
        let (scene, account, answer) = self.asked(params)?;
        Ok(json!({
            "@type": "smc.runResult",
            "gas_used": answer.gas_used,
            "stack": answer.stack.iter().map(stack::entry_json).collect::<Vec<_>>(),
            "exit_code": answer.exit_code,
            "last_transaction_id": shape::transaction_id(account.last_trans_lt, &account.last_trans_hash),
            "block_id": shape::block_id(&scene.head.masterchain),
        }))
    }

    pub(super) fn run_get_method_std(&self, params: &Params) -> Result<Value, ApiError> {
        let (_, _, answer) = self.asked(params)?;
        Ok(json!({
            "@type": "smc.runResult",
            "gas_used": answer.gas_used,
            "stack": answer.stack.iter().map(stack::element_json).collect::<Vec<_>>(),
            "exit_code": answer.exit_code,
        }))
    }

    fn asked(&self, params: &Params) -> Result<(Scene, ShardAccount, GetAnswer), ApiError> {
        let address = params.address("address")?;
        let named = params.value("method").ok_or_else(|| ApiError::parameter("method", "is missing"))?;
        let method = match named {
            Value::String(name) => match name.parse() {
                // a query has no numbers
                Ok(number) => Method::Id(number),
                Err(_) => Method::Name(name),
            },
            Value::Number(_) => Method::Id(params.integer("method")?),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Err(ApiError::parameter("method", "must be a name or a number"));
            }
        };
        let arguments = stack::arguments(params.value("stack"))?;
        let scene = self.scene(params)?;
        let (account, answer) = scene.ask(&address, method, &arguments)?;
        Ok((scene, account, answer))
    }
}
