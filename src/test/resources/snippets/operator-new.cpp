// Another heap for a C++ program: operator new for everybody, then for one class.
// Each line says who was asked for memory.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

static int everybody, particles;

void *operator new(std::size_t size) {
    everybody++;
    if (void *block = std::malloc(size)) {
        return block;
    }
    throw std::bad_alloc();
}
// Not inlined: where gcc sees the free and not the malloc, it warns that they do not match.
[[gnu::noinline]] void operator delete(void *block) noexcept { std::free(block); }
[[gnu::noinline]] void operator delete(void *block, std::size_t) noexcept { std::free(block); }

struct Particle {
    double x, y;
    static void *operator new(std::size_t size) {
        particles++;
        return std::malloc(size);  // not null here; a real one must look
    }
    static void operator delete(void *block) { std::free(block); }
};

struct alignas(64) CacheLine {
    char bytes[64];
};

// A compiler may leave out a new whose block nobody sees.
static void *volatile seen;

template <typename Action>
static void show(const char *what, Action action) {
    everybody = particles = 0;
    action();
    std::printf("%-28s %-10s %s\n", what, everybody ? "everybody" : "-",
                particles ? "Particle" : "-");
}

template <typename T>
static void look(T *p) {
    seen = const_cast<void *>(static_cast<const volatile void *>(p));
}

int main() {
    // Caught by the global one, though no line of theirs was changed.
    show("new int", [] { auto p = new int; look(p); delete p; });
    show("new int[4]", [] { auto p = new int[4]; look(p); delete[] p; });
    show("new (nothrow) int", [] { auto p = new (std::nothrow) int; look(p); delete p; });
    show("std::vector<int>", [] { std::vector<int> v(4); look(v.data()); });

    // One class goes its own way, but only where its name stands behind new.
    show("new Particle", [] { auto p = new Particle; look(p); delete p; });
    show("new Particle[4]", [] { auto p = new Particle[4]; look(p); delete[] p; });
    show("std::vector<Particle>", [] { std::vector<Particle> v(4); look(v.data()); });
    show("std::make_shared<Particle>", [] { look(std::make_shared<Particle>().get()); });
    show("::new Particle", [] { auto p = ::new Particle; look(p); ::delete p; });

    // Caught by neither.
    show("std::malloc", [] { auto p = std::malloc(4); look(p); std::free(p); });
    show("C code: strdup", [] { auto p = strdup("heap"); look(p); std::free(p); });
    show("new CacheLine (aligned)", [] { auto p = new CacheLine; look(p); delete p; });
    show("new (place) int", [] { alignas(int) char place[4]; look(new (place) int); });
}

// prints:
// new int                      everybody  -
// new int[4]                   everybody  -
// new (nothrow) int            everybody  -
// std::vector<int>             everybody  -
// new Particle                 -          Particle
// new Particle[4]              everybody  -
// std::vector<Particle>        everybody  -
// std::make_shared<Particle>   everybody  -
// ::new Particle               everybody  -
// std::malloc                  -          -
// C code: strdup               -          -
// new CacheLine (aligned)      -          -
// new (place) int              -          -
