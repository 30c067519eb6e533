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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The system's Chromium without a window, with a profile of its own that is deleted at the end.
 * Chromium's headless shell is preferred where it is installed: it is the same engine and needs a
 * third less processor time.
 */
final class Chromium implements AutoCloseable {
  /** Not the script in {@code /usr/bin}, which would outlive the browser. */
  private static final Path SHELL = Path.of("/usr/lib/chromium/chromium-headless-shell");

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

  private Chromium(Path binary, String preferences, String... options) throws IOException {
    profile = Files.createTempDirectory("hookferry-chromium-");
    Files.createDirectories(profile.resolve("Default"));
    Files.writeString(profile.resolve("Default/Preferences"), preferences);
    process =
        new ProcessBuilder(
                Stream.of(
                        Stream.of(binary.toString(), "--user-data-dir=" + profile),
                        Stream.of(options),
                        OPTIONS.stream())
                    .flatMap(part -> part)
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    debugging = URI.create("http://127.0.0.1:" + port());
  }

  /** Returns the shell, or else the whole browser; empty if the latter is not installed. */
  static Optional<Path> installed() {
    return wholeBrowser().map(whole -> Files.isExecutable(SHELL) ? SHELL : whole);
  }

  private static Optional<Path> wholeBrowser() {
    return NAMES.stream()
        .map(name -> Path.of("/usr/bin", name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start() {
    return start(installed(), "{}");
  }

  /**
   * Starts one that accepts no cookies of foreign frames, unless they are partitioned, and that
   * trusts the key of this certificate, for hosts that lead to this machine.
   */
  static Chromium startWithoutThirdPartyCookies(X509Certificate trusted) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(trusted.getPublicKey().getEncoded());
      // The headless shell reads no preferences.
      return start(
          wholeBrowser(),
          "{\"profile\":{\"cookie_controls_mode\":1,\"block_third_party_cookies\":true}}",
          "--host-resolver-rules=MAP *.example.com 127.0.0.1",
          "--ignore-certificate-errors-spki-list=" + Base64.getEncoder().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Chromium start(Optional<Path> binary, String preferences, String... options) {
    try {
      return new Chromium(binary.orElseThrow(), preferences, options);
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
      return connect(send(request));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tab, or the frame of a foreign site, that shows such an address, once there is one. */
  Cdp showing(String address) {
    Pattern wanted = Pattern.compile(address);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
    try {
      while (System.nanoTime() < end) {
        HttpRequest list = HttpRequest.newBuilder(debugging.resolve("/json/list")).build();
        for (JsonNode target : send(list)) {
          if (wanted.matcher(target.path("url").asText()).matches()) {
            return connect(target);
          }
        }
        LockSupport.parkNanos(20_000_000);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("nothing shows " + address);
  }

  private static Cdp connect(JsonNode target) {
    return Cdp.connect(target.path("webSocketDebuggerUrl").asText());
  }

  private static JsonNode send(HttpRequest request) throws IOException {
    try {
      String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      return new JsonMapper().readTree(answer);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** It writes the port that it took into its profile. */
  private String port() throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
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
    end(process, profile);
  }

  /**
   * Ends a browser and removes its profile. Its helpers may still write while we delete; what is
   * left over lies in the temporary folder.
   */
  static void end(Process process, Path profile) {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
