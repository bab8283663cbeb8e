//! `uniffi-bindgen-swift LIBRARY OUT ...`

fn main() {
    uniffi::uniffi_bindgen_swift();
}
