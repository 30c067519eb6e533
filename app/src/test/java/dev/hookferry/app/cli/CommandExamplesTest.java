package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CommandExamplesTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  static Stream<Map.Entry<String, List<String>>> examples() {
    return CommandExamples.LINES.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsACommandThatCanBeTyped(Map.Entry<String, List<String>> example) {
    String[] command = example.getKey().split(" ");
    String help =
        CommandResult.run(
                Stream.concat(Stream.of("help"), Stream.of(command)).toArray(String[]::new))
            .out();
    for (String line : example.getValue()) {
      assertThat(line).startsWith(example.getKey() + " ").hasSizeLessThan(68);
      assertThat(help).contains("\n  hookferry " + line + "\n");
      String[] words = words(line);
      assertThatCode(() -> CommandLines.create(words).parseArgs(words)).doesNotThrowAnyException();
    }
  }

  private static String[] words(String line) {
    return WORD.matcher(line).results().map(CommandExamplesTest::word).toArray(String[]::new);
  }

  private static String word(MatchResult found) {
    return found.group(1) == null ? found.group(2) : found.group(1);
  }
}
