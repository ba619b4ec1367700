package heapcraft.trace.profile;

import java.util.regex.Pattern;

/// The names by which profilers know an allocator's work: C's and POSIX's functions, glibc's inner
/// ones, those of jemalloc, mimalloc and tcmalloc, C++'s operators and Rust's shims.
final class AllocatorFunctions {

    private static final Pattern NAMES = Pattern.compile("""
            (?x)
            (__libc_|__GI___libc_|__)? (malloc | free | calloc | realloc | cfree | memalign
                | valloc | pvalloc | posix_memalign | aligned_alloc | reallocarray | free_sized)
            | _int_ (malloc | free | realloc | memalign) \\w*
            | (malloc_consolidate | unlink_chunk | sysmalloc | systrim | tcache_ \\w+
                | arena_get2 | checked_request2size | mremap_chunk | munmap_chunk)
            | (je_ | rje_ | _rjem_je_ | mi_ | _mi_ | tc_) \\w+
            | tcmalloc:: .*
            | operator\\ (new | delete) (\\[\\])? .*
            | _Zn[wa] \\w* | _Zd[la]Pv \\w*
            | __rust_ (alloc | dealloc | realloc | alloc_zeroed)
            | (__rdl_ | __rg_) (alloc | dealloc | realloc | alloc_zeroed)
            """);
    /// What debug symbols and linkers hang onto a name: a version, a clone, an offset.
    private static final Pattern TAIL = Pattern.compile("@.*$|\\.(isra|part|constprop|cold)\\b.*$"
            + "|\\+0x[0-9a-f]+$");
    /// Rust's newer compilers mangle their shims: `__rustc::__rust_alloc`, `_R…12___rust_alloc`.
    private static final Pattern RUST_SHIM =
            Pattern.compile("^(__rustc(\\[\\w+\\])?::|_RNv\\w*_(?=__r))");

    private AllocatorFunctions() { }

    static boolean has(String symbol) {
        String name = RUST_SHIM.matcher(symbol).replaceFirst("");
        for (String shorter = ""; !shorter.equals(name); ) {
            shorter = name;
            name = TAIL.matcher(name).replaceFirst("");
        }
        return NAMES.matcher(name).matches();
    }
}
