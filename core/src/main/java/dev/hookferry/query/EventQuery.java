package dev.hookferry.query;

import dev.hookferry.event.Event;
import dev.hookferry.event.PairRules;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Query for events. They are ordered by acceptance, newest first: {@code
 * EventQuery.ofSite(site).type(type).limit(100)}. Immutable; each method returns a copy.
 */
public final class EventQuery {
  private final SiteId site;
  private final @Nullable EventType type;
  private final Map<String, String> labels;
  private final TimeWindow accepted;
  private final PageRequest page;

  private EventQuery(
      SiteId site,
      @Nullable EventType type,
      Map<String, String> labels,
      TimeWindow accepted,
      PageRequest page) {
    this.site = site;
    this.type = type;
    this.labels = labels;
    this.accepted = accepted;
    this.page = page;
  }

  /** Returns a query for the newest 50 events of a site. */
  public static EventQuery ofSite(SiteId site) {
    Objects.requireNonNull(site, "site");
    return new EventQuery(site, null, Map.of(), TimeWindow.ALL, PageRequest.FIRST);
  }

  /** Returns a copy for events of exactly this type, without wildcards; of any type if null. */
  public EventQuery type(@Nullable EventType only) {
    return new EventQuery(site, only, labels, accepted, page);
  }

  /**
   * Returns a copy for events that have all of these labels with these values; for all events if
   * there are none.
   *
   * @throws dev.hookferry.refusal.InvalidException if no event can have them
   */
  public EventQuery labels(Map<String, String> all) {
    Objects.requireNonNull(all, "all");
    return new EventQuery(site, type, PairRules.LABELS.checked("label", all), accepted, page);
  }

  /** Returns a copy for events that were accepted within this time. */
  public EventQuery accepted(TimeWindow when) {
    Objects.requireNonNull(when, "when");
    return new EventQuery(site, type, labels, when, page);
  }

  /** Returns a copy for another page. */
  public EventQuery page(PageRequest part) {
    Objects.requireNonNull(part, "part");
    return new EventQuery(site, type, labels, accepted, part);
  }

  /**
   * Returns a copy for pages of this size: 1 to 500 entries.
   *
   * @throws dev.hookferry.refusal.InvalidException if the size is out of bounds
   */
  public EventQuery limit(int most) {
    return page(PageRequest.of(most).after(page.cursor()));
  }

  /** Returns a copy for the page at a cursor: {@link Page#next}, or null for the first page. */
  public EventQuery after(@Nullable String next) {
    return page(page.after(next));
  }

  /** Returns the site to search. */
  public SiteId site() {
    return site;
  }

  /** Returns the exact event type, or null for all. */
  public @Nullable EventType type() {
    return type;
  }

  /** Returns the labels that they must have, sorted by name; empty for all. */
  public Map<String, String> labels() {
    return labels;
  }

  /** Returns when the events were accepted. */
  public TimeWindow accepted() {
    return accepted;
  }

  /** Returns the page. */
  public PageRequest page() {
    return page;
  }

  /** Returns whether an event matches; for stores that filter in memory. */
  public boolean matches(Event event) {
    Objects.requireNonNull(event, "event");
    return event.site().equals(site)
        && (type == null || type.equals(event.type()))
        && event.options().labels().entrySet().containsAll(labels.entrySet())
        && accepted.contains(event.acceptedAt());
  }

  @Override
  public String toString() {
    return "events of " + site + ": type " + type + ", accepted " + accepted + ", page " + page;
  }
}
