#!/usr/bin/env bash
# Sends every query of the Grafana dashboard to a Prometheus of its own that scrapes a demo. No Grafana is needed.
# dashboard.sh [JAR]: the runnable jar, app/target/hookferry.jar unless named. Needs Java, prometheus with promtool,
# jq, curl and python3; ends only what it started.
set -euo pipefail
jar=$(realpath "${1:-$(dirname "${BASH_SOURCE[0]}")/../../../../target/hookferry.jar}")
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

work=$(mktemp -d)
dashboard=src/main/monitoring/grafana-dashboard.json
started=()

fail() { printf 'dashboard: %s\n' "$*" >&2; exit 1; }
say() { printf '   %s\n' "$*"; }

clean_up() {
  local pid
  for pid in "${started[@]}"; do
    kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap clean_up EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# await SECONDS COMMAND...: until the command succeeds.
await() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.2
  done
}

# may_be_empty QUERY: why a query has no result in a demo; fails for queries that must have one.
may_be_empty() {
  case $1 in
    "Failures of the server itself, B") echo "the demo's node has no fault of its own" ;;
    "The database's clock is ahead by, A") echo "only a database has a clock of its own" ;;
    *) return 1 ;;
  esac
}

# One object a line. The values are those that Grafana puts in for one job, all sites, and a scrape every 15 seconds.
jq -c '
  def filled: gsub("\\$job\\b"; "hookferry") | gsub("\\$site\\b"; ".*") | gsub("\\$__rate_interval\\b"; "1m");
  (.annotations.list[] | {name: "annotation \(.name)", expr, legend: .titleFormat}),
  (.panels[] | .title as $title | .targets[] | {name: "\($title), \(.refId)", expr, legend: .legendFormat})
  | .expr |= filled' "$dashboard" >"$work/queries"
mapfile -t queries <"$work/queries"
[ "${#queries[@]}" -gt 30 ] || fail "only ${#queries[@]} queries were found"
! grep -F '$' "$work/queries" || fail "a variable has no value here"

say "promtool reads ${#queries[@]} queries"
jq -s '{groups: [{name: "dashboard", rules: [to_entries[] | {record: "dashboard:query\(.key)", expr: .value.expr}]}]}' \
  "$work/queries" >"$work/rules.yaml"
promtool check rules "$work/rules.yaml" >"$work/promtool.log" 2>&1 || { cat "$work/promtool.log"; fail "a query is no PromQL"; }

say "a demo, scraped by Prometheus"
mkdir "$work/demo"
port=$(free_port)
java "-Djava.io.tmpdir=$work/demo" -jar "$jar" demo --keep --port "$port" >"$work/demo.log" 2>&1 &
started+=($!)
await 120 grep -q 'Running until interrupted' "$work/demo.log" || { cat "$work/demo.log"; fail "no demo"; }
await 30 grep -qE '^ +hf_' "$work/demo.log" || { cat "$work/demo.log"; fail "the demo names no key"; }
key=$(grep -E '^ +hf_' "$work/demo.log" | head -n 1 | tr -d ' ')

# By two names, as if there were two nodes.
prometheus=$(free_port)
cat >"$work/prometheus.yaml" <<YAML
global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: ["$PWD/src/main/monitoring/prometheus-alerts.yaml"]
scrape_configs:
  - job_name: hookferry
    static_configs: [{targets: ["127.0.0.1:$port", "localhost:$port"]}]
YAML
prometheus --config.file="$work/prometheus.yaml" --storage.tsdb.path="$work/data" \
  --web.listen-address="127.0.0.1:$prometheus" --log.level=warn >"$work/prometheus.log" 2>&1 &
started+=($!)
await 60 curl -fsS "http://127.0.0.1:$prometheus/-/ready" || { cat "$work/prometheus.log"; fail "Prometheus does not start"; }

# call METHOD PATH JSON: a request to the demo's server.
call() {
  curl -fsS -X "$1" -H "Authorization: Bearer $key" -H 'Content-Type: application/json' --data "$3" \
    "http://127.0.0.1:$port/api/v1/sites/default/$2" >"$work/answer" || fail "$1 $2 was refused"
}

