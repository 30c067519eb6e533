package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.event.Event;
import dev.hookferry.http.console.frame.LiveFeed;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.Listener;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.TallyStore.Tally;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Recent activity by site and endpoint, counted as it happens, without reading the log. An {@link
 * ActivityKeeper} adds the counts of other nodes and earlier runs. Thread-safe and bounded: beyond
 * the maximum number of sites, those that have been quiet longest are forgotten. For endpoints
 * beyond their maximum, pages read the counts from the store.
 */
public final class Activity implements Listener {

  private static final int MAX_SITES = 500;
  private static final int MAX_ENDPOINTS = 2_000;

  private final Map<SiteId, List<LiveFeed.FeedListener>> lookers = new ConcurrentHashMap<>();
  private final Map<SiteId, SpanCounts<ActivityCounts>> sites = bounded(MAX_SITES);
  private final EndpointActivities endpoints;

  private final FirstFailures failures = new FirstFailures();
  private final OwnFaults faults = new OwnFaults();
  private volatile InstantSource clock = () -> Instant.EPOCH;
  private volatile Function<EndpointId, Optional<Instant>> resumed = id -> Optional.empty();
  private volatile Predicate<Delivery> limited = delivery -> false;
  private volatile TallyStore stored = TallyStore.none();

  public Activity() {
    this(MAX_ENDPOINTS);
  }

  /**
   * Creates an instance without activity.
   *
   * @param mostEndpoints the maximum number of endpoints whose activity is kept in memory
   */
  Activity(int mostEndpoints) {
    endpoints = new EndpointActivities(mostEndpoints);
  }

  @Override
  public void accepted(Event event, int deliveries) {
    changed(event.site());
  }

  @Override
  public void resent(Event event, int deliveries) {
    changed(event.site());
  }

  @Override
  public void attempted(Attempt attempt, Delivery before) {
    if (!attempt.type().equals(EventType.TEST)) {
      EndpointActivity health = endpoints.counting(attempt.endpoint());
      EndpointId id = attempt.endpoint();
      health.attempted(attempt, before, resumed.apply(id).orElse(null), () -> limited.test(before));
      boolean isFirst = before.attempts() == 0;
      SpanCounts<ActivityCounts> site = counts(attempt.site());
      health.count(attempt, isFirst);
      site.count(attempt.startedAt(), own -> count(attempt, isFirst, own));
      Instant first = failures.recovered(attempt, before);
      if (first != null) {
        site.revise(first, attempt.startedAt(), ActivityCounts::recovered);
        health.recovered(first, attempt.startedAt());
      }
    }
    changed(attempt.site());
  }

  private static void count(Attempt attempt, boolean isFirst, ActivityCounts own) {
    Outcome outcome = attempt.outcome();
    own.add(outcome.isSuccess(), EndpointActivity.responseTime(outcome));
    if (isFirst && !outcome.isSuccess()) {
      own.missed();
    }
  }

  @Override
  public void fault(String what, Throwable cause) {
    faults.add(what, clock.instant());
  }

  /** Returns failures of this process, not of receivers. */
  public OwnFaults faults() {
    return faults;
  }

  /**
   * Provides what is available only once Hookferry runs.
   *
   * @param time the node's clock
   * @param lookup returns when an endpoint was last resumed
   * @param slowed returns whether a rate limit delayed a delivery that was just sent
   * @param tallies the counts of all nodes
   */
  public void opened(
      InstantSource time,
      Function<EndpointId, Optional<Instant>> lookup,
      Predicate<Delivery> slowed,
      TallyStore tallies) {
    clock = time;
    limited = slowed;
    resumed = lookup;
    stored = tallies;
  }

  /**
   * Loads the activity that a page shows and that is not in memory, with one query per hundred
   * endpoints. If the store fails, their figures are missing. Blocks.
   */
  public void prepare(Collection<EndpointId> shown) {
    endpoints.prepare(shown, stored, clock.instant());
  }

  /** Returns the activity of all endpoints. */
  EndpointActivities endpoints() {
    return endpoints;
  }

  @Override
  public void settled(Delivery delivery) {
    String key = delivery.orderingKey();
    if (key != null) {
      endpoints.counting(delivery.endpoint()).unblocked(key, clock.instant());
    }
    changed(delivery.site());
  }

  @Override
  public void abandoned(SiteId site, EndpointId endpoint, int deliveries) {
    changed(site);
  }

