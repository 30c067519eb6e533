package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on log messages lists every warning and every error that the sources log. */
class LogMessagesPageTest {
  private static final Path ROOT = Path.of("..");

  private static final List<String> MODULES =
      List.of("core", "adapters-file", "adapters-jdbc", "adapters-http", "app");

  private static final String TEXT = "\"((?:[^\"\\\\]|\\\\.)*)\"";

  /** A line that is logged where it is written, with its text as the first literal. */
  private static final Pattern LOGGED =
      Pattern.compile(
          "\\blog\\(\\s*(?:System\\.Logger\\.Level\\.)?(?:WARNING|ERROR),\\s*"
              + TEXT
              + "|\\bat(?:Warn|Error)\\(\\)[^;]*?\\.log\\(\\s*"
              + TEXT
              + "|\\bLOG\\.(?:warn|error)\\(\\s*"
              + TEXT);

  /** What may be logged as a warning or an error. */
  private static final Pattern LOUD =
      Pattern.compile(
          "\\blog\\(\\s*(?:System\\.Logger\\.Level\\.)?(?:WARNING|ERROR),"
              + "|\\bat(?:Warn|Error)\\(|\\bLOG\\.(?:warn|error)\\(");

  /** A failure that is reported to the listener, which logs it as a warning. */
  private static final Pattern FAULT =
      Pattern.compile(
          "(?:\\bfault\\(|\\bfault\\.accept\\(|\\b(?:every|atOnceAndEvery|guarded)\\([^\";]*?"
              + "|_FAILED = |\\bString what =)\\s*"
              + TEXT);

  /** Reports to the listener come from here. */
  private static final Path CORE = ROOT.resolve("core");

  /** Classes that choose level and text in separate places: all their texts must be listed. */
  private static final Set<String> LISTENERS =
      Set.of("LoggingListener.java", "SystemLogListener.java");

  /** A literal that a listener logs: words, and no format of keys and values. */
  private static final Pattern WORDS = Pattern.compile("\"([a-z][a-z]* [a-z][^\"%=]*)\"");

  /** What listeners log below a warning. */
  private static final Set<String> QUIET =
      Set.of(
          "event accepted",
          "attempt failed",
          "test settled",
          "delivery settled",
          "blocked delivery skipped",
          "pending deliveries of a removed endpoint cancelled",
          "master key rotated",
          "portal session started",
          "replay state changed",
          "endpoint recovered",
          "stack trace of the fault",
          "store available again");

  /** Classes that log the text of another. */
  private static final Set<String> PASSING_ON =
      Set.of("EffectExecutor.java", "PostgresDialect.java");

  /** Where the fixed part of a message ends. */
  private static final Pattern REST = Pattern.compile("(?:[:;{%]| \\w+=).*", Pattern.DOTALL);

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void everyWarningAndErrorIsListed() throws IOException {
    Set<String> listed = listed();
    Set<String> logged = new TreeSet<>();
    for (Path source : sources()) {
      logged.addAll(messages(source));
    }
    assertThat(logged).hasSizeGreaterThan(80);
    assertThat(listed).containsExactlyElementsOf(logged);
  }

  /** Returns the messages in the first cells of the page's tables. */
  private static Set<String> listed() throws IOException {
    return Files.readString(Path.of("log-messages.md"))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .flatMap(line -> CODE.matcher(line.split("\\|")[1]).results())
        .map(code -> code.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> messages(Path source) throws IOException {
    String name = source.getFileName().toString();
    String text = Files.readString(source);
    Set<String> messages = new TreeSet<>();
    if (LISTENERS.contains(name)) {
      WORDS.matcher(text).results().map(LogMessagesPageTest::message).forEach(messages::add);
      messages.removeAll(QUIET);
      return messages;
    }
    List<MatchResult> logged = LOGGED.matcher(text).results().toList();
    if (!PASSING_ON.contains(name)) {
      assertThat(logged).as("texts of lines in %s", name).hasSize((int) count(LOUD, text));
    }
    logged.stream().map(LogMessagesPageTest::message).forEach(messages::add);
    if (source.startsWith(CORE)) {
      FAULT.matcher(text).results().map(LogMessagesPageTest::message).forEach(messages::add);
    }
    return messages;
  }

  private static long count(Pattern pattern, String text) {
    return pattern.matcher(text).results().count();
  }

  /** Returns a message up to its first colon, placeholder or key. */
  private static String message(MatchResult found) {
    String text =
        Stream.iterate(1, group -> group <= found.groupCount(), group -> group + 1)
            .map(found::group)
            .filter(literal -> literal != null)
            .findFirst()
            .orElseThrow();
    return REST.matcher(text).replaceFirst("").strip();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files =
        MODULES.stream().map(ROOT::resolve).flatMap(LogMessagesPageTest::walk)) {
      return files
          .filter(file -> file.toString().replace('\\', '/').matches(".*/src/main/java/.*\\.java"))
          .sorted()
          .toList();
    }
  }

  private static Stream<Path> walk(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
