package dev.hookferry.engine.simulation;

import dev.hookferry.auditor.Audit;
import dev.hookferry.auditor.Disturbance;
import dev.hookferry.auditor.StoreTimes;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Secrets;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.Site;
import dev.hookferry.store.FailureDetector;
import dev.hookferry.store.Store;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A few minutes of several nodes on one store, all drawn from one seed: events, responses of
 * receivers, and failures. Then the weather clears, and the auditor says whether all that was
 * accepted has come to its end.
 */
final class Simulation {
  static final RetrySettings RETRY = RetrySettings.of(4, Duration.ofSeconds(10));
  static final Duration OWNER_TIMEOUT = Duration.ofSeconds(12);
  private static final Duration STORM = Duration.ofMinutes(2);
  private static final Duration MAX_CALM = Duration.ofHours(6);

  /** Longer than anything that was done to the system may explain what it does. */
  private static final Duration AFTERMATH = Duration.ofSeconds(90);

  private static final Duration JUMP = Duration.ofHours(2);
  private static final int MAX_SITES = 4;
  static final String UNKEPT = "the store cannot keep something";

  final Agenda agenda = new Agenda();
  final List<SiteId> sites = new ArrayList<>();
  final Random random;
  final Samples samples;
  final Weather weather;
  final SimulatedReceivers receivers;
  final MemoryStore store;
  final List<SimulatedNode> nodes = new ArrayList<>();
  final List<Disturbance> disturbances = new ArrayList<>();
  final SimulatedProducers producers;
  final SimulatedPeople people = new SimulatedPeople(this);
  final SimulatedRouting routing;
  final OrderJudge order;
  final Set<EndpointId> removed = new HashSet<>();

  /** Whether there may be deliveries that end whole processes. */
  final boolean lethal;

  /** Whether somebody sets the clock of the store now and then. */
  final boolean jumpy;

  final Instant begun = agenda.now();
  private Duration storeSkew = Duration.ZERO;
  final List<StoreTimes.Setting> settings = new ArrayList<>();
  final List<String> objections = new ArrayList<>();
  private final long seed;
  final LoadLimits limits;
  private final SimulatedIncidents incidents = new SimulatedIncidents(this);
  private final Chaos chaos;
  final Map<EndpointId, Endpoint> everKnown = new LinkedHashMap<>();
  private final Store storeOfNodes;
  private int started;

