package dev.hookferry.endpoint;

import dev.hookferry.retry.RetrySettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants an endpoint to be. As it came in: whether it is right, is judged where it is
 * used. Null means "not said": the default for a new endpoint, no change for an existing one.
 *
 * @param url where to
 * @param eventTypes event types, beginnings such as {@code license_*}, or {@code *}
 * @param description for people
 * @param headers sent with every request, by name; a value of {@link
 *     dev.hookferry.site.SettingsByName#MASK} keeps the present value of that header
 * @param signatures {@code qlm}, {@code standard} or both; an empty list stands for the default,
 *     both
 * @param enabled whether deliveries go out
 * @param retry its own retry settings
 * @param qlmSecret its own QLM key
 * @param cleared what is to go back to the site's setting: {@code retry}, {@code qlmSecret}
 * @param secretHeaders the names of the headers whose values are shown to nobody
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

  /** The same change, which also says which headers are secret. */
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

  /** The same change for these event types. */
  public EndpointSpec withEventTypes(List<String> types) {
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

  /** The values of headers and the key are left out. */
  @Override
  public String toString() {
    return "EndpointChange[" + url + "]";
  }

  /** A new endpoint for these event types, everything else as by default. */
  public static EndpointSpec of(String url, String... eventTypes) {
    return new EndpointSpec(
        url, List.of(eventTypes), null, null, null, null, null, null, Set.of(), null);
  }

  /** Lets deliveries go out, or holds them. */
  public static EndpointSpec enabled(boolean enabled) {
    return new EndpointSpec(null, null, null, null, null, enabled, null, null, Set.of(), null);
  }
}
