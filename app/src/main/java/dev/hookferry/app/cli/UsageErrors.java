package dev.hookferry.app.cli;

import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.text.FieldText;
import dev.hookferry.refusal.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Messages for usage errors, replacing those of picocli that expose its internals. */
public final class UsageErrors {
  private static final Pattern VALUE =
      Pattern.compile(
          "(?s)Invalid value for (?:option|positional parameter at index \\S+)[^:]*: (.*)");
  private static final Pattern WORD =
      Pattern.compile("(?s)expected one of \\[(.*)] \\(case-\\w+\\) but was '(.*)'");
  private static final Pattern PAIR =
      Pattern.compile("(?s).*'(--[\\w-]+)'.* should be in KEY=VALUE format but was (.*)");
  private static final Pattern NUMBER = Pattern.compile("(?s)'(.*)' is not an? (\\w+)");
  private static final Map<String, String> KINDS =
      Map.of(
          "int", "a whole number",
          "long", "a whole number",
          "double", "a number",
          "boolean", "true or false");

  private UsageErrors() {}

  /**
   * Returns the errors as sentences, with the closest valid word if there is one.
   *
   * @param args the command line, which shows by which name each option was given
   */
  public static List<String> texts(ParameterException e, List<String> args) {
    return e instanceof MissingParameterException missing
            && !missing.getMissing().isEmpty()
            && unknownOptions(e).isEmpty()
        ? missing(missing, args)
        : List.of(text(e, args));
  }

