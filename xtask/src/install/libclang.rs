//! Whether bindgen will find libclang: looked for where its library `clang-sys` looks.

use std::path::{Path, PathBuf};

use xshell::{Shell, cmd};

pub(super) fn is_here(sh: &Shell) -> bool {
    std::env::var_os("LIBCLANG_PATH").is_some()
        || cfg!(target_os = "macos")
        || llvm_config(sh).into_iter().chain(system_folders()).any(|folder| holds_libclang(&folder))
}

/// Where an LLVM that is not the system's says that its libraries are.
fn llvm_config(sh: &Shell) -> Option<PathBuf> {
    if !super::on_path("llvm-config") {
        return None;
    }
    cmd!(sh, "llvm-config --libdir").quiet().ignore_stderr().read().ok().map(PathBuf::from)
}

/// `/usr/lib*` (Fedora, Arch), `/usr/lib/ARCH-linux-gnu` and `/usr/lib/llvm-*/lib` (Debian).
fn system_folders() -> impl Iterator<Item = PathBuf> {
    let debian = ["x86_64", "aarch64"].map(|arch| PathBuf::from(format!("/usr/lib/{arch}-linux-gnu")));
    let llvm = starting_with(Path::new("/usr/lib"), "llvm-").map(|folder| folder.join("lib"));
    starting_with(Path::new("/usr"), "lib").chain(debian).chain(llvm)
}

/// `libclang.so`, `libclang-14.so.1`; not `libclang-cpp.so.14`, which is another interface.
fn holds_libclang(folder: &Path) -> bool {
    let is_it = |name: &str| name.contains(".so") && !name.starts_with("libclang-cpp");
    let named = |start| starting_with(folder, start);
    let mut candidates = named("libclang.").chain(named("libclang-"));
    candidates.any(|path| is_it(&path.file_name().unwrap_or_default().to_string_lossy()))
}

/// What lies in `folder` under a name that starts so.
fn starting_with(folder: &Path, start: &'static str) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(move |entry| entry.file_name().to_string_lossy().starts_with(start)).map(|entry| entry.path())
}
