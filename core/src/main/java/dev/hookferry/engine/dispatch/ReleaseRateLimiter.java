package dev.hookferry.engine.dispatch;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints that were resumed at a chosen rate: what the store held for them comes out of it no
 * faster than that, until nothing of it is left.
 */
public final class ReleaseRateLimiter {
  private final Map<EndpointId, Release> under = new HashMap<>();
  private @Nullable Instant nextAt;

  /** Learns how an endpoint stands from now on. */
  public void configured(Endpoint endpoint, Instant now) {
    EndpointStatus standing = endpoint.standing();
    if (standing.perSecond() == null || !standing.enabled()) {
      under.remove(endpoint.id());
    } else {
      under.put(endpoint.id(), new Release(standing.perSecond(), now));
    }
  }

  /** The clock was set back by this much: the buckets go on filling. */
  public void setBack(Duration by) {
    under.values().forEach(release -> release.at = release.at.minus(by));
    nextAt = nextAt == null ? null : nextAt.minus(by);
  }

  /** Forgets an endpoint that is no more. */
  public void remove(EndpointId endpoint) {
    under.remove(endpoint);
  }

  /** Leaves each endpoint no more room than may come out of the store now. */
  public Map<EndpointId, Integer> cut(Map<EndpointId, Integer> rooms, Instant now) {
    nextAt = null;
    if (under.isEmpty()) {
      return rooms;
    }
    Map<EndpointId, Integer> left = new LinkedHashMap<>(rooms);
    under.forEach(
        (endpoint, release) -> {
          if (rooms.containsKey(endpoint)) {
            int most = release.ready(now);
            left.computeIfPresent(endpoint, (id, room) -> most == 0 ? null : Math.min(room, most));
            Instant next = release.next(now);
            nextAt = nextAt == null || next.isBefore(nextAt) ? next : nextAt;
          }
        });
    return left;
  }

  /** When more may come out than at the last {@link #cut}, or null if that holds nothing back. */
  @Nullable
  public Instant nextAt() {
    return nextAt;
  }

  /** Learns what a claim brought. An endpoint for which there was nothing is through with it. */
  public void claimed(ClaimRequest claim, List<Work> work) {
    if (under.isEmpty()) {
      return;
    }
    for (Work one : work) {
      Release release = under.get(one.delivery().endpoint());
      if (release != null) {
        release.took();
      }
    }
    long bytes = work.stream().mapToLong(one -> one.event().payload().size()).sum();
    if (work.size() < claim.limit() && bytes * 2 < claim.maxBytes()) {
      under.entrySet().removeIf(e -> claim.room().containsKey(e.getKey()) && !e.getValue().used());
    }
  }

  /** One endpoint's: a bucket that fills at the rate, and is emptied in tenths of a second. */
  private static final class Release {
    private static final int STEPS = 10;
    private static final double NANOS = 1e9;

    private final int perSecond;
    private final double step;
    private double tokens;
    private Instant at;
    private boolean used;

    Release(int perSecond, Instant now) {
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

    /** A step from now at the soonest, counted up so that it is there by then. */
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
