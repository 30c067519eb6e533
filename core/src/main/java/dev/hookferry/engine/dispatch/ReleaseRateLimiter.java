package dev.hookferry.engine.dispatch;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rate limiter for endpoints that were resumed at a chosen rate: limits how fast their held
 * deliveries are claimed from the store, until none are left.
 */
public final class ReleaseRateLimiter {
  private final Map<EndpointId, TokenBucket> buckets = new ConcurrentHashMap<>();
  private @Nullable Instant nextAt;

  /** Updates the limiter after an endpoint was configured. */
  public void configured(Endpoint endpoint, Instant now) {
    EndpointStatus status = endpoint.status();
    if (status.perSecond() == null || !status.enabled()) {
      buckets.remove(endpoint.id());
    } else {
      buckets.put(endpoint.id(), new TokenBucket(status.perSecond(), now));
    }
  }

  /** Shifts the buckets after the clock was set back, so that they keep filling. */
  public void clockSetBack(Duration by) {
    buckets.values().forEach(bucket -> bucket.at = bucket.at.minus(by));
    nextAt = nextAt == null ? null : nextAt.minus(by);
  }

  /** Returns whether an endpoint is limited; any thread may call this. */
  public boolean isLimited(EndpointId endpoint) {
    return buckets.containsKey(endpoint);
  }

  /** Forgets a removed endpoint. */
  public void remove(EndpointId endpoint) {
    buckets.remove(endpoint);
  }

  /**
   * Limits the room of each endpoint to what may be released now.
   *
   * @param rooms receives the limited rooms
   * @param before returns the room of an endpoint without this limit
   */
  public void cut(Map<EndpointId, Integer> rooms, ToIntFunction<EndpointId> before, Instant now) {
    nextAt = null;
    buckets.forEach(
        (endpoint, bucket) -> {
          int room = before.applyAsInt(endpoint);
          if (room > 0) {
            rooms.put(endpoint, Math.min(room, bucket.ready(now)));
            Instant next = bucket.next(now);
            nextAt = nextAt == null || next.isBefore(nextAt) ? next : nextAt;
          }
        });
  }

  /**
   * Returns when more may be released than at the last {@link #cut}, or null if it limited nothing.
   */
  public @Nullable Instant nextAt() {
    return nextAt;
  }

  /** Processes the result of a claim; endpoints with nothing left are no longer limited. */
  public void claimed(ClaimRequest claim, List<Work> work) {
    if (buckets.isEmpty()) {
      return;
    }
    for (Work one : work) {
      TokenBucket bucket = buckets.get(one.delivery().endpoint());
      if (bucket != null) {
        bucket.took();
      }
    }
    long bytes = work.stream().mapToLong(one -> one.event().payload().size()).sum();
    if (work.size() < claim.limit() && bytes * 2 < claim.maxBytes()) {
      buckets.entrySet().removeIf(e -> claim.room().of(e.getKey()) > 0 && !e.getValue().used());
    }
  }

  /** Token bucket of one endpoint: fills at the rate and is drained every tenth of a second. */
  private static final class TokenBucket {
    private static final int STEPS = 10;
    private static final double NANOS = 1e9;

    private final int perSecond;
    private final double step;
    private double tokens;
    private Instant at;
    private boolean used;

    TokenBucket(int perSecond, Instant now) {
      this.perSecond = perSecond;
      step = Math.max(1, perSecond / STEPS);
      tokens = step;
      at = now;
    }

    int ready(Instant now) {
      if (now.isAfter(at)) {
        double grown = Duration.between(at, now).toNanos() / NANOS * perSecond;
        tokens = Math.min(tokens + grown, 2 * step);
        at = now;
      }
      used = false;
      return tokens < step ? 0 : (int) tokens;
    }

    /** Returns when the next step of tokens will have accumulated. */
    Instant next(Instant now) {
      double missing = tokens < step ? step - tokens : step;
      return now.plusMillis((long) Math.ceil(missing / perSecond * 1000));
    }

    void took() {
      tokens--;
      used = true;
    }

    boolean used() {
      return used;
    }
  }
}
