package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.port.Batch;
import dev.hookferry.port.Claim;
import dev.hookferry.port.Claimed;
import dev.hookferry.port.Command;
import dev.hookferry.port.Committed;
import dev.hookferry.port.Node;
import dev.hookferry.port.Owner;
import dev.hookferry.port.Publication;
import dev.hookferry.port.Result;
import dev.hookferry.port.Store;
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

  Committed commit(Batch batch) {
    return store.deliveries().commit(owner, batch);
  }

  Committed.Published publish(Publication publication) {
    return commit(Batch.of(publication)).publications().get(0);
  }

  /** Publishes one event whose deliveries nobody owns; it must be stored, now or before. */
  Receipt publish(Event event, Delivery... deliveries) {
    Committed.Published published = publish(free(event, deliveries));
    assertThat(published).isInstanceOf(Committed.Stored.class);
    return ((Committed.Stored) published).receipts().get(0);
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
    publish(Publication.of(event, List.of(new Publication.Queued(delivery, true))));
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
    record(new Result(next, attempt));
    return next;
  }

  /** Writes a result, which must not be refused. */
  void record(Result result) {
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

  static Publication free(Event event, Delivery... deliveries) {
    return Publication.of(
        event, Stream.of(deliveries).map(d -> new Publication.Queued(d, false)).toList());
  }

  static Claim everything(EndpointId... endpoints) {
    Map<EndpointId, Integer> room =
        Stream.of(endpoints).collect(Collectors.toMap(e -> e, e -> 10_000));
    return new Claim(room, 10_000, Long.MAX_VALUE, FAR_AHEAD);
  }

  static List<Delivery> deliveries(Claimed claimed) {
    return claimed.work().stream().map(Claimed.Work::delivery).toList();
  }

  @Override
  public void close() {
    opened.forEach(Store::close);
  }
}
