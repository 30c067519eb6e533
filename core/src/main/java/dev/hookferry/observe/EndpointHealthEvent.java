package dev.hookferry.observe;

import dev.hookferry.event.OperationalEvents;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.Locale;

/**
 * Something that changed with an endpoint, as this node noticed it.
 *
 * @param kind what
 * @param site whose
 * @param endpoint which
 * @param cause the type of the event whose delivery showed it
 * @param reason why, in words for people; holds nothing secret
 * @param failures attempts that failed in a row
 * @param at when, by the store's clock
 */
public record EndpointHealthEvent(
    Kind kind,
    SiteId site,
    EndpointId endpoint,
    EventType cause,
    String reason,
    int failures,
    Instant at) {
  /** What changed. */
  public enum Kind {
    /** It has failed too often in a row and is only probed from now on. */
    FAILING,
    /** It said that it is gone for good: it is to be disabled. */
    GONE,
    /** It answers again. */
    RECOVERED;

    /** The word for people and metrics, such as {@code failing}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Whether an operational event showed it. That is never told by another operational event, or
   * trouble with these would breed more of them.
   */
  public boolean isAboutOperationalEvents() {
    return OperationalEvents.contains(cause);
  }
}
