package dev.hookferry;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.Listener;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.RecordingListener;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** A Hookferry to test with: its clock is advanced manually. */
public final class Embedded implements AutoCloseable {
  public static final SiteId SITE = SiteId.DEFAULT;

  public final ManualClock clock = ManualClock.atNoon();
  public final MemoryStore store;
  public final ScriptedTransport transport = new ScriptedTransport();
  public final RecordingListener listener = new RecordingListener();
  public final Hookferry hookferry;
  public final Webhooks webhooks;

  public Embedded() {
    store = new MemoryStore(clock, Duration.ofHours(1));
    hookferry = with(listener);
    webhooks = hookferry.webhooks();
  }

  /** Starts one more on the same store; close the other one before. */
  public Hookferry with(Listener told) {
    return Hookferry.builder(store, transport)
        .secrets(Secrets.inTheClear())
        .clock(clock)
        .random(new Random(3))
        .listener(told)
        .schemas(new ScriptedSchemas())
        .build()
        .start();
  }

  /** Waits until so many deliveries became final. */
  public void awaitSettled(int count) {
    Poll.until(() -> listener.settled().size() >= count);
  }

  public List<Delivery> deliveries(DeliveryState state) {
    return webhooks.deliveries().list(DeliveryQuery.ofSite(SITE).state(state)).data();
  }

  @Override
  public void close() {
    hookferry.close();
  }
}
