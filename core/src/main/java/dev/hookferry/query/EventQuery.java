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

  /** Returns a copy for events of exactly this type, without wildcards; of any type if null. */
  public EventQuery type(@Nullable EventType only) {
    return types(only == null ? Set.of() : Set.of(only));
  }

  /**
   * Returns a copy for events of exactly any of these types, without wildcards; of all types if
   * there are none.
   */
  public EventQuery types(Set<EventType> any) {
    NoNulls.in(any, "any");
    return types(TypeScope.of(any));
  }

  /** Returns a copy for events of these types. */
  public EventQuery types(TypeScope scope) {
    Objects.requireNonNull(scope, "scope");
    return new EventQuery(site, scope, labels, fields, accepted, page);
  }

  /**
   * Returns a copy for events that have all of these labels with these values; for all events if
   * there are none.
   *
   * @throws dev.hookferry.refusal.InvalidException if no event can have them
   */
  public EventQuery labels(Map<String, String> all) {
    NoNulls.inKeys(all, "all");
    return new EventQuery(
        site, types, PairRules.LABELS.checked("label", all), fields, accepted, page);
  }

  /**
   * Returns a copy for events that have this value in a field of their data, in addition to the
   * fields already required: {@code field("ActivationKey", "ABC-123")}. It finds events that were
   * accepted while the field was one of the site's search fields.
   *
   * @param value the whole value, of which the first 128 characters are compared; numbers and
   *     booleans as JSON writes them
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
    return new EventQuery(site, types, labels, SearchFields.forQuery(all), accepted, page);
  }

  /** Returns a copy for events that were accepted within this time. */
  public EventQuery accepted(TimeWindow when) {
    Objects.requireNonNull(when, "when");
    return new EventQuery(site, types, labels, fields, when, page);
  }

  /** Returns a copy for another page. */
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

  /** Returns the event types. */
  public TypeScope types() {
    return types;
  }

  /** Returns the labels that they must have, sorted by name; empty for all. */
  public Map<String, String> labels() {
    return labels;
  }

  /** Returns the values that fields of their data must have, sorted by name; empty for all. */
  public Map<String, String> fields() {
    return fields;
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
