package dev.hookferry.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The error message for a missing argument: its name, its meaning and an example. */
final class RequiredArgument {
  /**
   * Matches the text after the first clause of a description: values, more rules, another example.
   */
  private static final Pattern REST =
      Pattern.compile("(?s)(: |; |\\. |, such as |, required|, as an option).*|\\.$");

  private RequiredArgument() {}

  /**
   * Returns the message, such as {@code ENDPOINT is required: the endpoint's id or uid, such as
   * crm}.
   *
   * @param choice the alternatives, of which one is required; not empty
   * @param names the names by which the user knows them
   */
  static String text(List<ArgSpec> choice, List<String> names, CommandLine command) {
    Optional<String> example =
        choice.stream()
            .flatMap(argument -> CommandExamples.value(argument, command).stream())
            .findFirst();
    return listed(names)
        + " is required"
        + meaning(choice)
        + example.map(value -> ", such as " + value).orElse("");
  }

  /** Returns the meaning; empty for alternative options, whose meanings differ. */
  private static String meaning(List<ArgSpec> choice) {
    ArgSpec first = choice.get(0);
    if (choice.size() > 1 && first instanceof OptionSpec) {
      return "";
    }
    String text = REST.matcher(String.join(" ", first.description())).replaceFirst("");
    boolean isAcronym = text.length() > 1 && Character.isUpperCase(text.charAt(1));
    String start = text.substring(0, Math.min(1, text.length()));
    return ": "
        + (isAcronym ? start : start.toLowerCase(Locale.ROOT))
        + text.substring(start.length());
  }

  private static String listed(List<String> names) {
    return names.stream()
        .distinct()
        .collect(Collectors.joining(", "))
        .replaceFirst("(.*), ", "$1 or ");
  }
}
