package dev.hookferry.app.cli;

import dev.hookferry.app.cli.client.EndpointsCommand;
import dev.hookferry.app.cli.client.SitesCommand;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes out of the help of {@code endpoints add}, {@code endpoints try} and {@code sites add} what
 * concerns only changes, since the options are those of {@code change}; and out of that of {@code
 * try} what has no effect on a single attempt.
 */
final class NewResourceHelp {
  private static final Map<String, String> TEXTS =
      Map.of(
          " Replaces all existing ones; none removes all.",
          "",
          " A change replaces all existing ones; none removes all.",
          "",
          ", repeatable; the given headers replace all existing ones.",
          "; repeatable.",
          "; \"\" removes it.",
          ".",
          "; site for the site's.",
          "; site (default) for the site's.",
          "; site for the site's limits. Replaces both limits, as --concurrency does.",
          "; site (default) for the site's limits.",
          "; \"\" for the site's.",
          " (default: the site's).",
          ", or site for the site's envelope.",
          ", or site (default) for the site's envelope.",
          " (default: hmac; at a rotation, the current kind).",
          " (default: hmac).");

  /** Options without an effect on a test of a URL that is not registered. */
  private static final List<String> LASTING =
      List.of(
          "--uid", "--managed-by", "--order", "--on-exhaustion", "--rate-limit", "--concurrency");

  private NewResourceHelp() {}

  /** Changes the descriptions of the options of these commands, where they exist. */
  static void apply(CommandLine noun) {
    Object command = noun.getCommandSpec().userObject();
    if (command instanceof EndpointsCommand) {
      adapt(noun, "add");
      adapt(noun, "try");
    } else if (command instanceof SitesCommand) {
      adapt(noun, "add");
    }
  }

  private static void adapt(CommandLine noun, String verb) {
    CommandLine command = noun.getSubcommands().get(verb);
    if (command == null) {
      return;
    }
    CommandSpec spec = command.getCommandSpec();
    List.copyOf(spec.options()).forEach(option -> replace(spec, option));
    if (verb.equals("try")) {
      LASTING.forEach(name -> hide(spec, name));
    }
  }

  private static void hide(CommandSpec spec, String name) {
    OptionSpec option = spec.findOption(name);
    if (option != null) {
      spec.remove(option);
      spec.addOption(OptionSpec.builder(option).hidden(true).build());
    }
  }

  private static void replace(CommandSpec spec, OptionSpec option) {
    String before = String.join(" ", option.description());
    String after = before;
    for (Map.Entry<String, String> text : TEXTS.entrySet()) {
      after = after.replace(text.getKey(), text.getValue());
    }
    if (!after.equals(before) && option.group() == null) {
      spec.remove(option);
      spec.addOption(OptionSpec.builder(option).description(after).build());
    }
  }
}
