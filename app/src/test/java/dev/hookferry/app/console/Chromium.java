package dev.hookferry.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The system's Chromium without a window, with a profile of its own that goes when it does. */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> OPTIONS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-extensions",
          "--hide-scrollbars",
          "--force-color-profile=srgb",
          "--remote-debugging-port=0",
          "about:blank");

  private final Path profile;
  private final Process process;
  private final URI debugging;

  private Chromium(Path binary) throws IOException {
    profile = Files.createTempDirectory("hookferry-chromium-");
    process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(binary.toString(), "--user-data-dir=" + profile),
                        OPTIONS.stream())
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    debugging = URI.create("http://127.0.0.1:" + port());
  }

  /** Where it is installed, if it is. */
  static Optional<Path> installed() {
    return NAMES.stream()
        .map(name -> Path.of("/usr/bin", name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start() {
    try {
      return new Chromium(installed().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new tab. */
  Cdp tab() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(debugging.resolve("/json/new?about:blank"))
              .method("PUT", HttpRequest.BodyPublishers.noBody())
              .build();
      String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      JsonNode tab = new JsonMapper().readTree(answer);
      return Cdp.connect(tab.path("webSocketDebuggerUrl").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** It writes the port that it took into its profile. */
  private String port() throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > 1) {
          return lines.get(0);
        }
      }
      Thread.onSpinWait();
    }
    throw new IOException("Chromium did not start");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      remove();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Its helpers may still write while we delete; what is left over lies in the temporary folder.
   */
  private void remove() {
    try (Stream<Path> all = Files.walk(profile)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.Logger log = System.getLogger(Chromium.class.getName());
      log.log(System.Logger.Level.DEBUG, "left over: " + profile, e);
    }
  }
}
