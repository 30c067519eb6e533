package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.CommandLines;
import dev.hookferry.app.config.reading.ConfigKey;
import dev.hookferry.app.config.reading.ConfigKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual's pages on the command line have the commands and the options that there are. */
class CommandLinePageTest {
  private static final String PAGE = ManualPage.commandLine();
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^###? `([a-z0-9 -]+)`\n(.*?)(?=^##|\\z)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (.+) \\|$");

  /** Those that the page explains once, since many commands have them. */
  private static final Set<String> COMMON =
      Set.of(
          "--help",
          "--json",
          "--output",
          "--server",
          "--url",
          "--key",
          "--ca",
          "--site",
          "--version");

  /** Options that several commands have in common, by the heading under which the page has them. */
  private static final Map<String, Pattern> SHARED =
      Map.of(
          "Options of an endpoint", Pattern.compile("endpoints (try|add|change)"),
          "Options of every import", Pattern.compile("import \\w+"));

  static Stream<CommandLine> commands() {
    return leaves(CommandLines.create());
  }

  private static Stream<CommandLine> leaves(CommandLine line) {
    Map<String, CommandLine> below = line.getSubcommands();
    return below.isEmpty()
        ? Stream.of(line)
        : below.values().stream().flatMap(CommandLinePageTest::leaves);
  }

  @Test
  void everyCommandHasItsSectionAndNoOther() {
    assertThat(sections().keySet())
        .containsExactlyInAnyOrderElementsOf(
            commands().map(CommandLinePageTest::name).collect(Collectors.toList()));
  }

  @Test
  void everyCommandIsInTheContents() {
    String contents = part("All commands");
    assertThat(commands().map(CommandLinePageTest::name))
        .allSatisfy(
            name ->
                assertThat(contents)
                    .containsPattern(
                        "\\[`%s`]\\(command-line-\\w+\\.md#%s\\)"
                            .formatted(name, name.replace(' ', '-'))));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void argumentsOfACommandAreInItsTable(CommandLine command) {
    String section = sections().getOrDefault(name(command), "");
    Map<String, String> rows = rows(section);
    Map<String, String> own = expected(command);
    sharedBy(command)
        .ifPresent(
            group -> {
              Map<String, String> shared = rows(part(group));
              assertThat(own.keySet()).containsAll(shared.keySet());
              own.entrySet().removeAll(shared.entrySet());
              String anchor = group.toLowerCase(Locale.ROOT).replace(' ', '-');
              assertThat(section).contains("](#" + anchor + ")");
            });
    assertThat(rows).isEqualTo(own);
  }

  /** The row of the common option {@code --site} names the commands that call a server without. */
  @ParameterizedTest
  @MethodSource("commands")
  void theCommandsWithoutASiteAreNamed(CommandLine command) {
    String without = rows(part("Common options")).get("--site SITE").replaceFirst(".*sites:", "");
    boolean isNamed =
        Pattern.compile("`([^`]+)`")
            .matcher(without)
            .results()
            .anyMatch(found -> (name(command) + " ").startsWith(found.group(1) + " "));
    Map<String, OptionSpec> options = command.getCommandSpec().optionsMap();
    if (options.containsKey("--server")) {
      assertThat(isNamed).isEqualTo(!options.containsKey("--site"));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandIsShownAtWork(CommandLine command) {
    assertThat(sections().getOrDefault(name(command), ""))
        .contains("\n$ hookferry " + name(command));
  }

  @Test
  void sharedOptionsAreExplainedOnce() {
    assertThat(rows(part("Common options")).keySet().stream().map(CommandLinePageTest::option))
        .containsExactlyInAnyOrderElementsOf(COMMON);
  }

  private static Optional<String> sharedBy(CommandLine command) {
    return SHARED.entrySet().stream()
        .filter(group -> group.getValue().matcher(name(command)).matches())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Returns the text under a heading that is no command. */
  private static String part(String heading) {
    Matcher part = Pattern.compile("(?ms)^###? " + heading + "\n(.*?)(?=^##|\\z)").matcher(PAGE);
    assertThat(part.find()).as(heading).isTrue();
    return part.group(1);
  }

  private static Map<String, String> sections() {
    Map<String, String> sections = new LinkedHashMap<>();
    Matcher section = SECTION.matcher(PAGE);
    while (section.find()) {
      sections.put(section.group(1), section.group(2));
    }
    return sections;
  }

  private static Map<String, String> rows(String section) {
    Map<String, String> rows = new LinkedHashMap<>();
    Matcher row = ROW.matcher(section);
    while (row.find()) {
      rows.put(row.group(1), row.group(2));
    }
    return rows;
  }

  private static Map<String, String> expected(CommandLine command) {
    Map<String, String> rows = new LinkedHashMap<>();
    command
        .getCommandSpec()
        .positionalParameters()
        .forEach(parameter -> rows.put(parameter.paramLabel(), help(parameter)));
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!isElsewhere(command, option)) {
        rows.put(shown(option), help(option));
      }
    }
    return rows;
  }

  /** On this page once for all, or on the page of the configuration. */
  private static boolean isElsewhere(CommandLine command, OptionSpec option) {
    boolean configured =
        ConfigKeys.ALL.stream().map(ConfigKey::flag).anyMatch(option.longestName()::equals);
    boolean ownSite =
        Set.of("keys add", "audit").contains(name(command))
            && option.longestName().equals("--site");
    boolean endpointUrl =
        name(command).startsWith("endpoints ") && option.longestName().equals("--url");
    return COMMON.contains(option.longestName()) && !ownSite && !endpointUrl
        || configured && Set.of("serve", "doctor").contains(name(command));
  }

  private static String shown(OptionSpec option) {
    List<String> names = new ArrayList<>(List.of(option.names()));
    String last = names.remove(names.size() - 1);
    names.add(option.arity().max() == 0 ? last : last + " " + option.paramLabel());
    return String.join(", ", names);
  }

  private static String option(String row) {
    return row.replaceFirst(".*(--[a-z]+).*", "$1");
  }

  private static String help(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName(" ").replaceFirst("^hookferry ", "");
  }
}
