package dev.hookferry.http.route;

import dev.hookferry.Webhooks;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Makes changes from other nodes visible before a request is handled. */
public final class ConfigRefresh {
  /** Maximum time that a request waits for a refresh. */
  static final Duration MAX_TIME = Duration.ofSeconds(2);

  private ConfigRefresh() {}

  /**
   * Refreshes the configuration and blocks until that is done, at most {@link #MAX_TIME}. If the
   * store is unavailable, the request uses this node's copy.
   */
  public static void await(Webhooks webhooks) {
    var unused =
        webhooks
            .refresh()
            .completeOnTimeout(null, MAX_TIME.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(failure -> null)
            .join();
  }
}
