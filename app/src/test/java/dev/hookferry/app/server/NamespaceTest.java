package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@link GuardScene} in a network of its own. Skipped, with a line that says so, where such a
 * network cannot be made.
 */
@EnabledIfSystemProperty(named = "thorough", matches = "true")
final class NamespaceTest {
  private static final boolean REQUIRED =
      System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "").contains("namespace");

  @TempDir private Path folder;

  @Test
  void theServerReachesNothingThatItMustNot() throws Exception {
    Path script = folder.resolve("namespace.sh");
    try (InputStream in = NamespaceTest.class.getResourceAsStream("namespace.sh")) {
      Files.copy(Objects.requireNonNull(in), script);
    }
    Path trial = folder.resolve("trial");
    if (run(trial, 300, List.of("sh", script.toString(), "true")) != 0) {
      String sentence = "no network namespace: " + Files.readString(trial).strip();
      if (REQUIRED) {
        fail(sentence);
      }
      System.err.println("The outbound guard is not tested end to end: " + sentence);
      abort(sentence);
    }
    Path log = folder.resolve("scene");
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
    String logging = System.getProperty("logback.configurationFile");
    if (logging != null) {
      command.add("-Dlogback.configurationFile=" + logging);
    }
    command.addAll(List.of("-cp", ServerChild.classPath(), GuardScene.class.getName()));
    command.add(folder.toString());

    int exit = run(log, 900, command);

    String told = Files.readString(log);
    assertThat(exit).as(told).isZero();
    assertThat(told).contains("nothing reached that must not be");
  }

  private static int run(Path log, int seconds, List<String> command)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      Files.writeString(log, e.toString());
      return -1;
    }
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("not done within " + seconds + " s: " + Files.readString(log));
    }
    return process.exitValue();
  }
}
