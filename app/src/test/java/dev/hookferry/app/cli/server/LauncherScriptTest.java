package dev.hookferry.app.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launchers of the archives and packages. */
final class LauncherScriptTest {
  private static final Path LAUNCHERS = Path.of("dist/src/main/bin");

  private final Map<String, String> variables = new HashMap<>();

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
  void usesUtf8WithoutALocale() throws IOException, InterruptedException {
    Files.writeString(home.resolve("jdk/bin/java"), "#!/bin/sh\necho \"${LC_ALL:-none}\"\n");

    assertThat(typed("version")).isEqualTo("C.UTF-8");
    variables.put("LANG", "de_DE.UTF-8");
    assertThat(typed("version")).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "8, 8192, max, -XX:+UseG1GC -Xmx1024m",
    "4, 4096, max, -XX:+UseG1GC -Xmx1024m",
    "3, 8192, max, -XX:+UseSerialGC -Xms16m -Xmx512m",
    "4, 4092, max, -XX:+UseSerialGC -Xms16m -Xmx512m",
    "2, 2048, max, -XX:+UseSerialGC -Xms16m -Xmx512m",
    "2, 1024, max, -XX:+UseSerialGC -Xms16m -Xmx256m",
    "2, 200, max, -XX:+UseSerialGC -Xms16m -Xmx96m",
    "8, 8192, 536870912, -XX:+UseSerialGC -Xms16m -Xmx128m",
    "8, 8192, 9223372036854771712, -XX:+UseG1GC -Xmx1024m"
  })
  void aServerHasTheCollectorAndTheHeapOfItsMachine(
      int cores, int mebibytes, String limit, String options)
      throws IOException, InterruptedException {
    machine(cores, mebibytes, limit);

    assertThat(typed("serve")).startsWith(options + " ").containsOnlyOnce("-Xmx");
  }

  /** Of two contradicting options, Java takes the last. */
  @ParameterizedTest
  @CsvSource({"serve, -XX:+UseSerialGC -Xms16m -Xmx512m", "version, -XX:+UseSerialGC"})
  void theOptionsOfTheUserComeLast(String command, String chosen)
      throws IOException, InterruptedException {
    machine(2, 2048, "max");
    variables.put("JAVA_OPTS", "-Xmx2g -Xss1m");

    String typed = typed(command);
    assertThat(typed).startsWith(chosen + " ").containsOnlyOnce(" -Xmx2g -Xss1m -jar ");
    assertThat(typed.lastIndexOf("-X")).isEqualTo(typed.indexOf("-Xss1m"));
  }

  /** Java does not start with two of them. */
  @ParameterizedTest
  @ValueSource(strings = {"serve", "version"})
  void aCollectorOfTheUserTakesThePlaceOfTheChosenOne(String command)
      throws IOException, InterruptedException {
    machine(2, 2048, "max");
    variables.put("JAVA_OPTS", "-Xmx2g -XX:+UseParallelGC");
    assertThat(typed(command))
        .contains(" -Xmx2g -XX:+UseParallelGC -jar ")
        .doesNotContain("UseSerialGC");

    machine(8, 8192, "max");
    assertThat(typed(command)).doesNotContain("UseG1GC");
  }

  /** Has the launcher find this machine: its cores, and the limit of its container in bytes. */
  private void machine(int cores, int mebibytes, String limit) throws IOException {
    Path getconf = Files.createDirectories(folder.resolve("commands")).resolve("getconf");
    executable(Files.writeString(getconf, "#!/bin/sh\necho " + cores + "\n"));
    variables.put("PATH", getconf.getParent() + File.pathSeparator + System.getenv("PATH"));
    Path memory =
        Files.writeString(
            folder.resolve("meminfo"),
            "MemTotal:       %d kB\nMemFree:          64 kB\n".formatted(1024L * mebibytes));
    Files.writeString(folder.resolve("memory.max"), limit + "\n");
    String script = Files.readString(LAUNCHERS.resolve("hookferry"));
    assertThat(script).contains("/proc/meminfo", "/sys/fs/cgroup/memory.max");
    Files.writeString(
        home.resolve("bin/hookferry"),
        script
            .replace("/proc/meminfo", memory.toString())
            .replace("/sys/fs/cgroup/", folder + "/"));
  }

  private static void executable(Path file) {
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String typed(String... args) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/hookferry").toString());
    builder.command().addAll(List.of(args));
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().keySet().removeAll(Set.of("JAVA_OPTS", "LC_ALL", "LC_CTYPE", "LANG"));
    builder.environment().putAll(variables);
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.strip();
  }
}
