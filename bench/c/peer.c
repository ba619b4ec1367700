// The C peer: the same work as heapcraft.bench's JMH classes, on malloc and free.
//
// `peer WORK WARM SLICES` prints the nanoseconds per operation of each slice, one per line.
// `peer WORK WARM SLICES FILE` does so on the malloc and free of another library, as Java opens it.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// Nodes per round, as in Nodes.java and main.rs.
enum { NODES = 1024 };
static const double SLICE = 10e6;  // nanoseconds

typedef struct node {
    struct node *next;
    uint64_t key, left, right;
} node;

static size_t sizes[NODES];

// Pointers, as they are to a program that opens a library while it runs.
static void *(*allocate)(size_t) = malloc;
static void (*release)(void *) = free;

// Takes both functions from one library, by the names that the allocators give them.
static int use_library(const char *file) {
    static const char *const prefixes[] = {"je_", "mi_", "tc_", ""};
    void *library = dlopen(file, RTLD_NOW);
    for (size_t i = 0; library && i < sizeof prefixes / sizeof *prefixes; i++) {
        char name[16];
        snprintf(name, sizeof name, "%smalloc", prefixes[i]);
        allocate = dlsym(library, name);
        snprintf(name, sizeof name, "%sfree", prefixes[i]);
        release = dlsym(library, name);
        if (allocate && release) {
            return 1;
        }
    }
    fprintf(stderr, "%s\n", library ? "no malloc in it" : dlerror());
    return 0;
}

// The compiler must believe that somebody reads the memory behind a pointer.
static void escape(void *p) {
    __asm__ volatile("" : : "r"(p) : "memory");
}

static void free_all(node *head) {
    while (head) {
        node *next = head->next;
        release(head);
        head = next;
    }
}

static void nodes_of_32(void) {
    node *head = NULL;
    for (uint64_t i = 0; i < NODES; i++) {
        node *n = allocate(sizeof *n);
        *n = (node){head, i, i, i};
        head = n;
    }
    escape(head);
    free_all(head);
}

// Writes the first and the last word of each node.
static void nodes_of_mixed_size(void) {
    node *head = NULL;
    for (size_t i = 0; i < NODES; i++) {
        uint64_t *words = allocate(sizes[i]);
        words[0] = (uint64_t)head;
        words[sizes[i] / 8 - 1] = sizes[i];
        head = (node *)words;
    }
    escape(head);
    free_all(head);
}

static void pairs_of_32(void) {
    for (uint64_t i = 0; i < NODES; i++) {
        uint64_t *words = allocate(32);
        words[0] = i;
        escape(words);
        release(words);
    }
}

static void pairs_of_mixed_size(void) {
    for (size_t i = 0; i < NODES; i++) {
        uint64_t *words = allocate(sizes[i]);
        words[0] = i;
        escape(words);
        release(words);
    }
}

// The same sizes in every peer: 16 to 136 bytes, multiples of 8.
static void fill_sizes(void) {
    uint64_t random = 42;
    for (size_t i = 0; i < NODES; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        sizes[i] = 16 + 8 * ((random >> 33) % 16);
    }
}

static double time_rounds(void (*round)(void), long rounds) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (long i = 0; i < rounds; i++) {
        round();
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    return (end.tv_sec - start.tv_sec) * 1e9 + (end.tv_nsec - start.tv_nsec);
}

// Times slices of so many rounds that reading the clock costs nothing.
static void measure(int warm, int slices, void (*round)(void)) {
    long rounds = 1;
    while (time_rounds(round, rounds) < SLICE) {
        rounds *= 2;
    }
    for (int i = 0; i < warm; i++) {
        time_rounds(round, rounds);
    }
    for (int i = 0; i < slices; i++) {
        printf("%f\n", time_rounds(round, rounds) / ((double)rounds * NODES));
    }
}

int main(int count, char **arguments) {
    static const struct {
        const char *name;
        void (*round)(void);
    } works[] = {
        {"nodes32", nodes_of_32}, {"nodesMixed", nodes_of_mixed_size},
        {"pairs32", pairs_of_32}, {"pairsMixed", pairs_of_mixed_size},
    };
    fill_sizes();
    if (count == 5 && !use_library(arguments[4])) {
        return 3;
    }
    for (size_t i = 0; (count == 4 || count == 5) && i < sizeof works / sizeof *works; i++) {
        if (strcmp(arguments[1], works[i].name) == 0) {
            measure(atoi(arguments[2]), atoi(arguments[3]), works[i].round);
            return 0;
        }
    }
    fprintf(stderr, "peer WORK WARM SLICES: no such work\n");
    return 2;
}
