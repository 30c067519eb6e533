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
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Messages for usage errors, replacing picocli's where they are about its own internals. */
public final class WrongUsage {
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

  private WrongUsage() {}

  /**
   * Returns the error as a sentence, with the closest valid word if there is one.
   *
   * @param args the command line, from which it takes the names of options
   */
  public static String text(ParameterException e, List<String> args) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched);
    }
    List<String> unmatched = e.getCommandLine().getUnmatchedArguments();
    if (e instanceof MissingParameterException
        && unmatched.stream().anyMatch(word -> word.startsWith("-"))) {
      return unknown(new UnmatchedArgumentException(e.getCommandLine(), unmatched));
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing, args);
    }
    if (e instanceof MutuallyExclusiveArgsException) {
      return "give only one of " + excluded(message(e));
    }
    return e instanceof OverwrittenOptionException twice
        ? name(twice.getOverwritten(), args) + ": must be given once"
        : ofValue(e, args);
  }

  private static String missing(MissingParameterException e, List<String> args) {
    String message = message(e);
    if (message.startsWith("Missing required parameter for option")
        || message.startsWith("Expected parameter for option")) {
      return FieldText.of(name(e.getMissing().get(0), args), "needs a value");
    }
    List<String> names =
        e.getMissing().stream().map(missing -> name(missing, args)).distinct().toList();
    return message.contains("specify one of")
        ? FieldText.of(listed(names, "or"), "is required")
        : names.stream()
            .map(name -> FieldText.of(name, "is required"))
            .collect(Collectors.joining("; "));
  }

  /** Returns the names in a message such as {@code URL, --url=URL are mutually exclusive}. */
  private static String excluded(String message) {
    String[] names = message.replaceFirst(" (are|is) mutually exclusive.*", "").split(", ", -1);
    return listed(
        Stream.of(names).map(name -> name.replaceAll("[\\[\\]()]|=.*", "")).distinct().toList(),
        "and");
  }

  private static String listed(List<String> names, String word) {
    return String.join(", ", names).replaceFirst("(.*), ", "$1 " + word + " ");
  }

  /** Returns what is wrong with a value in the words of all other errors: field, rule, value. */
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
    return meant != null && known.contains(meant)
        ? "; did you mean " + meant + "?"
        : Nearest.hint(verb, known);
  }

  private static String unknown(UnmatchedArgumentException e) {
    // With several unknown options, the first of the list may be the value of another.
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
      return "unknown option " + word + Nearest.hint(word, spec.optionsMap().keySet());
    }
    return "unexpected argument " + word;
  }
}
