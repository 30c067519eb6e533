package dev.hookferry.app.cli;

import java.util.Comparator;
import java.util.List;
import picocli.CommandLine;

/** The order of a command's verbs in the help: read, add, change, remove. */
final class VerbOrder {
  private static final List<String> VERBS =
      List.of(
          "list",
          "show",
          "whoami",
          "find",
          "link",
          "sessions",
          "end",
          "images",
          "set-image",
          "remove-image",
          "routing",
          "policy",
          "start",
          "add",
          "put",
          "add-version",
          "try",
          "test",
          "filter-test",
          "body-preview",
          "change",
          "resend",
          "retry",
          "acknowledge",
          "mute",
          "unmute",
          "pause",
          "resume",
          "rotate",
          "rotate-secret",
          "export",
          "ddl",
          "skip",
          "cancel",
          "discard",
          "revoke",
          "remove");

  private VerbOrder() {}

  /**
   * Sorts the subcommands into this order, others last by name, and adds a footer that tells how to
   * list their options.
   */
  static void list(CommandLine noun) {
    if (noun.getSubcommands().isEmpty()) {
      return;
    }
    List<CommandLine> sorted =
        noun.getSubcommands().values().stream()
            .sorted(
                Comparator.comparing(VerbOrder::place).thenComparing(CommandLine::getCommandName))
            .toList();
    sorted.forEach(verb -> noun.getCommandSpec().removeSubcommand(verb.getCommandName()));
    sorted.forEach(verb -> noun.addSubcommand(verb.getCommandName(), verb));
    noun.getCommandSpec()
        .usageMessage()
        .footer(
            "",
            "For the options of a command: hookferry %s COMMAND --help"
                .formatted(noun.getCommandName()));
  }

  private static int place(CommandLine verb) {
    int place = VERBS.indexOf(verb.getCommandName());
    return place < 0 ? VERBS.size() : place;
  }
}
