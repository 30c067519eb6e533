package dev.hookferry.http.console.frame;

import dev.hookferry.access.KeyText;
import dev.hookferry.id.KeyId;
import dev.hookferry.session.NewSession;
import dev.hookferry.session.OpenSession;
import dev.hookferry.session.SessionKeeper;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.session.SessionFilter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of signed-in browsers. The store holds them, so every node accepts them and they survive
 * restarts. While the store is unavailable, sessions that this node has already seen remain valid
 * on it. Thread-safe; blocks.
 */
public final class ConsoleSessions {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http.console");
  private static final String KIND = "console";
  private static final Duration IDLE = Duration.ofMinutes(60);
  private static final Duration MAX_TIME = Duration.ofHours(12);
  private static final int MAX_SEEN = 1_000;

  private final SessionKeeper keeper;
  private final InstantSource clock;
  private final Map<String, OpenSession> seen = new LinkedHashMap<>(16, 0.75f, true);

  public ConsoleSessions(SessionKeeper keeper, InstantSource clock) {
    this.keeper = keeper;
    this.clock = clock;
  }

  /**
   * Starts a session.
   *
   * @return the value of the session cookie
   */
  String begin(KeyId key) {
    return keeper.begin(NewSession.of(KIND, IDLE).key(key)).token();
  }

  /**
   * Returns the session of a cookie, unless it is unknown, idle for too long or too old.
   *
   * @param note the token of the note left by the last request, or null
   * @param byHand whether a user, not an automatic refresh, caused the request; this counts as
   *     activity
   */
  public Optional<Session> find(@Nullable String token, @Nullable String note, boolean byHand) {
    return token == null
        ? Optional.empty()
        : open(token, byHand)
            .filter(session -> session.entry().key() != null)
            .map(session -> new Session(keeper, session.entry(), token, note));
  }

  private Optional<OpenSession> open(String token, boolean byHand) {
    String hash = KeyText.sha256(token);
    try {
      Optional<OpenSession> found = keeper.find(KIND, token);
      remember(hash, found);
      if (byHand) {
        found.ifPresent(session -> keeper.extend(session, IDLE, MAX_TIME));
      }
      return found;
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "the store is not available; known sessions continue", e);
      return known(hash);
    }
  }

  private synchronized void remember(String hash, Optional<OpenSession> found) {
    seen.remove(hash);
    found.ifPresent(session -> seen.put(hash, session));
    if (seen.size() > MAX_SEEN) {
      seen.remove(seen.keySet().iterator().next());
    }
  }

  private synchronized Optional<OpenSession> known(String hash) {
    return Optional.ofNullable(seen.get(hash))
        .filter(session -> !clock.instant().isAfter(session.entry().expiresAt()));
  }

  /** Ends a session and forgets its drafts; its cookie becomes invalid on every node. */
  void end(@Nullable String token) {
    if (token != null) {
      remember(KeyText.sha256(token), Optional.empty());
      keeper
          .take(KIND, token)
          .map(session -> session.entry().id().toString())
          .ifPresent(
              id -> {
                int unused =
                    keeper.end(SessionFilter.ofKind(SessionDrafts.KIND).subject(id))
                        + keeper.end(SessionFilter.ofKind(Session.NOTE).subject(id));
              });
    }
  }
}
