package dev.hookferry.app.wiring;

import dev.hookferry.Webhooks;
import dev.hookferry.jdbc.outbox.OutboxOptions;
import dev.hookferry.jdbc.outbox.OutboxRelay;
import java.util.ArrayList;
import java.util.List;

/** The relays of the configured outboxes. Not thread-safe. */
final class OutboxRelays implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.outbox");

  private final List<OutboxOptions> configured;
  private final List<OutboxRelay> running = new ArrayList<>();

  OutboxRelays(List<OutboxOptions> configured) {
    this.configured = configured;
  }

  void start(Webhooks webhooks) {
    for (OutboxOptions options : configured) {
      running.add(OutboxRelay.start(webhooks, options));
      LOG.log(System.Logger.Level.INFO, "outbox configured outbox={0}", options);
    }
  }

  /** Stops all relays in parallel, each within its drain time. */
  @Override
  public void close() {
    running.parallelStream().forEach(OutboxRelay::close);
    running.clear();
  }
}
