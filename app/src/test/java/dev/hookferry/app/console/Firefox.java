package dev.hookferry.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The system's Firefox without a window, with a profile of its own. */
final class Firefox implements DriverLine {
  private static final List<String> PREFERENCES =
      List.of(
          "\"marionette.port\", 0",
          "\"app.normandy.enabled\", false",
          "\"datareporting.policy.dataSubmissionEnabled\", false",
          "\"network.captive-portal-service.enabled\", false",
          "\"network.connectivity-service.enabled\", false",
          "\"network.dns.localDomains\", \""
              + EmbeddingScene.HOME
              + ","
              + EmbeddingScene.SISTER
              + "\"",
          "\"network.proxy.type\", 0",
          "\"ui.systemUsesDarkTheme\", 0");

  private final Path profile;
  private final Process process;
  private final Marionette line;

  /** Starts it; certificates need no known authority. */
  Firefox() throws IOException {
    profile = Files.createTempDirectory("hookferry-firefox-");
    List<String> lines =
        PREFERENCES.stream().map(preference -> "user_pref(" + preference + ");").toList();
    Files.write(profile.resolve("user.js"), lines);
    ProcessBuilder start =
        new ProcessBuilder(
            installed().orElseThrow().toString(),
            "--headless",
            "--marionette",
            "--no-remote",
            "--profile",
            profile.toString());
    start.environment().put("HOME", profile.toString());
    start.environment().put("MOZ_CRASHREPORTER_DISABLE", "1");
    process =
        start.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    line = new Marionette(port());
    ObjectNode capabilities = new JsonMapper().createObjectNode().put("acceptInsecureCerts", true);
    JsonNode unused = line.run("session", capabilities);
  }

  /** Returns where it is installed, if it is. */
  static Optional<Path> installed() {
    return Stream.of("firefox-esr", "firefox")
        .map(name -> Path.of("/usr/bin", name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** It writes the port that it took into its profile. */
  private int port() throws IOException {
    Path file = profile.resolve("MarionetteActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
    while (System.nanoTime() < end && process.isAlive()) {
      String text = Files.exists(file) ? Files.readString(file).strip() : "";
      if (!text.isEmpty()) {
        return Integer.parseInt(text);
      }
      Thread.onSpinWait();
    }
    throw new IOException("Firefox did not start");
  }

  @Override
  public JsonNode run(String path, @Nullable ObjectNode parameters) {
    return line.run(path, parameters);
  }

  @Override
  public void close() {
    line.close();
    Chromium.end(process, profile);
  }
}
