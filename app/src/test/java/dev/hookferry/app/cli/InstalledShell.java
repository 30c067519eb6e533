package dev.hookferry.app.cli;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;

/** A shell that runs its completions in a test. */
final class InstalledShell {
  private InstalledShell() {}

  /** Skips the test if the shell is not installed; fails it if HOOKFERRY_TEST_REQUIRE names it. */
  static void require(String shell) throws IOException, InterruptedException {
    if (new ProcessBuilder("sh", "-c", "command -v " + shell).start().waitFor() != 0) {
      String line = "SKIPPED: " + shell + " is not installed: its completions are not run";
      if (System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "").contains(shell)) {
        fail(line);
      }
      System.out.println(line);
      abort(line);
    }
  }
}
