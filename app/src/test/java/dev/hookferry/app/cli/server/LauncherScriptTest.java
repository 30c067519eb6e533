package dev.hookferry.app.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launchers of the archives and packages. */
final class LauncherScriptTest {
  private static final Path LAUNCHERS = Path.of("dist/src/main/bin");

  private final Map<String, String> locale = new HashMap<>();

  @TempDir private Path folder;
  private Path home;

  @BeforeEach
  void install() throws IOException {
    home = folder.resolve("a home");
    Path bin = Files.createDirectories(home.resolve("bin"));
    executable(Files.copy(LAUNCHERS.resolve("hookferry"), bin.resolve("hookferry")));
    Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
    executable(Files.writeString(java, "#!/bin/sh\necho \"$@\"\n"));
    Path lib = Files.createDirectories(home.resolve("lib"));
    for (String file : List.of("hookferry.jar", "commands.jsa", "server.jsa")) {
      Files.writeString(lib.resolve(file), "");
    }
  }

  @Test
  void aShortCommandStartsFast() throws IOException, InterruptedException {
    assertThat(typed("log", "--limit", "1"))
        .startsWith("-XX:+UseSerialGC -XX:TieredStopAtLevel=1 ")
        .contains("/lib/commands.jsa ")
        .endsWith("/lib/hookferry.jar log --limit 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "bench", "copy", "demo", "grade", "restore"})
  void aLongCommandHasBothCompilers(String command) throws IOException, InterruptedException {
    assertThat(typed(command))
        .doesNotContain("TieredStopAtLevel")
        .contains(command.equals("serve") ? "/lib/server.jsa " : "/lib/commands.jsa ")
        .endsWith("/lib/hookferry.jar " + command);
    assertThat(Files.readString(LAUNCHERS.resolve("hookferry.cmd")))
        .containsPattern("\\b" + command + "\\b.*set \"options=(?!.*TieredStopAtLevel)");
  }

  /** The path of the archive is one argument, whatever folder it is in. */
  @Test
  void aFolderMayHaveABlankInItsName() throws IOException, InterruptedException {
    assertThat(home.toString()).contains(" ");
    Files.writeString(home.resolve("jdk/bin/java"), "#!/bin/sh\nprintf '<%s>' \"$@\"\n");

    assertThat(typed("version"))
        .contains(
            "<-XX:SharedArchiveFile=" + home.toRealPath().resolve("lib/commands.jsa") + ">",
            "<-jar><" + home.toRealPath().resolve("lib/hookferry.jar") + "><version>");
  }

  /** Java would damage every argument that is not ASCII. */
  @Test
  void aMachineWithoutALocaleIsTakenForUtf8() throws IOException, InterruptedException {
    Files.writeString(home.resolve("jdk/bin/java"), "#!/bin/sh\necho \"${LC_ALL:-none}\"\n");

    assertThat(typed("version")).isEqualTo("C.UTF-8");
    locale.put("LANG", "de_DE.UTF-8");
    assertThat(typed("version")).isEqualTo("none");
  }

  private static void executable(Path file) {
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String typed(String... args) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/hookferry").toString());
    builder.command().addAll(List.of(args));
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().keySet().removeAll(Set.of("JAVA_OPTS", "LC_ALL", "LC_CTYPE", "LANG"));
    builder.environment().putAll(locale);
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.strip();
  }
}
