package dev.hookferry.engine;

import dev.hookferry.contract.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Suspicion;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.Site;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.endpoint.SiteSettings;
import dev.hookferry.endpoint.Standing;
import dev.hookferry.endpoint.TargetUrl;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventType;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.IdSource;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.port.AttemptQuery;
import dev.hookferry.port.Batch;
import dev.hookferry.port.Claim;
import dev.hookferry.port.Command;
import dev.hookferry.port.Committed;
import dev.hookferry.port.ConfigChange;
import dev.hookferry.port.DeliveryQuery;
import dev.hookferry.port.Limits;
import dev.hookferry.port.Listener;
import dev.hookferry.port.Node;
import dev.hookferry.port.Owner;
import dev.hookferry.port.UnknownOutcomeException;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.SignatureScheme;
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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One node around a real engine and a memory store, on one thread and in virtual time. */
final class World implements Effects {
  final ManualClock clock = ManualClock.atNoon();
  final MemoryStore store;
  final RecordingListener listener = new RecordingListener();
  final List<Sending> sent = new ArrayList<>();
  final List<Batch> batches = new ArrayList<>();
  final List<Claim> claims = new ArrayList<>();
  final Engine engine;

  /** How a request is answered; null leaves it under way. */
  Function<Sending, @Nullable Outcome> receiver = sending -> Outcomes.ok();

  /** Fails a commit before it, if it gives something. */
  Supplier<@Nullable RuntimeException> beforeCommit = () -> null;

  /** Refuses a batch for what it holds, if it gives something. */
  Function<Batch, @Nullable RuntimeException> judge = batch -> null;

  /** Fails a commit after it was done, if it gives something. */
  Supplier<@Nullable RuntimeException> afterCommit = () -> null;

  /** Whether commits wait for {@link #letCommitsGo}. */
  boolean commitsWait;

  /** Whether commits are written, but their answers wait for {@link #letAnswersGo}. */
  boolean answersWait;

  private final Samples samples = new Samples(7);
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final Deque<Runnable> waitingCommits = new ArrayDeque<>();
  private final Deque<Consumer<@Nullable RuntimeException>> waitingAnswers = new ArrayDeque<>();
  private Owner owner;
  private @Nullable Instant wake;

  World() {
    this(Limits.DEFAULT);
  }

  World(Limits limits) {
    this(limits, null);
  }

  /** A node with this chance. */
  World(Random chance) {
    this(Limits.DEFAULT, null, 1, chance);
  }

  /** A node that shares another one's store. */
  World(Limits limits, @Nullable MemoryStore shared) {
    this(limits, shared, 1);
  }

  /** A node whose store takes so many commits at once. */
  World(Limits limits, @Nullable MemoryStore shared, int parallelCommits) {
    this(limits, shared, parallelCommits, new Random(11));
  }

  private World(Limits limits, @Nullable MemoryStore shared, int parallelCommits, Random random) {
    store = shared == null ? new MemoryStore(clock, Duration.ofSeconds(10)) : shared;
    owner = store.deliveries().register(new Node("test"));
    engine =
        new Engine(
            new Memory.Parts(
                limits, new IdSource(random), random, parallelCommits, store.isShared()),
            this);
    site(Samples.SITE, SiteSettings.DEFAULT);
  }

  void site(SiteId id, SiteSettings settings) {
    configure(new ConfigChange.PutSite(new Site(id, settings, clock.instant())));
  }

  void retries(int most, Duration interval) {
    RetrySettings retry = new RetrySettings(most, interval, RetrySettings.Backoff.FIXED);
    site(Samples.SITE, Settings.with(retry));
  }

  Endpoint endpoint(String url, String... types) {
    return endpoint(Samples.SITE, url, types);
  }

  Endpoint endpoint(SiteId site, String url, String... types) {
    Endpoint made =
        new Endpoint(
            samples.endpoint(),
            site,
            TargetUrl.parse(url),
            List.of(types).stream().map(EventTypeFilter::new).toList(),
            "",
            List.of(),
            new EndpointSigning(Set.of(SignatureScheme.QLM), null, List.of()),
            Standing.ENABLED,
            null,
            clock.instant());
    configure(new ConfigChange.PutEndpoint(made));
    return made;
  }

