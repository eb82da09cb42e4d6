//! The text of a file of the site, however it is kept.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock};

use crate::memo::Digest;

/// A text of fewer bytes than this is not worth packing.
const SMALL: usize = 1024;

/// The text of a file of the site. To clone it costs nothing.
#[derive(Clone)]
pub struct Text(Kept);

/// How a text is kept.
#[derive(Clone)]
enum Kept {
    Plain(Arc<str>),
    /// As a block of LZ4 behind its size: pages repeat their markup.
    Packed(Arc<[u8]>),
    /// It is made when it is asked for.
    Later(Arc<Later>),
}

type Later = LazyLock<Text, Box<dyn FnOnce() -> Text + Send>>;

impl Text {
    /// A text that takes little memory, and a little time to be had.
    pub fn packed(text: &str) -> Self {
        if text.len() < SMALL {
            return text.into();
        }
        Self(Kept::Packed(lz4_flex::compress_prepend_size(text.as_bytes()).into()))
    }

    /// A text that is made when it is asked for, once.
    pub fn later(make: impl FnOnce() -> String + Send + 'static) -> Self {
        let make = move || Self::packed(&make());
        Self(Kept::Later(Arc::new(LazyLock::new(Box::new(make)))))
    }

    /// The text.
    #[expect(clippy::missing_panics_doc, reason = "what is packed here is a text")]
    pub fn get(&self) -> Cow<'_, str> {
        match &self.0 {
            Kept::Plain(text) => Cow::Borrowed(text),
            Kept::Packed(bytes) => {
                let bytes = lz4_flex::decompress_size_prepended(bytes);
                let text = bytes.ok().and_then(|it| String::from_utf8(it).ok());
                Cow::Owned(text.expect("what is packed here is a text"))
            }
            Kept::Later(text) => text.get(),
        }
    }

    /// Whether it need not be made first.
    pub fn is_there(&self) -> bool {
        match &self.0 {
            Kept::Later(text) => LazyLock::get(text).is_some(),
            _ => true,
        }
    }

    /// The digest of the text.
    pub fn digest(&self) -> Digest {
        Digest::of_bytes(self.get().as_bytes())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Kept::Plain(text.into()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Kept::Plain(text.into()))
    }
}

impl From<Arc<str>> for Text {
    fn from(text: Arc<str>) -> Self {
        Self(Kept::Plain(text))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.get())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.get(), out)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for Text {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_is_the_same_however_it_is_kept(text in "(\\PC|\n){0,4000}") {
            let plain = Text::from(&*text);
            let packed = Text::packed(&text);
            let later = { let text = text.clone(); Text::later(move || text) };
            prop_assert!(packed.is_there() && !later.is_there());
            for it in [&packed, &later] {
                prop_assert_eq!(&*it.get(), &*text);
                prop_assert_eq!(it, &plain);
                prop_assert_eq!(it.digest(), Digest::of_bytes(text.as_bytes()));
            }
            prop_assert!(later.is_there());
        }
    }

    #[test]
    fn what_repeats_itself_takes_little_memory() {
        let Kept::Packed(bytes) = Text::packed(&"<td>same</td>".repeat(1000)).0 else {
            panic!("it is long");
        };
        assert!(bytes.len() < 1000, "{}", bytes.len());
    }
}
