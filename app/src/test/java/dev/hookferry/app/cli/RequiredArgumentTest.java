package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;

/** A command says in one sentence which argument it lacks, what it means and an example. */
final class RequiredArgumentTest {
  private static final String SENTENCE = "X is required(: [^A-Z].*[^.,;:]|: URL.*)?, such as \\S.*";

  static Stream<CommandLine> commands() {
    return flat(CommandLines.create());
  }

  private static Stream<CommandLine> flat(CommandLine line) {
    return Stream.concat(
        Stream.of(line),
        line.getSubcommands().values().stream().flatMap(RequiredArgumentTest::flat));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyRequiredArgumentHasAnExample(CommandLine command) {
    for (ArgSpec argument : command.getCommandSpec().args()) {
      if (argument.required() && argument.group() == null) {
        assertSentence(List.of(argument), command);
      }
    }
    for (ArgGroupSpec group : command.getCommandSpec().argGroups()) {
      if (group.multiplicity().min() > 0) {
        assertSentence(List.copyOf(group.args()), command);
      }
    }
  }

  private static void assertSentence(List<ArgSpec> choice, CommandLine command) {
    assertThat(RequiredArgument.text(choice, List.of("X"), command))
        .as(command.getCommandSpec().qualifiedName() + " " + choice)
        .matches(SENTENCE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "endpoints show | ENDPOINT is required: the endpoint's id or uid, from endpoints list, such as"
            + " crm",
        "keys add | NAME is required: a name for the key, such as billing",
        "keys add x | --scope is required: publish, read, manage or admin, such as --scope publish",
        "endpoints add --type x | URL or --url is required: the endpoint's URL, such as"
            + " https://crm.example/hook",
        "endpoints filter-test ep_1 | --last, --event or --data is required, such as --last 1000",
        "replays start --until 1h | --since is required: start of the period, such as --since 2h",
        "problems acknowledge crm | CAUSE is required: the cause, such as connect_error",
        "sites change | SITE is required: the site's id, such as acme",
        "send | TYPE is required: the event type, such as license_created; to send a whole event from standard input: hookferry send -",
      })
  void missingArgumentIsReportedInASentence(String line, String sentence) {
    CommandResult typed = CommandResult.run(line.split(" "));
    String command = line.replaceFirst("( --| ep_1| x$| crm).*", "");
    assertThat(typed.err())
        .isEqualTo("hookferry: " + sentence + "\nsee: hookferry " + command + " --help\n");
    assertThat(typed.code()).isEqualTo(2);
  }
}
