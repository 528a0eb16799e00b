//! The TypeScript of the local API, made from the Rust types: `web/src/api/generated.ts`.

use crate::{
    event::NumberedEvent,
    lend::Order,
    methods::ROWS,
    rpc::{ApiError, Reason},
};
use std::{fmt::Write as _, io};
use typescript_type_def::{DefinitionFileOptions, TypeDef, type_expr::TypeInfo, write_definition_file_from_type_infos};

const HEADER: &str =
    "// The local API's types, made from shell/api by `SIMURGH_WRITE_TYPESCRIPT=1 cargo test -p api`. Do not edit.\n";

/// The whole file.
pub fn definitions() -> io::Result<String> {
    let mut infos: Vec<&TypeInfo> = vec![&Reason::INFO, &ApiError::INFO, &NumberedEvent::INFO, &Order::INFO];
    infos.extend(ROWS.iter().flat_map(|row| [row.params, row.answer]));
    let mut file = Vec::new();
    let options = DefinitionFileOptions { header: Some(HEADER), root_namespace: None };
    write_definition_file_from_type_infos(&mut file, options, &infos)?;
    let mut file = String::from_utf8(file).map_err(io::Error::other)?;
    file.push_str("\n/** Every method: what it takes and what it answers. */\nexport interface Methods {\n");
    for row in ROWS {
        let (params, answer) = (expression(row.params)?, expression(row.answer)?);
        writeln!(file, "    /**{} */", row.doc).map_err(io::Error::other)?;
        writeln!(file, "    {:?}: {{ params: {params}; answer: {answer} }};", row.name).map_err(io::Error::other)?;
    }
    file.push_str("}\n");
    Ok(file)
}

fn expression(info: &'static TypeInfo) -> io::Result<String> {
    let mut text = Vec::new();
    info.write_ref_expr(&mut text, None)?;
    String::from_utf8(text).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{env, fs, path::Path};

    /// `SIMURGH_WRITE_TYPESCRIPT=1 cargo test -p api` writes the file instead of comparing it.
    #[test]
    fn the_committed_typescript_is_current() {
        // where the test runs: build products may have been made in another checkout
        let package = env::var("CARGO_MANIFEST_DIR").unwrap();
        let path = Path::new(&package).join("../../web/src/api/generated.ts");
        let made = definitions().unwrap();
        if env::var_os("SIMURGH_WRITE_TYPESCRIPT").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &made).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap();
        assert!(committed == made, "run SIMURGH_WRITE_TYPESCRIPT=1 cargo test -p api and commit the file");
    }
}
