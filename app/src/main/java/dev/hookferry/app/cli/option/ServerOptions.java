package dev.hookferry.app.cli.option;

import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.refusal.InvalidException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command talks to. */
public class ServerOptions extends OutputOptions {
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

  public final ApiClient client() {
    ApiClient client = new ApiClient(server(), key());
    return authorities.isEmpty() ? client : client.trusting(Path.of(authorities));
  }

  /** Files of secrets often end with a line break, which is none of the key's. */
  private @Nullable String key() {
    String text = key == null ? "" : key.strip();
    if (!text.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw InvalidException.of(
          "--key", "must be visible ASCII without blanks; it begins with hf_ unless it was chosen");
    }
    return text.isEmpty() ? null : text;
  }

  private URI server() {
    if (url.indexOf('@') >= 0) {
      throw InvalidException.of(
          "--url", "must not have a user name or password; the API key goes into HOOKFERRY_KEY");
    }
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
