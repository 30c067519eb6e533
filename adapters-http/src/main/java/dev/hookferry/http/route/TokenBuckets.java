package dev.hookferry.http.route;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bucket of tokens for each of many names, filled at a steady rate. The memory is bounded: of
 * more names than that, those that were not seen for longest are forgotten, and begin with a full
 * bucket when they come again. Thread-safe.
 */
public final class TokenBuckets<K> {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final int burst;
  private final InstantSource clock;
  private final Map<K, Bucket> buckets;

  /**
   * No names yet.
   *
   * @param perSecond how many tokens come, above 0
   * @param burst how many a bucket holds, 1 or more
   * @param most how many names are remembered
   */
  public TokenBuckets(double perSecond, int burst, int most, InstantSource clock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.clock = clock;
    buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
            return size() > most;
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

  /** Takes a token; gives how long to wait if there is none, else nothing. */
  public synchronized Duration take(K name) {
    Bucket bucket = filled(name);
    if (bucket.tokens >= 1) {
      bucket.tokens--;
      return Duration.ZERO;
    }
    return missing(bucket);
  }

  /** How long until there is a token; nothing, if there is one. */
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
    // A clock that was put back fills nothing, and takes nothing away.
    bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, seconds) * perSecond);
    bucket.filled = now;
    return bucket;
  }

  /** How many names are remembered. */
  public synchronized int size() {
    return buckets.size();
  }
}
