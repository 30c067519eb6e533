package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.hookferry.app.cli.io.NamedFile;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.io.SecretInput;
import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the requests to an endpoint. */
public final class RequestOptions {
  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "The endpoint's own time limit per attempt, 1s to 30s; site for the site's.")
  private @Nullable String timeout;

  @Option(
      names = "--success-status",
      paramLabel = "STATUS",
      split = ",",
      description = {
        "The statuses of a response that count as success: 2xx, 3xx, or single ones from 200 to 399;",
        "comma-separated. The default is 2xx."
      })
  private @Nullable List<String> successStatuses;

  @Option(
      names = "--egress",
      paramLabel = "NAME",
      description = {
        "The egress that connections use, one that the operator has defined; \"\" for the",
        "site's."
      })
  private @Nullable String egress;

  @Option(
      names = "--propagate-trace",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "BOOL",
      description = "Whether requests carry the trace of their event in headers.")
  private @Nullable Boolean propagateTrace;

  @Option(
      names = "--url-from",
      paramLabel = "PARTY",
      description = {
        "Origin of the URL, operator or customer. A customer's must be https, lead to public",
        "addresses and use a port that no other protocol uses, at every request, whatever else the",
        "server allows. A new URL is the operator's by default."
      })
  private @Nullable String urlFrom;

  @Option(
      names = "--managed-by",
      paramLabel = "PARTY",
      description = {
        "operator or customer. With operator, customers see it in the portal and may test it and",
        "retry its deliveries as their link permits, but cannot change it."
      })
  private @Nullable String managedBy;

  @Option(
      names = "--auth",
      paramLabel = "FILE",
      description = {
        "A file with the authentication to the receiver as JSON: basic with username and password,",
        "bearer with token, or oauth2 with tokenUrl, clientId and clientSecret; - reads one line."
      })
  private @Nullable Path auth;

  @Option(
      names = "--client-certificate",
      paramLabel = "FILE",
      description =
          "A PEM file with the certificate to present to the receiver and its intermediates.")
  private @Nullable Path certificate;

  @Option(
      names = "--client-key",
      paramLabel = "FILE",
      description = "A PEM file with the private key of the client certificate, as PKCS #8.")
  private @Nullable Path certificateKey;

  @Option(
      names = "--trusted-ca",
      paramLabel = "FILE",
      description =
          "A PEM file with the CA certificates to trust for this receiver, instead of the server's.")
  private @Nullable Path trustedCa;

  /** Adds the given fields to a request body, except for the secret one. */
  void write(ObjectNode body, OptionProblems problems) {
    if (timeout != null) {
      body.put("timeout", timeout.equals("site") ? null : timeout);
    }
    if (successStatuses != null) {
      successStatuses.forEach(body.putArray("successStatuses")::add);
    }
    if (egress != null) {
      body.put("egress", egress.isEmpty() ? null : egress);
    }
    if (propagateTrace != null) {
      body.put("propagateTrace", propagateTrace);
    }
    if (urlFrom != null) {
      body.put("urlFrom", urlFrom);
    }
    if (managedBy != null) {
      body.put("managedBy", managedBy);
    }
    problems.check(() -> addCertificate(body));
    problems.check(() -> addTrustedCa(body));
  }

  /** Adds the authentication to the receiver, for which it may prompt the user. */
  void writeSecret(ObjectNode body, OutputOptions output) {
    if (auth != null) {
      String json = SecretInput.ofFile("--auth", auth, output.terminal());
      if (!JsonOption.isJson(json)) {
        throw InvalidException.of(
            "--auth", "must be a file with JSON such as {\"bearer\":{\"token\":\"…\"}}");
      }
      body.putRawValue("auth", new RawValue(json));
    }
  }

  private void addTrustedCa(ObjectNode body) {
    if (trustedCa != null) {
      body.put("trustedCa", text("--trusted-ca", trustedCa));
    }
  }

  private void addCertificate(ObjectNode body) {
    if (certificate == null && certificateKey == null) {
      return;
    }
    ObjectNode pair = JsonNodeFactory.instance.objectNode();
    if (certificate != null) {
      pair.put("certificate", text("--client-certificate", certificate));
    }
    if (certificateKey != null) {
      pair.put("privateKey", text("--client-key", certificateKey));
    }
    body.set("clientCertificate", pair);
  }

  private static String text(String option, Path file) {
    return new String(NamedFile.read(option, file), StandardCharsets.UTF_8);
  }
}
