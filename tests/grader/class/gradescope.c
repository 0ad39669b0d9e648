/* SPDX-License-Identifier: MIT
 *
 * gradescope.c - reads submission_metadata.yml of Gradescope's export
 *
 * A mapping from folder to what is known of it; keys are Ruby's symbols, so
 * they begin with a colon: `:submitters:` is a list of `:name:`, `:sid:` and
 * `:email:`; `:created_at:` is a time.
 */
#include "gradescope.h"

#include <stdio.h>
#include <string.h>
#include <yaml.h>

static const char *text_of(const yaml_node_t *n)
{
    return n && n->type == YAML_SCALAR_NODE ? (const char *)n->data.scalar.value
                                            : "";
}

/* The value of a key of a mapping, or NULL. */
static yaml_node_t *value_of(yaml_document_t *d, const yaml_node_t *map,
                             const char *key)
{
    if (!map || map->type != YAML_MAPPING_NODE)
        return NULL;
    for (yaml_node_pair_t *p = map->data.mapping.pairs.start;
         p < map->data.mapping.pairs.top; p++)
        if (strcmp(text_of(yaml_document_get_node(d, p->key)), key) == 0)
            return yaml_document_get_node(d, p->value);
    return NULL;
}

static void read_submission(yaml_document_t *d, const char *folder,
                            const yaml_node_t *about, gradescope_found *found,
                            void *to)
{
    const yaml_node_t *list = value_of(d, about, ":submitters");
    const char *created = text_of(value_of(d, about, ":created_at"));

    if (!list || list->type != YAML_SEQUENCE_NODE)
        return;
    for (yaml_node_item_t *i = list->data.sequence.items.start;
         i < list->data.sequence.items.top; i++) {
        const yaml_node_t *who = yaml_document_get_node(d, *i);
        found(to, folder, text_of(value_of(d, who, ":sid")),
              text_of(value_of(d, who, ":email")),
              text_of(value_of(d, who, ":name")), created);
    }
}

static void read_document(yaml_document_t *d, gradescope_found *found, void *to)
{
    const yaml_node_t *root = yaml_document_get_root_node(d);

    if (!root || root->type != YAML_MAPPING_NODE)
        return;
    for (yaml_node_pair_t *p = root->data.mapping.pairs.start;
         p < root->data.mapping.pairs.top; p++)
        read_submission(d, text_of(yaml_document_get_node(d, p->key)),
                        yaml_document_get_node(d, p->value), found, to);
}

bool gradescope_read(const char *path, gradescope_found *found, void *to,
                     long *line)
{
    yaml_parser_t parser;
    yaml_document_t d;
    FILE *f = fopen(path, "r");

    *line = 0;
    if (!f || !yaml_parser_initialize(&parser)) {
        if (f)
            fclose(f);
        return false;
    }
    yaml_parser_set_input_file(&parser, f);
    bool read = yaml_parser_load(&parser, &d);
    if (read) {
        read_document(&d, found, to);
        yaml_document_delete(&d);
    } else {
        *line = (long)parser.problem_mark.line + 1;
    }
    yaml_parser_delete(&parser);
    fclose(f);
    return read;
}
