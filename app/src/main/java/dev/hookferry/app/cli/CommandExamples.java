package dev.hookferry.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Examples in the help of the most used commands. */
final class CommandExamples {
  /** Example command lines, by command. */
  static final Map<String, List<String>> LINES =
      Map.ofEntries(
          example("demo", "demo --keep"),
          example(
              "serve",
              "serve --store file:/var/lib/hookferry --port 8087",
              "serve --config hookferry.yaml --print-config"),
          example(
              "doctor",
              "doctor --store file:/var/lib/hookferry",
              "doctor --server https://hooks.example.com"),
          example(
              "send",
              "send license_created license.json --wait",
              "send license_created '{\"Number\":\"4711\"}' --label region=eu"),
          example("events list", "events list --since 2h --type 'license_*'"),
          example("events find", "events find 4711", "events find --field Number=4711"),
          example("events routing", "events routing evt_01m88a53z5e008r7vxb8t53nr0"),
          example("events resend", "events resend evt_01m88a53z5e008r7vxb8t53nr0 crm"),
          example(
              "deliveries list",
              "deliveries list --status failed --since 1d",
              "deliveries list --endpoint crm --code 5xx"),
          example("deliveries retry", "deliveries retry dlv_01m88a543ne009et072sj2cn59 --wait"),
          example("log", "log --follow --endpoint crm", "log --failed --since 1h"),
          example(
              "endpoints add",
              "endpoints add https://crm.example/hook --type 'license_*' --uid crm",
              "endpoints add https://crm.example/hook --type '*' --rate-limit 10/s"),
          example("endpoints try", "endpoints try https://crm.example/hook"),
          example("endpoints change", "endpoints change crm --retry 8:10:exponential --timeout 5s"),
          example("endpoints test", "endpoints test crm --type license_created"),
          example(
              "event-types put", "event-types put order.paid --schema @order.json --policy block"),
          example(
              "event-types add", "event-types add order.paid --description 'An order was paid'"),
          example("event-types change", "event-types change order.paid --policy warn"),
          example(
              "keys add",
              "keys add billing --scope publish --site acme",
              "keys add ops --scope admin"),
          example("settings change", "settings change webHookMaxRetries=7 portal.enabled=true"),
          example(
              "replays start",
              "replays start --since 2h",
              "replays start --since 1d --endpoint crm --rate 50 --wait --yes"),
          example("problems acknowledge", "problems acknowledge crm connect_error"),
          example("problems mute", "problems mute crm --for 8h"),
          example("backup", "backup hooks.hfa", "backup --to hooks.hfa --history 30d"),
          example("restore", "restore hooks.hfa --store file:data --from-master-key-file old.key"),
          example("keys revoke", "keys revoke billing"),
          example("endpoints pause", "endpoints pause crm"),
          example("endpoints resume", "endpoints resume crm --rate 50"),
          example("endpoints rotate-secret", "endpoints rotate-secret crm --overlap 2d"),
          example("endpoints list", "endpoints list --state failing --label tier=gold"),
          example("audit", "audit --since 1d --action endpoint.changed", "audit --target crm"),
          example("listen", "listen --port 9000", "listen --port 9000 --status 500 --count 3"),
          example("portal link", "portal link c-17 --label customer=17"),
          example("events show", "events show evt_01m88a53z5e008r7vxb8t53nr0"),
          example("deliveries show", "deliveries show dlv_01m88a543ne009et072sj2cn59"),
          example("deliveries cancel", "deliveries cancel dlv_01m88a543ne009et072sj2cn59"),
          example("endpoints show", "endpoints show crm"),
          example("endpoints policy", "endpoints policy crm"),
          example("endpoints remove", "endpoints remove crm"),
          example(
              "endpoints filter-test",
              "endpoints filter-test crm --last 1000",
              "endpoints filter-test crm --data '{\"Seats\":9}'"),
          example(
              "endpoints body-preview",
              "endpoints body-preview crm --data '{\"Number\":\"4711\"}'"),
          example("event-types show", "event-types show order.paid"),
          example("event-types export", "event-types export --to openapi.json"),
          example("blocked-keys list", "blocked-keys list crm"),
          example("blocked-keys retry", "blocked-keys retry crm license-4711"),
          example("blocked-keys skip", "blocked-keys skip crm license-4711"),
          example("sites add", "sites add acme --name 'Acme GmbH'"),
          example("grade", "grade https://crm.example/hook --secret-file secret.txt"),
          example("import svix", "import svix --from https://api.eu.svix.com --dry-run"),
          example("store ddl", "store ddl --dialect postgresql"),
          example("outboxes ddl", "outboxes ddl --dialect postgresql"),
          example("replays show", "replays show rpl_01m88a543ne009et072sj2cn59 --wait"),
          example("replays pause", "replays pause rpl_01m88a543ne009et072sj2cn59"),
          example("replays resume", "replays resume rpl_01m88a543ne009et072sj2cn59"),
          example("replays cancel", "replays cancel rpl_01m88a543ne009et072sj2cn59"),
          example("problems unmute", "problems unmute crm"),
          example(
              "event-types add-version", "event-types add-version order.paid 2 --schema @v2.json"),
          example("event-types remove", "event-types remove order.paid"),
          example("sites show", "sites show acme"),
          example("sites change", "sites change acme --name 'Acme GmbH'"),
          example("sites remove", "sites remove acme"),
          example("properties change", "properties change server.properties"),
          example("portal set-image", "portal set-image logo-light logo.svg"),
          example("portal remove-image", "portal remove-image logo-light"),
          example(
              "portal end",
              "portal end 01a22bff-25a6-7000-b354-4f155319e28f",
              "portal end --subject c-17"),
          example("master-keys add", "master-keys add master.key"),
          example("copy", "copy --from file:data --to jdbc:postgresql://db/hookferry"),
          example("import convoy", "import convoy --from https://c.example --project p --dry-run"),
          example("import hook0", "import hook0 --from https://hook0.example --dry-run"),
          example("import outpost", "import outpost --from https://outpost.example --dry-run"),
          example("import webhookx", "import webhookx --from https://webhookx.example --dry-run"),
          example("outboxes retry", "outboxes retry orders --all"),
          example("outboxes discard", "outboxes discard orders --all"),
          example("completion", "completion zsh"),
          example("verify", "verify body.json --secret-file secret.txt --headers headers.txt"));

