/// The same workloads on one allocator after the other, each in a process of its own: what
/// `./lab compare` runs.
///
/// | Read first | for |
/// |---|---|
/// | [Entrant] | who is compared |
/// | [Work] | what each of them has to do |
/// | [Worker] | the process that does it |
/// | [Heat] | how they take turns |
/// | [Comparison] | what came out |
package heapcraft.lab.compare;
