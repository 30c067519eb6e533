package dev.hookferry.http.svix;

import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes repeated requests by their idempotency key, in two ways: this process caches
 * successful replies and sends them again; and the ids of the resources that a request creates are
 * derived from its key ({@link RequestKey}), so that other nodes and later processes recognize it,
 * too. Thread-safe.
 */
final class RepeatedRequests {
  /** Time for which a request is recognized as a repeat of an earlier one. */
  static final Duration WITHIN = Duration.ofHours(12);

  private static final String HEADER = "idempotency-key";
  private static final int MAX = 5_000;

  /** Maximum total size of the cached replies in bytes. */
  private static final int MAX_BYTES = 20 * 1024 * 1024;

  private static final int RANDOM = 16;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final IdSource ids;
  private final Map<UUID, Remembered> replies = new LinkedHashMap<>();
  private long bytes;

  /**
   * Creates an empty cache.
   *
   * @param random source of the ids of resources that requests without a key create; thread-safe
   */
  RepeatedRequests(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
    ids = new IdSource(random);
  }

  private record Remembered(CompletableFuture<HttpReply> reply, Instant since, int bytes) {}

  /** Returns an action that replies to repeats with the first successful reply. */
  ApiRoute.Action remembering(ApiRoute.Action action) {
    return call -> {
      String given = given(call);
      return given == null ? action.run(call) : run(call, key(call).id(Instant.EPOCH), action);
    };
  }

  private CompletableFuture<HttpReply> run(Call call, UUID key, ApiRoute.Action action) {
    CompletableFuture<HttpReply> mine = new CompletableFuture<>();
    synchronized (replies) {
      Instant now = clock.instant();
      Remembered known = replies.get(key);
      if (known != null && known.since().plus(WITHIN).isAfter(now)) {
        return known.reply().copy();
      }
      remove(key);
      replies.put(key, new Remembered(mine, now, 0));
      limit();
    }
    var unused =
        begun(call, action)
            .whenComplete(
                (reply, failure) -> {
                  boolean isRepeated = failure == null && reply.status() < 300;
                  settle(key, mine, isRepeated ? reply.body().length : null);
                  if (failure == null) {
                    mine.complete(reply);
                  } else {
                    mine.completeExceptionally(failure);
                  }
                });
    return mine.copy();
  }

  private static CompletableFuture<HttpReply> begun(Call call, ApiRoute.Action action) {
    try {
      return action.run(call);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Keeps a reply of the given size in bytes; forgets it if the size is null. */
  private void settle(UUID key, CompletableFuture<HttpReply> reply, @Nullable Integer size) {
    synchronized (replies) {
      Remembered known = replies.get(key);
      if (known == null || known.reply() != reply) {
        return;
      }
      if (size == null) {
        remove(key);
      } else {
        replies.put(key, new Remembered(reply, known.since(), size));
        bytes += size;
        limit();
      }
    }
  }

  /** Forgets the oldest replies while there are too many, or too many bytes. */
  private void limit() {
    while (replies.size() > MAX || bytes > MAX_BYTES) {
      remove(replies.keySet().iterator().next());
    }
  }

  private void remove(UUID key) {
    Remembered removed = replies.remove(key);
    bytes -= removed == null ? 0 : removed.bytes();
  }

  /** Returns the key of a request; a random one if the request has none. */
  RequestKey key(Call call) {
    String given = given(call);
    if (given == null) {
      byte[] chance = new byte[RANDOM];
      random.nextBytes(chance);
      return RequestKey.of(HexFormat.of().formatHex(chance));
    }
    KeyId caller = call.actor().key();
    return RequestKey.of(String.valueOf(caller), call.target(), given);
  }

  /** Returns the idempotency key of a request; null if it has none. */
  static @Nullable String given(Call call) {
    String key = call.header(HEADER);
    return key == null || key.isEmpty() ? null : key;
  }

  /** Returns a new id. */
  UUID unique() {
    return ids.next(clock.instant());
  }

  /** Returns the id of the resource that a request with this key creates now. */
  UUID id(RequestKey key) {
    return key.id(clock.instant());
  }

  /** Returns whether a request with this key created this id, at most {@link #WITHIN} ago. */
  boolean created(RequestKey key, UUID id) {
    return key.created(id, clock.instant(), WITHIN);
  }
}