  @Override
  public void replay(ReplayJob job) {
    changed(job.site());
  }

  /** Returns the attempts of a site, by time slot of a span. */
  public List<TimeSeries.Bucket> of(SiteId site, ChartSpan span, Instant now) {
    SpanCounts<ActivityCounts> known = sites.get(site);
    return known == null
        ? buckets(span.siteSlots(), now)
        : known.read(span, slots -> buckets(slots, now));
  }

  private static List<TimeSeries.Bucket> buckets(SlotRing<ActivityCounts> slots, Instant now) {
    return slots.until(now).stream().map(TimeSeries::bucket).toList();
  }

  /**
   * Returns the site counts of this process that changed since they were last written to the store.
   *
   * @param writer the id of this process
   */
  List<Tally> changed(UUID writer) {
    List<Tally> all = new ArrayList<>();
    copy(sites)
        .forEach(
            (site, counts) ->
                ChartSpan.ALL.forEach(
                    span ->
                        counts.read(span, slots -> slots.changed(ActivityCounts::text)).stream()
                            .map(part -> tally(writer, span.code() + ":" + site, part))
                            .forEach(all::add)));
    return all;
  }

  /** Records that the most recently collected site counts are in the store. */
  void written() {
    copy(sites).values().forEach(SpanCounts::written);
  }

  /** Adds the counts of another process or an earlier run. Unknown tallies are ignored. */
  void take(Tally tally) {
    if (EndpointTallies.endpoint(tally.name()).isPresent()) {
      endpoints.take(tally);
      return;
    }
    int colon = tally.name().indexOf(':');
    Optional<ChartSpan> span = ChartSpan.fromCode(tally.name().substring(0, Math.max(0, colon)));
    if (span.isPresent()) {
      ActivityCounts counts = ActivityCounts.parse(FormValues.parse(tally.text()));
      counts(new SiteId(tally.name().substring(colon + 1)))
          .update(span.get(), slots -> slots.put(tally.writer(), tally.from(), counts));
    }
  }

  private static Tally tally(UUID writer, String name, TimeSeries.Part part) {
    return new Tally(writer, name, part.from(), part.until(), part.text());
  }

  private static <K, V> Map<K, V> copy(Map<K, V> bounded) {
    synchronized (bounded) {
      return new LinkedHashMap<>(bounded);
    }
  }

  /** Returns the current activity of an endpoint. */
  public EndpointActivity.Now of(EndpointId endpoint, Instant now) {
    EndpointActivity health = endpoints.find(endpoint);
    return health == null ? EndpointActivity.Now.none(now) : health.now(now);
  }

  /** Returns an endpoint's deliveries in a span that ends now. */
  public EndpointHistory history(EndpointId endpoint, ChartSpan span, Instant now) {
    EndpointActivity health = endpoints.find(endpoint);
    return (health == null ? new EndpointActivity() : health).history(span, now);
  }

  /** Returns the share of failed deliveries to some endpoints: the sum of their own shares. */
  public FailureShare share(Collection<EndpointId> some, ChartSpan span, Instant now) {
    return some.stream()
        .map(id -> history(id, span, now).share())
        .reduce(FailureShare.NONE, FailureShare::and);
  }

  /** Returns the number of consecutive failed attempts of an endpoint. */
  public int streak(EndpointId endpoint) {
    EndpointActivity health = endpoints.find(endpoint);
    return health == null ? 0 : health.streak();
  }

  /** Returns a feed that notifies a browser of activity at a site. */
  public LiveFeed feed(SiteId site) {
    return listener -> {
      lookers.computeIfAbsent(site, s -> new CopyOnWriteArrayList<>()).add(listener);
      return () -> lookers.getOrDefault(site, List.of()).remove(listener);
    };
  }

  private SpanCounts<ActivityCounts> counts(SiteId site) {
    return sites.computeIfAbsent(
        site, s -> new SpanCounts<>(ActivityCounts::new, ChartSpan::siteSlots));
  }

  private void changed(SiteId site) {
    for (LiveFeed.FeedListener listener : lookers.getOrDefault(site, List.of())) {
      listener.changed();
    }
  }

  private static <K, V> Map<K, V> bounded(int max) {
    return Collections.synchronizedMap(
        new LinkedHashMap<K, V>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > max;
          }
        });
  }
}
