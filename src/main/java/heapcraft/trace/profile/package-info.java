/// What profilers say about a program's allocator: their output read as text, and what each of them
/// cannot see.
package heapcraft.trace.profile;
