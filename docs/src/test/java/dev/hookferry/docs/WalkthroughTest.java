package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.Main;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first examples of the README and of the quick start, run as they are printed, except that
 * their two ports are free ones. They use loopback alone. Its name puts it among the first to
 * start, since it takes the longest.
 */
class WalkthroughTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
  private static final Pattern SAMPLE = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
  private static final Duration LONGEST = Duration.ofMinutes(4);

  private final String port = freePort();
  private final String receiver = freePort();

  @TempDir Path folder;

  @Test
  void theReadme() throws Exception {
    String received = follow(Path.of("../README.md"));
    assertThat(received)
        .contains(
            "attempt 1", "{\"EventType\":\"order.created\",", "\"Data\":{\"Number\":\"4711\"");
  }

  @Test
  void theQuickStart() throws Exception {
    String received = follow(Path.of("quick-start.md"));
    assertThat(received).contains("attempt 2", "webhook-signature valid", "Zoë");
  }

  /** Ids, times, secrets and numbers differ. */
  private void assertThatOutputIsReal(Path page, String printed) throws IOException {
    String shape = shape(printed);
    SAMPLE
        .matcher(Files.readString(page))
        .results()
        .filter(block -> block.group(1).isEmpty())
        .flatMap(block -> block.group(2).lines())
        .filter(line -> !needsCurl("curl ") || !line.startsWith("{"))
        .forEach(line -> assertThat(shape).as("%s: %s", page, line).contains(shape(line)));
  }

  private String shape(String text) {
    return text.replace(port, "8087")
        .replace(receiver, "9901")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
        .replaceAll("\\b(ep|evt|dlv|mk|whsec)_\\S+", "ID")
        .replaceAll("\\d+", "N")
        .replaceAll(" +", " ");
  }

  /** Output of the receiver. */
  private String follow(Path page) throws Exception {
    launcher();
    List<String> blocks =
        BLOCK.matcher(Files.readString(page)).results().map(this::withFreePorts).toList();
    String server = only(blocks, "./hookferry serve");
    String listen = only(blocks, "./hookferry listen");
    List<String> rest = new ArrayList<>(blocks);
    rest.removeAll(List.of(server, listen));
    rest.removeIf(block -> block.contains("hookferry demo") || needsCurl(block));
    try (OpenTerminal first = new OpenTerminal(server)) {
      first.await("ready version=");
      try (OpenTerminal second = new OpenTerminal(listen)) {
        second.await("listening on ");
        try (OpenTerminal third = new OpenTerminal("set -e\n" + String.join("", rest))) {
          assertThat(third.exitCode()).as(third.said()).isZero();
          assertThat(third.said())
              .containsPattern("accepted evt_\\w+: 1 delivery")
              .containsPattern("dlv_\\w+ delivered")
              .doesNotContain("hookferry: ");
          if (page.endsWith("quick-start.md")) {
            assertThatOutputIsReal(page, first.said() + second.said() + third.said());
          }
        }
        return second.said();
      }
    }
  }

  private String withFreePorts(MatchResult block) {
    return block.group(1).replace("8087", port).replace("9901", receiver);
  }

  private static String only(List<String> blocks, String command) {
    List<String> found = blocks.stream().filter(block -> block.contains(command)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static boolean needsCurl(String block) {
    return block.contains("curl ") && Files.notExists(Path.of("/usr/bin/curl"));
  }

  /** In place of the launcher of the clone, since the jar is built after the tests. */
  private void launcher() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path file = folder.resolve("hookferry");
    Files.writeString(
        file,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -cp '%s' %s \"$@\"\n"
            .formatted(java, classes, Main.class.getName()));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static String freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A shell that runs a block. */
  private final class OpenTerminal implements AutoCloseable {
    private final Path output;
    private final Process shell;

    OpenTerminal(String block) throws IOException {
      output = Files.createTempFile(folder, "terminal", ".txt");
      Path script = Files.writeString(Files.createTempFile(folder, "block", ".sh"), block);
      ProcessBuilder builder =
          new ProcessBuilder("sh", script.toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("HOOKFERRY_"));
      builder.environment().put("HOOKFERRY_PORT", port);
      builder.environment().put("HOOKFERRY_URL", "http://127.0.0.1:" + port);
      shell = builder.start();
    }

    void await(String text) {
      Poll.until(
          LONGEST,
          () -> {
            assertThat(shell.isAlive()).as(said()).isTrue();
            return said().contains(text);
          });
    }

    int exitCode() throws InterruptedException {
      assertThat(shell.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).as(said()).isTrue();
      return shell.exitValue();
    }

    String said() {
      try {
        return Files.readString(output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      List<ProcessHandle> all = new ArrayList<>(shell.descendants().toList());
      all.add(shell.toHandle());
      all.forEach(ProcessHandle::destroyForcibly);
      all.forEach(process -> process.onExit().join());
    }
  }
}
