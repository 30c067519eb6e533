package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines without a command, and those that begin with an option. */
class CommandFirstTest {
  @Test
  void theProgramAloneShowsItsHelp() {
    Typed typed = Typed.run();
    assertThat(typed.code()).isZero();
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out()).contains("Usage: hookferry");
  }

  /** A script must not pass that lost an argument. */
  @ParameterizedTest
  @ValueSource(strings = {"endpoints", "import", "portal"})
  void aCommandThatNeedsAnotherOneShowsItsHelpAndFails(String noun) {
    Typed typed = Typed.run(noun);
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err()).isEqualTo(Typed.run(noun, "--help").out());
  }

  @Test
  void usualOptionsMayComeBeforeTheCommand() {
    Typed typed =
        Typed.run("--server", "http://127.0.0.1:1", "-o=json", "endpoints", "list", "--limit", "x");
    assertThat(typed.err())
        .startsWith("hookferry: --limit: must be a whole number from 1 to 100000 (got x)");
    assertThat(Typed.run("--site", "acme", "sites", "list").err())
        .startsWith("hookferry: unknown option --site");
  }
}
