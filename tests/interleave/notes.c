/* SPDX-License-Identifier: MIT
 *
 * notes.c - what a build says beside each verdict, when it has nothing to say
 *
 * build.sh links another il_foreign (functions that threads call and the
 * explorer does not know) or il_note (what else is not modelled) before these,
 * which are weak and give way.
 */
extern const char il_foreign[], il_note[];

__attribute__((weak)) const char il_foreign[] = "";
__attribute__((weak)) const char il_note[] = "";
