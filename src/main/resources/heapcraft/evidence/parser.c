// A parser with temporary nodes: an expression becomes a tree, the tree is folded into a new one,
// both are freed. `parser ROUNDS`; the expressions are always the same.

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct node {
    char op;  // 'n' for a number
    long value;
    struct node *left, *right;
} node;

static const char *at;

static node *make(char op, long value, node *left, node *right) {
    node *n = malloc(sizeof *n);
    *n = (node){op, value, left, right};
    return n;
}

static node *sum(void);

static node *atom(void) {
    if (*at == '(') {
        at++;
        node *inner = sum();
        at++;  // ')'
        return inner;
    }
    long value = 0;
    while (isdigit((unsigned char)*at)) {
        value = 10 * value + (*at++ - '0');
    }
    return make('n', value, NULL, NULL);
}

static node *product(void) {
    node *left = atom();
    while (*at == '*') {
        at++;
        left = make('*', 0, left, atom());
    }
    return left;
}

static node *sum(void) {
    node *left = product();
    while (*at == '+') {
        at++;
        left = make('+', 0, left, product());
    }
    return left;
}

static node *fold(const node *n) {
    if (n->op == 'n') {
        return make('n', n->value, NULL, NULL);
    }
    node *left = fold(n->left), *right = fold(n->right);
    long value = n->op == '+' ? left->value + right->value : (left->value * right->value) % 9973;
    free(left);
    free(right);
    return make('n', value, NULL, NULL);
}

static void drop(node *n) {
    if (n) {
        drop(n->left);
        drop(n->right);
        free(n);
    }
}

// Expressions of some thousand characters, from a small generator of our own.
static unsigned seed = 42;

static unsigned next(void) {
    return seed = seed * 1103515245 + 12345, seed >> 16;
}

static char *expression(char *to, int depth) {
    for (int i = 0; i < 4; i++) {
        if (depth > 0) {
            *to++ = '(';
            to = expression(to, depth - 1);
            *to++ = ')';
        } else {
            to += sprintf(to, "%u", next() % 1000);
        }
        *to++ = next() % 2 ? '+' : '*';
    }
    *--to = 0;
    return to;
}

int main(int argc, char **argv) {
    static char text[1 << 16];
    expression(text, 4);
    long result = 0;
    for (int i = argc > 1 ? atoi(argv[1]) : 1000; i > 0; i--) {
        at = text;
        node *tree = sum(), *folded = fold(tree);
        result += folded->value;
        drop(tree);
        drop(folded);
    }
    printf("%ld\n", result);
    return 0;
}
