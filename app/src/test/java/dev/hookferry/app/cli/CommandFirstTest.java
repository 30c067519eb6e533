package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines without a command, and those that begin with an option. */
class CommandFirstTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "endpoints"})
  void aCommandThatNeedsAnotherOneShowsItsHelp(String line) {
    Typed typed = Typed.run(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(typed.code()).isZero();
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out()).contains("Usage: hookferry");
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
