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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A registered URL with its subscription and settings. Immutable.
 *
 * @param id unique id
 * @param site the site that it belongs to
 * @param url where requests go
 * @param eventTypes the event types that it subscribes to, at least one filter
 * @param description a note for people, at most 500 characters
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
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(eventTypes, "eventTypes");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(signing, "signing");
    Objects.requireNonNull(standing, "standing");
    Objects.requireNonNull(createdAt, "createdAt");
    Problems problems = new Problems();
    check(problems, eventTypes.size(), description);
    problems.throwIfAny();
    eventTypes = eventTypes.stream().distinct().toList();
    headers = List.copyOf(headers);
  }

  /**
   * Adds a problem for each value that is out of range, for callers that collect all problems
   * before they create an endpoint.
   */
  public static void check(Problems problems, int filters, String description) {
    Objects.requireNonNull(problems, "problems");
    Objects.requireNonNull(description, "description");
    problems.require(
        filters >= 1 && filters <= MAX_FILTERS,
        "eventTypes",
        "must name 1 to 100 event types; * matches all");
    problems.require(
        description.length() <= MAX_DESCRIPTION, "description", "must have at most 500 characters");
    problems.requireText(description, "description");
  }

  /** Returns whether it subscribes to this event type. */
  public boolean wants(EventType type) {
    Objects.requireNonNull(type, "type");
    return eventTypes.stream().anyMatch(filter -> filter.matches(type));
  }

  /** Returns whether it is enabled; while it is not, its deliveries are held. */
  public boolean enabled() {
    return standing.enabled();
  }

  /** Returns a copy with another status. */
  public Endpoint with(EndpointStatus changed) {
    Objects.requireNonNull(changed, "changed");
    return new Endpoint(
        id, site, url, eventTypes, description, headers, signing, changed, retry, createdAt);
  }

  /** Returns a copy with other event types. */
  public Endpoint withEventTypes(List<EventTypeFilter> changed) {
    Objects.requireNonNull(changed, "changed");
    return new Endpoint(
        id, site, url, changed, description, headers, signing, standing, retry, createdAt);
  }

  /** Returns a copy with other headers. */
  public Endpoint withHeaders(List<CustomHeader> changed) {
    Objects.requireNonNull(changed, "changed");
    return new Endpoint(
        id, site, url, eventTypes, description, changed, signing, standing, retry, createdAt);
  }

  /** Returns a copy with other signing settings. */
  public Endpoint withSigning(EndpointSigning changed) {
    Objects.requireNonNull(changed, "changed");
    return new Endpoint(
        id, site, url, eventTypes, description, headers, changed, standing, retry, createdAt);
  }
}
