package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Typical mistakes of newcomers, and the hints that they get. */
class CommandMistakesTest {
  @ParameterizedTest
  @CsvSource({
    "--limit 3 log, 'unknown option --limit; options come after the command, as in log --limit'",
    "--limit 3 events list, 'unknown option --limit; options come after the command, as in events list --limit'",
    "--limit 3, 'unknown option --limit; options come after the command'",
    "portal end a b, unexpected argument b",
    "endpoints --rate 3 resume x, 'unknown option --rate; options come after the command, as in endpoints resume --rate'",
    "endpoints --nope list, unknown option --nope",
    "tail, unknown command tail; did you mean log --follow?",
    "endpoints body-preview x --data {} --data {}, --data: must be given only once",
    "endpoints body-preview x --data {} --event e --data {}, give only one of --event and --data",
    "properties import --help, unknown command import",
    "nope --help, unknown command nope",
    "send --example, 'TYPE is required: the event type, such as license_created; to send a whole event from standard input: hookferry send -'",
  })
  void suggestsWhatToTypeInstead(String line, String text) {
    CommandResult typed = CommandResult.run(line.split(" "));
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err().lines()).first().isEqualTo("hookferry: " + text);
  }

  @ParameterizedTest
  @CsvSource({
    "send a {} --label a=1 --label b=1 --label a=2, '--label: must be given only once for a'",
    "send a @nofile, 'FILE: no such file: nofile'",
    "send @nofile, 'FILE: no such file: nofile'",
    "backup -, 'FILE: must be the name of a file; a backup is checked before it gets that name (got -)'",
    "portal link c --valid-for 5s, '--valid-for: must be from 15s to 15m, in whole seconds (got 5s)'",
    "portal link c --idle-timeout 90s, '--idle-timeout: must be from 1m to 12h, in whole minutes (got 90s)'",
  })
  void aValueThatCannotBeMeantIsRefused(String line, String text) {
    CommandResult typed = CommandResult.run((line + " --server http://127.0.0.1:1").split(" "));
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err().strip()).isEqualTo("hookferry: " + text);
  }

  @Test
  void usualOptionsMayComeBeforeTheVerb() {
    String[] line = "endpoints --json --site acme --server http://127.0.0.1:1 list".split(" ");
    assertThat(CommandResult.run(line).code()).isEqualTo(6);
    assertThat(CommandResult.run("--json", "endpoints", "list", "--limit", "x").err())
        .startsWith("hookferry: --limit: must be a whole number");
    assertThat(CommandAliases.commandFirst(List.of("--json"))).containsExactly("--json");
  }

  @Test
  void aTrialTellsAllProblemsAtOnce() {
    String preview = "endpoints body-preview x --data {x --body @nofile";
    assertThat(CommandResult.run(preview.split(" ")).err())
        .contains("2 problems", "--data", "--body");
    String trial = "endpoints filter-test x --data {x --filter {y";
    assertThat(CommandResult.run(trial.split(" ")).err())
        .contains("2 problems", "--data", "--filter");
  }

  @Test
  void theHelpOfANounTellsWhereOptionsAre() {
    assertThat(CommandResult.run("help", "endpoints", "policy").out())
        .contains("\n\nCommon options:\n");
    String help = CommandResult.run("portal", "--help").out();
    assertThat(help)
        .endsWith("\nFor the options of a command: hookferry portal COMMAND --help\n")
        .containsPattern("(?s)\n\nCommands:\n  link .*  sessions .*  end .*  images .*  set-image");
  }

  @Test
  void aProblemOfALinkComesWithTheOthers() {
    String line = "portal link c --valid-for 5s --locale xx --label x";
    assertThat(CommandResult.run(line.split(" ")).err())
        .contains("3 problems", "--locale", "--label");
  }
}
