package heapcraft.trace.profile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocatorFunctionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"malloc", "free", "calloc", "realloc", "posix_memalign", "aligned_alloc",
        "cfree@GLIBC_2.2.5", "__libc_malloc", "_int_malloc", "_int_free+0x93", "_int_free_chunk",
        "malloc_consolidate", "unlink_chunk.constprop.0", "je_malloc", "je_arena_malloc_hard",
        "mi_malloc", "_mi_page_malloc", "tc_malloc", "operator new", "operator new(unsigned long)",
        "operator delete[](void*)", "_Znwm", "_ZdlPv", "_ZdlPvm", "__rust_alloc", "__rust_dealloc",
        "__rdl_alloc", "__rustc::__rust_realloc", "__rustc[1a2b3c]::__rust_alloc",
        "_RNvCs5jw3q_7___rustc12___rust_alloc"})
    void the_allocators_own_work_is_known_by_its_name(String name) {
        assertTrue(AllocatorFunctions.has(name), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "free_all", "freeze", "mallocator", "my_malloc", "operator<<",
        "std::operator>><char", "fold", "_init", "kmalloc_noprof", "__free_pages", "newline",
        "vm_mmap_pgoff", "[unknown]", "memcpy", "rust_alloc_count"})
    void a_name_that_only_looks_like_one_is_not(String name) {
        assertFalse(AllocatorFunctions.has(name), name);
    }
}
