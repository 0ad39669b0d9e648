/* SPDX-License-Identifier: MIT
 *
 * gradescope.h - reads submission_metadata.yml of Gradescope's export
 */
#ifndef CLASS_GRADESCOPE_H
#define CLASS_GRADESCOPE_H

#include <stdbool.h>

/* Called for each submitter of each submission; texts may be "". */
typedef void gradescope_found(void *to, const char *folder, const char *sid,
                              const char *email, const char *name,
                              const char *created_at);

/* Returns false when the file is no such YAML; 1-based line in *line. */
bool gradescope_read(const char *path, gradescope_found *found, void *to,
                     long *line);

#endif
