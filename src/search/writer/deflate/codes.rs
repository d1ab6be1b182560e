//! The codes of a block with Huffman codes of its own (RFC 1951, 3.2.7).

use super::Step;

/// The longest match, in bytes.
pub(super) const MOST_LENGTH: usize = 258;

/// How many signs there are for bytes, the end and lengths; and for distances.
const SIGNS: usize = 286;
const DISTANCES: usize = 30;

/// The sign that ends a block, and the one of the shortest length.
const END: usize = 256;
const FIRST_LENGTH: usize = 257;

/// No code is longer, in bits; and none of those that say how long the codes are.
const LONGEST: usize = 15;
const LONGEST_OF_LENGTHS: usize = 7;

/// In which order the lengths of the latter stand.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// How often each sign of a text stands in it.
pub(super) struct Codes {
    signs: [u32; SIGNS],
    distances: [u32; DISTANCES],
}

impl Default for Codes {
    fn default() -> Self {
        Self { signs: [0; SIGNS], distances: [0; DISTANCES] }
    }
}

impl Codes {
    pub(super) fn count(&mut self, step: Step) {
        let mut one_more = |sign: usize| self.signs.get_mut(sign).into_iter().for_each(|count| *count += 1);
        match step {
            Step::Byte(byte) => one_more(byte.into()),
            Step::Match { length, distance } => {
                one_more(FIRST_LENGTH + of_length(length).0);
                self.distances.get_mut(of_distance(distance).0).into_iter().for_each(|count| *count += 1);
            }
        }
    }

    /// The steps as a block, which is the last.
    pub(super) fn write(mut self, steps: &[Step]) -> Vec<u8> {
        self.signs.get_mut(END).into_iter().for_each(|count| *count = 1);
        let signs = Code::all(&lengths(&self.signs, LONGEST));
        let mut of_distances = lengths(&self.distances, LONGEST);
        // One code there must be, though it is of no use.
        if of_distances.iter().all(|length| *length == 0) {
            of_distances.splice(..1, [1]);
        }
        let distances = Code::all(&of_distances);
        let mut bits = Bits { out: Vec::with_capacity(2 * steps.len() + 128), held: 0, count: 0 };
        head(&mut bits, &signs, &distances);
        let code = |codes: &[Code], sign: usize| codes.get(sign).copied().unwrap_or_default();
        for step in steps {
            match *step {
                Step::Byte(byte) => bits.put_code(code(&signs, byte.into())),
                Step::Match { length, distance } => {
                    let (sign, count, rest) = of_length(length);
                    bits.put_code(code(&signs, FIRST_LENGTH + sign));
                    bits.put(rest, count);
                    let (sign, count, rest) = of_distance(distance);
                    bits.put_code(code(&distances, sign));
                    bits.put(rest, count);
                }
            }
        }
        bits.put_code(code(&signs, END));
        bits.end()
    }
}

/// The sign of a length, and what tells it from others of that sign: how many bits, and those.
fn of_length(length: u16) -> (usize, u32, u32) {
    let over = u32::from(length) - 3;
    match over {
        0..8 => (over as usize, 0, 0),
        255 => (28, 0, 0),
        _ => {
            let count = over.ilog2() - 2;
            ((4 * count + (over >> count)) as usize, count, over & ((1 << count) - 1))
        }
    }
}

/// The same of a distance.
fn of_distance(distance: u16) -> (usize, u32, u32) {
    let over = u32::from(distance) - 1;
    if over < 4 {
        return (over as usize, 0, 0);
    }
    let count = over.ilog2() - 1;
    ((2 * count + (over >> count)) as usize, count, over & ((1 << count) - 1))
}

/// What stands before the text: how long the codes are, itself in codes.
fn head(bits: &mut Bits, signs: &[Code], distances: &[Code]) {
    let used = |codes: &[Code]| codes.iter().rposition(|code| code.length > 0).map_or(0, |last| last + 1);
    let (signs, distances) = (signs.iter().take(used(signs)), distances.iter().take(used(distances)));
    let (sign_count, distance_count) = (signs.len(), distances.len());
    let runs = runs(&signs.chain(distances).map(|code| code.length).collect::<Vec<u8>>());
    let mut often = [0; ORDER.len()];
    for (sign, ..) in &runs {
        often.get_mut(*sign).into_iter().for_each(|count| *count += 1);
    }
    let codes = Code::all(&lengths(&often, LONGEST_OF_LENGTHS));
    let code = |sign: usize| codes.get(sign).copied().unwrap_or_default();
    let in_order = ORDER.iter().rposition(|sign| code(*sign).length > 0).unwrap_or_default().max(3) + 1;
    // The last block, with codes of its own.
    bits.put(0b101, 3);
    bits.put((sign_count - FIRST_LENGTH) as u32, 5);
    bits.put((distance_count - 1) as u32, 5);
    bits.put((in_order - 4) as u32, 4);
    ORDER.iter().take(in_order).for_each(|sign| bits.put(code(*sign).length.into(), 3));
    for (sign, rest, count) in runs {
        bits.put_code(code(sign));
        bits.put(rest, count);
    }
}

