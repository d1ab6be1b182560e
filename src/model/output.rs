//! What a build makes: site paths and bytes. Nothing is written yet.

use super::Recipe;
use std::{
    collections::HashMap,
    fmt,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

/// One file of the site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Path in the site, `/` between folders, no leading `/`: `guides/virtual-school-heads/index.html`.
    pub path: String,
    /// What the file holds.
    pub content: Content,
}

/// The bytes of an output, or where they lie.
#[derive(Clone, Debug)]
pub enum Content {
    /// Bytes made by the build.
    Bytes(Arc<[u8]>),
    /// A file of the library that is carried along as it is.
    File(PathBuf),
    /// Bytes that are costly to make, and made only where they are wanted: by a publish that has them not yet, or by
    /// the preview when they are asked for.
    Made(Arc<Recipe>),
    /// Bytes that tell what became of such outputs: a page that says how large its downloads are.
    Measured(Arc<Measured>),
}

/// Whoever takes outputs as soon as they are made, so that a large site need not be held as a whole.
pub trait Outlet: Send + Sync {
    /// Takes an output, or gives it back: where its time has not come, or what is left of it that somebody may ask for.
    fn take(&self, output: Output) -> Option<Output>;
}

/// What a file that was made is like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Measure {
    /// Its size in bytes.
    pub size: u64,
    /// How many pages it has, where it has pages.
    pub pages: Option<u32>,
}

/// The work of a [`Measured`].
type Telling = dyn Fn(&[Measure]) -> Vec<u8> + Send + Sync;

/// A pure function of the measures of what recipes make.
pub struct Measured {
    /// The recipes.
    pub of: Vec<Arc<Recipe>>,
    /// From the measure of what each gave, in their order, to the bytes.
    pub tell: Box<Telling>,
}

impl fmt::Debug for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Measured").field("of", &self.of).finish_non_exhaustive()
    }
}

/// Files that are costly to make and made all at once, when the first of them is asked for.
pub struct Later {
    covers: fn(&str) -> bool,
    make: Box<dyn Fn() -> Vec<Output> + Send + Sync>,
    made: OnceLock<HashMap<String, Content>>,
}

impl Later {
    /// Files at paths that `covers` says yes to.
    pub fn new(covers: fn(&str) -> bool, make: impl Fn() -> Vec<Output> + Send + Sync + 'static) -> Self {
        Self { covers, make: Box::new(make), made: OnceLock::new() }
    }

    /// True for a path where one of them may be.
    pub fn covers(&self, path: &str) -> bool {
        (self.covers)(path)
    }

    /// What the file at a site path holds, all of them made by then.
    pub fn file(&self, path: &str) -> Option<&Content> {
        self.made().get(path)
    }

    /// All of them.
    pub fn outputs(&self) -> Vec<Output> {
        let output = |(path, content): (&String, &Content)| Output { path: path.clone(), content: content.clone() };
        self.made().iter().map(output).collect()
    }

    fn made(&self) -> &HashMap<String, Content> {
        self.made.get_or_init(|| (self.make)().into_iter().map(|output| (output.path, output.content)).collect())
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Later").field("made", &self.made.get().map(HashMap::len)).finish_non_exhaustive()
    }
}

impl Output {
    /// An output of bytes made by the build.
    pub fn bytes(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), content: Content::Bytes(Arc::from(bytes.into())) }
    }

    /// An output of bytes that are made when they are wanted.
    pub fn made(path: impl Into<String>, recipe: impl Into<Arc<Recipe>>) -> Self {
        Self { path: path.into(), content: Content::Made(recipe.into()) }
    }
}
