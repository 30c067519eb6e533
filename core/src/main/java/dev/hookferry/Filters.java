package dev.hookferry;

import dev.hookferry.event.Channels;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import dev.hookferry.filter.Filter;
import dev.hookferry.filter.FilterMismatch;
import dev.hookferry.filter.FilterSet;
import dev.hookferry.filter.FilterVerdict;
import dev.hookferry.filter.PayloadPaths;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.routing.FilterTrial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tries filters on data and on past events, before endpoints get them. Thread-safe; sends nothing
 * and changes nothing.
 */
public final class Filters {
  /** Maximum number of events that one call of {@link #onLast} tries a filter on. */
  public static final int MAX_EVENTS = 1_000;

  /** Maximum number of events searched for events of the right types. */
  private static final int MAX_SEEN = 10 * MAX_EVENTS;

  /** Maximum number of bytes of the events searched. */
  private static final long MAX_BYTES = 32L << 20;

  private static final Duration MAX_TIME = Duration.ofSeconds(5);
  private static final int PAGE = 50;

  private final CoreServices services;

  Filters(CoreServices services) {
    this.services = services;
  }

  /**
   * Tries a filter on data.
   *
   * @throws InvalidException if the data is not one JSON value
   */
  public FilterTrial onData(Filter filter, Payload data) {
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(data, "data");
    JsonValidator.require("data", data);
    Counts counts = new Counts(filter);
    counts.add(null, data);
    return counts.trial();
  }

  /**
   * Tries a filter on an event, whatever its type. Blocks.
   *
   * @throws NotFoundException if the site has no such event, or it has expired
   */
  public FilterTrial onEvent(SiteId site, Filter filter, EventId id) {
    Objects.requireNonNull(filter, "filter");
    Event event = new Events(services).get(site, id).event();
    Counts counts = new Counts(filter);
    counts.add(event.id(), Envelope.dataOf(event));
    return counts.trial();
  }

  /**
   * Tries a filter on the newest events of a site. Blocks. Reads at most 10,000 events and 32 MiB,
   * for at most five seconds; the trial may then cover fewer events.
   *
   * @param types only events that match one of these
   * @param last the number of events, 1 to {@link #MAX_EVENTS}
   * @throws dev.hookferry.refusal.OverloadedException if this node tries another filter of the site
   */
  public FilterTrial onLast(SiteId site, Filter filter, List<EventTypeFilter> types, int last) {
    return onLast(site, filter, types, Map.of(), last);
  }

  /**
   * Tries a filter on the newest events that an endpoint with these labels gets; see {@link
   * #onLast(SiteId, Filter, List, int)}.
   *
   * @param labels the labels of an endpoint; none for the events of all labels
   */
  public FilterTrial onLast(
      SiteId site,
      Filter filter,
      List<EventTypeFilter> types,
      Map<String, String> labels,
      int last) {
    Objects.requireNonNull(filter, "filter");
    NoNulls.in(types, "types");
    NoNulls.inKeys(labels, "labels");
    if (last < 1 || last > MAX_EVENTS) {
      throw InvalidException.of(
          "last", "must be a whole number from 1 to " + MAX_EVENTS + " (got " + last + ")");
    }
    services.configHolder().site(site);
    if (!services.process().filterTrials().add(site)) {
      throw OverloadedException.soon(
          "another filter of this site is being tried; wait until that has ended");
    }
    try {
      Counts counts = new Counts(filter);
      newest(
          queryOf(site, types).labels(ordinary(labels)),
          types,
          event -> {
            if (!Channels.satisfied(event.options().labels(), labels)) {
              return true;
            }
            counts.add(event.id(), Envelope.dataOf(event));
            return counts.all() < last;
          });
      return counts.trial();
    } finally {
      services.process().filterTrials().remove(site);
    }
  }

  /**
   * Returns the paths that a filter can name in the newest event of some types, with their values
   * as JSON, truncated to 60 characters; empty if there is no such event. Blocks.
   *
   * @param limit the maximum number of paths to return
   */
  public Map<String, String> paths(SiteId site, List<EventTypeFilter> types, int limit) {
    NoNulls.in(types, "types");
    List<Event> newest = new ArrayList<>();
    newest(
        queryOf(site, types),
        types,
        event -> {
          newest.add(event);
          return false;
        });
    return newest.isEmpty() ? Map.of() : PayloadPaths.of(Envelope.dataOf(newest.get(0)), limit);
  }

  private EventQuery queryOf(SiteId site, List<EventTypeFilter> types) {
    services.configHolder().site(site);
    EventType only =
        types.size() == 1 && types.get(0).isExact() ? new EventType(types.get(0).pattern()) : null;
    return EventQuery.ofSite(site).type(only);
  }

  /** Returns the labels that events must have, without channels, of which one suffices. */
  private static Map<String, String> ordinary(Map<String, String> labels) {
    Map<String, String> ordinary = new HashMap<>(labels);
    ordinary.keySet().removeIf(Channels::isChannel);
    return ordinary;
  }

  /** Visits the newest events of these types until the visitor returns false. */
  private void newest(EventQuery all, List<EventTypeFilter> types, Predicate<Event> visitor) {
    Instant end = services.clock().instant().plus(MAX_TIME);
    String cursor = null;
    int seen = 0;
    long bytes = 0;
    do {
      PageRequest part = PageRequest.of(PAGE).after(cursor);
      Page<Event> page = services.store().log().events(all.page(part));
      for (Event event : page.data()) {
        bytes += event.size();
        if (bytes > MAX_BYTES) {
          return;
        }
        boolean wanted =
            !event.type().equals(EventType.TEST)
                && types.stream().anyMatch(type -> type.matches(event.type()));
        if (wanted && !visitor.test(event)) {
          return;
        }
      }
      seen += page.data().size();
      cursor = page.next();
    } while (cursor != null && seen < MAX_SEEN && services.clock().instant().isBefore(end));
  }

  /** Counts the events that a filter matches. Not thread-safe. */
  private static final class Counts {
    private final Filter filter;
    private final List<FilterTrial.Sample> matching = new ArrayList<>();
    private final List<FilterTrial.Sample> failing = new ArrayList<>();

    /** Filters that require a field to exist, by field, for the fields that no event had so far. */
    private final Map<String, Filter> absent = new TreeMap<>();

    private int matched;
    private int notMatched;

    Counts(Filter filter) {
      this.filter = filter;
      for (String path : filter.paths()) {
        String exists = new JsonWriter().json(path, "{\"$exists\":true}").end();
        absent.put(path, Filter.parse(exists));
      }
    }

    void add(@Nullable EventId event, Payload data) {
      FilterMismatch mismatch = filter.explain(data).orElse(null);
      if (!absent.isEmpty()) {
        FilterVerdict has = FilterSet.of(absent.values()).evaluate(data);
        absent.values().removeIf(one -> Boolean.TRUE.equals(has.of(one)));
      }
      List<FilterTrial.Sample> samples = mismatch == null ? matching : failing;
      if (samples.size() < FilterTrial.MAX_SAMPLES) {
        samples.add(new FilterTrial.Sample(event, mismatch));
      }
      if (mismatch == null) {
        matched++;
      } else {
        notMatched++;
      }
    }

    int all() {
      return matched + notMatched;
    }

    FilterTrial trial() {
      List<String> unseen = all() == 0 ? List.of() : List.copyOf(absent.keySet());
      return new FilterTrial(matched, notMatched, matching, failing, unseen);
    }
  }
}
