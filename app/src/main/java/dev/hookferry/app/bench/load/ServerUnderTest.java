package dev.hookferry.app.bench.load;

import dev.hookferry.app.client.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A server in its own process, started like {@code hookferry serve}. */
public final class ServerUnderTest implements AutoCloseable {
  /**
   * By name, to avoid a cycle: the entry point depends on the command line, which uses the bench.
   */
  private static final String MAIN = "dev.hookferry.app.Main";

  private static final Duration MAX_START = Duration.ofMinutes(2);
  private static final Duration MAX_STOP = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 5;

  private final Process process;
  private final Path folder;
  private final int port;
  private final String key;
  private final HttpClient http = HttpClient.newHttpClient();
  private final long began = System.nanoTime();
  private long startMillis;

  private ServerUnderTest(Process process, Path folder, int port, String key) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.key = key;
  }

  /**
   * Starts a server, which becomes ready later; see {@link #awaitReady}.
   *
   * @param folder a folder for its log
   */
  public static ServerUnderTest start(
      Path folder, StoreAccess store, String key, String heap, ServerSettings settings) {
    int port = freePort();
    try {
      ProcessBuilder builder =
          JvmProcess.of(
              Files.createDirectories(folder),
              List.of("-Xmx" + heap),
              MAIN,
              List.of("serve", "--port", "" + port, "--allow-network=127.0.0.0/8", "--allow-http"));
      builder.environment().put("HOOKFERRY_ADMIN_KEY", key);
      builder.environment().putAll(settings.environment());
      builder.environment().putAll(store.environment());
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      return new ServerUnderTest(builder.start(), folder, port, key);
    } catch (IOException e) {
      throw new BenchException("cannot start the server process: " + e, e);
    }
  }

  public int port() {
    return port;
  }

  /** Returns the time from the start of the process until it was ready; zero before that. */
  public long startMillis() {
    return startMillis;
  }

  /** Returns the CPU time that the process has used so far; zero if unknown. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  public ApiClient client() {
    return new ApiClient(URI.create("http://127.0.0.1:" + port), key);
  }

  public ServerMetrics metrics() {
    try {
      return ServerMetrics.of(http.send(request("/metrics"), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new BenchException("the server does not respond: " + e + log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** Stops the server normally and waits for its end. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(MAX_STOP.toSeconds(), TimeUnit.SECONDS)) {
        throw new BenchException("the server does not stop" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills the server. Its folder must be deleted separately. */
  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the server is ready. */
  public void awaitReady() {
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() - began > MAX_START.toNanos()) {
        process.destroyForcibly();
        throw new BenchException("the server did not become ready" + log());
      }
      Pause.millis(LOOK_MILLIS);
    }
    startMillis = (System.nanoTime() - began) / 1_000_000;
  }

  private boolean isReady() {
    try {
      return http.send(request("/readyz"), BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30))
        .build();
  }

  /** Returns the last lines of its log. */
  private String log() {
    try (var files = Files.list(folder)) {
      StringBuilder text = new StringBuilder("; last lines of its log:");
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        List<String> lines = Files.readAllLines(file);
        text.append('\n');
        text.append(
            lines.stream().skip(Math.max(0, lines.size() - 10)).collect(Collectors.joining("\n")));
      }
      return text.toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchException("no free port: " + e, e);
    }
  }
}
