# SPDX-License-Identifier: MIT
#
# settings-otherwise.sed - the same settings, written otherwise
#
# file: prometheus.yml
s/^  - rules.yml/  - "rules.yml"/
s/targets: \['127.0.0.1:8000'\]/targets: [localhost:8000]/
