//! A note: what its text says.

pub mod meta;
pub mod status;
pub mod schema;
pub mod front;
pub mod dialect;
pub mod head;
