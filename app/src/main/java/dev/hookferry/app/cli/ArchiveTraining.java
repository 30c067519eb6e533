package dev.hookferry.app.cli;

import dev.hookferry.app.files.Folders;
import dev.hookferry.app.logging.Logs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Training run for class archives: runs the usual commands against a server in a separate process,
 * so that the JVM can archive the classes that each process needs ({@code
 * -XX:ArchiveClassesAtExit}). Archived classes take memory even if unused, so the server's archive
 * excludes those of the commands. Started by the launcher of the packages; prints nothing and
 * leaves only the archives behind.
 */
public final class ArchiveTraining {
  /** Referenced by name, since the class itself depends on this package. */
  private static final String MAIN = "dev.hookferry.app.Main";

  private static final String KEY = "archive-training-key-0123456789-0123456789";
  private static final Pattern ADDRESS = Pattern.compile(" ready .*\\baddress=(\\S+)");
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("endpoints", "add", "http://127.0.0.1:9/", "--type", "*"),
          List.of("endpoints", "list"),
          List.of("send", "license_created", "--example"),
          List.of("events", "list", "-o", "json"),
          List.of("deliveries", "list", "-o", "csv"),
          List.of("log"),
          List.of("system"));

  private ArchiveTraining() {}

  /**
   * Runs the server and the commands.
   *
   * @param args the file for the server's class archive; if empty, none is written
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Logs.startSilent();
    Path folder = Files.createTempDirectory("hookferry-training-");
    try {
      Process server = start(folder, args);
      try (BufferedReader log = server.inputReader(StandardCharsets.UTF_8)) {
        String address = address(log);
        COMMANDS.forEach(words -> run(words, address));
        // Unlike the process, its handle leaves the pipe open to be drained: the server must not
        // block.
        server.toHandle().destroy();
        while (log.readLine() != null) {
          // Drains the server's last lines.
        }
        server.waitFor();
      } finally {
        server.destroyForcibly();
      }
    } finally {
      Folders.remove(folder);
    }
  }

  private static Process start(Path folder, String[] args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    for (String archive : args) {
      command.add("-XX:ArchiveClassesAtExit=" + Path.of(archive).toAbsolutePath());
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(List.of("serve", "--store", "file:" + folder.resolve("store"), "--port", "0"));
    command.addAll(List.of("--allow-network", "127.0.0.0/8", "--allow-http"));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("HOOKFERRY_"));
    builder.environment().put("HOOKFERRY_ADMIN_KEY", KEY);
    return builder.start();
  }

  /** Waits until the server is ready and returns its address. */
  private static String address(BufferedReader log) throws IOException {
    StringBuilder said = new StringBuilder();
    String line = log.readLine();
    while (line != null) {
      Matcher ready = ADDRESS.matcher(line);
      if (ready.find()) {
        return ready.group(1);
      }
      said.append(line).append('\n');
      line = log.readLine();
    }
    throw new IllegalStateException("the server did not start: " + said);
  }

  private static void run(List<String> words, String address) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--server", address, "--key", KEY));
    String[] args = all.toArray(String[]::new);
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int code = CommandLines.create(args).setOut(nowhere).setErr(nowhere).execute(args);
    if (code != 0) {
      throw new IllegalStateException(words + " ended with " + code);
    }
  }
}
