package dev.hookferry.jdbc;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A process that has opened a store and become an owner. */
public final class TestNode implements AutoCloseable {
  static final Instant FAR_AHEAD = Instant.parse("2099-01-01T00:00:00Z");

  public final JdbcStore store;
  public final Owner owner;
  public final Samples samples;

  public TestNode(String url) {
    this(JdbcStoreOptions.of(url).withPoolSize(4), 1);
  }

  TestNode(JdbcStoreOptions options, long seed) {
    this(JdbcStore.open(options), seed);
  }

  TestNode(JdbcStore store, long seed) {
    this.store = store;
    owner = store.deliveries().register(new Node("node-" + seed));
    samples = new Samples(seed);
  }

  /** A batch of one new event with one delivery that nobody owns. */
  public Batch oneEvent(EndpointId endpoint) {
    Event event = samples.event();
    return batch(event, samples.delivery(event, endpoint), false);
  }

  static Batch batch(Event event, Delivery delivery, boolean owned) {
    return Batch.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, owned))));
  }

  public static Delivery delivery(Batch batch) {
    return batch.publications().get(0).entries().get(0).deliveries().get(0).delivery();
  }

  public CommitResult commit(Batch batch) {
    return store.deliveries().commit(owner, batch);
  }

  /** A new delivery of this owner. */
  public Delivery owned(EndpointId endpoint) {
    Event event = samples.event();
    Delivery delivery = samples.delivery(event, endpoint);
    commit(batch(event, delivery, true));
    return delivery;
  }

  public List<Delivery> claim(EndpointId endpoint) {
    return claimed(endpoint).work().stream().map(ClaimResult.Work::delivery).toList();
  }

  /** Claims whatever is due until far ahead. */
  ClaimResult claimed(EndpointId endpoint) {
    ClaimRequest claim = new ClaimRequest(Map.of(endpoint, 100), 100, Long.MAX_VALUE, FAR_AHEAD);
    return store.deliveries().claim(owner, claim);
  }

  @Override
  public void close() {
    store.close();
  }
}
