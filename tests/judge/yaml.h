/* SPDX-License-Identifier: MIT
 *
 * yaml.h - a YAML document as values of jansson
 *
 * Plain scalars are strings, all of them: what reads the text decides what a
 * number is. Refused: more than one document, anchors and aliases (a few lines
 * of them can stand for more values than there is memory), a key twice, and
 * what nests too deeply.
 */
#ifndef JUDGE_YAML_H
#define JUDGE_YAML_H

#include <jansson.h>

/* NULL, and why. The caller owns the value. */
json_t *yaml_read(const char *text, char problem[200]);

#endif
