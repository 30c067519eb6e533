package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A shell for the blocks of pages that do not run Hookferry's own commands. */
final class PageShell {
  private PageShell() {}

  /** Skips the test if one of these programs is not on this machine. */
  static void needs(String... programs) {
    for (String program : programs) {
      assumeTrue(Files.exists(Path.of("/usr/bin", program)), "skipped: no " + program);
    }
  }

  /**
   * Returns what a script prints to its standard output; all of its commands must succeed.
   *
   * @param folder its working directory
   */
  static String run(Path folder, String script) throws IOException, InterruptedException {
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-euc", script)
            .directory(folder.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("HOOKFERRY_KEY", ManualServer.KEY);
    Process shell = builder.start();
    String printed =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(shell.waitFor()).as("%s: %s", script, Files.readString(errors)).isZero();
    return printed;
  }
}
