package heapcraft.bench;

/// Something whose speed is measured.
///
/// @param label  what the tables call it
/// @param source where its times come from
record Subject(String label, Source source) { }
