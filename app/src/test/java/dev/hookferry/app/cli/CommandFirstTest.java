package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines without a command, and those that begin with an option. */
class CommandFirstTest {
  @Test
  void theProgramAloneShowsItsHelp() {
    CommandResult typed = CommandResult.run();
    assertThat(typed.code()).isZero();
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out()).contains("Usage: hookferry");
  }

  /** A script must not pass that lost an argument. */
  @ParameterizedTest
  @ValueSource(strings = {"endpoints", "import", "portal"})
  void aCommandThatNeedsAnotherOneShowsItsHelpAndFails(String noun) {
    CommandResult typed = CommandResult.run(noun);
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err()).isEqualTo(CommandResult.run(noun, "--help").out());
  }

  @Test
  void usualOptionsMayComeBeforeTheCommand() {
    CommandResult typed =
        CommandResult.run(
            "--server", "http://127.0.0.1:1", "-o=json", "endpoints", "list", "--limit", "x");
    assertThat(typed.err())
        .startsWith("hookferry: --limit: must be a whole number from 1 to 100000 (got x)");
    assertThat(CommandResult.run("--site", "acme", "sites", "list").err())
        .startsWith("hookferry: unknown option --site");
  }
}
