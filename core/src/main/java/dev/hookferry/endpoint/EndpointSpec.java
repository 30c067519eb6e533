package dev.hookferry.endpoint;

import dev.hookferry.retry.RetrySettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unvalidated input for creating or changing an endpoint; validated where it is used. Null means
 * "not given": the default for a new endpoint, no change for an existing one.
 *
 * @param url where requests go
 * @param eventTypes event types, prefixes such as {@code license_*}, or {@code *}
 * @param description a note for people
 * @param headers sent with every request, by name; a value of {@link
 *     dev.hookferry.site.SettingsByName#MASK} keeps the current value of that header
 * @param signatures {@code qlm}, {@code standard} or both; an empty list means the default, both
 * @param enabled whether deliveries go out
 * @param retry its own retry settings
 * @param qlmSecret its own QLM key
 * @param cleared fields to reset to the site's setting: {@code retry}, {@code qlmSecret}
 * @param secretHeaders the names of headers whose values must never be shown
 */
public record EndpointSpec(
    @Nullable String url,
    @Nullable List<String> eventTypes,
    @Nullable String description,
    @Nullable Map<String, String> headers,
    @Nullable List<String> signatures,
    @Nullable Boolean enabled,
    @Nullable RetrySettings retry,
    @Nullable String qlmSecret,
    Set<String> cleared,
    @Nullable List<String> secretHeaders) {
  public EndpointSpec {
    Objects.requireNonNull(cleared, "cleared");
  }

  /** Returns a copy with other secret headers. */
  public EndpointSpec withSecretHeaders(@Nullable List<String> names) {
    return new EndpointSpec(
        url,
        eventTypes,
        description,
        headers,
        signatures,
        enabled,
        retry,
        qlmSecret,
        cleared,
        names);
  }

  /** Returns a copy with other event types. */
  public EndpointSpec withEventTypes(List<String> types) {
    Objects.requireNonNull(types, "types");
    return new EndpointSpec(
        url,
        types,
        description,
        headers,
        signatures,
        enabled,
        retry,
        qlmSecret,
        cleared,
        secretHeaders);
  }

  /** Returns only the URL, because header values and the key are secret. */
  @Override
  public String toString() {
    return "EndpointSpec[" + url + "]";
  }

  /** Specifies a new endpoint for these event types, with defaults for everything else. */
  public static EndpointSpec of(String url, String... eventTypes) {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(eventTypes, "eventTypes");
    return new EndpointSpec(
        url, List.of(eventTypes), null, null, null, null, null, null, Set.of(), null);
  }

  /** Specifies a change that only enables or pauses an endpoint. */
  public static EndpointSpec enabled(boolean enabled) {
    return new EndpointSpec(null, null, null, null, null, enabled, null, null, Set.of(), null);
  }
}
