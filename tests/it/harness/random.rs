use fastrand::Rng;

/// Reproducible random choices: a failing test prints its seed, and `SEED=… cargo test` starts from it.
pub struct Random {
    seed: u64,
    rng: Rng,
}

impl Random {
    /// Starts from the seed in the environment, or from a random one.
    pub fn seeded() -> Self {
        let given = std::env::var("SEED").ok();
        let seed = given.map_or_else(|| fastrand::u64(..), |seed| seed.parse().expect("SEED is a number"));
        Self { seed, rng: Rng::with_seed(seed) }
    }

    /// A generator for a task of its own, derived from the same seed.
    pub fn another(&mut self) -> Self {
        Self { seed: self.seed, rng: self.rng.fork() }
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.rng.usize(..end)
    }

    /// One of these.
    pub fn one_of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// A random subset of these, in their order: none, all, or some.
    pub fn some_of<T: Clone>(&mut self, items: &[T]) -> Vec<T> {
        items.iter().filter(|_| self.rng.bool()).cloned().collect()
    }
}

impl Drop for Random {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("failed with SEED={}", self.seed);
        }
    }
}
