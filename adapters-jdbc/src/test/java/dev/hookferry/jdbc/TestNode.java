package dev.hookferry.jdbc;

import dev.hookferry.contract.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.event.Event;
import dev.hookferry.port.Batch;
import dev.hookferry.port.Claim;
import dev.hookferry.port.Claimed;
import dev.hookferry.port.Committed;
import dev.hookferry.port.Node;
import dev.hookferry.port.Owner;
import dev.hookferry.port.Publication;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A process that has opened a store and become an owner. */
final class TestNode implements AutoCloseable {
  static final Instant FAR_AHEAD = Instant.parse("2099-01-01T00:00:00Z");

  final JdbcStore store;
  final Owner owner;
  final Samples samples;

  TestNode(String url) {
    this(JdbcStoreOptions.of(url).withPoolSize(4), 1);
  }

  TestNode(JdbcStoreOptions options, long seed) {
    store = JdbcStore.open(options);
    owner = store.deliveries().register(new Node("node-" + seed));
    samples = new Samples(seed);
  }

  /** A batch of one new event with one delivery that nobody owns. */
  Batch oneEvent(EndpointId endpoint) {
    Event event = samples.event();
    return batch(event, samples.delivery(event, endpoint), false);
  }

  static Batch batch(Event event, Delivery delivery, boolean owned) {
    return Batch.of(Publication.of(event, List.of(new Publication.Queued(delivery, owned))));
  }

  static Delivery delivery(Batch batch) {
    return batch.publications().get(0).entries().get(0).deliveries().get(0).delivery();
  }

  Committed commit(Batch batch) {
    return store.deliveries().commit(owner, batch);
  }

  /** A new delivery of this owner. */
  Delivery owned(EndpointId endpoint) {
    Event event = samples.event();
    Delivery delivery = samples.delivery(event, endpoint);
    commit(batch(event, delivery, true));
    return delivery;
  }

  List<Delivery> claim(EndpointId endpoint) {
    Claim claim = new Claim(Map.of(endpoint, 100), 100, Long.MAX_VALUE, FAR_AHEAD);
    return store.deliveries().claim(owner, claim).work().stream()
        .map(Claimed.Work::delivery)
        .toList();
  }

  @Override
  public void close() {
    store.close();
  }
}
