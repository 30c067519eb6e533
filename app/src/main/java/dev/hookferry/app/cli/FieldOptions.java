package dev.hookferry.app.cli;

import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.text.FieldText;
import dev.hookferry.app.text.ProblemLines;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.UnknownName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Translates request fields in error messages to the options in which the user gave them. */
final class FieldOptions {
  /** Options by field, for fields whose option has another name. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("eventTypes", "--type"),
          Map.entry("headers", "--header"),
          Map.entry("key", "--key-id"),
          Map.entry("labels", "--label"),
          Map.entry("limits", "--rate-limit"),
          Map.entry("limits.concurrency", "--concurrency"),
          Map.entry("limits.perSecond", "--rate-limit"),
          Map.entry("limits.perMinute", "--rate-limit"),
          Map.entry("limits.perHour", "--rate-limit"),
          Map.entry("overlapSeconds", "--overlap"),
          Map.entry("perSecond", "--rate"),
          Map.entry("problemStatus", "--status"),
          Map.entry("qlmSecret", "--qlm-secret-file"),
          Map.entry("scopes", "--scope"),
          Map.entry("secret", "--secret-file"),
          Map.entry("secretHeaders", "--secret-header"),
          Map.entry("signatures", "--signature"),
          Map.entry("statusCode", "--code"),
          Map.entry("statusClass", "--code"),
          Map.entry("successStatuses", "--success-status"),
          Map.entry("types", "--type"),
          Map.entry("until", "--for"));

  /** Arguments by field; the label of any other argument is the field's name in capitals. */
  private static final Map<String, String> ARGUMENTS =
      Map.of("endpoints", "ENDPOINT", "id", "SITE", "image", "FILE", "orderingKey", "KEY");

  /** Options whose values are never shown: secrets, long texts and file names. */
  private static final Pattern UNSHOWN =
      Pattern.compile("--.*(secret|key|auth|token|header|cert|ca$|data|filter|schema|example).*");

  /** Matches the reason given for a missing field that is always required. */
  private static final Pattern MISSING = Pattern.compile("is missing(:|$)");

  /** Settings whose values are secret. */
  private static final Pattern SECRET = Pattern.compile("(?i).*(secret|key).*");

  private static final int MAX_SHOWN_LENGTH = 60;

  private FieldOptions() {}

  /** Returns the validation errors in terms of the command line. */
  static String text(InvalidException invalid, CommandLine command) {
    return ProblemLines.of(
        invalid.problems().stream().map(problem -> text(problem, command)).toList());
  }

  /**
   * Returns the error about a field of a request, in terms of the command line: the option or
   * argument, and its value where that is not a secret.
   */
  static String text(Problem problem, CommandLine command) {
    String field = problem.field();
    ArgSpec given = given(field, command);
    if (given == null) {
      String value = setting(field, command);
      OptionSpec required = command.getCommandSpec().findOption(option(field));
      if (required != null && MISSING.matcher(problem.reason()).lookingAt()) {
        return RequiredArgument.text(List.of(required), List.of(required.longestName()), command);
      }
      String option = OTHERS.getOrDefault(field, field);
      String name = command.getCommandSpec().findOption(option) == null ? field : option;
      return FieldText.of(name, reason(problem, value, command));
    }
    String rest = field.substring(root(field).length());
    boolean isPart = rest.matches("[./].*") && !OTHERS.containsKey(field);
    String part = rest.startsWith(".") ? rest.substring(1) : rest;
    String name = typed(given, command) + (isPart ? " " + part : "");
    String value = isPart ? "" : value(given, field);
    return FieldText.of(name, reason(problem, value, command));
  }

  /** Returns the value in an argument {@code NAME=VALUE}; empty if it is absent, secret or long. */
  private static String setting(String field, CommandLine command) {
    return command.getCommandSpec().positionalParameters().stream()
        .filter(one -> one.paramLabel().equals("NAME=VALUE") && !SECRET.matcher(field).matches())
        .flatMap(one -> one.originalStringValues().stream())
        .filter(value -> value.startsWith(field + "="))
        .map(value -> value.substring(field.length() + 1))
        .filter(value -> value.length() <= MAX_SHOWN_LENGTH)
        .findFirst()
        .orElse("");
  }

