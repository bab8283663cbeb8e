//! Buffers that are used again: after the first frames of a session, a frame takes no memory from the system.
//!
//! ```text
//!   shelf.during(size, || look)           a Scratch that is dropped in there goes back to the shelf, with its capacity;
//!                                         the next Scratch of that type takes the one that fits
//! ```
//!
//! The shelf belongs to a session and goes with it. Outside `during` a [`Scratch`] is an ordinary vector.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::ops::{Deref, DerefMut};

/// Buffers that nobody uses now.
#[derive(Default)]
pub(crate) struct Shelf {
    /// A `Vec<Vec<T>>` for each type of item.
    buffers: Vec<(TypeId, Box<dyn Any + Send>)>,
    /// Of the largest frame.
    size: usize,
}

thread_local! {
    /// The shelf of the session whose frame this thread looks at.
    static OPEN: RefCell<Option<Shelf>> = const { RefCell::new(None) };
}

impl Shelf {
    /// Scratches that `work` makes on this thread come from this shelf and go back to it.
    ///
    /// `size`: of the frame, in any unit. Where it has fallen to less than half of the largest, buffers are given back first.
    pub(crate) fn during<T>(&mut self, size: usize, work: impl FnOnce() -> T) -> T {
        if size < self.size / 2 {
            *self = Self::default();
        }
        self.size = self.size.max(size);
        let outer = OPEN.replace(Some(std::mem::take(self)));
        let _lent = Lent { shelf: self, outer };
        work()
    }

    /// A buffer for `room` items: the smallest that holds them, else the largest, which will grow.
    fn take<T: Send + 'static>(&mut self, room: usize) -> Option<Vec<T>> {
        let buffers = self.of::<T>()?;
        let misfit = |buffer: &Vec<T>| match buffer.capacity() {
            capacity if capacity < room => usize::MAX - capacity,
            capacity => capacity,
        };
        let (at, _) = buffers.iter().enumerate().min_by_key(|(_, buffer)| misfit(buffer))?;
        Some(buffers.swap_remove(at))
    }

    fn put<T: Send + 'static>(&mut self, buffer: Vec<T>) {
        match self.of::<T>() {
            Some(buffers) => buffers.push(buffer),
            None => self.buffers.push((TypeId::of::<T>(), Box::new(vec![buffer]))),
        }
    }

    fn of<T: Send + 'static>(&mut self) -> Option<&mut Vec<Vec<T>>> {
        let (_, buffers) = self.buffers.iter_mut().find(|(kind, _)| *kind == TypeId::of::<T>())?;
        buffers.downcast_mut()
    }
}

/// Takes the shelf back, also from work that panicked.
struct Lent<'a> {
    shelf: &'a mut Shelf,
    outer: Option<Shelf>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        *self.shelf = OPEN.replace(self.outer.take()).unwrap_or_default();
    }
}

impl std::fmt::Debug for Shelf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Shelf({} types)", self.buffers.len())
    }
}

/// A vector whose memory is used again.
#[derive(Debug)]
pub(crate) struct Scratch<T: Send + 'static>(Vec<T>);

impl<T: Send + 'static> Scratch<T> {
    /// Empty, with room for so many.
    pub(crate) fn with_capacity(room: usize) -> Self {
        let shelved = OPEN.with_borrow_mut(|shelf| shelf.as_mut()?.take(room));
        let mut buffer: Vec<T> = shelved.unwrap_or_default();
        buffer.reserve_exact(room);
        Self(buffer)
    }

    /// So many of one value.
    pub(crate) fn filled(value: T, count: usize) -> Self
    where
        T: Clone,
    {
        let mut filled = Self::with_capacity(count);
        filled.resize(count, value);
        filled
    }
}

impl<T: Copy + Send + 'static> Scratch<T> {
    /// Orders them by rank, the highest first; equal ones stay in their order. It is ranks that are sorted: sorting is in the library once,
    /// not for each type.
    pub(crate) fn best_first(&mut self, rank: impl Fn(&T) -> f32) {
        let mut ranks: Scratch<(f32, usize)> = self.iter().zip(0..).map(|(item, at)| (rank(item), at)).collect();
        sort(&mut ranks);
        *self = ranks.iter().filter_map(|&(_, at)| self.get(at).copied()).collect();
    }
}

fn sort(ranks: &mut [(f32, usize)]) {
    ranks.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
}

impl<T: Clone + Send + 'static> Clone for Scratch<T> {
    fn clone(&self) -> Self {
        self.iter().cloned().collect()
    }
}

impl<T: Send + 'static> Drop for Scratch<T> {
    fn drop(&mut self) {
        let mut buffer = std::mem::take(&mut self.0);
        buffer.clear();
        // While a thread ends its shelf may be gone already.
        let _ = OPEN.try_with(|open| {
            if let Some(shelf) = open.borrow_mut().as_mut() {
                shelf.put(buffer);
            }
        });
    }
}

impl<T: Send + 'static> Deref for Scratch<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T: Send + 'static> DerefMut for Scratch<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T: Send + 'static> FromIterator<T> for Scratch<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let items = items.into_iter();
        let mut collected = Self::with_capacity(items.size_hint().0);
        collected.extend(items);
        collected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_is_used_again_by_its_own_type_and_session() {
        let mut shelf = Shelf::default();
        let place = |buffer: &Scratch<u8>| buffer.as_ptr();
        let first = shelf.during(1, || place(&Scratch::filled(7, 1000)));
        shelf.during(1, || {
            let words: Scratch<u16> = Scratch::filled(1, 100);
            let again: Scratch<u8> = (0..100).collect();
            assert_eq!((place(&again), again.len(), words.len()), (first, 100, 100));
            let beside: Scratch<u8> = Scratch::with_capacity(10);
            assert_ne!(place(&beside), first);
        });
        assert_ne!(Shelf::default().during(1, || place(&Scratch::with_capacity(2000))), first);
    }

    #[test]
    fn work_that_panics_gives_the_shelf_back_and_a_smaller_frame_its_memory() {
        let mut shelf = Shelf::default();
        let broken = std::panic::AssertUnwindSafe(|| {
            shelf.during(100, || {
                drop(Scratch::<u8>::with_capacity(1000));
                panic!("on purpose");
            })
        });
        assert!(std::panic::catch_unwind(broken).is_err());
        assert!(OPEN.with_borrow(Option::is_none));
        let capacity = |shelf: &mut Shelf, size| shelf.during(size, || Scratch::<u8>::with_capacity(0).capacity());
        assert_eq!(capacity(&mut shelf, 60), 1000);
        assert_eq!(capacity(&mut shelf, 40), 0);
    }

    #[test]
    fn the_smallest_that_fits_is_taken() {
        let mut shelf = Shelf::default();
        shelf.during(1, || drop((Scratch::<u8>::with_capacity(10), Scratch::<u8>::with_capacity(1000))));
        shelf.during(1, || {
            assert_eq!(Scratch::<u8>::with_capacity(5).capacity(), 10);
            assert_eq!(Scratch::<u8>::with_capacity(50).capacity(), 1000);
        });
    }
}
