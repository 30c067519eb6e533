package dev.hookferry.http.route;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token-bucket rate limiters by name, refilled at a steady rate. Memory is bounded: beyond the
 * maximum number of names, the least recently used one is forgotten and starts again with a full
 * bucket. Thread-safe.
 */
public final class TokenBuckets<K> {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final int burst;
  private final InstantSource clock;
  private final Map<K, Bucket> buckets;

  /**
   * Creates an empty set of buckets.
   *
   * @param perSecond tokens added per second, above 0
   * @param burst capacity of a bucket, at least 1
   * @param max maximum number of names that are remembered
   */
  public TokenBuckets(double perSecond, int burst, int max, InstantSource clock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.clock = clock;
    buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
            return size() > max;
          }
        };
  }

  private static final class Bucket {
    private double tokens;
    private Instant filled;

    Bucket(double tokens, Instant filled) {
      this.tokens = tokens;
      this.filled = filled;
    }
  }

  /** Takes a token and returns zero; if there is none, returns the time until the next. */
  public synchronized Duration take(K name) {
    Bucket bucket = filled(name);
    if (bucket.tokens >= 1) {
      bucket.tokens--;
      return Duration.ZERO;
    }
    return missing(bucket);
  }

  /** Returns the time until the next token; zero if there is one now. */
  public synchronized Duration untilNext(K name) {
    return buckets.containsKey(name) ? missing(filled(name)) : Duration.ZERO;
  }

  private Duration missing(Bucket bucket) {
    double seconds = Math.max(0, 1 - bucket.tokens) / perSecond;
    return Duration.ofNanos((long) Math.ceil(seconds * NANOS));
  }

  private Bucket filled(K name) {
    Instant now = clock.instant();
    Bucket bucket = buckets.computeIfAbsent(name, n -> new Bucket(burst, now));
    double seconds = Duration.between(bucket.filled, now).toNanos() / NANOS;
    // A clock that was set back adds no tokens and removes none.
    bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, seconds) * perSecond);
    bucket.filled = now;
    return bucket;
  }

  /** Returns how many names are remembered. */
  public synchronized int size() {
    return buckets.size();
  }
}
