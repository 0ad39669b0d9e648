# SPDX-License-Identifier: MIT
#
# leaks-children.sed - forgets a child when it ends
#
# file: service.c
# loses: no_memory_error
# sentence: "Gives back what the service holds."
/met_child_release\(s->latency\);/d
