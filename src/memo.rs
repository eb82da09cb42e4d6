//! The results of the last build, kept to be used again.

use std::hash::{Hash, Hasher};
use std::iter::Peekable;
use std::ops::Deref;
use std::sync::Arc;

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize, Serializer};
use xxhash_rust::xxh3::Xxh3;

/// 128 bits that stand for a value: equal digests, equal values.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
)]
pub struct Digest(u128);

impl Digest {
    /// The digest of a value.
    pub fn of(value: &(impl Hash + ?Sized)) -> Self {
        let mut hasher = Wide(Xxh3::new());
        value.hash(&mut hasher);
        Self(hasher.0.digest128())
    }

    /// The digest of bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// A byte of the digest, to decide by.
    pub fn byte(self) -> u8 {
        self.0.to_le_bytes()[0]
    }

    /// The digest as bytes, the lowest first.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// The first characters of the digest in hexadecimal, for a file's name.
    pub fn short(self) -> String {
        format!("{:032x}", self.0)[..10].to_owned()
    }
}

/// A value that is shared, with the digest that stands for it: hashing it costs nothing.
#[derive(Debug)]
pub struct Hashed<T> {
    value: Arc<T>,
    digest: Digest,
}

impl<T: Hash> Hashed<T> {
    /// Shares a value.
    pub fn new(value: T) -> Self {
        Self { digest: Digest::of(&value), value: Arc::new(value) }
    }
}

impl<T: Hash + Default> Default for Hashed<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> Clone for Hashed<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), digest: self.digest }
    }
}

impl<T> PartialEq for Hashed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl<T> Eq for Hashed<T> {}

impl<T> Hash for Hashed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}

impl<T> Deref for Hashed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for Hashed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// A hasher of which all 128 bits are asked for.
struct Wide(Xxh3);

impl Hasher for Wide {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.digest()
    }
}

/// The result of a stage that has one input.
#[derive(Debug)]
pub struct Single<T> {
    slot: Option<(Digest, Arc<T>)>,
}

impl<T> Default for Single<T> {
    fn default() -> Self {
        Self { slot: None }
    }
}

impl<T> Single<T> {
    /// The last result if its input had this digest, else a new one.
    pub fn refresh(&mut self, digest: Digest, stage: impl FnOnce() -> T) -> Arc<T> {
        match &self.slot {
            Some((last, value)) if *last == digest => value.clone(),
            _ => {
                let value = Arc::new(stage());
                self.slot = Some((digest, value.clone()));
                value
            }
        }
    }
}

/// A value as bytes, to be kept between runs of the program.
///
/// What is not a value of numbers, texts, lists and the like is kept as if it were not
/// there; nothing that is saved is of that kind.
pub fn encode(value: &impl Serialize) -> Vec<u8> {
    // The memo of a large site: were its bytes to grow, they would be there twice.
    let length = postcard::experimental::serialized_size(value).unwrap_or_default();
    postcard::to_extend(value, Vec::with_capacity(length)).unwrap_or_default()
}

/// The value that bytes stand for; `None` where they are damaged.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::take_from_bytes(bytes)
        .ok()
        .and_then(|(value, rest)| rest.is_empty().then_some(value))
}

/// The results of one stage, a slot for each key of the last build, in the order of the
/// keys.
///
/// It can be saved, and then is as if the last build had been in this run.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound = "K: Serialize + DeserializeOwned, V: Serialize + DeserializeOwned")]
pub struct Memo<K, V> {
    slots: Vec<Slot<K, V>>,
    #[serde(skip)]
    runs: usize,
}

/// Pairs in the order of their keys, of which some are asked for in that order too: so
/// nothing is looked up.
pub struct Ordered<I: Iterator>(Peekable<I>);

impl<K: Ord, V, I: Iterator<Item = (K, V)>> Ordered<I> {
    /// Of these pairs.
    pub fn of(pairs: impl IntoIterator<IntoIter = I>) -> Self {
        Self(pairs.into_iter().peekable())
    }

