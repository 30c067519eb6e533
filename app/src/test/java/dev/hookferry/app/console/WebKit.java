package dev.hookferry.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The system's WebKitGTK, on a virtual display that ends with it. */
final class WebKit implements DriverLine {
  private static final Path DRIVER = Path.of("/usr/bin/WebKitWebDriver");
  private static final Path DISPLAY = Path.of("/usr/bin/Xvfb");
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final LoopbackProxy proxy;
  private final Path home;
  private final Process display;
  private final Process driver;
  private final String sessions;
  private final String session;

  /** Starts it; certificates need no known authority. */
  WebKit() throws IOException {
    home = Files.createTempDirectory("hookferry-webkit-");
    display =
        new ProcessBuilder(DISPLAY.toString(), "-displayfd", "1", "-nolisten", "tcp")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    proxy = new LoopbackProxy();
    int port = freePort();
    ProcessBuilder start = new ProcessBuilder(DRIVER.toString(), "--port=" + port);
    start.environment().put("DISPLAY", ":" + display.inputReader().readLine());
    start.environment().put("HOME", home.toString());
    // The capability for proxies of https would speak TLS to it.
    start.environment().put("https_proxy", "socks5://127.0.0.1:" + proxy.port());
    driver =
        start.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    sessions = "http://127.0.0.1:" + port + "/session";
    ObjectNode asked = JSON.createObjectNode();
    asked.putObject("capabilities").putObject("alwaysMatch").put("acceptInsecureCerts", true);
    awaitDriver();
    session = sessions + "/" + send("POST", sessions, asked).path("sessionId").asText();
  }

  /** Returns whether it and its display are installed. */
  static boolean isInstalled() {
    return Files.isExecutable(DRIVER) && Files.isExecutable(DISPLAY);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitDriver() throws IOException {
    URI status = URI.create(sessions).resolve("/status");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
    while (System.nanoTime() < end && driver.isAlive()) {
      try {
        var unused = client.send(HttpRequest.newBuilder(status).build(), BodyHandlers.discarding());
        return;
      } catch (ConnectException e) {
        LockSupport.parkNanos(10_000_000);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new IOException("WebKit's driver did not start");
  }

  @Override
  public JsonNode run(String path, @Nullable ObjectNode parameters) {
    boolean asks = path.equals("window/handles");
    String method = asks ? "GET" : parameters == null ? "DELETE" : "POST";
    return send(method, session + "/" + path, parameters);
  }

  private JsonNode send(String method, String address, @Nullable ObjectNode parameters) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(Duration.ofMinutes(2))
            .method(
                method,
                parameters == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(parameters.toString()))
            .build();
    try {
      JsonNode value =
          JSON.readTree(client.send(request, BodyHandlers.ofString()).body()).path("value");
      if (value.has("error")) {
        throw new AssertionError(method + " " + address + ": " + value);
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      var unused = send("DELETE", session, null);
    } finally {
      driver.destroy();
      Chromium.end(display, home);
      proxy.close();
    }
  }
}
