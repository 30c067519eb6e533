package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.Main;
import dev.hookferry.contract.support.Poll;
import java.io.File;
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
import java.util.regex.Pattern;

/**
 * Runs the blocks of a page as a reader does: one terminal for the server, one for the receiver,
 * and one for everything else. Their two ports are free ones; the rest is as printed.
 */
final class Terminals {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
  private static final Duration MAX_TIME = Duration.ofMinutes(4);

  private final String port = freePort();
  private final String receiver = freePort();
  private final Path folder;

  /**
   * Writes a launcher into the folder, since the jar is built after the tests.
   *
   * @param folder the working directory of all terminals
   */
  Terminals(Path folder) throws IOException {
    this.folder = folder;
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path file = folder.resolve("hookferry");
    Files.writeString(
        file,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -cp '%s' %s \"$@\"\n"
            .formatted(java, JavaBlock.classPath(), Main.class.getName()));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /**
   * Output of the three terminals.
   *
   * @param commands of the terminal with all other blocks, which must succeed
   */
  record Said(String server, String receiver, String commands) {
    String all() {
      return server + receiver + commands;
    }
  }

  /**
   * Follows the shell blocks of a text, except those that run the demo.
   *
   * @param lastReceived what the receiver prints at the end, at the latest
   */
  Said follow(String text, String lastReceived) throws Exception {
    List<String> blocks =
        BLOCK.matcher(text).results().map(block -> withFreePorts(block.group(1))).toList();
    String server = only(blocks, "hookferry serve");
    String listen = only(blocks, "hookferry listen");
    List<String> rest = new ArrayList<>(blocks);
    rest.removeAll(List.of(server, listen));
    rest.removeIf(block -> block.contains("hookferry demo") || needsCurl(block));
    try (OpenTerminal first = new OpenTerminal(server)) {
      first.await("ready version=");
      try (OpenTerminal second = new OpenTerminal(listen)) {
        second.await("listening on ");
        try (OpenTerminal third = new OpenTerminal("set -e\n" + String.join("", rest))) {
          assertThat(third.exitCode()).as(third.said()).isZero();
          second.await(lastReceived);
          return new Said(first.said(), second.said(), third.said());
        }
      }
    }
  }

  /** Returns a text with the ports of this machine in place of those that pages print. */
  String withFreePorts(String text) {
    return text.replace("8087", port).replace("9901", receiver);
  }

  /** Returns a text with the ports that pages print. */
  String withPrintedPorts(String text) {
    return text.replace(port, "8087").replace(receiver, "9901");
  }

  /** Returns whether a block cannot run here because it needs curl. */
  static boolean needsCurl(String block) {
    return block.contains("curl ") && Files.notExists(Path.of("/usr/bin/curl"));
  }

  private static String only(List<String> blocks, String command) {
    List<String> found = blocks.stream().filter(block -> block.contains(command)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
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
      String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
      builder.environment().put("PATH", folder + File.pathSeparator + path);
      shell = builder.start();
    }

    void await(String text) {
      Poll.until(
          MAX_TIME,
          () -> {
            assertThat(shell.isAlive()).as(said()).isTrue();
            return said().contains(text);
          });
    }

    int exitCode() throws InterruptedException {
      assertThat(shell.waitFor(MAX_TIME.toSeconds(), TimeUnit.SECONDS)).as(said()).isTrue();
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
