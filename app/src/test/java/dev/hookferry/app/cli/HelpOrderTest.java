package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Help begins with what a command does, and a message with what is wrong. */
class HelpOrderTest {
  @Test
  void examplesFollowTheDescription() {
    String help = CommandResult.run("serve", "--help").out();
    assertThat(help).startsWith("Usage: hookferry serve [OPTIONS]\nRuns the server until stopped");
    assertThat(help.indexOf("Examples:")).isLessThan(help.indexOf("--config=FILE"));
    assertThat(help).contains("=starttls|", "=text|json|ecs").doesNotContain("=LOG_FORMAT");
    assertThat(CommandResult.run("doctor", "--help").out())
        .startsWith("Usage: hookferry doctor [OPTIONS]\n");
    assertThat(CommandResult.run("backup", "--help").out())
        .contains("  hookferry backup hooks.hfa\n");
    assertThat(CommandResult.run("completion", "--help").out())
        .contains("source <(hookferry completion bash)");
  }

  @Test
  void everyFlagOfTheConfigurationIsUnderAHeading() {
    for (String command : List.of("serve", "doctor")) {
      String help = CommandResult.run(command, "--help").out();
      assertThat(help)
          .containsPattern("\n\nListening:\n {6}--behind-proxy")
          .containsPattern("\n\nStore and retention:\n")
          .containsPattern("\n\nCommon options:\n");
      String first = help.substring(help.indexOf("--config="), help.indexOf("Listening:"));
      assertThat(first).doesNotContainPattern("\n {6}--(?!print-config)");
    }
  }

  @Test
  void helpHasOnlyWhatHasAnEffect() {
    assertThat(CommandResult.run("endpoints", "try", "--help").out())
        .contains("--timeout")
        .doesNotContain("--uid=", "--managed-by=", "--order=", "--on-exhaustion=", "--rate-limit=");
    assertThat(CommandResult.run("endpoints", "add", "--help").out())
        .contains("--uid", "--rate-limit");
  }

  @Test
  void aWrongOptionIsNamedBeforeAMissingOne() {
    assertThat(CommandResult.run("keys", "add", "reader", "--role", "read").err())
        .startsWith("hookferry: unknown option --role");
    assertThat(CommandResult.run("keys", "add", "reader").err())
        .startsWith("hookferry: --scope is required");
  }

  @Test
  void theDoctorDoesNotIgnoreFlagsAndChecksTheRest(@TempDir Path folder) {
    CommandResult both =
        CommandResult.run("doctor", "--port", "18199", "--server", "http://127.0.0.1:1");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).startsWith("hookferry: give only one of --server and --port");
    String store = "file:" + folder.resolve("store");
    CommandResult rest =
        CommandResult.run(
            "doctor", "--store", store, "--port", "0", "--allow-public=false", "--retention", "x");
    assertThat(rest.code()).isEqualTo(1);
    assertThat(rest.out())
        .containsPattern("(?m)^failure {2}configuration")
        .containsPattern("(?m)^ok {7}store ")
        .containsPattern("(?m)^ok {7}port ");
    CommandResult withoutStore = CommandResult.run("doctor", "--store", "nowhere:x", "--port", "0");
    assertThat(withoutStore.out())
        .containsPattern("(?m)^ok {7}port ")
        .doesNotContainPattern("(?m)^(ok|failure|warning) +(store|disk) ");
    CommandResult wrongPort = CommandResult.run("doctor", "--store", store, "--port", "99999");
    assertThat(wrongPort.out())
        .containsPattern("(?m)^ok {7}store ")
        .doesNotContainPattern("(?m)^ok {7}port ");
  }

  @Test
  void theDoctorConnectsToTheCollector(@TempDir Path folder) {
    String store = "file:" + folder.resolve("store");
    CommandResult nobody =
        CommandResult.run(
            "doctor", "--store", store, "--port", "0", "--otel-endpoint", "http://127.0.0.1:1");
    assertThat(nobody.out())
        .containsPattern("(?m)^warning {2}otel +cannot connect to 127\\.0\\.0\\.1:1: ");
    CommandResult none = CommandResult.run("doctor", "--store", store, "--port", "0");
    assertThat(none.out()).doesNotContain("otel");
  }

  @Test
  void theUsageNamesOnlyRequiredOptions() {
    assertThat(CommandResult.run("endpoints", "add", "--help").out())
        .startsWith("Usage: hookferry endpoints add [OPTIONS] [URL]\n");
    assertThat(CommandResult.run("restore", "--help").out())
        .startsWith("Usage: hookferry restore [OPTIONS] --store=STORE FILE\n");
  }
}
