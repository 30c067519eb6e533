package dev.hookferry.http.route;

import dev.hookferry.access.ApiKey;
import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.options.Rates;
import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.id.KeyId;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Rate limiter per API key. Thread-safe. */
final class KeyRates {
  private static final int MAX_KEYS = 100_000;

  private final @Nullable TokenBuckets<KeyId> buckets;
  private final Counter refused;

  KeyRates(Rates rates, InstantSource clock, Metrics metrics) {
    refused =
        metrics.counter(
            "hookferry_rate_limited_total", "Requests refused by the rate limit of their key.");
    buckets =
        rates.perKey() == 0
            ? null
            : new TokenBuckets<>(rates.perKey(), rates.burst(), MAX_KEYS, clock);
  }

  /**
   * Counts a request.
   *
   * @throws EarlyReply with 429 if the key exceeds its rate
   */
  void count(ApiKey key) {
    Duration wait = buckets == null ? Duration.ZERO : buckets.take(key.id());
    if (!wait.isZero()) {
      refused.inc();
      throw EarlyReply.tooMany("rate limit of this key exceeded", wait);
    }
  }
}
