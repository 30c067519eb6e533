package dev.hookferry.app.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that runs Hookferry from a clone. */
final class WrapperScriptTest {
  @TempDir private Path clone;

  private String javaOptions = "";

  @BeforeEach
  void install() throws IOException {
    Files.copy(Path.of("../hookferry"), clone.resolve("hookferry"));
    executable(clone.resolve("hookferry"));
    Files.createDirectories(clone.resolve("app/target"));
    Path java = Files.createDirectories(clone.resolve("jdk/bin")).resolve("java");
    executable(Files.writeString(java, "#!/bin/sh\necho \"$@\"\n"));
    Files.writeString(clone.resolve("app/target/hookferry.jar"), "");
  }

  @Test
  void shortCommandsStartFast() throws IOException, InterruptedException {
    assertThat(typed("log", "--limit", "1"))
        .startsWith("-XX:+UseSerialGC -XX:TieredStopAtLevel=1 ")
        .endsWith("-jar " + clone.toRealPath() + "/app/target/hookferry.jar log --limit 1");
    for (String command : List.of("serve", "bench", "copy", "demo", "grade", "restore")) {
      assertThat(typed(command)).startsWith("-Dhookferry.command=").endsWith(" " + command);
    }
  }

  /** Java does not start with two collectors. */
  @Test
  void theOptionsOfTheUserWin() throws IOException, InterruptedException {
    javaOptions = "-Xmx2g";
    assertThat(typed("version")).startsWith("-XX:+UseSerialGC ").contains(" -Xmx2g -jar ");
    javaOptions = "-XX:+UseParallelGC";
    assertThat(typed("version"))
        .contains(" -XX:+UseParallelGC -jar ")
        .doesNotContain("UseSerialGC");
  }

  private static void executable(Path file) {
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String typed(String... args) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(clone.resolve("hookferry").toString());
    builder.command().addAll(List.of(args));
    builder.environment().put("JAVA_HOME", clone.resolve("jdk").toString());
    builder.environment().put("JAVA_OPTS", javaOptions);
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.strip();
  }
}
