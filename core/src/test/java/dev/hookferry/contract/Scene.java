package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A store, an owner in it, and words to tell a test with. */
public final class Scene implements AutoCloseable {
  /** Later than everything that samples are due. */
  public static final Instant FAR_AHEAD = Samples.START.plusSeconds(400L * 24 * 3600);

  private final StoreFixture fixture;
  private final List<Store> opened = new ArrayList<>();
  private Store store;
  private Owner owner;

  /** Values to test with. */
  final Samples samples;

  Scene(StoreFixture fixture, long seed) {
    this.fixture = fixture;
    samples = new Samples(seed);
    store = tracked(fixture.open());
    owner = register();
  }

  /** Closes it, too, when the test ends. */
  Store tracked(Store fresh) {
    opened.add(fresh);
    return fresh;
  }

  /** Goes on with another opening of the store, and a new owner. */
  void use(Store other) {
    store = tracked(other);
    owner = register();
  }

  Store store() {
    return store;
  }

  Owner owner() {
    return owner;
  }

  /** Another owner in the same store. */
  Owner register() {
    return store.deliveries().register(new Node("test-host:4711"));
  }

  /** Closes the store and opens it again, with a new owner. */
  void reopen() {
    store.close();
    use(fixture.open());
  }

  CommitResult commit(Batch batch) {
    return store.deliveries().commit(owner, batch);
  }

  CommitResult.Published publish(PublishEntry publication) {
    return commit(Batch.of(publication)).publications().get(0);
  }

  /** Publishes one event whose deliveries nobody owns; it must be stored, now or before. */
  Receipt publish(Event event, Delivery... deliveries) {
    CommitResult.Published published = publish(free(event, deliveries));
    assertThat(published).isInstanceOf(CommitResult.Stored.class);
    return ((CommitResult.Stored) published).receipts().get(0);
  }

  /** Publishes a new event with one free delivery to an endpoint. */
  Delivery queued(EndpointId endpoint) {
    Event event = samples.event();
    Delivery delivery = samples.delivery(event, endpoint);
    publish(event, delivery);
    return delivery;
  }

  /** The same, owned by the scene's owner. */
  Delivery owned(EndpointId endpoint) {
    Event event = samples.event();
    Delivery delivery = samples.delivery(event, endpoint);
    publish(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true))));
    return delivery;
  }

  /** Puts a new delivery into the state that a verb gives it; nobody owns it afterwards. */
  Delivery settled(EndpointId endpoint, Function<Delivery, Delivery> verb) {
    Delivery delivery = owned(endpoint);
    Delivery next = verb.apply(delivery);
    Attempt attempt =
        next.attempts() == delivery.attempts()
            ? null
            : samples.attempt(
                delivery,
                next.state() == DeliveryState.DELIVERED ? samples.success() : samples.failure());
    record(new AttemptResult(next, attempt));
    return next;
  }

  /** Writes a result, which must not be refused. */
  void record(AttemptResult result) {
    assertThat(commit(Batch.of(result)).refused()).isEmpty();
  }

  Command.Reply command(Command command) {
    return commit(Batch.of(command)).replies().get(0);
  }

  /** Claims all that is free for these endpoints, however late it is due. */
  List<Delivery> claimAll(EndpointId... endpoints) {
    return claimAll(owner, endpoints);
  }

  /** The same for another owner. */
  List<Delivery> claimAll(Owner other, EndpointId... endpoints) {
    return deliveries(store.deliveries().claim(other, everything(endpoints)));
  }

  /** The delivery as the store shows it. */
  Delivery shown(Delivery delivery) {
    return store.log().delivery(delivery.site(), delivery.id()).orElseThrow();
  }

  static PublishEntry free(Event event, Delivery... deliveries) {
    return PublishEntry.of(
        event, Stream.of(deliveries).map(d -> new PublishEntry.Queued(d, false)).toList());
  }

  static ClaimRequest everything(EndpointId... endpoints) {
    Map<EndpointId, Integer> room =
        Stream.of(endpoints).collect(Collectors.toMap(e -> e, e -> 10_000));
    return new ClaimRequest(room, 10_000, Long.MAX_VALUE, FAR_AHEAD);
  }

  static List<Delivery> deliveries(ClaimResult claimed) {
    return claimed.work().stream().map(ClaimResult.Work::delivery).toList();
  }

  @Override
  public void close() {
    opened.forEach(Store::close);
  }
}
