# Runs the test without a terminal: the stack of a failure, and its status.
set breakpoint pending on
set confirm off
run
if $_isvoid($_exitcode)
    backtrace
    kill
    quit 1
end
quit $_exitcode