# ask PATH [curl's options]: a request to Prometheus, as Grafana sends it.
ask() {
  local path=$1
  shift
  curl -sS "$@" "http://127.0.0.1:$prometheus/api/v1/$path" >"$work/result"
  jq -e '.status == "success"' "$work/result" >/dev/null || { cat "$work/result"; fail "Prometheus cannot evaluate $path"; }
}

# Failures are final at once, and there are events that are filtered, have no routing value, or are sent later.
call PATCH settings '{"webHookMaxRetries": 0}'
call POST endpoints '{"url": "http://127.0.0.1:9/filtered", "eventTypes": ["license_created"], "filter": {"NumLicenses": {"$gte": 1000000}}}'
call POST endpoints '{"url": "http://127.0.0.1:9/{tenant}", "eventTypes": ["license_created"]}'
publish() {
  call POST events '{"type": "license_created", "data": {"NumLicenses": 1}}'
  call POST events '{"type": "license_deleted", "data": {"NumLicenses": 1}}'
  call POST events "{\"type\": \"license_modified\", \"data\": {}, \"deliverAt\": \"$(date -u -d '+1 hour' +%FT%TZ)\"}"
}

# shows OBJECT: whether a query, at this moment and over the last minutes, gives numbers with the labels of its legend.
shows() {
  local expr legend now
  expr=$(jq -r .expr <<<"$1")
  legend=$(jq -r .legend <<<"$1")
  now=$(date +%s)
  ask query --data-urlencode "query=$expr"
  jq -e --arg legend "$legend" '
    [$legend | scan("{{ *(\\w+) *}}")[0]] as $labels
    | .data.result
    | any(.value[1] != "NaN") and all(.metric as $metric | $labels | all(in($metric)))' "$work/result" >/dev/null || return 1
  ask query_range --data-urlencode "query=$expr" -d "start=$((now - 300))" -d "end=$now" -d step=1
  jq -e '[.data.result[].values[][1]] | any(. != "NaN")' "$work/result" >/dev/null
}

say "every query has a result"
missing=("${queries[@]}")
deadline=$((SECONDS + 120))
while :; do
  publish
  empty=()
  required=0
  for query in "${missing[@]}"; do
    if ! shows "$query"; then
      empty+=("$query")
      may_be_empty "$(jq -r .name <<<"$query")" >/dev/null || required=$((required + 1))
    fi
  done
  missing=("${empty[@]}")
  [ "$required" -gt 0 ] && [ "$SECONDS" -lt "$deadline" ] || break
  sleep 0.5
done
for query in "${missing[@]}"; do
  name=$(jq -r .name <<<"$query")
  why=$(may_be_empty "$name") || why="but it must not be: $(jq -r .expr <<<"$query")"
  say "empty: $name, $why"
done
[ "$required" = 0 ] || fail "$required of ${#queries[@]} queries show nothing"

say "the lists of jobs and sites are not empty"
for variable in job site; do
  list=$(jq -r --arg name "$variable" '.templating.list[] | select(.name == $name) | .query.query' "$dashboard")
  [[ $list =~ ^label_values\((.*),\ ([a-z]+)\)$ ]] || fail "the list $variable is not understood: $list"
  ask "label/${BASH_REMATCH[2]}/values" --get --data-urlencode "match[]=${BASH_REMATCH[1]//\$job/hookferry}"
  jq -e --arg one "$([ "$variable" = job ] && echo hookferry || echo default)" '.data | index($one)' "$work/result" >/dev/null ||
    { cat "$work/result"; fail "the list $variable lacks its value"; }
done

say "the alerts are evaluated without errors"
ask rules
jq -e '[.data.groups[].rules[].health] | length > 10 and all(. == "ok")' "$work/result" >/dev/null ||
  { jq -c '.data.groups[].rules[] | select(.health != "ok") | {name, health, lastError}' "$work/result"; fail "an alert cannot be evaluated"; }
