package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

final class ArchiveTrainingTest {
  /** Otherwise packages would archive the classes of an error message. */
  @Test
  void everyCommandThatRunsSucceeds() {
    assertThatCode(() -> ArchiveTraining.main(new String[0])).doesNotThrowAnyException();
  }
}