  Simulation(long seed) {
    this(seed, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /**
   * A simulation that something is wrong with.
   *
   * @param broken what the store does wrong
   * @param misled what the engines do wrong, by what they want of the store
   */
  Simulation(long seed, UnaryOperator<Store> broken, UnaryOperator<Store> misled) {
    this.seed = seed;
    random = new Random(seed);
    samples = new Samples(seed);
    weather = new Weather(agenda, random);
    routing = new SimulatedRouting(random);
    receivers = new SimulatedReceivers(agenda, random);
    store =
        new MemoryStore(
            this::storeTime,
            new FailureDetector(
                OWNER_TIMEOUT, () -> Duration.between(Instant.EPOCH, agenda.now()).toNanos()));
    int lane = 2 + random.nextInt(30);
    limits =
        LoadLimits.DEFAULT
            .inFlight(2 + random.nextInt(30))
            .window(1 + random.nextInt(8))
            .lane(lane)
            .owned(lane * (2 + random.nextInt(20)))
            .ownedBytes(2_000 + random.nextInt(100_000))
            .openPublishes(20 + random.nextInt(200))
            .batch(1 + random.nextInt(50));
    lethal = random.nextInt(4) == 0;
    jumpy = random.nextInt(4) == 0;
    weather.whenUnfit =
        () ->
            disturbances.add(
                new Disturbance(
                    UNKEPT,
                    agenda.now().minusSeconds(20),
                    agenda.now().plus(OWNER_TIMEOUT).plusSeconds(20)));
    receivers.killer = this::killedByADelivery;
    order = new OrderJudge(routing.orders, this::object);
    receivers.whenSent = order::sent;
    storeOfNodes = misled.apply(order.watching(broken.apply(store)));
    producers = new SimulatedProducers(this);
    chaos = new Chaos(this);
  }

  /** Runs it all, and judges. */
  Audit run() {
    sites.add(Samples.SITE);
    for (int i = random.nextInt(MAX_SITES); i > 0; i--) {
      sites.add(new SiteId("site-" + i));
    }
    sites.forEach(site -> site(site, true));
    for (int i = 2 * sites.size() + random.nextInt(5); i > 0; i--) {
      addEndpoint();
    }
    routing.first.addAll(everKnown.keySet());
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      startNode();
    }
    Instant end = agenda.now().plus(STORM);
    producers.start(end);
    chaos.start(end);
    agenda.runUntil(end);
    calm();
    return new SimulationAudit(this).orThrow("seed " + seed);
  }

  private void calm() {
    weather.calm();
    receivers.calm();
    chaos.calm();
    sites.forEach(site -> site(site, true));
    resume(endpoint -> true);
    if (nodes.stream().allMatch(SimulatedNode::isDead)) {
      startNode();
    }
    Instant last = agenda.now().plus(MAX_CALM);
    if (random.nextInt(4) == 0) {
      agenda.runUntil(agenda.now().plus(AFTERMATH));
      routing.rates.keySet().stream()
          .filter(id -> !removed.contains(id))
          .sorted(Comparator.comparing(EndpointId::value))
          .forEach(id -> producers.crowd(everKnown.get(id)));
    }
    do {
      agenda.runUntil(agenda.now().plusSeconds(30));
      // Who said that it is gone was heard late, perhaps; a person looks again.
      resume(endpoint -> !endpoint.enabled());
      people.unblock();
    } while (agenda.now().isBefore(last)
        && (store.deliveries().backlog(all -> true).pending() > 0 || isSomebodyWaiting()));
    agenda.runUntil(agenda.now().plusSeconds(30));
  }

  private void resume(Predicate<Endpoint> which) {
    store.config().load().endpoints().values().stream()
        .filter(which)
        .forEach(endpoint -> configure(new ConfigChange.PutEndpoint(enabled(endpoint, true))));
  }

  /** Whoever waits for an answer cannot throw: nobody would see it. */
  void object(String sentence) {
    objections.add(sentence);
  }

  /** The time of the store, which people set. */
  Instant storeTime() {
    return agenda.now().plus(storeSkew);
  }

  /** Somebody sets the store's clock. Nobody is to notice, so that is no disturbance. */
  void storeJumps() {
    storeSkew = Duration.ofMillis(random.nextLong(-JUMP.toMillis(), JUMP.toMillis()));
    settings.add(new StoreTimes.Setting(agenda.now(), storeSkew));
  }

  private void killedByADelivery(String sender) {
    String name = sender.substring(0, sender.indexOf('/'));
    nodes.stream()
        .filter(node -> node.name.equals(name) && !node.isDead())
        .forEach(
            node -> {
              disturbed(name + " is killed by a delivery", Duration.ZERO);
              node.kill();
              agenda.after(Duration.ofMillis(500 + random.nextInt(5_000)), this::startNode);
            });
  }

  boolean isSomebodyWaiting() {
    return producers.isWaiting() || people.isWaiting();
  }

  void startNode() {
    SimulatedNode.Setup setup =
        new SimulatedNode.Setup(
            agenda,
            weather,
            storeOfNodes,
            receivers,
            random,
            limits,
            1 + random.nextInt(4),
            incidents);
    Duration skew = Duration.ofMillis(random.nextInt(7_200_000) - 3_600_000L);
    SimulatedNode node = new SimulatedNode("node " + ++started, setup, skew);
    nodes.add(node);
    node.start();
  }

  void disturbed(String what, Duration length) {
    // A silent node is evicted later, and what it began is found out later still.
    Instant end = agenda.now().plus(length).plus(OWNER_TIMEOUT).plusSeconds(20);
    disturbances.add(new Disturbance(what, agenda.now(), end));
  }

  SiteId someSite() {
    return samples.oneOf(sites);
  }

  static String secret(SiteId site) {
    return "simulated secret of " + site;
  }

  void site(SiteId site, boolean enabled) {
    if (!enabled) {
      routing.rested.add(site);
    }
    var secret = Secrets.inTheClear().seal(secret(site), SecretContexts.siteKey(site));
    configure(
        new ConfigChange.PutSite(
            new Site(
                site,
                SimulationSettings.enabled(enabled).withRetry(RETRY).withSecretKey(secret),
                agenda.now())));
  }

  void addEndpoint() {
    EndpointId id = samples.endpoint();
    String type = random.nextBoolean() ? "*" : samples.oneOf(SimulatedProducers.TYPES).name();
    List<EventTypeFilter> filters = new ArrayList<>(List.of(new EventTypeFilter(type)));
    if (random.nextInt(3) == 0) {
      OperationalEvents.ALL.forEach(one -> filters.add(new EventTypeFilter(one.name())));
    }
    EndpointSettings.Builder settings =
        EndpointSettings.of(
            filters,
            new EndpointSigning(List.of(Signature.of(SignatureProfile.QLM)), null, List.of()));
    routing.choose(id, settings);
    Endpoint endpoint =
        new Endpoint(
            id,
            someSite(),
            TargetUrl.parse("https://" + id.toString().replace('_', '-') + ".example/"),
            settings.build(),
            EndpointStatus.ENABLED,
            agenda.now());
    everKnown.put(id, endpoint);
    if (routing.orders.containsKey(id) && random.nextBoolean()) {
      receivers.mood(id, SimulatedReceivers.Mood.PICKY);
    }
    configure(new ConfigChange.PutEndpoint(endpoint));
  }

  /** All endpoints of a site that there were; some are no more. */
  List<EndpointId> everKnown(SiteId site) {
    return everKnown.values().stream()
        .filter(endpoint -> endpoint.site().equals(site))
        .map(Endpoint::id)
        .toList();
  }

  /** The endpoint, resting, or going on at some rate or none. */
  Endpoint enabled(Endpoint endpoint, boolean enabled) {
    Integer rate = random.nextBoolean() ? null : 1 + random.nextInt(100);
    return endpoint.with(
        enabled ? EndpointStatus.resumed(agenda.now(), rate) : EndpointStatus.paused(agenda.now()));
  }

  void configure(ConfigChange change) {
    store.config().save(List.of(change), store.config().version()).orElseThrow();
  }
}
