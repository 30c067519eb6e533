package dev.hookferry.app.config;

import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.refusal.InvalidException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings of the export over OTLP.
 *
 * @param endpoint the base URL of the collector; empty to export nothing
 * @param headers secret headers of the requests to the collector
 * @param traces whether attempts are exported as spans
 * @param metrics whether metrics are exported
 * @param share the fraction, from 0 to 1, of events published without a trace context whose
 *     attempts are exported
 * @param interval how often metrics are exported
 * @param serviceName the name of this service
 */
public record OtelConfig(
    String endpoint,
    Map<String, SecretText> headers,
    boolean traces,
    boolean metrics,
    double share,
    Duration interval,
    String serviceName) {
  /** The values of {@code otel.endpoint}. */
  public static final ValueKind<String> ENDPOINT =
      ValueKind.one("URL", "a URL such as http://127.0.0.1:4318", OtelConfig::endpoint);

  /** The values of {@code otel.headers}. */
  public static final ValueKind<List<String>> HEADERS =
      ValueKind.list("NAME=VALUE", "headers such as api-key=…", OtelConfig::header);

  /** The values of {@code otel.share}. */
  public static final ValueKind<Double> SHARE =
      ValueKind.one("SHARE", "a number from 0 to 1", OtelConfig::share);

  public OtelConfig {
    headers = Map.copyOf(headers);
  }

  /** Returns whether anything is exported. */
  public boolean isOn() {
    return !endpoint.isEmpty() && (traces || metrics);
  }

  /** Parses pairs such as {@code api-key=…} into a map from name to value. */
  public static Map<String, SecretText> byName(List<String> texts) {
    Map<String, SecretText> byName = new LinkedHashMap<>();
    for (String text : texts) {
      int sign = text.indexOf('=');
      byName.put(text.substring(0, sign).strip(), new SecretText(text.substring(sign + 1).strip()));
    }
    return byName;
  }

  private static String endpoint(String text) {
    if (text.isEmpty()) {
      return text;
    }
    URI url = URI.create(text);
    ValueKind.require(url.getHost() != null && url.getScheme().matches("https?"));
    ValueKind.require(url.getRawQuery() == null && url.getRawFragment() == null);
    if (url.getRawUserInfo() != null) {
      throw InvalidException.of("", "must not contain credentials; put them into otel.headers");
    }
    return text.replaceFirst("/+$", "");
  }

  private static String header(String text) {
    if (!text.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+ *=[ -~]+")) {
      throw InvalidException.of("", "must be headers such as api-key=…, in visible ASCII");
    }
    return text;
  }

  private static double share(String text) {
    double share = Double.parseDouble(text);
    ValueKind.require(share >= 0 && share <= 1);
    return share;
  }
}
