package dev.hookferry.app.cli.option;

import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.CallOrigins;
import dev.hookferry.refusal.InvalidException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Options that select the server to call and the API key. */
public class ServerOptions extends OutputOptions implements AutoCloseable {
  /** The option that sets the server's address. */
  public static final String NAME = "--server";

  /** The variable that sets it. */
  public static final String VARIABLE = "HOOKFERRY_URL";

  /** An alias of {@link #VARIABLE}, omitted from help texts. */
  private static final String OTHER_VARIABLE = "HOOKFERRY_SERVER";

  private static final String KEY = "--key";
  private static final String KEY_VARIABLE = "HOOKFERRY_KEY";
  private static final int LAST_PORT = 65_535;

  @Option(
      names = NAME,
      paramLabel = "URL",
      defaultValue = "${env:HOOKFERRY_URL:-${env:HOOKFERRY_SERVER:-http://127.0.0.1:8087}}",
      description = "The server's address (default: HOOKFERRY_URL, else http://127.0.0.1:8087).")
  private String server = "";

  private @Nullable String otherwise;

  @Option(
      names = KEY,
      paramLabel = "KEY",
      defaultValue = "${env:HOOKFERRY_KEY:-}",
      description = "The API key; prefer HOOKFERRY_KEY, which other users cannot see.")
  private @Nullable String key;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      defaultValue = "${env:HOOKFERRY_CA:-}",
      description = "Trusted CA certificates, PEM (default: HOOKFERRY_CA, else the system's).")
  private String authorities = "";

  private final List<ApiClient> clients = new ArrayList<>();

  /** Creates the option {@code --url}, an alias of {@code --server}. */
  public final OptionSpec otherName() {
    return OptionSpec.builder("--url")
        .paramLabel("URL")
        .type(String.class)
        .description("Same as --server.")
        .setter(
            new ISetter() {
              @Override
              public <T> T set(T value) {
                otherwise = (String) value;
                return value;
              }
            })
        .build();
  }

  /** Returns a new client of the server, which {@link #close} closes. */
  public final ApiClient client() {
    ApiClient client =
        new ApiClient(server(), key(), new CallOrigins(origin(), origin(KEY, KEY_VARIABLE)))
            .warning(this::warn);
    ApiClient trusting = authorities.isEmpty() ? client : client.trusting(Path.of(authorities));
    clients.add(client);
    clients.add(trusting);
    return trusting;
  }

  /** Returns whether an option, rather than a variable or the default, names the server. */
  public final boolean isAddressedByOption() {
    return isGiven(NAME) || otherwise != null;
  }

  /** Returns whether an option or a variable, rather than the default, names the server. */
  public final boolean isAddressed() {
    return isAddressedByOption()
        || Stream.of(VARIABLE, OTHER_VARIABLE)
            .anyMatch(name -> !Objects.requireNonNullElse(System.getenv(name), "").isEmpty());
  }

  /** Returns the server's address as it was given. */
  public final String address() {
    return server().toString();
  }

  /** Returns whether an API key was given. */
  public final boolean hasKey() {
    return key() != null;
  }

  /** Closes the clients that the command used. */
  @Override
  public final void close() {
    clients.forEach(ApiClient::close);
    clients.clear();
  }

  /** Strips white space: secret files often end with a line break. */
  private @Nullable String key() {
    String text = key == null ? "" : key.strip();
    if (!text.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw InvalidException.of(
          origin(KEY, KEY_VARIABLE),
          "must be visible ASCII without spaces; generated keys begin with hf_");
    }
    return text.isEmpty() ? null : text;
  }

  /** Rejects URLs with a path: the API key is sent there, and a webhook URL must not get it. */
  private URI server() {
    String server = otherwise == null ? this.server : otherwise;
    String name = origin();
    if (server.indexOf('@') >= 0) {
      throw InvalidException.of(
          name, "must not contain a user name or password; put the API key into HOOKFERRY_KEY");
    }
    URI uri = parsed(name, server);
    String scheme = uri.getScheme();
    if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw InvalidException.of(name, "must be like http://127.0.0.1:8087 (got " + server + ")");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw InvalidException.of(
          name, "the port must be from 1 to 65535 (got " + uri.getPort() + ")");
    }
    String path = uri.getRawPath();
    boolean isBare = path.isEmpty() || path.equals("/");
    if (!isBare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw InvalidException.of(
          name,
          "must be the server's address without a path or query, such as "
              + scheme
              + "://"
              + uri.getRawAuthority()
              + "; the API key is sent there, never to the URL of an endpoint");
    }
    return uri;
  }

  /** Returns the source of the address: an option, or the variable that is its default. */
  private String origin() {
    if (otherwise != null) {
      return "--url";
    }
    return origin(NAME, System.getenv(VARIABLE) == null ? OTHER_VARIABLE : VARIABLE);
  }

  /** Returns the source of a value: the option, or the variable that is its default. */
  private String origin(String option, String variable) {
    return isGiven(option) || System.getenv(variable) == null ? option : variable;
  }

  private static URI parsed(String name, String server) {
    try {
      return URI.create(server);
    } catch (IllegalArgumentException e) {
      throw InvalidException.of(name, "must be like http://127.0.0.1:8087 (got " + server + ")");
    }
  }
}
