//! The texts that ship, checked whatever messages there are: who writes texts only fills the files.

mod budgets;
mod catalogues;
mod folder;
mod languages;
mod properties;
mod samples;
mod tree;
