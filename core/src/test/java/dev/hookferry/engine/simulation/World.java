package dev.hookferry.engine.simulation;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.engine.Engine;
import dev.hookferry.engine.EngineConfig;
import dev.hookferry.engine.Outcomes;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.intake.AdmissionGate;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.RecordingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One node around a real engine and a memory store, on one thread and in virtual time. */
public class World implements Effects {
  /** Limits of a small node, to be narrowed further. */
  public static final LoadLimits SMALL =
      LoadLimits.DEFAULT.lane(10).owned(1_000).ownedBytes(1 << 20).openPublishes(1_000).batch(100);

  public final ManualClock clock = ManualClock.atNoon();
  public final MemoryStore store;
  public final RecordingListener listener = new RecordingListener();
  public final List<Sending> sent = new ArrayList<>();
  public final List<Batch> batches = new ArrayList<>();
  public final List<ClaimRequest> claims = new ArrayList<>();
  public final Engine engine;

  /** How a request is answered; null leaves it under way. */
  public Function<Sending, @Nullable Outcome> receiver = sending -> Outcomes.ok();

  /** Fails a commit before it, if it gives something. */
  public Supplier<@Nullable RuntimeException> beforeCommit = () -> null;

  /** Refuses a batch for what it holds, if it gives something. */
  public Function<Batch, @Nullable RuntimeException> judge = batch -> null;

  /** Fails a commit after it was done, if it gives something. */
  public Supplier<@Nullable RuntimeException> afterCommit = () -> null;

  /** Whether commits wait for {@link #letCommitsGo}. */
  public boolean commitsWait;

  /** Whether commits are written, but their answers wait for {@link #letAnswersGo}. */
  public boolean answersWait;

  private final Samples samples = new Samples(7);
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final Deque<Runnable> waitingCommits = new ArrayDeque<>();
  private final Deque<Consumer<@Nullable RuntimeException>> waitingAnswers = new ArrayDeque<>();
  private Owner owner;
  private @Nullable Instant wake;

  public World() {
    this(LoadLimits.DEFAULT);
  }

  public World(LoadLimits limits) {
    this(limits, null);
  }

  /** A node with this chance. */
  public World(Random chance) {
    this(LoadLimits.DEFAULT, null, 1, chance);
  }

  /** A node that shares another one's store. */
  public World(LoadLimits limits, @Nullable MemoryStore shared) {
    this(limits, shared, 1);
  }

  /** A node whose store takes so many commits at once. */
  public World(LoadLimits limits, @Nullable MemoryStore shared, int parallelCommits) {
    this(limits, shared, parallelCommits, new Random(11));
  }

  private World(
      LoadLimits limits, @Nullable MemoryStore shared, int parallelCommits, Random random) {
    store = shared == null ? new MemoryStore(clock, Duration.ofSeconds(10)) : shared;
    owner = store.deliveries().register(new Node("test"));
    engine =
        new Engine(
            new EngineConfig(
                limits, new IdSource(random), random, parallelCommits, store.isShared()),
            this);
    site(Samples.SITE, SiteSettings.DEFAULT);
  }

  public void site(SiteId id, SiteSettings settings) {
    configure(new ConfigChange.PutSite(new Site(id, settings, clock.instant())));
  }

  public void retries(int most, Duration interval) {
    RetrySettings retry = RetrySettings.of(most, interval);
    site(Samples.SITE, SimulationSettings.with(retry));
  }

  public Endpoint endpoint(String url, String... types) {
    return endpoint(Samples.SITE, url, types);
  }

  public Endpoint endpoint(SiteId site, String url, String... types) {
    Endpoint made =
        new Endpoint(
            samples.endpoint(),
            site,
            TargetUrl.parse(url),
            EndpointSettings.of(
                    List.of(types).stream().map(EventTypeFilter::new).toList(),
                    new EndpointSigning(
                        List.of(Signature.of(SignatureProfile.QLM)), null, List.of()))
                .build(),
            EndpointStatus.ENABLED,
            clock.instant());
    configure(new ConfigChange.PutEndpoint(made));
    return made;
  }

  public void configure(ConfigChange... changes) {
    store.config().save(List.of(changes), store.config().version()).orElseThrow();
    engine.configured(store.config().load(), now());
    run();
  }

  public Event event(SiteId site, String type) {
    Event made = samples.event(site, new EventType(type));
    return new Event(
        made.id(), site, made.type(), now(), now(), made.payload(), made.idempotence());
  }

  public CompletableFuture<List<Receipt>> publish(Event... events) {
    CompletableFuture<List<Receipt>> answer = new CompletableFuture<>();
    SiteId site = events[0].site();
    long config = PublishEntry.ANY_CONFIG;
    engine.publish(
        new AdmissionGate.Arrival(site, List.of(events), config, List.of(), answer, now()), now());
    run();
    return answer;
  }

  public CompletableFuture<List<Receipt>> publish(String type) {
    return publish(event(Samples.SITE, type));
  }

