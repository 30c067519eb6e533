package dev.hookferry.endpoint;

import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.VersionedBody;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.PairRules;
import dev.hookferry.filter.Filter;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.refusal.Problems;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an endpoint apart from its URL and whether it is enabled. Create and change them
 * through a {@link Builder}, so that new settings do not break callers. Immutable.
 *
 * @param eventTypes the event types that it subscribes to, 1 to 100 filters
 * @param description a human-readable note, at most 500 characters
 * @param request how its requests are built
 * @param signing how requests are signed
 * @param retry its own retry settings, or null to follow the site's
 * @param limits its own limits, or null to follow the site's
 * @param uid its name chosen by the user, unique in its site, or null
 * @param labels labels that its events must all have, sorted by name; empty for any event
 * @param metadata metadata for the user's programs, sorted by name; never sent
 * @param filter the condition on the data of its events, or null for no filter; an empty filter
 *     counts as none
 * @param order the order in which deliveries are sent
 */
public record EndpointSettings(
    List<EventTypeFilter> eventTypes,
    String description,
    RequestSettings request,
    EndpointSigning signing,
    @Nullable RetrySettings retry,
    @Nullable SendLimits limits,
    @Nullable String uid,
    Map<String, String> labels,
    Map<String, String> metadata,
    @Nullable Filter filter,
    DeliveryOrder order) {
  public EndpointSettings {
    Objects.requireNonNull(eventTypes, "eventTypes");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(signing, "signing");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(metadata, "metadata");
    Objects.requireNonNull(order, "order");
    Problems problems = new Problems();
    EndpointRules.check(problems, eventTypes.size(), description);
    if (uid != null) {
      EndpointRules.checkUid(problems, uid);
    }
    PairRules.LABELS.check(problems, "labels", labels);
    PairRules.METADATA.check(problems, "metadata", metadata);
    checkHeaders(problems, request, signing);
    problems.require(
        request.auth() == null
            || signing.signatures().stream()
                .flatMap(signature -> signature.headers().stream())
                .noneMatch(EndpointAuth.HEADER::equalsIgnoreCase),
        "auth",
        "sends the header Authorization, which a signature also writes; remove one of the two");
    problems.throwIfAny();
    labels = PairRules.sorted(labels);
    metadata = PairRules.sorted(metadata);
    eventTypes = eventTypes.stream().distinct().toList();
    filter = filter != null && filter.isEmpty() ? null : filter;
  }

  /** Returns the headers that are sent with every request. */
  public List<CustomHeader> headers() {
    return request.headers();
  }

  /** Returns its own time limit of an attempt, or null to follow the site's. */
  public @Nullable Duration timeout() {
    return request.timeout();
  }

  /** Rejects headers that would be sent twice: each receiver would choose one of the two. */
  private static void checkHeaders(
      Problems problems, RequestSettings request, EndpointSigning signing) {
    List<CustomHeader> headers = request.headers();
    BodySettings body = request.body().settings();
    for (CustomHeader header : headers) {
      problems.require(
          body == null || !body.sendsHeader(header.name()),
          "headers." + header.name(),
          "is sent by CloudEvents in binary mode; choose another name");
    }
    for (Signature signature : signing.signatures()) {
      for (String name : signature.headers()) {
        problems.require(
            headers.stream().noneMatch(header -> header.name().equalsIgnoreCase(name)),
            "headers." + name,
            "is sent by the signature " + signature.profile().code() + "; choose another name");
      }
    }
  }

  /** Returns a builder with defaults for everything else. */
  public static Builder of(List<EventTypeFilter> eventTypes, EndpointSigning signing) {
    return new Builder(eventTypes, signing);
  }

  /** Returns a builder with these settings. */
  public Builder toBuilder() {
    return of(eventTypes, signing)
        .description(description)
        .request(request)
        .retry(retry)
        .limits(limits)
        .uid(uid)
        .labels(labels)
        .metadata(metadata)
        .filter(filter)
        .order(order);
  }

  /** Builder of settings. Not thread-safe. */
  public static final class Builder {
    private List<EventTypeFilter> eventTypes;
    private String description = "";
    private RequestSettings request = RequestSettings.PLAIN;
    private EndpointSigning signing;
    private @Nullable RetrySettings retry;
    private @Nullable SendLimits limits;
    private @Nullable String uid;
    private Map<String, String> labels = Map.of();
    private Map<String, String> metadata = Map.of();
    private @Nullable Filter filter;
    private DeliveryOrder order = DeliveryOrder.NONE;

    private Builder(List<EventTypeFilter> eventTypes, EndpointSigning signing) {
      this.eventTypes = Objects.requireNonNull(eventTypes, "eventTypes");
      this.signing = Objects.requireNonNull(signing, "signing");
    }

    /** Sets the event types: 1 to 100 filters. */
    public Builder eventTypes(List<EventTypeFilter> filters) {
      eventTypes = Objects.requireNonNull(filters, "filters");
      return this;
    }

    /** Sets the human-readable note: at most 500 characters, empty by default. */
    public Builder description(String text) {
      description = Objects.requireNonNull(text, "text");
      return this;
    }

    /** Sets headers, timeout and all else in requests; {@link RequestSettings#PLAIN} by default. */
    public Builder request(RequestSettings changed) {
      request = Objects.requireNonNull(changed, "changed");
      return this;
    }

    /** Sets the custom headers: none by default. */
    public Builder headers(List<CustomHeader> all) {
      return request(request.withHeaders(all));
    }

    /** Sets how requests are signed. */
    public Builder signing(EndpointSigning changed) {
      signing = Objects.requireNonNull(changed, "changed");
      return this;
    }

    /** Sets its own retry settings; null, the default, follows the site's. */
    public Builder retry(@Nullable RetrySettings own) {
      retry = own;
      return this;
    }

    /** Sets its own time limit of an attempt; null, the default, follows the site's. */
    public Builder timeout(@Nullable Duration own) {
      return request(request.withTimeout(own));
    }

    /** Sets its own body: the site's envelope by default. */
    public Builder body(VersionedBody own) {
      return request(request.withBody(own));
    }

    /** Sets the egress that connections use; null, the default, follows the site's. */
    public Builder egress(@Nullable String own) {
      return request(request.withEgress(own));
    }

    /** Sets which statuses of a response count as success; any 2xx by default. */
    public Builder successStatuses(SuccessStatuses others) {
      return request(request.withSuccessStatuses(others));
    }

    /** Sets its unique name, chosen by the user; null, the default, means none. */
    public Builder uid(@Nullable String own) {
      uid = own;
      return this;
    }

    /** Sets the labels that events must have: at most 10, none by default. */
    public Builder labels(Map<String, String> all) {
      labels = Objects.requireNonNull(all, "all");
      return this;
    }

    /** Sets the metadata for the user's programs: at most 50 entries, none by default. */
    public Builder metadata(Map<String, String> all) {
      metadata = Objects.requireNonNull(all, "all");
      return this;
    }

    /**
     * Sets the condition that the data of its events must meet; null, the default, accepts all
     * events.
     */
    public Builder filter(@Nullable Filter own) {
      filter = own;
      return this;
    }

    /** Sets the order in which deliveries are sent: {@link DeliveryOrder#NONE} by default. */
    public Builder order(DeliveryOrder kept) {
      order = Objects.requireNonNull(kept, "kept");
      return this;
    }

    /** Sets the order by its constant's name, as stored; null means {@link DeliveryOrder#NONE}. */
    public Builder storedOrder(@Nullable String name) {
      return order(name == null ? DeliveryOrder.NONE : DeliveryOrder.valueOf(name));
    }

    /** Sets its own limits; null, the default, follows the site's. */
    public Builder limits(@Nullable SendLimits own) {
      limits = own;
      return this;
    }

    /**
     * Builds the settings.
     *
     * @throws dev.hookferry.refusal.InvalidException if a value is out of range
     */
    public EndpointSettings build() {
      return new EndpointSettings(
          eventTypes,
          description,
          request,
          signing,
          retry,
          limits,
          uid,
          labels,
          metadata,
          filter,
          order);
    }
  }
}
