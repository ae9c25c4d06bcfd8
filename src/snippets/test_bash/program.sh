shopt -s nocasematch
fitting() {
  printf '%s' "$hosts" | while read -r number name _; do
    case $1 in '' | "$number" | "$name" | "${name%%.*}" | "${name%%.*}".*) printf ' %s' "$number" ;; esac
  done
}
if [ -z "$hosts" ]; then echo 'portplan: there is nothing to test in this script' >&2; exit 2; fi
me=$(fitting "${1:-}")
if [ -z "${1:-}" ] && [ "${me# * }" != "$me" ]; then me=$(fitting "${HOSTNAME:-}"); fi
case $me in
  '' | *' '*' '*)
    echo 'portplan: say which host this is, by its number or name: bash FILE HOST' >&2
    printf '%s' "$hosts" >&2
    exit 2 ;;
esac
me=${me# }
mine=$(printf '%s' "$flows" | while read -r kind from rest; do
  if [ "$from" = "$me" ]; then printf '%s %s\n' "$kind" "$rest"; fi
done)
probe() {
  # shellcheck disable=SC2016 # the inner bash expands them
  said=$(LC_ALL=C timeout "$seconds" bash -c 'exec 3<> "/dev/tcp/$1/$2"' probe "$1" "$2" 2>&1 < /dev/null)
  case $?:$said in
    0:*) echo 'open' ;;
    124:* | *': Connection timed out'*) echo 'timed out' ;;
    *': Connection refused'*) echo 'refused' ;;
    *': No route to host'* | *' unreachable'* | *': Operation not permitted'* | *': Permission denied'*) echo 'unreachable' ;;
    *': Name or service not known'* | *': Temporary failure in name resolution'* | *': No address associated'*) echo 'unknown name' ;;
    *': No such file or directory'*) echo 'cannot run' ;;
    *) echo 'failed' ;;
  esac
}
worker() {
  at=0
  printf '%s\n' "$mine" | while read -r kind address port _; do
    at=$((at + 1))
    if [ "$kind" = tcp ] && [ $((at % workers)) -eq "$1" ]; then
      printf '%s %s\n' "$at" "$(probe "$address" "$port")"
    fi
  done
}
results=$(
  number=0
  while [ "$number" -lt "$workers" ]; do
    worker "$number" &
    number=$((number + 1))
  done
  wait
)
while read -r at state; do found[at]=$state; done <<PORTPLAN_RESULTS
$results
PORTPLAN_RESULTS
at=0 passed=0 refused=0 blocked=0 broken=0 untested=0
while read -r kind address port text; do
  at=$((at + 1))
  case $kind in
    tcp)
      state=${found[at]:-cannot run}
      case $state in
        open) passed=$((passed + 1)) ;;
        refused) refused=$((refused + 1)) ;;
        'cannot run') broken=$((broken + 1)) ;;
        *) blocked=$((blocked + 1)) ;;
      esac
      printf '%-12s  %s tcp %s  %s\n' "$state" "$address" "$port" "$text" ;;
    not)
      untested=$((untested + 1))
      printf '%-12s  %s\n' 'not tested' "$text" ;;
  esac
done <<PORTPLAN_RESULTS
$mine
PORTPLAN_RESULTS
echo "$((passed + refused + blocked + broken)) tested: $passed open, $refused refused (nothing listens yet), $blocked blocked; $untested not tested"
if [ "$broken" -gt 0 ]; then
  echo 'portplan: this bash cannot open connections (/dev/tcp)' >&2
  exit 2
fi
if [ "$blocked" -gt 0 ]; then exit 1; fi
exit 0
)
