package dev.hookferry.query;

import dev.hookferry.event.Event;
import dev.hookferry.event.PairRules;
import dev.hookferry.event.SearchFields;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.argument.NoNulls;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Query for events. They are ordered by acceptance, newest first: {@code
 * EventQuery.ofSite(site).type(type).limit(100)}. Immutable; each method returns a copy.
 */
public final class EventQuery {
  private final SiteId site;
  private final TypeScope types;
  private final Map<String, String> labels;
  private final Map<String, String> fields;
  private final TimeWindow accepted;
  private final PageRequest page;

  private EventQuery(
      SiteId site,
      TypeScope types,
      Map<String, String> labels,
      Map<String, String> fields,
      TimeWindow accepted,
      PageRequest page) {
    this.site = site;
    this.types = types;
    this.labels = labels;
    this.fields = fields;
    this.accepted = accepted;
    this.page = page;
  }

  /** Returns a query for the newest 50 events of a site. */
  public static EventQuery ofSite(SiteId site) {
    Objects.requireNonNull(site, "site");
    return new EventQuery(
        site, TypeScope.ALL, Map.of(), Map.of(), TimeWindow.ALL, PageRequest.FIRST);
  }

  /** Returns a copy for events of exactly this type, without wildcards; null for any type. */
  public EventQuery type(@Nullable EventType only) {
    return types(only == null ? Set.of() : Set.of(only));
  }

  /**
   * Returns a copy for events of any of these exact types, without wildcards; an empty set for all
   * types.
   */
  public EventQuery types(Set<EventType> any) {
    NoNulls.in(any, "any");
    return types(TypeScope.of(any));
  }

  /** Returns a copy for events of the types in this scope. */
  public EventQuery types(TypeScope scope) {
    Objects.requireNonNull(scope, "scope");
    return new EventQuery(site, scope, labels, fields, accepted, page);
  }

  /**
   * Returns a copy for events with all of these labels and values; an empty map for all events.
   *
   * @throws dev.hookferry.refusal.InvalidException if no event can have such labels
   */
  public EventQuery labels(Map<String, String> all) {
    NoNulls.inKeys(all, "all");
    return new EventQuery(
        site, types, PairRules.LABELS.checked("label", all), fields, accepted, page);
  }

  /**
   * Returns a copy for events with this value in a data field, in addition to any fields already
   * required: {@code field("ActivationKey", "ABC-123")}. Finds only events that were accepted while
   * the field was one of the site's search fields.
   *
   * @param value the whole value, of which the first 128 characters are compared; numbers and
   *     booleans as written in JSON
   * @throws dev.hookferry.refusal.InvalidException if no event can have such a field
   */
  public EventQuery field(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    Map<String, String> more = new HashMap<>(fields);
    more.put(name, value);
    return fields(more);
  }

  /** Returns a copy for events with exactly these values; see {@link #field}. */
  public EventQuery fields(Map<String, String> all) {
    NoNulls.in(all, "all");
    return new EventQuery(site, types, labels, SearchFields.asked(all), accepted, page);
  }

  /** Returns a copy for events that were accepted in this time window. */
  public EventQuery accepted(TimeWindow when) {
    Objects.requireNonNull(when, "when");
    return new EventQuery(site, types, labels, fields, when, page);
  }

  /** Returns a copy for this page. */
  public EventQuery page(PageRequest part) {
    Objects.requireNonNull(part, "part");
    return new EventQuery(site, types, labels, fields, accepted, part);
  }

  /**
   * Returns a copy for pages of this size: 1 to 500 entries.
   *
   * @throws dev.hookferry.refusal.InvalidException if the size is out of bounds
   */
  public EventQuery limit(int max) {
    return page(PageRequest.of(max).after(page.cursor()));
  }

  /** Returns a copy for the page at a cursor: {@link Page#next}, or null for the first page. */
  public EventQuery after(@Nullable String next) {
    return page(page.after(next));
  }

  /** Returns the site to search. */
  public SiteId site() {
    return site;
  }

  /** Returns the event types to match. */
  public TypeScope types() {
    return types;
  }

  /** Returns the required labels, sorted by name; empty for all events. */
  public Map<String, String> labels() {
    return labels;
  }

  /** Returns the required values of data fields, sorted by field name; empty for all events. */
  public Map<String, String> fields() {
    return fields;
  }

  /** Returns the time window in which the events were accepted. */
  public TimeWindow accepted() {
    return accepted;
  }

  /** Returns the page to fetch. */
  public PageRequest page() {
    return page;
  }

  /** Returns whether an event matches this query; for stores that filter in memory. */
  public boolean matches(Event event) {
    Objects.requireNonNull(event, "event");
    return event.site().equals(site)
        && types.contains(event.type())
        && event.options().labels().entrySet().containsAll(labels.entrySet())
        && event.options().searchFields().entrySet().containsAll(fields.entrySet())
        && accepted.contains(event.acceptedAt());
  }

  @Override
  public String toString() {
    return "events of " + site + ": types " + types + ", accepted " + accepted + ", page " + page;
  }
}
