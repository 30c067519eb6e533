package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.io.SecretInput;
import dev.hookferry.refusal.InvalidException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for how the requests to an endpoint are made. */
public final class RequestOptions {
  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "The endpoint's own time limit per attempt, 1s to 30s; site for the site's.")
  private @Nullable String timeout;

  @Option(
      names = "--auth",
      paramLabel = "FILE",
      description = {
        "A file with the authentication to the receiver as JSON: basic with username and password,",
        "bearer with token, or oauth2 with tokenUrl, clientId and clientSecret; - reads one line."
      })
  private @Nullable Path auth;

  @Option(names = "--no-auth", description = "Removes the authentication to the receiver.")
  private boolean noAuth;

  /** Adds the given fields to a request body. */
  void write(ObjectNode body, OutputOptions output) {
    if (timeout != null) {
      body.put("timeout", timeout.equals("site") ? null : timeout);
    }
    if (auth != null) {
      if (noAuth) {
        throw InvalidException.of("--auth", "must not be given with --no-auth");
      }
      String json = SecretInput.ofFile("--auth", auth, output.terminal());
      if (!JsonOption.isJson(json)) {
        throw InvalidException.of(
            "--auth", "must be a file with JSON such as {\"bearer\":{\"token\":\"…\"}}");
      }
      body.putRawValue("auth", new RawValue(json));
    } else if (noAuth) {
      body.putNull("auth");
    }
  }
}
