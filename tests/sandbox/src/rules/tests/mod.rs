//! Every rule against a service without a network: what it does, and every refusal that it can give.

mod activations;
mod applications;
mod cleaning;
mod codes;
mod consents;
mod desk;
mod devices;
mod keeping_out;
mod lost_phones;
mod passwords;
mod portraits;
mod privacy;
mod recoveries;
mod rekeys;
mod same_work;
mod sessions;
mod transfers;
