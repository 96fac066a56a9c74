# Runs a server so that it never outlives who started it. Standard input is a pipe that the parent holds open and never
# writes to: when the parent ends, however it ends, the pipe does, and the server is told to stop, and is killed when it
# does not in time.
#
# Usage: sh -c child.sh child PIDFILE SIGNAL SECONDS COMMAND...
pidfile=$1 signal=$2 seconds=$3
shift 3

# What goes to everybody in the parent's process group, such as Ctrl-C or a hangup of the terminal, is not for us: who
# stops what, and when, is the parent's to say. (TERM and HUP are not ignored but survived: what is ignored here would be
# in the server too, which has to hear it.)
trap '' INT
trap : TERM HUP

exec 3<&0
"$@" </dev/null 3<&- &
child=$!
# From here on only the server writes to its log: a shell would note there that it was killed.
exec 2>/dev/null
echo "$child" >"$pidfile.new" && mv "$pidfile.new" "$pidfile"

(
  trap '' TERM HUP
  read -r _ <&3
  kill -s "$signal" "$child" 2>/dev/null
  tenths=$((seconds * 10))
  while [ "$tenths" -gt 0 ] && kill -0 "$child" 2>/dev/null; do
    sleep 0.1
    tenths=$((tenths - 1))
  done
  kill -s KILL "$child" 2>/dev/null
) &
watcher=$!
exec 3<&-

# A signal ends the wait, not the server.
while true; do
  wait "$child"
  code=$?
  kill -0 "$child" 2>/dev/null || break
done
kill -s KILL "$watcher" 2>/dev/null
exit "$code"
