package dev.hookferry.app.cli;

import dev.hookferry.app.client.ApiClient;
import dev.hookferry.refusal.InvalidException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command talks to. */
class ServerOptions extends OutputOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:HOOKFERRY_URL:-http://127.0.0.1:8087}",
      description = "The server; else HOOKFERRY_URL, else http://127.0.0.1:8087.")
  private String url = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${env:HOOKFERRY_KEY:-}",
      description = "The API key; better in HOOKFERRY_KEY, where other users cannot see it.")
  private @Nullable String key;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      defaultValue = "${env:HOOKFERRY_CA:-}",
      description = "The authorities to trust, PEM; else HOOKFERRY_CA, else the system's.")
  private String authorities = "";

  final ApiClient client() {
    String text = key;
    ApiClient client = new ApiClient(server(), text == null || text.isEmpty() ? null : text);
    return authorities.isEmpty() ? client : client.trusting(Path.of(authorities));
  }

  private URI server() {
    try {
      URI uri = URI.create(url);
      String scheme = uri.getScheme();
      if (uri.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw InvalidException.of("--url", "must be like http://127.0.0.1:8087, not " + url);
  }
}
