package dev.hookferry.app.cli;

import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.app.logging.Logs;
import dev.hookferry.app.wiring.Server;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a server and the usual commands, so that the JVM can archive the classes that they need
 * ({@code -XX:ArchiveClassesAtExit}). The launcher of the packages starts it; it prints nothing and
 * leaves nothing behind.
 */
public final class ArchiveTraining {
  private static final String KEY = "archive-training-key-0123456789-0123456789";
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

  /** Takes no arguments. */
  public static void main(String[] args) {
    Logs.offAtFirst();
    Map<String, List<String>> flags =
        Map.of(
            "--store", List.of("memory"),
            "--port", List.of("0"),
            "--allow-network", List.of("127.0.0.0/8"),
            "--allow-http", List.of("true"));
    ConfigSources sources =
        new ConfigSources(
            Path.of("no-such-directory"), null, Map.of("HOOKFERRY_ADMIN_KEY", KEY), flags);
    try (Server server = Server.start(ServerConfigReader.read(sources).config())) {
      COMMANDS.forEach(words -> run(words, server));
    }
  }

  private static void run(List<String> words, Server server) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--server", server.address().toString(), "--key", KEY));
    String[] args = all.toArray(String[]::new);
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int code = CommandLines.create(args).setOut(nowhere).setErr(nowhere).execute(args);
    if (code != 0) {
      throw new IllegalStateException(words + " ended with " + code);
    }
  }
}
