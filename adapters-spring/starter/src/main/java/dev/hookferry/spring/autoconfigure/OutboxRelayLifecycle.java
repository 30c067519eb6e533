package dev.hookferry.spring.autoconfigure;

import dev.hookferry.Webhooks;
import dev.hookferry.jdbc.outbox.OutboxOptions;
import dev.hookferry.jdbc.outbox.OutboxRelay;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Relays the outbox while Hookferry is running: starts after it and stops before it. */
final class OutboxRelayLifecycle implements SmartLifecycle {
  private final Webhooks webhooks;
  private final OutboxOptions options;
  private volatile @Nullable OutboxRelay relay;

  OutboxRelayLifecycle(Webhooks webhooks, OutboxOptions options) {
    this.webhooks = webhooks;
    this.options = options;
  }

  /** Makes the relay look for rows now; does nothing while it is stopped. Does not block. */
  void wake() {
    OutboxRelay running = relay;
    if (running != null) {
      running.wake();
    }
  }

  @Override
  public void start() {
    relay = OutboxRelay.start(webhooks, options);
  }

  @Override
  public void stop() {
    OutboxRelay running = relay;
    relay = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public boolean isRunning() {
    return relay != null;
  }

  @Override
  public int getPhase() {
    return HookferryLifecycle.PHASE + 1;
  }

  /** See {@link HookferryLifecycle#isPauseable}. */
  public boolean isPauseable() {
    return false;
  }
}
