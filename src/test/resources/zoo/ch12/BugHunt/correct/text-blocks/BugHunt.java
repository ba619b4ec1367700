package ch12;

import heapcraft.trace.Trace;

/// Traces as text, each with another proof than the usual one.
public final class BugHunt {

    private BugHunt() { }

    public static Trace mostlyFree() {
        return Trace.parse("""
                heapcraft-trace 1
                alloc 0 16000 16
                alloc 1 16000 16
                alloc 2 16000 16
                free 0
                free 2
                free 1
                alloc 3 60000 16
                """);
    }

    public static Trace shrinkingStock() {
        return Trace.parse("""
                heapcraft-trace 1
                alloc 0 16 16
                alloc 1 16 16
                alloc 2 16 16
                free 2
                free 1
                free 0
                alloc 3 65500 16
                """);
    }

    public static Trace smallerRoom() {
        return Trace.parse("""
                heapcraft-trace 1
                alloc 0 256 16
                alloc 1 16 16
                alloc 2 512 16
                alloc 3 16 16
                free 0
                realloc 2 100
                free 1
                """);
    }

    public static Trace oldNumbers() {
        return Trace.parse("""
                heapcraft-trace 1
                alloc 0 4096 16
                free 0
                alloc 1 4096 16 zeroed
                free 1
                """);
    }

    public static Trace crashingVectors() {
        return Trace.parse("""
                heapcraft-trace 1
                alloc 0 48 16
                alloc 1 32 32
                """);
    }

    public static Trace perfectHole() {
        return Trace.parse("""
                heapcraft-trace 1
                alloc 0 65535 1
                """);
    }

    public static Trace twinKeys() {
        return Trace.parse("""
                heapcraft-trace 1
                alloc 0 32 16
                alloc 1 32 16
                free 0
                alloc 2 20 16
                alloc 3 30 16
                """);
    }

    public static Trace tooMuchOnce() {
        return Trace.parse("""
                heapcraft-trace 1
                alloc 0 1000 16
                alloc 1 16 16
                realloc 0 1048577
                alloc 2 500 16
                """);
    }
}