  /** Advances time, and wakes the engine whenever it requested that. */
  public void advance(Duration by) {
    Instant end = now().plus(by);
    while (wake != null && !wake.isAfter(end)) {
      clock.set(wake.isBefore(now()) ? now() : wake);
      run();
    }
    clock.set(end);
    run();
  }

  /** Does all there is to do now. */
  public void run() {
    for (int i = 0; i < 100_000; i++) {
      wake = engine.decide(now());
      Runnable next = work.pollFirst();
      if (next == null) {
        return;
      }
      next.run();
    }
    throw new AssertionError("the engine never comes to rest");
  }

  public void letCommitsGo() {
    commitsWait = false;
    work.addAll(waitingCommits);
    waitingCommits.clear();
    run();
  }

  /** Lets the answers come that wait, or this failure in their place. */
  public void letAnswersGo(@Nullable RuntimeException failure) {
    answersWait = false;
    waitingAnswers.forEach(answer -> answer.accept(failure));
    waitingAnswers.clear();
    run();
  }

  /** Ends a request that was left under way. */
  public void end(Sending sending, Outcome outcome) {
    engine.ended(sending, outcome, now());
    run();
  }

  public CompletableFuture<Command.Kind> retry(Delivery delivery) {
    CompletableFuture<Command.Kind> answer = new CompletableFuture<>();
    engine.retry(new Command.Retry(delivery.site(), delivery.id(), now()), answer, now());
    run();
    return answer;
  }

  public void heartbeat() {
    engine.beat();
    run();
  }

  /** Lets the engine claim, as if deliveries of a dead node had become free. */
  public void claimAgain() {
    engine.heard(new Heartbeat(true, now(), 1, 1), now());
  }

  @Override
  public void heartbeat(boolean retire) {
    if (retire) {
      store.deliveries().retire(owner);
    }
    engine.heard(store.deliveries().heartbeat(owner), now());
  }

  @Override
  public void register() {
    engine.registered(store.deliveries().register(new Node("test again")), now());
  }

  @Override
  public void own(Owner next) {
    owner = next;
  }

  public List<Delivery> deliveries() {
    return store.log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data();
  }

  /** Returns the entries of the log, oldest first. */
  public List<Attempt> attempts() {
    List<Attempt> all =
        new ArrayList<>(store.log().attempts(AttemptQuery.ofSite(Samples.SITE)).data());
    Collections.reverse(all);
    return all;
  }

  public List<Instant> timesOfSending(EndpointId endpoint) {
    return sent.stream()
        .filter(sending -> sending.endpoint().id().equals(endpoint))
        .map(Sending::startedAt)
        .toList();
  }

  public Map<EndpointId, Long> sentByEndpoint() {
    return sent.stream()
        .collect(Collectors.groupingBy(sending -> sending.endpoint().id(), Collectors.counting()));
  }

  public Instant now() {
    return clock.instant();
  }

  public Owner owner() {
    return owner;
  }

  @Override
  public void commit(long number, Batch batch) {
    batches.add(batch);
    Owner committing = owner;
    Runnable action = () -> commit(number, batch, committing);
    if (commitsWait) {
      waitingCommits.add(action);
    } else {
      work.add(action);
    }
  }

  private void commit(long number, Batch batch, Owner committing) {
    RuntimeException failure = beforeCommit.get();
    failure = failure == null ? judge.apply(batch) : failure;
    if (failure == null) {
      var done = store.deliveries().commit(committing, batch);
      failure = afterCommit.get();
      if (answersWait) {
        waitingAnswers.add(late -> answer(number, done, late));
        return;
      }
      if (failure == null) {
        engine.committed(number, done, now());
        return;
      }
      failure = new UnknownOutcomeException("lost", failure);
    }
    engine.commitFailed(number, failure, now());
  }

  private void answer(long number, CommitResult done, @Nullable RuntimeException failure) {
    if (failure == null) {
      engine.committed(number, done, now());
    } else {
      engine.commitFailed(number, failure, now());
    }
  }

  @Override
  public void claim(long incarnation, ClaimRequest claim) {
    claims.add(claim);
    Owner claiming = owner;
    work.add(() -> engine.claimed(incarnation, store.deliveries().claim(claiming, claim), now()));
  }

  @Override
  public void beginTrial(Sending suspect) {
    CrashSuspicion trial = Objects.requireNonNull(suspect.trial());
    engine.trialNoted(
        suspect, store.inFlightJournal().beginTrial(owner, suspect.delivery(), trial), now());
  }

  @Override
  public void send(Sending sending) {
    sent.add(sending);
    work.add(
        () -> {
          Outcome outcome = receiver.apply(sending);
          if (outcome != null) {
            engine.ended(sending, outcome, now());
          }
        });
  }

  @Override
  public void reply(Runnable completion) {
    completion.run();
  }

  @Override
  public void notifyListener(Consumer<Listener> news) {
    news.accept(listener);
  }
}
