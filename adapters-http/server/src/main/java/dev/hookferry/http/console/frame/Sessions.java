package dev.hookferry.http.console.frame;

import dev.hookferry.access.KeyText;
import dev.hookferry.id.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this node, kept in memory only and by hashed token: after a restart, or at
 * another node, users sign in again. Thread-safe.
 */
public final class Sessions {
  private static final Duration IDLE = Duration.ofMinutes(60);
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final int MOST = 1_000;
  private static final int TOKEN_BYTES = 32;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Session> byHash = new LinkedHashMap<>(16, 0.75f, true);

  public Sessions(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Starts a session.
   *
   * @return the value of the session cookie
   */
  synchronized String begin(KeyId key) {
    String token = token();
    byHash.put(KeyText.sha256(token), new Session(key, token(), clock.instant()));
    if (byHash.size() > MOST) {
      byHash.remove(byHash.keySet().iterator().next());
    }
    return token;
  }

  /**
   * Returns the session of a cookie, unless it is unknown, idle for too long or too old.
   *
   * @param byHand whether a person caused the request, which counts as activity
   */
  public synchronized Optional<Session> find(@Nullable String token, boolean byHand) {
    if (token == null) {
      return Optional.empty();
    }
    String hash = KeyText.sha256(token);
    Session session = byHash.get(hash);
    if (session == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (now.isAfter(session.seen().plus(IDLE)) || now.isAfter(session.begun().plus(LONGEST))) {
      byHash.remove(hash);
      return Optional.empty();
    }
    if (byHand) {
      session.seenAt(now);
    }
    return Optional.of(session);
  }

  /** Ends a session; its cookie becomes invalid. */
  synchronized void end(@Nullable String token) {
    if (token != null) {
      byHash.remove(KeyText.sha256(token));
    }
  }

  private String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
