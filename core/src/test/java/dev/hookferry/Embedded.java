package dev.hookferry;

import dev.hookferry.contract.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.RecordingListener;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** A Hookferry to test with: its clock is turned by hand. */
final class Embedded implements AutoCloseable {
  static final SiteId SITE = SiteId.DEFAULT;

  final ManualClock clock = ManualClock.atNoon();
  final MemoryStore store;
  final ScriptedTransport transport = new ScriptedTransport();
  final RecordingListener listener = new RecordingListener();
  final Hookferry hookferry;
  final Webhooks webhooks;

  Embedded() {
    store = new MemoryStore(clock, Duration.ofHours(1));
    hookferry =
        Hookferry.builder(store, transport)
            .clock(clock)
            .random(new Random(3))
            .listener(listener)
            .build()
            .start();
    webhooks = hookferry.webhooks();
  }

  /** Waits until so many deliveries became final. */
  void awaitSettled(int count) {
    Poll.until(Duration.ofSeconds(10), () -> listener.settled().size() >= count);
  }

  List<Delivery> deliveries(DeliveryState state) {
    return webhooks.deliveries().list(SITE, DeliveryFilter.ALL.in(state)).data();
  }

  @Override
  public void close() {
    hookferry.close();
  }
}
