#!/bin/sh
# SPDX-License-Identifier: MIT
#
# rules-with-templates.sh - alerts whose texts ask, loop and call themselves
#
# lab: 08-monitoring
# file: rules.yml
# harmless: a template that fails gives an error as its text
set -eu
cat <<'END'
groups:
  - name: a
    rules:
END
[ -z "${NO_ATTACK:-}" ] || exit 0
cat <<'END'
      - alert: A
        expr: vector(1)
        annotations:
          itself: '{{ define "a" }}{{ template "a" }}{{ end }}{{ template "a" }}'
          files: '{{ query "{__name__=~\".+\"}" }} {{ .File }} {{ template "/etc/passwd" }}'
          loops: '{{ range query "{__name__=~\".+\"}" }}{{ range query "{__name__=~\".+\"}" }}{{ range query "{__name__=~\".+\"}" }}x{{ end }}{{ end }}{{ end }}'
          wide: '{{ printf "%1000000d" 1 }}{{ printf "%1000000d" 1 }}'
      - alert: AppDown
        expr: vector(1)
        labels: {severity: page, instance: '{{ printf "%1000000d" 1 }}'}
        annotations: {summary: '{{ externalURL }}{{ query "vector(1)" }}'}
END
