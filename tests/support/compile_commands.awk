# SPDX-License-Identifier: MIT
#
# compile_commands.awk - a list of C files -> the JSON that clangd reads
#
#     awk -v folder=DIR -v flags='-I...' -f compile_commands.awk <LIST
#
# Some files are compiled by scripts, with headers of their own:
# tests/interleave/build.sh and bench/build.sh.

function more_for(file) {
    if (file ~ /^bench\//)
        return " -Ibench/harness -Ibench/designs '-DBENCH_IMPL=\"row\"'" \
            " '-DBENCH_ROW=\"row\"' -DBENCH_RANK=1 '-DBENCH_RIVAL=\"row\"'" \
            " '-DBENCH_COMPILER=\"gcc\"' '-DBENCH_FLAGS=\"\"'"
    if (file ~ /^tests\/interleave\// || file ~ /\/explore\.c$/)
        return " -Itests/interleave"
    # an alternative stands in the place of a file of the solution
    if (match(file, /^tests\/alternatives\/[^\/]*/))
        return " -Isolutions/" substr(file, 20, RLENGTH - 19)
    return ""
}

function quote(text) {
    gsub(/[\\"]/, "\\\\&", text)
    return "\"" text "\""
}

BEGIN {
    print "["
}

{
    printf "%s  {\"directory\": %s,\n   \"file\": %s,\n   \"command\": %s}",
        (NR > 1 ? ",\n" : ""), quote(folder), quote($0),
        quote("gcc " flags more_for($0) " -c " $0)
}

END {
    print "\n]"
}
