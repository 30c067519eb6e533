package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.app.config.OutboxConfig;
import java.time.Duration;
import java.util.List;

/** Provides the relays of the configured outboxes. */
final class OutboxModule extends AbstractModule {
  /** A batch takes milliseconds, unless the store hangs; its rows then wait for the next start. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final List<OutboxConfig> outboxes;

  OutboxModule(List<OutboxConfig> outboxes) {
    this.outboxes = outboxes;
  }

  @Provides
  @Singleton
  OutboxRelays relays(DeliveryConfig config) {
    Duration grace = config.stopGrace();
    Duration drain = grace.compareTo(DRAIN) < 0 ? grace : DRAIN;
    return new OutboxRelays(outboxes.stream().map(outbox -> outbox.options(drain)).toList());
  }
}
