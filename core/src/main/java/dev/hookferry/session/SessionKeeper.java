package dev.hookferry.session;

import dev.hookferry.access.KeyText;
import dev.hookferry.id.IdSource;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.store.session.SessionEntry;
import dev.hookferry.store.session.SessionFilter;
import dev.hookferry.store.session.SessionStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Begins, finds and ends sessions in the store. Sessions are valid on every node of the store and
 * survive restarts; once ended, a session is immediately refused by every node. The store contains
 * only the SHA-256 of their tokens, and their sealed texts. Thread-safe; every method but the
 * constructor blocks, and throws {@link dev.hookferry.store.StoreException} if the store fails.
 */
public final class SessionKeeper {
  /** Minimum time between extensions of a session, so that viewing pages rarely causes a write. */
  private static final Duration PRECISION = Duration.ofMinutes(1);

  /** How long an expired session can still be recognized. */
  private static final Duration GRACE = Duration.ofHours(1);

  private static final int TOKEN_BYTES = 32;

  /** Prefix of a sealed text that is visible ASCII. */
  private static final char AS_IT_IS = '=';

  /** Prefix of any other sealed text, in Base64. */
  private static final char ENCODED = ':';

  private final SessionStore store;
  private final SecretCipher cipher;
  private final InstantSource clock;
  private final IdSource ids;
  private final RandomGenerator random;

  /**
   * Creates a keeper.
   *
   * @param cipher seals texts
   * @param random source of tokens; cryptographically secure and thread-safe
   */
  public SessionKeeper(
      SessionStore store,
      SecretCipher cipher,
      InstantSource clock,
      IdSource ids,
      RandomGenerator random) {
    this.store = Objects.requireNonNull(store, "store");
    this.cipher = Objects.requireNonNull(cipher, "cipher");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.ids = Objects.requireNonNull(ids, "ids");
    this.random = Objects.requireNonNull(random, "random");
  }

  /**
   * A newly started session.
   *
   * @param token the secret token, 43 characters of URL-safe Base64; it cannot be retrieved again
   */
  public record Begun(String token, SessionEntry entry) {
    public Begun {
      Objects.requireNonNull(token, "token");
      Objects.requireNonNull(entry, "entry");
    }

    @Override
    public String toString() {
      return "Begun[" + entry + "]";
    }
  }

  /**
   * Begins a session.
   *
   * @throws InvalidException if its text is too long
   */
  public Begun begin(NewSession requested) {
    Objects.requireNonNull(requested, "requested");
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = now();
    UUID id = ids.next(now);
    SessionEntry entry =
        new SessionEntry(
            id,
            hash(requested.kind(), token),
            requested.kind(),
            requested.site(),
            requested.subject(),
            requested.key(),
            now,
            now,
            now.plus(requested.lifetime()).truncatedTo(ChronoUnit.MILLIS),
            sealed(requested, id));
    store.add(entry);
    return new Begun(token, entry);
  }

  /** Returns the session with this token; empty if it has expired or been ended. */
  public Optional<OpenSession> find(String kind, String token) {
    return store.find(hash(kind, token)).flatMap(this::open);
  }

  /**
   * Returns the session with this token if it expired, rather than being ended, within the last
   * hour.
   */
  public Optional<OpenSession> expired(String kind, String token) {
    return store.find(hash(kind, token)).filter(this::hasExpired).flatMap(this::unsealed);
  }

  /**
   * Ends and returns the session with this token. Only one of several concurrent callers gets it.
   */
  public Optional<OpenSession> take(String kind, String token) {
    return store.take(hash(kind, token)).flatMap(this::open);
  }

  /**
   * Extends a session that is in use. Writes at most once a minute, or once per quarter of {@code
   * idle} if that is less.
   *
   * @param idle the time from now until the session expires unless it is extended again
   * @param maxLifetime the maximum time from creation to expiry
   */
  public void extend(OpenSession session, Duration idle, Duration maxLifetime) {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(idle, "idle");
    Objects.requireNonNull(maxLifetime, "maxLifetime");
    SessionEntry entry = session.entry();
    Instant now = now();
    Duration quarter = idle.dividedBy(4);
    Duration precision = quarter.compareTo(PRECISION) < 0 ? quarter : PRECISION;
    if (now.isBefore(entry.usedAt().plus(precision))) {
      return;
    }
    Instant end = entry.createdAt().plus(maxLifetime);
    Instant next = now.plus(idle);
    boolean unused = store.extend(entry.hash(), now, next.isBefore(end) ? next : end);
  }

  /**
   * Returns the sessions that have not ended, newest first.
   *
   * @throws InvalidException if the cursor does not belong to such a list
   */
  public Page<SessionEntry> list(SessionFilter filter, PageRequest page) {
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(page, "page");
    List<SessionEntry> found =
        store.list(filter.aliveAt(now()), cursor(page.cursor()), page.limit() + 1);
    boolean more = found.size() > page.limit();
    List<SessionEntry> data = more ? found.subList(0, page.limit()) : found;
    return new Page<>(data, more ? data.get(data.size() - 1).id().toString() : null);
  }

  private static @Nullable UUID cursor(@Nullable String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw InvalidException.of(
          "cursor", "is not a cursor of this list; start with the first page");
    }
  }

  /** Ends sessions with immediate effect on every node, and returns their number. */
  public int end(SessionFilter filter) {
    return store.remove(Objects.requireNonNull(filter, "filter"));
  }

  /** Deletes sessions that expired more than an hour ago, and returns their number. */
  public int purge() {
    return store.purge(now().minus(GRACE));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Unseals a session; empty if it has expired or its text cannot be unsealed, for example because
   * the master key is gone.
   */
  public Optional<OpenSession> open(SessionEntry entry) {
    Objects.requireNonNull(entry, "entry");
    return hasExpired(entry) ? Optional.empty() : unsealed(entry);
  }

  private boolean hasExpired(SessionEntry entry) {
    return now().isAfter(entry.expiresAt());
  }

  private Optional<OpenSession> unsealed(SessionEntry entry) {
    try {
      return Optional.of(new OpenSession(entry, text(entry)));
    } catch (MasterKeyException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String text(SessionEntry entry) {
    if (entry.text().isEmpty()) {
      return "";
    }
    String stored = entry.text().substring(1);
    String sealed =
        entry.text().charAt(0) == AS_IT_IS
            ? stored
            : new String(Base64.getUrlDecoder().decode(stored), StandardCharsets.UTF_8);
    return cipher.open(new Sealed(sealed), context(entry.kind(), entry.id()));
  }

  private String sealed(NewSession requested, UUID id) {
    if (requested.text().isEmpty()) {
      return "";
    }
    String sealed = cipher.seal(requested.text(), context(requested.kind(), id)).text();
    String text =
        sealed.chars().allMatch(c -> '!' <= c && c <= '~')
            ? AS_IT_IS + sealed
            : ENCODED
                + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(sealed.getBytes(StandardCharsets.UTF_8));
    if (text.length() > SessionEntry.MAX_TEXT) {
      throw InvalidException.of("session", "is too large to store; shorten its content");
    }
    return text;
  }

  private static String context(String kind, UUID id) {
    return "session/" + kind + "/" + id;
  }

  private static String hash(String kind, String token) {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(token, "token");
    return KeyText.sha256(kind + " " + token);
  }
}
