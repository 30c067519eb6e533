package dev.hookferry.endpoint;

import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.field.FieldKind;
import dev.hookferry.refusal.Problems;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What users set of an endpoint besides its URL and whether it is enabled. Created and changed
 * through a {@link Builder} only, so that a further setting changes no caller. Immutable.
 *
 * @param eventTypes the event types that it subscribes to, 1 to 100 filters
 * @param description a note for people, at most 500 characters
 * @param headers sent with every request
 * @param signing how requests are signed
 * @param retry its own retry settings, or null to follow the site's
 * @param timeout its own time limit of an attempt, 1 to 30 seconds, or null to use the server's
 */
public record EndpointSettings(
    List<EventTypeFilter> eventTypes,
    String description,
    List<CustomHeader> headers,
    EndpointSigning signing,
    @Nullable RetrySettings retry,
    @Nullable Duration timeout) {
  static final int MAX_DESCRIPTION = 500;
  static final int MAX_FILTERS = 100;

  public EndpointSettings {
    Objects.requireNonNull(eventTypes, "eventTypes");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(signing, "signing");
    Problems problems = new Problems();
    check(problems, eventTypes.size(), description);
    FieldKind<Duration> limit = EndpointFields.TIMEOUT.kind();
    problems.require(timeout == null || limit.allows(timeout), "timeout", limit.rule());
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

  /** Returns a builder with defaults for everything else. */
  public static Builder of(List<EventTypeFilter> eventTypes, EndpointSigning signing) {
    return new Builder(eventTypes, signing);
  }

  /** Returns a builder with these settings. */
  public Builder toBuilder() {
    return of(eventTypes, signing)
        .description(description)
        .headers(headers)
        .retry(retry)
        .timeout(timeout);
  }

  /** Settings in the making. Not thread-safe. */
  public static final class Builder {
    private List<EventTypeFilter> eventTypes;
    private String description = "";
    private List<CustomHeader> headers = List.of();
    private EndpointSigning signing;
    private @Nullable RetrySettings retry;
    private @Nullable Duration timeout;

    private Builder(List<EventTypeFilter> eventTypes, EndpointSigning signing) {
      this.eventTypes = Objects.requireNonNull(eventTypes, "eventTypes");
      this.signing = Objects.requireNonNull(signing, "signing");
    }

    /** Sets the event types: 1 to 100 filters. */
    public Builder eventTypes(List<EventTypeFilter> filters) {
      eventTypes = Objects.requireNonNull(filters, "filters");
      return this;
    }

    /** Sets the note for people: at most 500 characters, empty by default. */
    public Builder description(String text) {
      description = Objects.requireNonNull(text, "text");
      return this;
    }

    /** Sets the custom headers: none by default. */
    public Builder headers(List<CustomHeader> all) {
      headers = Objects.requireNonNull(all, "all");
      return this;
    }

    /** Sets how requests are signed. */
    public Builder signing(EndpointSigning how) {
      signing = Objects.requireNonNull(how, "how");
      return this;
    }

    /** Sets its own retry settings; null, the default, follows the site's. */
    public Builder retry(@Nullable RetrySettings own) {
      retry = own;
      return this;
    }

    /** Sets its own time limit of an attempt; null, the default, uses the server's. */
    public Builder timeout(@Nullable Duration own) {
      timeout = own;
      return this;
    }

    /**
     * Returns the settings.
     *
     * @throws dev.hookferry.refusal.InvalidException if a value is out of range
     */
    public EndpointSettings build() {
      return new EndpointSettings(eventTypes, description, headers, signing, retry, timeout);
    }
  }
}