/// Lengths of codes as signs, each with what tells a run from others, and how many bits that takes.
fn runs(lengths: &[u8]) -> Vec<(usize, u32, u32)> {
    let mut runs = Vec::new();
    for same in lengths.chunk_by(|a, b| a == b) {
        let length = usize::from(same.first().copied().unwrap_or_default());
        let mut count = same.len();
        if length > 0 {
            runs.push((length, 0, 0));
            count -= 1;
        }
        while count >= 3 {
            let (sign, least, most, bits) = match (length, count) {
                (0, 11..) => (18, 11, 138, 7),
                (0, _) => (17, 3, 10, 3),
                _ => (16, 3, 6, 2),
            };
            let taken = count.min(most);
            runs.push((sign, (taken - least) as u32, bits));
            count -= taken;
        }
        runs.extend(std::iter::repeat_n((length, 0, 0), count));
    }
    runs
}

/// How long the codes of signs are that stand so often, none longer than `most` bits (Huffman, "A Method for the
/// Construction of Minimum-Redundancy Codes", 1952).
fn lengths(often: &[u32], most: usize) -> Vec<u8> {
    let mut lengths = vec![0; often.len()];
    let mut signs: Vec<(u32, usize)> =
        often.iter().enumerate().filter(|(_, often)| **often > 0).map(|(sign, often)| (*often, sign)).collect();
    signs.sort_unstable();
    let mut of_length = depths(&signs.iter().map(|(often, _)| *often).collect::<Vec<_>>(), most);
    // Codes cut to the longest take more room than there is: others are made longer until all fit.
    let room = 1_usize << most;
    let mut taken: usize = (1..).zip(of_length.iter().skip(1)).map(|(length, count)| count << (most - length)).sum();
    while taken > room {
        let Some(length) = (1..most).rev().find(|length| of_length.get(*length).is_some_and(|count| *count > 0)) else {
            break;
        };
        for (length, more, less) in [(most, 0, 1), (length, 0, 1), (length + 1, 2, 0)] {
            of_length.get_mut(length).into_iter().for_each(|count| *count = *count + more - less);
        }
        taken -= 1;
    }
    let longest_first = (0..=most).rev().zip(of_length.iter().rev());
    let in_order = longest_first.flat_map(|(length, count)| std::iter::repeat_n(length as u8, *count));
    for ((_, sign), length) in signs.iter().zip(in_order) {
        lengths.get_mut(*sign).into_iter().for_each(|own| *own = length);
    }
    lengths
}

/// How many codes of each length Huffman's tree has; those deeper than `most` are counted there. Weights never fall.
fn depths(weights: &[u32], most: usize) -> Vec<usize> {
    let mut of_length = vec![0; most + 1];
    let leaves = weights.len();
    if leaves < 2 {
        of_length.get_mut(1).into_iter().for_each(|count| *count = leaves);
        return of_length;
    }
    let mut weights = weights.to_vec();
    let mut parents = vec![0; 2 * leaves - 1];
    let (mut leaf, mut node) = (0, leaves);
    for parent in leaves..2 * leaves - 1 {
        let mut sum = 0;
        for _ in 0..2 {
            // Nodes are made in the order of their weights, so the least is the first of one row or of the other.
            let (of_leaf, of_node) = (weights.get(leaf).filter(|_| leaf < leaves), weights.get(node));
            let takes_leaf = of_leaf.is_some_and(|own| of_node.is_none_or(|other| own <= other));
            let next = if takes_leaf { &mut leaf } else { &mut node };
            sum += weights.get(*next).copied().unwrap_or_default();
            parents.get_mut(*next).into_iter().for_each(|own| *own = parent);
            *next += 1;
        }
        weights.push(sum);
    }
    let mut depths = vec![0; parents.len()];
    for place in (0..parents.len() - 1).rev() {
        let above = parents.get(place).and_then(|parent| depths.get(*parent)).copied().unwrap_or(0);
        depths.get_mut(place).into_iter().for_each(|own| *own = above + 1);
        if place < leaves {
            of_length.get_mut((above + 1).min(most)).into_iter().for_each(|count| *count += 1);
        }
    }
    of_length
}

/// The code of a sign, the bit that comes first the least.
#[derive(Clone, Copy, Default)]
struct Code {
    bits: u16,
    length: u8,
}

impl Code {
    /// The codes of signs by their lengths (RFC 1951, 3.2.2); a sign without a length has none.
    fn all(lengths: &[u8]) -> Vec<Self> {
        let mut next = [0_u16; LONGEST + 1];
        let mut code = 0;
        for length in 1..=LONGEST as u8 {
            next.get_mut(usize::from(length)).into_iter().for_each(|next| *next = code);
            let count = lengths.iter().filter(|own| **own == length).count() as u16;
            code = code.wrapping_add(count) << 1;
        }
        let of = |length: &u8| {
            let Some(next) = next.get_mut(usize::from(*length)).filter(|_| *length > 0) else { return Self::default() };
            let bits = next.reverse_bits() >> (u16::BITS - u32::from(*length));
            *next = next.wrapping_add(1);
            Self { bits, length: *length }
        };
        lengths.iter().map(of).collect()
    }
}

/// Bits on their way to bytes, the first the least.
struct Bits {
    out: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    fn put_code(&mut self, code: Code) {
        self.put(code.bits.into(), code.length.into());
    }

    /// Puts up to 16 bits.
    fn put(&mut self, bits: u32, count: u32) {
        self.held |= u64::from(bits) << self.count;
        self.count += count;
        if self.count >= u32::BITS {
            self.out.extend_from_slice(&(self.held as u32).to_le_bytes());
            self.held >>= u32::BITS;
            self.count -= u32::BITS;
        }
    }

    fn end(mut self) -> Vec<u8> {
        let bytes = self.count.div_ceil(8) as usize;
        self.out.extend_from_slice(self.held.to_le_bytes().get(..bytes).unwrap_or_default());
        self.out
    }
}
