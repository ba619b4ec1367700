//! The Rust peer: the same work as heapcraft.bench's JMH classes, on bumpalo.
//!
//! `peer WORK WARM SLICES` prints the nanoseconds per operation of each slice, one per line.

use bumpalo::Bump;
use bumpalo::collections::Vec as BumpVec;
use std::alloc::Layout;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Nodes per round, as in Nodes.java and peer.c.
const NODES: usize = 1024;
/// Elements per round, as in VecBench.java.
const PUSHES: usize = 4096;
const SLICE: Duration = Duration::from_millis(10);

/// 32 bytes, all of them written.
struct Node {
    _next: *const Node,
    _key: u64,
    _left: u64,
    _right: u64,
}

fn nodes_of_32(bump: &Bump) -> *const Node {
    let mut head: *const Node = std::ptr::null();
    for i in 0..NODES as u64 {
        head = bump.alloc(Node { _next: head, _key: i, _left: i, _right: i });
    }
    head
}

/// Writes the first and the last word of each node.
fn nodes_of_mixed_size(bump: &Bump, sizes: &[usize; NODES]) -> *mut u64 {
    let mut head: *mut u64 = std::ptr::null_mut();
    for &size in sizes {
        // SAFETY: 8 is a power of two, and no size comes near isize::MAX.
        let layout = unsafe { Layout::from_size_align_unchecked(size, 8) };
        let node = bump.alloc_layout(layout).cast::<u64>().as_ptr();
        // SAFETY: the node has `size` bytes, at least 16, and is aligned to 8.
        unsafe {
            node.write(head as u64);
            node.add(size / 8 - 1).write(size as u64);
        }
        head = node;
    }
    head
}

/// The same sizes in every peer: 16 to 136 bytes, multiples of 8.
fn mixed_sizes() -> [usize; NODES] {
    let mut random: u64 = 42;
    std::array::from_fn(|_| {
        random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        16 + 8 * ((random >> 33) % 16) as usize
    })
}

fn pushes(bump: &Bump) {
    let mut vec = BumpVec::new_in(bump);
    for i in 0..PUSHES as i32 {
        vec.push(i);
    }
    black_box(vec.as_slice());
}

/// Times slices of so many rounds that reading the clock costs nothing.
fn measure(warm: usize, slices: usize, operations: usize, mut round: impl FnMut()) {
    let mut time = |rounds: u64| {
        let start = Instant::now();
        for _ in 0..rounds {
            round();
        }
        start.elapsed()
    };
    let mut rounds = 1;
    while time(rounds) < SLICE {
        rounds *= 2;
    }
    for _ in 0..warm {
        time(rounds);
    }
    for _ in 0..slices {
        println!("{}", time(rounds).as_nanos() as f64 / (rounds as usize * operations) as f64);
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let count = |i: usize| arguments[i].parse::<usize>().expect("a number of slices");
    let (warm, slices) = (count(2), count(3));
    let mut bump = Bump::new();
    match arguments[1].as_str() {
        "nodes32" => measure(warm, slices, NODES, || {
            black_box(nodes_of_32(&bump));
            bump.reset();
        }),
        "nodesMixed" => {
            let sizes = black_box(mixed_sizes());
            measure(warm, slices, NODES, || {
                black_box(nodes_of_mixed_size(&bump, &sizes));
                bump.reset();
            })
        }
        "pushes" => measure(warm, slices, PUSHES, || {
            pushes(&bump);
            bump.reset();
        }),
        other => panic!("no such work: {other}"),
    }
}
