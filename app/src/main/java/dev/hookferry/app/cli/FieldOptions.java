package dev.hookferry.app.cli;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Names the options in which a user gave the fields of a request, so that messages name those. */
final class FieldOptions {
  /** Those whose option does not have the field's name. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("eventTypes", "--type"),
          Map.entry("headers", "--header"),
          Map.entry("key", "--key-id"),
          Map.entry("labels", "--label"),
          Map.entry("overlapSeconds", "--overlap"),
          Map.entry("perSecond", "--rate"),
          Map.entry("qlmSecret", "--qlm-secret-file"),
          Map.entry("secret", "--secret-file"),
          Map.entry("secretHeaders", "--secret-header"),
          Map.entry("signatures", "--signature"),
          Map.entry("statusCode", "--code"),
          Map.entry("successStatuses", "--success-status"),
          Map.entry("types", "--type"),
          Map.entry("until", "--for"));

  private FieldOptions() {}

  /**
   * Returns the option, and the part of its value if the field is one, as {@code --label region}
   * for {@code labels.region}; the field itself if no option with it was given.
   */
  static String name(String field, CommandLine command) {
    String root = field.split("[.\\[]", 2)[0];
    Optional<String> option =
        Stream.of("--" + dashed(root), OTHERS.getOrDefault(root, ""))
            .map(command.getCommandSpec()::findOption)
            .filter(one -> one != null && command.getParseResult().hasMatchedOption(one))
            .map(one -> one.names()[0])
            .findFirst();
    String rest = field.substring(root.length());
    return option
        .map(name -> rest.startsWith(".") ? name + " " + rest.substring(1) : name)
        .orElse(field);
  }

  /** Returns what is invalid, with the names of options. */
  static String text(InvalidException invalid, CommandLine command) {
    return invalid.problems().stream()
        .map(problem -> new Problem(name(problem.field(), command), problem.reason()).toString())
        .collect(Collectors.joining("; "));
  }

  private static String dashed(String camelCase) {
    return camelCase.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