    /// Takes the value of a key; no key before it can be asked for from then on.
    pub fn take(&mut self, key: &K) -> Option<V> {
        while self.0.next_if(|it| it.0 < *key).is_some() {}
        self.0.next_if(|it| it.0 == *key).map(|it| it.1)
    }
}

/// A key, what stands for its input, and the result.
type Slot<K, V> = (K, Digest, Arc<V>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self { slots: Vec::new(), runs: 0 }
    }
}

impl<K: Ord + Send + Sync, V: Send + Sync> Memo<K, V> {
    /// Runs `stage`, on all cores, on each input that is new or has changed since
    /// the last call. Keeps the other results, and drops those whose key is gone.
    ///
    /// No key may be there twice.
    pub fn refresh<I: Send>(
        &mut self,
        mut inputs: Vec<(K, Digest, I)>,
        stage: impl Fn(&K, I) -> V + Sync,
    ) {
        // They mostly are in order, which costs nothing then.
        inputs.sort_by(|a, b| a.0.cmp(&b.0));
        let last = std::mem::take(&mut self.slots).into_iter();
        let mut last = Ordered::of(last.map(|(key, seen, value)| (key, (seen, value))));
        let (mut kept, mut changed) = (Vec::with_capacity(inputs.len()), Vec::new());
        for (key, digest, input) in inputs {
            match last.take(&key) {
                Some((seen, value)) if seen == digest => kept.push((key, seen, value)),
                _ => changed.push((key, digest, input)),
            }
        }
        self.runs = changed.len();
        let made = changed.into_par_iter().map(|(key, digest, input)| {
            let value = Arc::new(stage(&key, input));
            (key, digest, value)
        });
        kept.par_extend(made);
        kept.sort_by(|a, b| a.0.cmp(&b.0));
        self.slots = kept;
    }

    /// Nothing has changed: the stage did not have to run.
    pub fn rest(&mut self) {
        self.runs = 0;
    }

    /// How often the stage ran in the last call of [`Memo::refresh`].
    pub fn runs(&self) -> usize {
        self.runs
    }

    /// What stands for all inputs: equal digests, equal results.
    pub fn digest(&self) -> Digest {
        let inputs: Vec<Digest> = self.slots.iter().map(|it| it.1).collect();
        Digest::of(&inputs)
    }

    /// The results with what stands for their inputs, in the order of their keys.
    pub fn slots(&self) -> impl Iterator<Item = (&K, Digest, &V)> {
        self.slots.iter().map(|(key, digest, value)| (key, *digest, &**value))
    }

    /// Results as if the last build had made them.
    pub fn of(slots: impl IntoIterator<Item = (K, Digest, V)>) -> Self {
        let slots = slots.into_iter();
        let mut slots: Vec<Slot<K, V>> =
            slots.map(|(key, digest, value)| (key, digest, Arc::new(value))).collect();
        slots.sort_by(|a, b| a.0.cmp(&b.0));
        Self { slots, runs: 0 }
    }

    /// Forgets the results that are not to be kept.
    pub fn retain(&mut self, keep: impl Fn(&K, &V) -> bool) {
        self.slots.retain(|(key, _, value)| keep(key, value));
    }

    /// Completes each result that was just loaded; drops those that cannot be.
    pub fn complete(&mut self, complete: impl Fn(&K, &mut V) -> bool + Sync)
    where
        V: Clone,
    {
        self.slots.retain_mut(|(key, _, value)| complete(key, Arc::make_mut(value)));
    }

    /// The results in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &Arc<V>)> {
        self.slots.iter().map(|(key, _, value)| (key, value))
    }

    /// The result of a key.
    pub fn get(&self, key: &K) -> Option<&Arc<V>> {
        let index = self.slots.binary_search_by(|it| it.0.cmp(key)).ok()?;
        Some(&self.slots[index].2)
    }
}
