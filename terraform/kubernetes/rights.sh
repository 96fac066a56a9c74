#!/usr/bin/env bash
# Rights of Kafka's users: who does what with which topics and groups. Nobody may do what is not listed here, and what is not listed
# any more is taken away. May run as often as one likes; the users themselves are made elsewhere, see ../deploy.
#
# Environment: BOOTSTRAP   brokers, host:port with commas between
#              FUNCTIONS   names with a space between; name:topic,topic for one that writes more topics than every function does
#              PASSWORD    of the user `administrator`, who gives rights and has no others
#              SECURITY    SASL_SSL unless it is said otherwise
#              TRIES       to sign in, one each 20 s: 36 unless it is said otherwise
# kafka-acls.sh has to be on the PATH.
set -euo pipefail

for variable in BOOTSTRAP FUNCTIONS PASSWORD; do
  [ -n "${!variable:-}" ] || { echo "rights: $variable is empty (expected: see the head of rights.sh)" >&2; exit 2; }
done
names=()
for function in $FUNCTIONS; do
  [[ $function =~ ^[a-z][a-z0-9]*(:[a-z0-9.-]+(,[a-z0-9.-]+)*)?$ ]] || { echo "rights: FUNCTIONS: $function (expected: name, or name:topic,topic)" >&2; exit 2; }
  names+=("${function%%:*}")
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 700 "$work"
cat >"$work/client.properties" <<END
security.protocol=${SECURITY:-SASL_SSL}
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="administrator" password="$PASSWORD";
END
acls() { kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$work/client.properties" "$@"; }

# allow USER PATTERN OPERATIONS THING...: PATTERN is literal or prefixed, THING type:name of a topic, group, cluster or transactional-id.
allow() {
  local user=$1 pattern=$2 operations=$3 operation thing arguments=()
  shift 3
  for operation in $operations; do arguments+=(--operation "$operation"); done
  for thing in "$@"; do
    if [ "$thing" = cluster:kafka-cluster ]; then arguments+=(--cluster); else arguments+=("--${thing%%:*}" "${thing#*:}"); fi
    for operation in $operations; do echo "$user ${thing%%:*} $pattern ${thing#*:} $operation"; done >>"$work/declared"
  done
  acls --add --allow-principal "User:$user" --resource-pattern-type "$pattern" "${arguments[@]}" >"$work/out" || { cat "$work/out" >&2; exit 1; }
}
# Of each function, with its name for %s.
each() {
  local name
  for name in "${names[@]}"; do printf "$1\n" "$name"; done
}

# Brokers of a cloud learn of a user or of a new password after minutes.
for ((try = 1; ; try++)); do
  if acls --list --topic rookery.significant >"$work/out" 2>&1; then break; fi
  if [ "$try" = "${TRIES:-36}" ]; then
    cat "$work/out" >&2
    exit 1
  fi
  sleep 20
done

# Until there is a rule for a thing, a broker of a cloud lets everybody do everything with it. So rights are the administrator's first,
# and the last rule, of all topics and groups, leaves nothing without one.
allow administrator literal "Alter Describe" cluster:kafka-cluster
# Makes and changes topics, and deletes none: one that nobody declares any more is deleted by a person.
allow operator literal "Describe DescribeConfigs" cluster:kafka-cluster
allow operator prefixed "Create Describe Alter DescribeConfigs AlterConfigs" topic:rookery.
mapfile -t asked < <(each topic:rookery.%s.commands; each topic:rookery.%s.queries)
allow gateway literal "Write Describe" "${asked[@]}"
mapfile -t groups < <(each group:%s-commands; each group:%s-queries; each group:%s-given-up)
allow dispatcher literal "Read Describe" "${asked[@]}"
allow dispatcher literal "Read Write Describe" topic:rookery.dead-letters
# A group goes with its source.
allow dispatcher literal "Read Describe Delete" "${groups[@]}"
for function in $FUNCTIONS; do
  name=${function%%:*} more=()
  [ "$name" = "$function" ] || IFS=, read -r -a more <<<"${function#*:}"
  # Its own commands are those that its chores give it.
  allow "$name" literal "Write Describe" "topic:rookery.$name.facts" "topic:rookery.$name.commands" topic:rookery.significant \
    topic:rookery.dead-letters "${more[@]/#/topic:}"
done
allow administrator literal Describe 'topic:*' 'group:*' 'transactional-id:*'

# What there is and is not listed above.
acls --list >"$work/list"
awk '
  /resourceType=/ {
    match($0, /resourceType=[A-Z_]+/); type = tolower(substr($0, RSTART + 13, RLENGTH - 13)); sub("_", "-", type)
    match($0, /name=[^,]+/); name = substr($0, RSTART + 5, RLENGTH - 5)
    match($0, /patternType=[A-Z]+/); pattern = tolower(substr($0, RSTART + 12, RLENGTH - 12))
  }
  /principal=/ && !/principal=User:.*host=\*.*permissionType=ALLOW/ { print "rights: not given here, and left: " type " " name ": " $0 >"/dev/stderr"; next }
  /principal=User:/ {
    match($0, /principal=User:[^,]+/); user = substr($0, RSTART + 15, RLENGTH - 15)
    match($0, /operation=[A-Z_]+/); operation = substr($0, RSTART + 10, RLENGTH - 10)
    print user, type, pattern, name, operation
  }' "$work/list" | sort -u >"$work/there"
# As it is listed: DescribeConfigs is DESCRIBE_CONFIGS there.
awk '{ gsub(/[A-Z]/, "_&", $5); sub(/^_/, "", $5); $5 = toupper($5); print }' "$work/declared" | sort -u >"$work/wanted"
comm -23 "$work/there" "$work/wanted" >"$work/gone"
while read -r user type pattern name operation; do
  of=("--$type" "$name")
  [ "$type" != cluster ] || of=(--cluster)
  said=$(awk -F_ '{ for (i = 1; i <= NF; i++) printf "%s%s", substr($i, 1, 1), tolower(substr($i, 2)) }' <<<"$operation")
  acls --remove --force --allow-principal "User:$user" --operation "$said" --resource-pattern-type "$pattern" "${of[@]}" >"$work/out" </dev/null ||
    { cat "$work/out" >&2; exit 1; }
  echo "rights: $user may not $said $type $name any more"
done <"$work/gone"
echo "rights: $(wc -l <"$work/wanted" | tr -d ' ') of $(cut -d' ' -f1 "$work/wanted" | sort -u | wc -l | tr -d ' ') users"
