package dev.hookferry.http.console.frame;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.field.DurationText;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldValues;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.PairLines;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The form of an endpoint, as typed.
 *
 * @param url the endpoint's URL
 * @param types exact event types that are ticked
 * @param patterns other filters, separated by spaces or commas
 * @param description text for people
 * @param signatures {@code qlm}, {@code standard} or both
 * @param maxRetries own setting; empty to inherit the site's
 * @param interval own setting in seconds; empty to inherit the site's
 * @param backoff own setting, {@code fixed} or {@code exponential}; empty to inherit the site's
 * @param timeout own time limit of an attempt, such as {@code 10s}; empty to use the server's
 * @param filter own filter as JSON; empty for none
 * @param headers one per line, {@code Name: value}
 * @param naming how programs name and select it
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
    String timeout,
    String filter,
    String headers,
    Naming naming) {
  private static final Set<String> BOTH = Set.of("qlm", "standard");

  /**
   * How programs name and select an endpoint, as typed.
   *
   * @param uid its uid, or empty
   * @param labels one per line, {@code name=value}
   * @param metadata one per line, {@code name=value}
   */
  public record Naming(String uid, String labels, String metadata) {
    static final Naming NONE = new Naming("", "", "");

    /** Returns whether nothing is typed. */
    public boolean isEmpty() {
      return equals(NONE);
    }

    private FieldValues addTo(FieldValues values) {
      FieldValues all =
          values
              .with(EndpointFields.LABELS, PairLines.parse("labels", labels))
              .with(EndpointFields.METADATA, PairLines.parse("metadata", metadata));
      return uid.isEmpty() ? all.withReset(EndpointFields.UID) : all.with(EndpointFields.UID, uid);
    }
  }

  /** Returns an empty form. */
  public static EndpointForm empty() {
    return new EndpointForm("", Set.of(), "", "", BOTH, "", "", "", "", "", "", Naming.NONE);
  }

  /** Returns a form filled with an endpoint's present values. */
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
        endpoint.timeout() == null ? "" : DurationText.of(endpoint.timeout()),
        endpoint.filter() == null ? "" : endpoint.filter().text(),
        headers.entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue())
            .collect(Collectors.joining("\n")),
        new Naming(
            endpoint.uid() == null ? "" : endpoint.uid(),
            PairLines.of(endpoint.labels()),
            PairLines.of(endpoint.metadata())));
  }

  /** Returns the form that a browser submitted. */
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
        form.text("timeout"),
        form.raw("filter").strip(),
        form.raw("headers"),
        new Naming(form.text("uid"), form.raw("labels"), form.raw("metadata")));
  }

  /**
   * Returns the specification for the facade.
   *
   * @param enabled whether to deliver; null leaves that unchanged
   * @param site the site's retry settings, used for fields left empty beside typed ones
   * @throws InvalidException if a field cannot be parsed; the facade checks the rest
   */
  public EndpointSpec change(@Nullable Boolean enabled, RetrySettings site) {
    FieldValues values =
        FieldValues.NONE
            .with(EndpointFields.URL, url)
            .with(EndpointFields.EVENT_TYPES, wantedTypes())
            .with(EndpointFields.DESCRIPTION, description)
            .with(EndpointFields.HEADERS, parsedHeaders())
            .with(EndpointFields.SIGNATURES, List.copyOf(signatures));
    values =
        hasRetry()
            ? values.with(EndpointFields.RETRY, retry(site))
            : values.withReset(EndpointFields.RETRY);
    values =
        timeout.isEmpty()
            ? values.withReset(EndpointFields.TIMEOUT)
            : values.with(EndpointFields.TIMEOUT, ownTimeout());
    values = naming.addTo(values);
    values =
        filter.isEmpty()
            ? values.withReset(EndpointFields.FILTER)
            : values.with(EndpointFields.FILTER, Filter.parse(filter));
    return EndpointSpec.of(enabled == null ? values : values.with(EndpointFields.ENABLED, enabled));
  }

  /**
   * Returns which events it is about so far: those of all types while none is chosen.
   *
   * @throws InvalidException if a pattern is not valid
   */
  public List<EventTypeFilter> typeFilters() {
    List<String> wanted = wantedTypes();
    return (wanted.isEmpty() ? List.of("*") : wanted).stream().map(EventTypeFilter::new).toList();
  }

  private List<String> wantedTypes() {
    List<String> wanted = new ArrayList<>(types);
    Stream.of(patterns.split("[\\s,;]+", -1)).filter(p -> !p.isEmpty()).forEach(wanted::add);
    return wanted;
  }

  /** Returns whether any retry setting was typed, so that the endpoint has its own. */
  public boolean hasRetry() {
    return !maxRetries.isEmpty() || !interval.isEmpty() || !backoff.isEmpty();
  }

  private Duration ownTimeout() {
    FieldKind<Duration> kind = EndpointFields.TIMEOUT.kind();
    return DurationText.parse(timeout)
        .filter(kind::allows)
        .orElseThrow(() -> InvalidException.of("timeout", kind.rule() + ", such as 10s"));
  }

  private RetrySettings retry(RetrySettings site) {
    Problems problems = new Problems();
    RetrySettings counted =
        problems.collect(
            "",
            () -> maxRetries.isEmpty() ? site : site.maxRetries(number("maxRetries", maxRetries)));
    RetrySettings timed =
        problems.collect(
            "",
            () ->
                interval.isEmpty()
                    ? counted
                    : (counted == null ? site : counted)
                        .interval(Duration.ofSeconds(number("interval", interval))));
    RetrySettings.Backoff kind =
        problems.collect("", () -> backoff.isEmpty() ? site.backoff() : growth());
    problems.throwIfAny();
    return Objects.requireNonNull(timed).backoff(Objects.requireNonNull(kind));
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

  /** Returns the mask that stands for a stored credential. */
  public static String mask() {
    return SettingsByName.MASK;
  }

  /** Returns all signature schemes. */
  public static List<String> schemes() {
    return Stream.of(SignatureScheme.values())
        .map(scheme -> scheme.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
