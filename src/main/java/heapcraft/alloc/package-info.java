/// The contract between a program and its heap, and heaps that keep it.
///
/// | Read first | for |
/// |---|---|
/// | [Layout], [CStruct] | how large and how aligned a block must be |
/// | [GlobalAlloc] | the contract: `alloc`, `dealloc`, `allocZeroed`, `realloc` |
/// | [Allocator] | the richer one, for collections |
/// | [Global] | the heap that everyone uses who names no other |
/// | [SymbolOwner] | which library a name such as `malloc` stands for |
///
/// | Heap | its idea | may threads share it |
/// |---|---|---|
/// | [SystemAlloc] | the platform's `malloc` and `free` | yes |
/// | [Jemalloc], [Mimalloc], [Tcmalloc] | the heaps of others, as they are | yes |
/// | [ArenaAlloc] | the JDK's arenas | as the arena |
/// | [BumpAllocator] | one block, one pointer | no |
/// | [Bump] | the same, growing | no |
/// | [StackAlloc] | the newest block goes first | no |
/// | [PoolAlloc] | all blocks have one size | no |
/// | [FreeListAlloc] | a list of holes, searched | no |
/// | [SizeClassAlloc] | a pool for every size class | no |
/// | [BuddyAlloc] | powers of two, split and merged | no |
/// | [TrackingAllocator] | counts, and passes on | as the heap below |
/// | [LimitedAlloc] | refuses beyond a limit | as the heap below |
/// | [FailingAlloc] | refuses at chosen calls | as the heap below |
///
/// Addresses and sizes are `long`s, in bytes. A block is a `MemorySegment` of just its size. No
/// method makes memory out of an address that a caller brings: what goes out came from a heap, and
/// what comes back is compared with the books, wherever there are any.
package heapcraft.alloc;