  private static String text(ParameterException e, List<String> args) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched, args);
    }
    if (e instanceof MissingParameterException && !unknownOptions(e).isEmpty()) {
      return unknown(
          new UnmatchedArgumentException(
              e.getCommandLine(), e.getCommandLine().getUnmatchedArguments()),
          args);
    }
    if (e instanceof MutuallyExclusiveArgsException) {
      return "give only one of " + excluded(message(e));
    }
    if (e instanceof MaxValuesExceededException) {
      return tooMany(e.getCommandLine().getCommandSpec(), args);
    }
    return e instanceof OverwrittenOptionException twice
        ? name(twice.getOverwritten(), args) + ": must be given only once"
        : ofValue(e, args);
  }

  private static List<String> unknownOptions(ParameterException e) {
    return e.getCommandLine().getUnmatchedArguments().stream()
        .filter(word -> word.startsWith("-"))
        .toList();
  }

  private static List<String> missing(MissingParameterException e, List<String> args) {
    String message = message(e);
    List<ArgSpec> missing = e.getMissing();
    if (message.startsWith("Missing required parameter for option")
        || message.startsWith("Expected parameter for option")) {
      return List.of(FieldText.of(name(missing.get(0), args), "needs a value"));
    }
    Stream<List<ArgSpec>> choices =
        message.contains("specify one of") ? Stream.of(missing) : missing.stream().map(List::of);
    Stream<String> required =
        choices.map(
            choice ->
                RequiredArgument.text(
                    choice,
                    choice.stream().map(argument -> name(argument, args)).toList(),
                    e.getCommandLine()));
    Stream<String> unexpected =
        e.getCommandLine().getUnmatchedArguments().stream()
            .map(argument -> "unexpected argument " + argument);
    return Stream.concat(required, unexpected).distinct().toList();
  }

  /** Returns the names in a message such as {@code URL, --url=URL are mutually exclusive}. */
  private static String excluded(String message) {
    String[] names = message.replaceFirst(" (are|is) mutually exclusive.*", "").split(", ", -1);
    return Stream.of(names)
        .map(name -> name.replaceAll("[\\[\\]()]|=.*", ""))
        .distinct()
        .collect(Collectors.joining(", "))
        .replaceFirst("(.*), ", "$1 and ");
  }

  /** Returns the error about mutually exclusive or repeated options. */
  private static String tooMany(CommandSpec command, List<String> args) {
    List<String> given =
        command.argGroups().stream()
            .filter(group -> group.exclusive())
            .flatMap(group -> group.allOptionsNested().stream())
            .map(option -> typed(option, args))
            .filter(name -> args.stream().anyMatch(arg -> (arg + "=").startsWith(name + "=")))
            .toList();
    return given.size() == 1
        ? given.get(0) + ": must be given only once"
        : "give only one of " + String.join(" and ", given);
  }

  /** Returns the error about a value in the standard form: field, rule, value. */
  private static String ofValue(ParameterException e, List<String> args) {
    String message = message(e);
    Matcher pair = PAIR.matcher(message);
    if (pair.matches()) {
      return pair.group(1) + ": must be NAME=VALUE (got " + pair.group(2) + ")";
    }
    Matcher value = VALUE.matcher(message);
    if (e.getArgSpec() == null || !value.matches()) {
      return message;
    }
    String reason = value.group(1);
    Matcher word = WORD.matcher(reason);
    Matcher number = NUMBER.matcher(reason);
    if (word.matches()) {
      String words = word.group(1).replaceFirst("(.*), ", "$1 or ");
      reason = "must be " + words + " (got " + word.group(2) + ")";
    } else if (number.matches()) {
      String kind = KINDS.getOrDefault(number.group(2), "a " + number.group(2));
      reason = "must be " + kind + " (got " + number.group(1) + ")";
    }
    return name(e.getArgSpec(), args) + ": " + reason;
  }

  private static String name(ArgSpec argument, List<String> args) {
    return argument instanceof OptionSpec option ? typed(option, args) : argument.paramLabel();
  }

  /** Returns the long name by which the user gave an option; the longest if it was not given. */
  static String typed(OptionSpec option, List<String> args) {
    return Stream.of(option.names())
        .filter(name -> name.startsWith("--"))
        .filter(name -> args.stream().anyMatch(arg -> (arg + "=").startsWith(name + "=")))
        .findFirst()
        .orElse(option.longestName());
  }

  /** Returns whether a subcommand is required and missing. */
  public static boolean isWithoutCommand(ParameterException e) {
    return message(e).startsWith("Missing required subcommand");
  }

  private static String message(ParameterException e) {
    return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
  }

  /** Returns a command that has this verb, or a synonym of it; empty if there is none. */
  private static String noun(String verb) {
    List<String> verbs = new ArrayList<>(List.of(verb));
    verbs.addAll(CommandAliases.VERBS.getOrDefault(verb, List.of()));
    return Stream.concat(
            Stream.of("endpoints"), RootCommand.COMMANDS.stream().map(CommandLines::name))
        .filter(noun -> verbs.stream().anyMatch(CommandLines.verbs(noun)::contains))
        .findFirst()
        .orElse("");
  }

  private static String hint(String verb, Set<String> known) {
    String meant = CommandAliases.HINTS.get(verb);
    return meant != null && known.contains(meant.replaceFirst(" .*", ""))
        ? "; did you mean " + meant + "?"
        : Nearest.hint(verb, known);
  }

  /**
   * Returns a hint if the option belongs to a subcommand and must follow it, with an example if
   * that subcommand is on the command line; else empty.
   */
  private static String early(CommandSpec noun, String option, List<String> args) {
    int start = noun.qualifiedName(" ").length() + 1;
    List<String> names =
        below(noun)
            .filter(spec -> spec.findOption(option) != null)
            .map(spec -> spec.qualifiedName(" "))
            .toList();
    return names.stream()
        .filter(name -> args.containsAll(List.of(name.substring(start).split(" ", -1))))
        .findFirst()
        .map(name -> name.replaceFirst("^\\S+ ", "") + " " + option)
        .map(example -> "; options come after the command, as in " + example)
        .orElse(names.isEmpty() ? "" : "; options come after the command");
  }

  private static Stream<CommandSpec> below(CommandSpec noun) {
    return noun.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .flatMap(spec -> spec.subcommands().isEmpty() ? Stream.of(spec) : below(spec));
  }

  private static String unknown(UnmatchedArgumentException e, List<String> args) {
    // With several unknown options, the first unmatched word may be another option's value.
    List<String> unmatched = e.getUnmatched();
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    String verb = unmatched.get(0);
    if (!spec.subcommands().isEmpty() && !verb.startsWith("-")) {
      String noun = spec.parent() == null ? noun(verb) : "";
      return "unknown command "
          + verb
          + (noun.isEmpty()
              ? hint(verb, spec.subcommands().keySet())
              : "; a noun comes first, as in " + noun + " " + verb);
    }
    String first =
        unmatched.stream()
            .filter(word -> word.startsWith("-"))
            .findFirst()
            .orElse(unmatched.get(0));
    String word = first.replaceFirst("(?<=.)=.*", "");
    if (word.equals("--url") && spec.findOption(ServerOptions.NAME) != null) {
      return "unknown option --url; " + ServerOptions.NAME + " sets the server's address";
    }
    if (word.startsWith("-")) {
      String near = Nearest.hint(word, spec.optionsMap().keySet());
      return "unknown option " + word + (near.isEmpty() ? early(spec, word, args) : near);
    }
    return "unexpected argument " + word;
  }
}