  /**
   * Returns the reason in terms of the command line.
   *
   * @param value the value as the user typed it; empty if it is not shown
   */
  private static String reason(Problem problem, String value, CommandLine command) {
    UnknownName unknown = problem.unknown();
    if (unknown == null) {
      return value.isEmpty() ? problem.reason() : withValue(problem.reason(), value);
    }
    return switch (unknown.kind()) {
      case UnknownName.ENDPOINT -> noEndpoint(unknown.name(), command);
      case UnknownName.EVENT_TYPE -> value.isEmpty() ? problem.reason() : noType(unknown, command);
      case UnknownName.SETTING -> noSetting(problem, unknown, command);
      case UnknownName.FIELD, UnknownName.PARAMETER -> problem.reason();
      default ->
          (value.isEmpty() ? problem.reason() : withValue(problem.reason(), value))
              + (unknown.nearest() == null ? "" : "; did you mean " + unknown.nearest() + "?");
    };
  }

  private static String noSetting(Problem problem, UnknownName setting, CommandLine command) {
    return setting.nearest() == null
        ? problem.reason() + "; hookferry settings list" + SiteOptions.flag(command) + " shows all"
        : problem.reason();
  }

  private static String noEndpoint(String name, CommandLine command) {
    return "there is no endpoint "
        + name
        + " in the site "
        + site(command)
        + "; "
        + NameSuggestions.of(UnknownName.ENDPOINT, name, command)
            .map(near -> "did you mean " + near + "? ")
            .orElse("")
        + "hookferry endpoints list"
        + SiteOptions.flag(command)
        + " shows all";
  }

  private static String noType(UnknownName type, CommandLine command) {
    return type.name()
        + " is not an event type of the site "
        + site(command)
        + (type.nearest() == null
            ? "; to declare it: "
            : "; did you mean " + type.nearest() + "? To declare a new one: ")
        + "hookferry event-types add "
        + type.name()
        + SiteOptions.flag(command);
  }

  private static String withValue(String reason, String value) {
    boolean tellsValue = reason.contains("(got ") || reason.contains(", not ");
    return reason.startsWith("must ") && !tellsValue ? reason + " (got " + value + ")" : reason;
  }

  private static String site(CommandLine command) {
    OptionSpec site = command.getCommandSpec().findOption("--site");
    return site == null ? "" : String.valueOf(site.<Object>getValue());
  }

  /** Returns the option name for a field, whether or not the command has that option. */
  private static String option(String field) {
    return OTHERS.getOrDefault(field, field.startsWith("--") ? field : "--" + dashed(field));
  }

  private static String root(String field) {
    return field.split("[.\\[/]", 2)[0];
  }

  /** Returns the option or argument that sets a field; null if none was given. */
  private static @Nullable ArgSpec given(String field, CommandLine command) {
    String root = root(field);
    List<String> names =
        root.startsWith("--")
            ? List.of(root)
            : List.of(
                OTHERS.getOrDefault(field, ""), "--" + dashed(root), OTHERS.getOrDefault(root, ""));
    Optional<OptionSpec> option =
        names.stream()
            .map(command.getCommandSpec()::findOption)
            .filter(one -> one != null && command.getParseResult().hasMatchedOption(one))
            .findFirst();
    if (option.isPresent()) {
      return option.get();
    }
    String label = ARGUMENTS.getOrDefault(root, dashed(root).toUpperCase(Locale.ROOT));
    return command.getCommandSpec().positionalParameters().stream()
        .filter(one -> one.paramLabel().equals(label) && !one.originalStringValues().isEmpty())
        .findFirst()
        .orElse(null);
  }

  /** Returns the name of an option or argument as the user typed it. */
  private static String typed(ArgSpec given, CommandLine command) {
    if (!(given instanceof OptionSpec option)) {
      return given.paramLabel();
    }
    return UsageErrors.typed(option, command.getParseResult().originalArgs());
  }

  /** Returns the value as the user typed it; empty if it is not shown. */
  private static String value(ArgSpec given, String field) {
    Matcher index = Pattern.compile(".*\\[(\\d+)]").matcher(field);
    boolean isSplit = index.matches() && given.stringValues().size() > 1;
    List<String> values = isSplit ? given.stringValues() : given.originalStringValues();
    int at = index.matches() && values.size() > 1 ? Integer.parseInt(index.group(1)) : 0;
    boolean isUnshown =
        given instanceof OptionSpec option
            && (option.arity().max() == 0 || UNSHOWN.matcher(option.longestName()).matches());
    if (isUnshown || at >= values.size() || (values.size() > 1 && !index.matches())) {
      return "";
    }
    String value = values.get(at);
    return value.length() > MAX_SHOWN_LENGTH || value.matches("[@{].*|.*://.*[@?].*") ? "" : value;
  }

  private static String dashed(String camelCase) {
    return camelCase.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
