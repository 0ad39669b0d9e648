# shellcheck shell=sh disable=SC2034,SC2154  # the caller's, and for the caller
# SPDX-License-Identifier: MIT
#
# watched.sh - do ThreadSanitizer and the explorer see all that a file does with
# memory?
#
#     watched FILE: after $cc has compiled $src/FILE.i with $flags. Status 1, and
#     a message as a compiler's, if something is not instrumented: no tool here
#     would see a race in it.
#
# Read by the grader's script for the compiler, in its sandbox: sed(1) and grep(1)
# are there, awk(1) is not. gcc has left its own text for the program in
# $out/FILE.tree ($tree is the option for that); LLVM's is made here.
case $cc$flags in
gcc*=thread* | gcc*interleave*) tree=-fdump-tree-optimized-uid-lineno= ;;
*) tree= ;;
esac

watched() {
    case $cc$flags in
    gcc*=thread* | gcc*interleave*) watched_by_gcc "$1" ;;
    clang*=thread* | clang*interleave*) watched_by_clang "$1" ;;
    esac
}

# gcc instruments assignments (tsan.cc, instrument_gimple), but neither the store
# of a struct that a function returns, nor what a built-in function writes, nor a
# store to an object that is declared const. A statement is a line, with the
# place before each of its parts; a variable has its number behind its name. One
# of the function itself is declared in its first lines: no other thread has it.
#
#     [counter.c:9:8] [counter.c:9:5] *c_2(D) = nextD.2222 (v_3(D));
watched_by_gcc() {
    # The function's own variables, as patterns for the left side.
    own=$(sed -nE '/^  (static|extern) /d; /^  [^ ].* = /d
        s/^  ([^[].*[ *]|\} )([A-Za-z0-9_.$]*D\.[0-9]+)(\[[0-9:]*\])*;$/\2/
        t own
        b
        :own
        s/[.$]/\\&/g; s/.*/^\\(MEM .*\&\\)\\?&[] .[]/p' "$out/$1.tree" | sort -u)
    statements=$(sed -nE '/^  .*;( \[return slot optimization\])?$/{
        h
        s/\[[^] ]*:[0-9]+:[0-9]+[^]]*\] //g; s/^ +//
        G
        s/\n +\[([^] ]*):([0-9]+):[0-9]+[^]]*\].*/\t\1:\2/
        s/\n.*/\t'"$1"':1/
        p
        }' "$out/$1.tree")
    # Stores to memory. Left of the rest is a value (x_3, D.22_1), or what the
    # function itself returns.
    stores=$(echo "$statements" | grep -E '^[^=#]+ =(\{v\})? |__builtin___tsan_' |
        grep -vE '^[A-Za-z0-9_.$]*_[0-9]+(\(D\))? = |^<retval>|CLOBBER' |
        grep -v "${own:-^$}")
    results=$(echo "$stores" |
        grep -E '^[^=]+ =(\{v\})? [A-Za-z_][A-Za-z0-9_.]* \(')
    # Before a store to a variable with a name comes a call of ThreadSanitizer.
    constants=$(echo "$stores" | grep -E '^[^=]+ =(\{v\})? |_tsan_[a-z_]*write' |
        sed '/_tsan_/{h;d;}; x; /./{s/.*//;x;d;}; x' | grep -E \
        '^(MEM [^=]*&)?[A-Za-z0-9_.$]*D\.[0-9]+([] .[][^=]*)? =(\{v\})? ')
    builtins=$(echo "$statements" | grep -E "(^| = )__builtin_(__)?(mem|str|stp|\
bcmp|bcopy|bzero|sincos|modf|frexp|remquo|clear_padding)[a-z_]*(D\.[0-9]+)? \(")
    unwatched "$1" "$results" "what a function returns goes straight into memory \
here; put it into a variable of the function first" &&
        unwatched "$1" "$constants" "a store to what is declared const" &&
        unwatched "$1" "$builtins" "a built-in function uses memory here; call the \
function without __builtin_"
}

# clang leaves accesses of other sizes than 1, 2, 4, 8 and 16 bytes out when it
# instruments a program (LLVM, ThreadSanitizer.cpp, getMemoryAccessFuncIndex):
# those of a long double, of a packed bit-field, of a wide vector. In LLVM's text
# for the program a store is a line, and its type the word behind it.
watched_by_clang() {
    $cc -std=c11 -D_GNU_SOURCE -g -O1 -fPIC -pthread -w -S -emit-llvm \
        -fno-omit-frame-pointer -fsanitize=thread "$src/$1.i" \
        -o "$out/$1.ll" || return 1
    how='^ +store (atomic |volatile )*'
    seen='i(1|8|16|32|64|128)|<(1 x [^>]*|2 x (i8|i16|i32|i64|float|double|ptr|[^ ]*\*)|4 x (i8|i16|i32|float)|8 x (i8|i16)|16 x i8)>'
    bad=$(grep -E "$how(x86_fp80|i[0-9]+|<[0-9]+ x [^>]*>) " "$out/$1.ll" |
        grep -vE "$how($seen) " | sed -n '1s/.*!dbg !\([0-9]*\).*/\1/p')
    [ -z "$bad" ] || bad=$(sed -n "s/^!$bad = .*line: \([0-9]*\).*/x\t$1:\1/p" "$out/$1.ll")
    unwatched "$1" "$bad" "clang does not instrument a store of this size (a long \
double, a packed bit-field, a wide vector); use a type of 1, 2, 4, 8 or 16 bytes"
}

# unwatched FILE LINES WHY: each line ends with a tab and FILE:LINE
unwatched() {
    [ -n "$2" ] || return 0
    echo "$2" | sed -n "1s/.*\t\(.*\)/\1: error: it cannot be watched for races: $3/p" >&2
    return 1
}
