package dev.hookferry.app.cli;

import java.util.Comparator;
import java.util.List;
import picocli.CommandLine;

/** The order in which help lists the verbs of a command: those that look, add, change, remove. */
final class VerbOrder {
  private static final List<String> VERBS =
      List.of(
          "list",
          "show",
          "whoami",
          "find",
          "sessions",
          "link",
          "images",
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
          "set-image",
          "export",
          "ddl",
          "skip",
          "cancel",
          "end",
          "discard",
          "revoke",
          "remove",
          "remove-image");

  private VerbOrder() {}

  /** Puts the subcommands into this order; others come last, by name. */
  static void sort(CommandLine noun) {
    List<CommandLine> sorted =
        noun.getSubcommands().values().stream()
            .sorted(
                Comparator.comparing(VerbOrder::place).thenComparing(CommandLine::getCommandName))
            .toList();
    sorted.forEach(verb -> noun.getCommandSpec().removeSubcommand(verb.getCommandName()));
    sorted.forEach(verb -> noun.addSubcommand(verb.getCommandName(), verb));
  }

  private static int place(CommandLine verb) {
    int place = VERBS.indexOf(verb.getCommandName());
    return place < 0 ? VERBS.size() : place;
  }
}
