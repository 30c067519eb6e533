package dev.hookferry.http.console.frame;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.SignatureScheme;
import dev.hookferry.site.SettingsByName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The form of an endpoint, as typed.
 *
 * @param url where to
 * @param types exact event types that are ticked
 * @param patterns other filters, separated by blanks or commas
 * @param description for people
 * @param signatures {@code qlm}, {@code standard} or both
 * @param maxRetries its own; empty to follow the site
 * @param interval its own, in seconds; empty to follow the site
 * @param backoff its own, {@code fixed} or {@code exponential}; empty to follow the site
 * @param headers one a line, {@code Name: value}
 */
public record EndpointForm(
    String url,
    Set<String> types,
    String patterns,
    String description,
    Set<String> signatures,
    String maxRetries,
    String interval,
    String backoff,
    String headers) {
  private static final Set<String> BOTH = Set.of("qlm", "standard");

  /** Nothing typed yet. */
  public static EndpointForm empty() {
    return new EndpointForm("", Set.of(), "", "", BOTH, "", "", "", "");
  }

  /** An endpoint as it is. */
  public static EndpointForm of(Endpoint endpoint, Set<String> known, Map<String, String> headers) {
    Set<String> patterns =
        endpoint.eventTypes().stream()
            .map(filter -> filter.pattern())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    RetrySettings own = endpoint.retry();
    return new EndpointForm(
        endpoint.url().text(),
        patterns.stream().filter(known::contains).collect(Collectors.toSet()),
        patterns.stream().filter(p -> !known.contains(p)).collect(Collectors.joining(", ")),
        endpoint.description(),
        endpoint.signing().schemes().stream()
            .map(scheme -> scheme.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()),
        own == null ? "" : Integer.toString(own.maxRetries()),
        own == null ? "" : Long.toString(own.interval().toSeconds()),
        own == null ? "" : word(own.backoff()),
        headers.entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue())
            .collect(Collectors.joining("\n")));
  }

  /** What came from the browser. */
  public static EndpointForm of(FormValues form) {
    return new EndpointForm(
        form.text("url"),
        Set.copyOf(form.texts("type")),
        form.text("patterns"),
        form.text("description"),
        Set.copyOf(form.texts("signature")),
        form.text("maxRetries"),
        form.text("interval"),
        form.text("backoff"),
        form.raw("headers"));
  }

  /**
   * As the facade takes it.
   *
   * @param enabled whether deliveries go out; null leaves that as it is
   * @param site the site's retries, for what is left empty beside what is typed
   * @throws InvalidException about what is no value at all; the facade judges the rest
   */
  public EndpointSpec change(@Nullable Boolean enabled, RetrySettings site) {
    List<String> wanted = new ArrayList<>(types);
    Stream.of(patterns.split("[\\s,;]+", -1)).filter(p -> !p.isEmpty()).forEach(wanted::add);
    return new EndpointSpec(
        url,
        wanted,
        description,
        parsedHeaders(),
        List.copyOf(signatures),
        enabled,
        hasRetry() ? retry(site) : null,
        null,
        hasRetry() ? Set.of() : Set.of("retry"),
        null);
  }

  /** Whether it has retries of its own: as soon as anything is typed. */
  public boolean hasRetry() {
    return !maxRetries.isEmpty() || !interval.isEmpty() || !backoff.isEmpty();
  }

  private RetrySettings retry(RetrySettings site) {
    return new RetrySettings(
        maxRetries.isEmpty() ? site.maxRetries() : number("maxRetries", maxRetries),
        interval.isEmpty() ? site.interval() : Duration.ofSeconds(number("interval", interval)),
        backoff.isEmpty() ? site.backoff() : growth());
  }

  private RetrySettings.Backoff growth() {
    return Stream.of(RetrySettings.Backoff.values())
        .filter(one -> word(one).equals(backoff))
        .findFirst()
        .orElseThrow(() -> InvalidException.of("backoff", "must be fixed or exponential"));
  }

  private static String word(RetrySettings.Backoff backoff) {
    return backoff.name().toLowerCase(Locale.ROOT);
  }

  private static int number(String field, String text) {
    if (!text.matches("[0-9]{1,6}")) {
      throw InvalidException.of(field, "must be a whole number");
    }
    return Integer.parseInt(text);
  }

  private Map<String, String> parsedHeaders() {
    Map<String, String> parsed = new LinkedHashMap<>();
    for (String line : headers.split("\\R", -1)) {
      if (line.isBlank()) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw InvalidException.of("headers", "must be lines such as X-Team: billing");
      }
      parsed.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    return parsed;
  }

  /** Says how a credential is kept. */
  public static String mask() {
    return SettingsByName.MASK;
  }

  /** All signatures. */
  public static List<String> schemes() {
    return Stream.of(SignatureScheme.values())
        .map(scheme -> scheme.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
