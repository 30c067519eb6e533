package dev.hookferry.app.doctor;

import dev.hookferry.app.config.OtelConfig;
import dev.hookferry.app.logging.Causes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.function.Consumer;

/** Checks that the OpenTelemetry collector accepts connections, if one is configured. */
final class CollectorCheck {
  private static final String OTEL = "otel";
  private static final int MAX_MILLIS = 2_000;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final OtelConfig config;

  CollectorCheck(OtelConfig config) {
    this.config = config;
  }

  void run(Consumer<Diagnosis> found) {
    if (!config.isOn()) {
      return;
    }
    URI endpoint = URI.create(config.endpoint());
    int defaultPort = "https".equalsIgnoreCase(endpoint.getScheme()) ? HTTPS : HTTP;
    int port = endpoint.getPort() < 0 ? defaultPort : endpoint.getPort();
    String place = endpoint.getHost() + ":" + port;
    InetSocketAddress address = new InetSocketAddress(endpoint.getHost(), port);
    if (address.isUnresolved()) {
      found.accept(
          Diagnosis.warning(
              OTEL, endpoint.getHost() + " does not resolve", "correct otel.endpoint"));
      return;
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, MAX_MILLIS);
      found.accept(Diagnosis.ok(OTEL, "the collector at " + place + " accepts connections"));
    } catch (IOException e) {
      found.accept(
          Diagnosis.warning(
              OTEL,
              "cannot connect to " + place + ": " + Causes.inWords(e),
              "start the collector, or correct otel.endpoint; the server runs without it"));
    }
  }
}
