/* SPDX-License-Identifier: MIT
 *
 * map.h - apply a macro to each tuple of a list
 *
 *     MAP(OP, (int, a), (int, b))    ->  OP(int, a) OP(int, b)
 *     LIST(OP, (int, a), (int, b))   ->  OP(int, a), OP(int, b)
 *
 * A line of contract.def gives its arguments as tuples; the stubs and the
 * dispatcher turn them into code with these two. At most eight tuples.
 */
#ifndef WIRE_MAP_H
#define WIRE_MAP_H

#define MAP_CAT_(a, b) a##b
#define MAP_CAT(a, b) MAP_CAT_(a, b)
#define MAP_NTH(a, b, c, d, e, f, g, h, n, ...) n
#define MAP_COUNT(...) MAP_NTH(__VA_ARGS__, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define MAP_NOTHING()
#define MAP_COMMA() ,

#define MAP_1(op, sep, a) op a
#define MAP_2(op, sep, a, ...) op a sep() MAP_1(op, sep, __VA_ARGS__)
#define MAP_3(op, sep, a, ...) op a sep() MAP_2(op, sep, __VA_ARGS__)
#define MAP_4(op, sep, a, ...) op a sep() MAP_3(op, sep, __VA_ARGS__)
#define MAP_5(op, sep, a, ...) op a sep() MAP_4(op, sep, __VA_ARGS__)
#define MAP_6(op, sep, a, ...) op a sep() MAP_5(op, sep, __VA_ARGS__)
#define MAP_7(op, sep, a, ...) op a sep() MAP_6(op, sep, __VA_ARGS__)
#define MAP_8(op, sep, a, ...) op a sep() MAP_7(op, sep, __VA_ARGS__)

#define MAP_WITH(op, sep, ...) \
    MAP_CAT(MAP_, MAP_COUNT(__VA_ARGS__))(op, sep, __VA_ARGS__)
#define MAP(op, ...) MAP_WITH(op, MAP_NOTHING, __VA_ARGS__)
#define LIST(op, ...) MAP_WITH(op, MAP_COMMA, __VA_ARGS__)

/* The two projections that every user needs. */
#define MAP_PARAMETER(type, name, ...) type name
#define MAP_NAME(type, name, ...) name

#endif
