package dev.hookferry.endpoint;

import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.Problems;
import dev.hookferry.retry.RetrySettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A URL that wants some event types.
 *
 * @param id its identity
 * @param site whose
 * @param url where requests go
 * @param eventTypes what it wants, at least one filter
 * @param description for people, 500 characters at most
 * @param headers sent with every request
 * @param signing how requests are signed
 * @param standing whether deliveries go out, and why not
 * @param retry its own retry settings, or null to follow the site's
 * @param createdAt when it was registered
 */
public record Endpoint(
    EndpointId id,
    SiteId site,
    TargetUrl url,
    List<EventTypeFilter> eventTypes,
    String description,
    List<CustomHeader> headers,
    EndpointSigning signing,
    EndpointStatus standing,
    @Nullable RetrySettings retry,
    Instant createdAt) {
  static final int MAX_DESCRIPTION = 500;
  static final int MAX_FILTERS = 100;

  public Endpoint {
    Problems problems = new Problems();
    check(problems, eventTypes.size(), description);
    problems.throwIfAny();
    eventTypes = eventTypes.stream().distinct().toList();
    headers = List.copyOf(headers);
  }

  /** Notes what no endpoint may have, for those who collect problems before they make one. */
  public static void check(Problems problems, int filters, String description) {
    problems.require(
        filters >= 1 && filters <= MAX_FILTERS,
        "eventTypes",
        "must name 1 to 100 event types; * stands for all");
    problems.require(
        description.length() <= MAX_DESCRIPTION, "description", "must have 500 characters at most");
    problems.requireText(description, "description");
  }

  /** Whether it wants events of this type. */
  public boolean wants(EventType type) {
    return eventTypes.stream().anyMatch(filter -> filter.matches(type));
  }

  /** Whether deliveries go out; while not, they are held. */
  public boolean enabled() {
    return standing.enabled();
  }

  /** The same endpoint, resting or going on. */
  public Endpoint with(EndpointStatus changed) {
    return new Endpoint(
        id, site, url, eventTypes, description, headers, signing, changed, retry, createdAt);
  }

  /** The same endpoint for other event types. */
  public Endpoint withEventTypes(List<EventTypeFilter> changed) {
    return new Endpoint(
        id, site, url, changed, description, headers, signing, standing, retry, createdAt);
  }

  /** The same endpoint with other headers. */
  public Endpoint withHeaders(List<CustomHeader> changed) {
    return new Endpoint(
        id, site, url, eventTypes, description, changed, signing, standing, retry, createdAt);
  }

  /** The same endpoint signed otherwise. */
  public Endpoint withSigning(EndpointSigning changed) {
    return new Endpoint(
        id, site, url, eventTypes, description, headers, changed, standing, retry, createdAt);
  }
}
