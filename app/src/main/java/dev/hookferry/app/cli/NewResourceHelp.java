package dev.hookferry.app.cli;

import dev.hookferry.app.cli.client.EndpointsCommand;
import dev.hookferry.app.cli.client.SitesCommand;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Adapts the help of {@code endpoints add}, {@code endpoints try} and {@code sites add}, which
 * share their options with {@code change}: removes remarks about changes, and hides from {@code
 * try} the options that have no effect on a single attempt.
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

  /** Options that have no effect when an unregistered URL is tested. */
  private static final List<String> LASTING =
      List.of(
          "--uid", "--managed-by", "--order", "--on-exhaustion", "--rate-limit", "--concurrency");

  private NewResourceHelp() {}

  /** Adapts the option descriptions of these commands if the noun has them. */
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