  void configure(ConfigChange... changes) {
    store.config().save(List.of(changes), store.config().version()).orElseThrow();
    engine.configured(store.config().load(), now());
    run();
  }

  Event event(SiteId site, String type) {
    Event made = samples.event(site, new EventType(type));
    return new Event(
        made.id(), site, made.type(), now(), now(), made.payload(), made.idempotence());
  }

  CompletableFuture<List<Receipt>> publish(Event... events) {
    CompletableFuture<List<Receipt>> answer = new CompletableFuture<>();
    engine.publish(events[0].site(), List.of(events), answer, now());
    run();
    return answer;
  }

  CompletableFuture<List<Receipt>> publish(String type) {
    return publish(event(Samples.SITE, type));
  }

  /** Lets time go on, and the engine wake whenever it asked to. */
  void advance(Duration by) {
    Instant end = now().plus(by);
    while (wake != null && !wake.isAfter(end)) {
      clock.set(wake.isBefore(now()) ? now() : wake);
      run();
    }
    clock.set(end);
    run();
  }

  /** Does all there is to do now. */
  void run() {
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

  void letCommitsGo() {
    commitsWait = false;
    work.addAll(waitingCommits);
    waitingCommits.clear();
    run();
  }

  /** Lets the answers come that wait, or this failure in their place. */
  void letAnswersGo(@Nullable RuntimeException failure) {
    answersWait = false;
    waitingAnswers.forEach(answer -> answer.accept(failure));
    waitingAnswers.clear();
    run();
  }

  /** Ends a request that was left under way. */
  void end(Sending sending, Outcome outcome) {
    engine.ended(sending, outcome, now());
    run();
  }

  CompletableFuture<Command.Kind> retry(Delivery delivery) {
    CompletableFuture<Command.Kind> answer = new CompletableFuture<>();
    engine.retry(delivery.site(), delivery.id(), answer, now());
    run();
    return answer;
  }

  /** What {@link Shell} does at a heartbeat. */
  void heartbeat() {
    if (!store.deliveries().heartbeat(owner).alive()) {
      owner = store.deliveries().register(new Node("test again"));
      engine.evicted(now());
    } else {
      engine.recovered(now());
    }
    run();
  }

  List<Delivery> deliveries() {
    return store.log().deliveries(DeliveryQuery.all(Samples.SITE)).data();
  }

  /** What the log has, oldest first. */
  List<Attempt> attempts() {
    List<Attempt> all =
        new ArrayList<>(store.log().attempts(AttemptQuery.all(Samples.SITE)).data());
    Collections.reverse(all);
    return all;
  }

  List<Instant> timesOfSending(EndpointId endpoint) {
    return sent.stream()
        .filter(sending -> sending.endpoint().id().equals(endpoint))
        .map(Sending::startedAt)
        .toList();
  }

  Map<EndpointId, Long> sentByEndpoint() {
    return sent.stream()
        .collect(Collectors.groupingBy(sending -> sending.endpoint().id(), Collectors.counting()));
  }

  Instant now() {
    return clock.instant();
  }

  Owner owner() {
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

  private void answer(long number, Committed done, @Nullable RuntimeException failure) {
    if (failure == null) {
      engine.committed(number, done, now());
    } else {
      engine.commitFailed(number, failure, now());
    }
  }

  @Override
  public void claim(long incarnation, Claim claim) {
    claims.add(claim);
    Owner claiming = owner;
    work.add(() -> engine.claimed(incarnation, store.deliveries().claim(claiming, claim), now()));
  }

  @Override
  public void send(Sending sending) {
    sent.add(sending);
    Suspicion trial = sending.trial();
    if (trial != null && !store.flights().tryOut(owner, sending.delivery(), trial)) {
      throw new AssertionError(sending.delivery().id() + " is on trial and not ours");
    }
    work.add(
        () -> {
          Outcome outcome = receiver.apply(sending);
          if (outcome != null) {
            engine.ended(sending, outcome, now());
          }
        });
  }

  @Override
  public void answer(Runnable completion) {
    completion.run();
  }

  @Override
  public void tell(Consumer<Listener> news) {
    news.accept(listener);
  }
}
