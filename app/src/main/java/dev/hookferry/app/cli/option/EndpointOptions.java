package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.refusal.InvalidException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said of an endpoint beside its URL; what is not said is left out. */
public final class EndpointOptions {
  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description = "Event types that it wants, such as license_* or *; several with commas.")
  private @Nullable List<String> types;

  @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
  private @Nullable String description;

  @Option(
      names = "--header",
      paramLabel = "NAME:VALUE",
      description = "A header of every request; all of them together replace those before.")
  private @Nullable List<String> headers;

  @Option(
      names = "--secret-header",
      paramLabel = "NAME",
      split = ",",
      description = "Headers whose values are shown to nobody; several with commas.")
  private @Nullable List<String> secretHeaders;

  @Option(
      names = "--signature",
      paramLabel = "SCHEME",
      split = ",",
      description = "qlm or standard; qlm,standard for both, which is the default.")
  private @Nullable List<String> signatures;

  @Option(
      names = "--qlm-secret",
      paramLabel = "KEY",
      description = "Its own key for X-QLM-Signature, in place of the site's.")
  private @Nullable String qlmSecret;

  @Option(
      names = "--retry",
      paramLabel = "MAX:SECONDS[:BACKOFF]",
      description = "Its own retries, such as 5:300 or 8:10:exponential; site for the site's.")
  private @Nullable String retry;

  /** Adds what was said to a body. */
  public void write(ObjectNode body) {
    addAll(body, "eventTypes", types);
    addAll(body, "signatures", signatures);
    addAll(body, "secretHeaders", secretHeaders);
    if (description != null) {
      body.put("description", description);
    }
    if (qlmSecret != null) {
      body.put("qlmSecret", qlmSecret);
    }
    if (headers != null) {
      ObjectNode object = body.putObject("headers");
      headers.forEach(header -> addHeader(object, header));
    }
    if (retry != null) {
      addRetry(body, retry);
    }
  }

  private static void addAll(ObjectNode body, String field, @Nullable List<String> texts) {
    if (texts != null) {
      texts.forEach(body.putArray(field)::add);
    }
  }

  private static void addHeader(ObjectNode headers, String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw InvalidException.of("--header", "must be like X-Tenant: 7");
    }
    headers.put(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
  }

  private static void addRetry(ObjectNode body, String text) {
    if (text.equals("site")) {
      body.set("retry", JsonNodeFactory.instance.nullNode());
      return;
    }
    String[] parts = text.split(":", -1);
    if (!text.matches("[0-9]{1,9}:[0-9]{1,9}(:[a-z]+)?")) {
      throw InvalidException.of("--retry", "must be like 5:300 or 8:10:exponential, not " + text);
    }
    ObjectNode retry = body.putObject("retry");
    retry.put("maxRetries", Integer.parseInt(parts[0]));
    retry.put("intervalSeconds", Integer.parseInt(parts[1]));
    if (parts.length > 2) {
      retry.put("backoff", parts[2]);
    }
  }
}