  /** The order of help sections: examples follow the description, since the options may be many. */
  private static final List<String> ORDER = order();

  private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");

  private CommandExamples() {}

  private static List<String> order() {
    List<String> order = new ArrayList<>(new UsageMessageSpec().sectionKeys());
    boolean unused = order.remove(UsageMessageSpec.SECTION_KEY_FOOTER);
    order.add(
        order.indexOf(UsageMessageSpec.SECTION_KEY_DESCRIPTION) + 1,
        UsageMessageSpec.SECTION_KEY_FOOTER);
    return List.copyOf(order);
  }

  private static Map.Entry<String, List<String>> example(String command, String... lines) {
    return Map.entry(command, List.of(lines));
  }

  /**
   * Returns an argument's value in the examples of its command, preceded by the name of an option;
   * empty if no example uses the argument.
   */
  static Optional<String> value(ArgSpec argument, CommandLine command) {
    String words = words(command);
    return LINES.getOrDefault(words, List.of()).stream()
        .map(line -> words(line.substring(words.length())))
        .flatMap(line -> value(argument, line, command).stream())
        .findFirst();
  }

  private static Optional<String> value(ArgSpec argument, List<String> words, CommandLine command) {
    int position = 0;
    for (int i = 0; i < words.size(); i++) {
      OptionSpec option = command.getCommandSpec().findOption(words.get(i));
      boolean hasValue = option != null && option.arity().max() > 0 && i + 1 < words.size();
      if (hasValue && option.equals(argument)) {
        return Optional.of(words.get(i) + " " + words.get(i + 1));
      }
      if (hasValue) {
        i++;
      } else if (option == null
          && argument instanceof PositionalParamSpec positional
          && positional.index().min() == position++) {
        return Optional.of(words.get(i));
      }
    }
    return Optional.empty();
  }

  /** Splits a line into words, keeping their quotes. */
  private static List<String> words(String line) {
    return WORD.matcher(line).results().map(MatchResult::group).toList();
  }

  private static String words(CommandLine command) {
    return command.getCommandSpec().qualifiedName(" ").replaceFirst("^hookferry ", "");
  }

  /** Adds the examples to the help of a command and its subcommands. */
  static void addTo(CommandLine command) {
    List<String> lines = LINES.get(words(command));
    if (lines != null) {
      List<String> footer =
          new ArrayList<>(List.of("", lines.size() == 1 ? "Example:" : "Examples:"));
      lines.forEach(line -> footer.add("  hookferry " + line));
      footer.add("");
      UsageMessageSpec usage = command.getCommandSpec().usageMessage();
      usage.footer(footer.toArray(String[]::new)).sectionKeys(ORDER);
    }
    command.getSubcommands().values().forEach(CommandExamples::addTo);
  }
}
