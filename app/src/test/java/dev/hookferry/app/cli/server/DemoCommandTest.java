package dev.hookferry.app.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.CommandResult;
import org.junit.jupiter.api.Test;

final class DemoCommandTest {
  @Test
  void showsTheMainJobAndKeepsItsPromises() {
    CommandResult typed = CommandResult.run("demo");
    assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out())
        .contains(
            "which this demo allows",
            "/crm received each of the 8 events once",
            "/billing failed twice and received its event on attempt 3",
            "its delivery is exhausted",
            "All checks passed")
        .doesNotContain("BROKEN", "NOT VALID");
    assertThat(typed.out().split("X-QLM-Signature valid, webhook-signature valid", -1)).hasSize(15);
  }
}
