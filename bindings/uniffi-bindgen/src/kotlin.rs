//! `uniffi-bindgen generate LIBRARY --language kotlin ...`

fn main() {
    uniffi::uniffi_bindgen_main();
}
