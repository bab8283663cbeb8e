//! The library that the shells load. It defines nothing: it carries the exports of the annotated crates.

citizen_app::uniffi_reexport_scaffolding!();
citizen_card::uniffi_reexport_scaffolding!();
citizen_journeys::uniffi_reexport_scaffolding!();
citizen_keystore::uniffi_reexport_scaffolding!();
citizen_vision::uniffi_reexport_scaffolding!();
