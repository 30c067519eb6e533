package dev.hookferry.app.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Shell completion of ids, which the scripts query from the server in {@code HOOKFERRY_URL}. */
final class CompletedIds {
  /** The command that lists the ids, by the label of an option or argument. */
  private static final Map<String, String> LISTS =
      Map.of(
          "ENDPOINT", "endpoints",
          "DELIVERY", "deliveries",
          "EVENT", "events",
          "REPLAY", "replays",
          "TYPE", "event-types",
          "SITE", "sites",
          "KEY_ID", "keys");

  /** Commands whose argument has such a label but names a new resource or a setting. */
  private static final Set<String> OTHERS =
      Set.of("hookferry sites add", "hookferry event-types add", "hookferry doctor");

  private static final int MAX = 200;

  /** The prefix of a completion candidate that names a list of ids. */
  private static final String MARK = "@";

  /** Prefers uids to ids, and drops words that a shell might expand. */
  private static final String FIRST =
      "awk -F, 'NR == 1 { uids = ($2 == \"uid\"); next } { id = uids && $2 != \"\" ? $2 : $1 }"
          + " id ~ /^[A-Za-z0-9_.-]+$/ { print id }'";

  private static final String BASH =
      """
      # Prints the ids in a list of the server; nothing if it is unreachable, or if the line names
      # another server or key.
      function _hookferry_ids() {
        local i
        local site=()
        for (( i=1; i<COMP_CWORD; i++ )); do
          case "${COMP_WORDS[i]}" in
            --server|--server=*|--key|--key=*) return;;
            --site=*) site=("${COMP_WORDS[i]}");;
            --site)
              site=("--site" "${COMP_WORDS[i+1]}")
              if [[ "${COMP_WORDS[i+1]}" == "=" ]]; then site=("--site" "${COMP_WORDS[i+2]}"); fi;;
          esac
        done
        if [[ "$1" == "sites" || "$1" == "keys" ]]; then site=(); fi
        "${COMP_WORDS[0]}" "$1" list --limit %d -o csv "${site[@]}" 2>/dev/null </dev/null | %s
      }

      """;

  private static final String ASK =
      """
        if [[ "$1" == %s* ]]; then
          compgen -W "$(_hookferry_ids "${1#%s}")" -- "${COMP_WORDS[COMP_CWORD]}"
          return
        fi
      """;

  private static final String FISH =
      """
      # Prints the ids in a list of the server; nothing if it is unreachable, or if the line names
      # another server or key.
      function __hookferry_ids
        set -l words (commandline -opc)
        set -l site
        for i in (seq (count $words))
          switch $words[$i]
            case --server '--server=*' --key '--key=*'
              return
            case '--site=*'
              set site $words[$i]
            case --site
              set site '--site='$words[(math $i + 1)]
          end
        end
        if contains $argv[1] sites keys
          set site
        end
        $words[1] $argv[1] list --limit %d -o csv $site 2>/dev/null </dev/null | %s
      end

      """;

  private CompletedIds() {}

  /** Marks the options and arguments of a command and its subcommands whose values are ids. */
  static void mark(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    boolean asksServer = spec.findOption("--server") != null;
    if (asksServer && !OTHERS.contains(spec.qualifiedName())) {
      List.copyOf(spec.args()).stream()
          .filter(arg -> LISTS.containsKey(arg.paramLabel()) && arg.group() == null)
          .filter(arg -> arg.completionCandidates() == null)
          .forEach(arg -> mark(spec, arg));
    }
    command.getSubcommands().values().forEach(CompletedIds::mark);
  }

  private static void mark(CommandSpec spec, ArgSpec arg) {
    List<String> marked = List.of(MARK + LISTS.get(arg.paramLabel()));
    spec.remove(arg);
    if (arg instanceof OptionSpec option) {
      spec.addOption(OptionSpec.builder(option).completionCandidates(marked).build());
    } else {
      PositionalParamSpec positional = (PositionalParamSpec) arg;
      spec.addPositional(
          PositionalParamSpec.builder(positional).completionCandidates(marked).build());
    }
  }

  /** Returns picocli's script, extended to query the server for marked values. */
  static String inBash(String script) {
    String entry = "# Bash completion entry point function.\n";
    String reply = "function compReplyArray() {\n";
    return script
        .replace(entry, BASH.formatted(MAX, FIRST) + entry)
        .replace(reply, reply + ASK.formatted(MARK, MARK));
  }

  /** Returns the fish function that queries the server. */
  static String functionInFish() {
    return FISH.formatted(MAX, FIRST);
  }

  /** Returns the fish call that prints the ids of a marked list; other words unchanged. */
  static String inFish(String words) {
    return words.startsWith(MARK)
        ? "(__hookferry_ids " + words.substring(MARK.length()) + ")"
        : words;
  }
}
