//! What a state is called: the names of its variants from the outside in, as the stored model has them.

use std::fmt::Display;

use serde::Serialize;
use serde::ser::{
    Error, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

/// The types whose variants say where somebody is, and how far a call under way is.
const TYPES: [&str; 5] = ["Over", "Place", "State", "At", "Work"];

/// `enrol gathering code entering`; a call under way adds how far it is.
pub(crate) fn name(state: &impl Serialize) -> String {
    let mut names = Names(Vec::new());
    // Nothing in it fails.
    let _ = state.serialize(&mut names);
    names.0.join(" ")
}

/// Writes nothing down but those variants.
struct Names(Vec<&'static str>);

impl Names {
    fn add(&mut self, of: &str, variant: &'static str) {
        if TYPES.contains(&of) {
            self.0.push(variant);
        }
    }
}

/// Never made.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Unnamed(String);

impl Error for Unnamed {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

type Named = Result<(), Unnamed>;

/// Values without variants.
macro_rules! nameless {
    ($($method:ident($($value:ty),*))*) => { $(
        fn $method(self $(, _: $value)*) -> Named {
            Ok(())
        }
    )* };
}

/// What holds others.
macro_rules! holders {
    ($($method:ident($($argument:ty),*))*) => { $(
        fn $method(self $(, _: $argument)*) -> Result<Self, Unnamed> {
            Ok(self)
        }
    )* };
}

impl Serializer for &mut Names {
    type Ok = ();
    type Error = Unnamed;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    nameless! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_u8(u8)
        serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_f32(f32) serialize_f64(f64)
        serialize_char(char) serialize_str(&str) serialize_bytes(&[u8]) serialize_none() serialize_unit()
        serialize_unit_struct(&'static str)
    }

    holders! {
        serialize_seq(Option<usize>) serialize_tuple(usize) serialize_tuple_struct(&'static str, usize)
        serialize_map(Option<usize>) serialize_struct(&'static str, usize)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Named {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Named {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, of: &'static str, _: u32, variant: &'static str) -> Named {
        self.add(of, variant);
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        of: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Named {
        self.add(of, variant);
        value.serialize(self)
    }

    fn serialize_tuple_variant(
        self,
        of: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self, Unnamed> {
        self.add(of, variant);
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        of: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self, Unnamed> {
        self.add(of, variant);
        Ok(self)
    }
}

macro_rules! items {
    ($($holder:ident $method:ident)*) => { $(
        impl $holder for &mut Names {
            type Ok = ();
            type Error = Unnamed;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Named {
                value.serialize(&mut **self)
            }

            fn end(self) -> Named {
                Ok(())
            }
        }
    )* };
}

items! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

macro_rules! fields {
    ($($holder:ident)*) => { $(
        impl $holder for &mut Names {
            type Ok = ();
            type Error = Unnamed;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Named {
                value.serialize(&mut **self)
            }

            fn end(self) -> Named {
                Ok(())
            }
        }
    )* };
}

fields! { SerializeStruct SerializeStructVariant }

impl SerializeMap for &mut Names {
    type Ok = ();
    type Error = Unnamed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Named {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Named {
        value.serialize(&mut **self)
    }

    fn end(self) -> Named {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use citizen_protocol::wire::{OtpChannel, OtpPurpose, OtpSubject};

    use super::*;
    use crate::effect::EffectId;
    use crate::shared::otp::{self, Ask};
    use crate::shared::work::Work;

    #[test]
    fn a_state_is_called_by_its_variants() {
        let subject = OtpSubject::Address { address: "+84912345678".into() };
        let ask = Ask { purpose: OtpPurpose::Register, channel: OtpChannel::Sms, subject };
        let work = Work::Waiting { effect: EffectId(1), percent: None };
        let asking = otp::State::Asking { ask, again: None, work };
        assert_eq!(name(&(asking, "else")), "asking waiting");
    }
}
