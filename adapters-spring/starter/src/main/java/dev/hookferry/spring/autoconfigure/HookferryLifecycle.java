package dev.hookferry.spring.autoconfigure;

import dev.hookferry.Hookferry;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/**
 * Starts Hookferry before the web server and message listeners, and drains it after they have
 * stopped. The container closes it later, before the {@code DataSource}.
 */
final class HookferryLifecycle implements SmartLifecycle {
  /** Lower than the phases of web servers, which are 1,024 and 2,048 below the default. */
  static final int PHASE = DEFAULT_PHASE - 4_096;

  private final Hookferry hookferry;
  private final List<String> eventTypes;
  private volatile boolean running;

  HookferryLifecycle(Hookferry hookferry, List<String> eventTypes) {
    this.hookferry = hookferry;
    this.eventTypes = eventTypes;
  }

  @Override
  public void start() {
    hookferry.start();
    running = true;
    DeclaredTypes.add(hookferry.webhooks(), eventTypes);
  }

  @Override
  public void stop() {
    hookferry.drain();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  /**
   * Returns false, because Spring 7 would otherwise stop Hookferry in a cached test context, and it
   * cannot be started twice.
   */
  public boolean isPauseable() {
    return false;
  }
}
