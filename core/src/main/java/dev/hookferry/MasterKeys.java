package dev.hookferry;

import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.SecretContexts.Placed;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The master keys that seal secrets. Thread-safe; changes block until they are durable, and throw
 * {@link dev.hookferry.store.StoreException} if the store fails.
 *
 * <p>A rotation goes in steps of some endpoints each. Whatever ends it in between, every secret is
 * under the old or under the new key. The configuration says that it is under way, so the next
 * start of a node ends it; so does the next rotation, which then makes no other key.
 */
public final class MasterKeys {
  /** How many sites and endpoints change at once: a step must not keep other changes waiting. */
  private static final int STEP = 100;

  private final CoreServices parts;
  private volatile @Nullable Counted counted;

  MasterKeys(CoreServices parts) {
    this.parts = parts;
  }

  /**
   * How secrets are kept.
   *
   * @param newest the name of the key that seals, or null if secrets are kept as they are
   * @param readable the names of the keys that can open, the newest last
   * @param secrets how many secrets each key has sealed, by the names of the keys in use
   * @param unsealed how many secrets are kept as they are
   */
  public record Status(
      @Nullable String newest, List<String> readable, Map<String, Integer> secrets, int unsealed) {
    public Status {
      readable = List.copyOf(readable);
      secrets = Map.copyOf(secrets);
    }

    /** The keys that are needed and not here. */
    public List<String> missing() {
      return secrets.keySet().stream().filter(id -> !readable.contains(id)).sorted().toList();
    }

    /** How many secrets are not sealed by the newest key. */
    public int stale() {
      int all = unsealed + secrets.values().stream().mapToInt(Integer::intValue).sum();
      return newest == null ? 0 : all - secrets.getOrDefault(newest, 0);
    }

    /** All of this in a word, the worst first. */
    public State state() {
      if (!missing().isEmpty()) {
        return State.KEY_MISSING;
      }
      if (newest == null || unsealed > 0) {
        return State.UNSEALED;
      }
      return stale() > 0 ? State.STALE : State.SEALED;
    }

    /** The keys that can open and that nothing in the store needs any more. */
    public List<String> unused() {
      return readable.stream()
          .filter(id -> !id.equals(newest) && !secrets.containsKey(id))
          .toList();
    }
  }

  /** Whether secrets are kept as they should be. */
  public enum State {
    /** All are under the newest key. */
    SEALED,
    /** Some are under an older key: a rotation is not finished. */
    STALE,
    /** There is no master key, or some are not sealed yet. */
    UNSEALED,
    /** Some cannot be opened, because their key is not here. */
    KEY_MISSING;

    /** The word on the wire. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a rotation did.
   *
   * @param rewrapped how many sites and endpoints have secrets under the newest key now that had
   *     not before
   * @param status how secrets are kept now
   */
  public record Rotation(int rewrapped, Status status) {}

  /** How secrets are kept, as this node knows it; asks no store, and is cheap to ask again. */
  public Status status() {
    Config config = parts.keeper().config();
    List<String> keys = parts.cipher().keys();
    Counted known = counted;
    if (known == null || known.version() != config.version() || !known.keys().equals(keys)) {
      known = new Counted(config.version(), keys, count(config, keys));
      counted = known;
    }
    return known.status();
  }

  private Status count(Config config, List<String> keys) {
    Map<String, Integer> secrets = new TreeMap<>();
    SecretCipher cipher = parts.cipher();
    placed(config)
        .forEach(p -> secrets.merge(cipher.keyOf(p.sealed()).orElse(""), 1, Integer::sum));
    Integer unsealed = secrets.remove("");
    String newest = keys.isEmpty() ? null : keys.get(keys.size() - 1);
    return new Status(newest, keys, secrets, unsealed == null ? 0 : unsealed);
  }

  private record Counted(long version, List<String> keys, Status status) {}

  /**
   * Puts every secret under the newest master key. A key that was added where keys are kept counts;
   * if there is none that is newer, and the place is Hookferry's own, one is made.
   *
   * @throws ConflictException if there is no newer key, or one that is needed is missing
   */
  public Rotation rotate() {
    parts.keeper().refresh();
    try {
      parts.cipher().renew(false);
      String newest = status().newest();
      if (status().stale() == 0 && (newest == null || !isUnfinished(newest))) {
        parts.cipher().renew(true);
        refuseUnlessNewer(newest, status().newest());
      }
      return rotateTo(String.valueOf(status().newest()));
    } catch (MasterKeyException e) {
      throw new ConflictException(String.valueOf(e.getMessage()));
    }
  }

  private Rotation rotateTo(String newest) {
    mark(newest);
    int rewrapped = reseal(secret -> true);
    mark(null);
    parts.shell().tell(l -> l.masterKeyRotated(newest, rewrapped));
    return new Rotation(rewrapped, status());
  }

  /** Stores that a rotation to this key begins or, with null, that it has ended. */
  private void mark(@Nullable String key) {
    parts.change(
        config ->
            Objects.equals(key, config.rotation())
                ? Planned.of(false)
                : Planned.of(true, new ConfigChange.PutRotation(key)));
  }

  private boolean isUnfinished(String key) {
    return key.equals(parts.keeper().config().rotation());
  }

  private static void refuseUnlessNewer(@Nullable String before, @Nullable String now) {
    if (now == null) {
      throw new ConflictException("no master key is given, so secrets are kept as they are");
    }
    if (now.equals(before)) {
      throw new ConflictException(
          "all secrets are under "
              + now
              + ", the newest master key that is given; add a newer one first, on every node");
    }
  }

  /**
   * Sees to it that every secret can be opened, seals those that are not sealed yet, and ends a
   * rotation that was broken off.
   *
   * @throws MasterKeyException if a key is missing; nothing was changed then
   */
  void ready() {
    List<String> missing = status().missing();
    if (!missing.isEmpty()) {
      throw MasterKeyException.missing(
          "a secret in the store", missing.get(0), status().readable());
    }
    parts.cipher().renew(false);
    sealUnsealed();
    String newest = status().newest();
    if (newest != null && isUnfinished(newest)) {
      Rotation unused = rotateTo(newest);
    }
  }

  /** Takes notice of what other nodes did: of keys that are new here, of secrets without a seal. */
  void follow() {
    List<String> missing = status().missing();
    if (!missing.isEmpty()) {
      parts.cipher().renew(false);
      List<String> still = status().missing();
      if (!still.isEmpty()) {
        throw MasterKeyException.missing(
            "a secret in the store", still.get(0), status().readable());
      }
    }
    sealUnsealed();
  }

  private void sealUnsealed() {
    if (status().unsealed() > 0 && !parts.cipher().keys().isEmpty()) {
      int unused = reseal(secret -> parts.cipher().keyOf(secret.sealed()).isEmpty());
    }
  }

  /** Puts what is chosen under the newest key, step by step; how many things were changed. */
  private int reseal(Predicate<Placed> chosen) {
    int all = 0;
    int step;
    do {
      step = parts.keeper().change(config -> step(config, chosen));
      all += step;
    } while (step > 0);
    return all;
  }

  private Planned<Integer> step(Config config, Predicate<Placed> chosen) {
    SecretCipher cipher = parts.cipher();
    List<String> keys = cipher.keys();
    String newest = keys.get(keys.size() - 1);
    Predicate<Placed> stale =
        chosen.and(p -> !cipher.keyOf(p.sealed()).filter(newest::equals).isPresent());
    SecretContexts.Change change =
        (secret, context) ->
            stale.test(new Placed(secret, context)) ? cipher.rewrap(secret, context) : secret;
    List<ConfigChange> changes = new ArrayList<>();
    config.sites().values().stream()
        .filter(site -> SecretContexts.in(site).anyMatch(stale))
        .limit(STEP)
        .forEach(
            site -> changes.add(new ConfigChange.PutSite(SecretContexts.change(site, change))));
    config.endpoints().values().stream()
        .filter(endpoint -> SecretContexts.in(endpoint).anyMatch(stale))
        .limit(STEP - changes.size())
        .forEach(
            endpoint ->
                changes.add(new ConfigChange.PutEndpoint(SecretContexts.change(endpoint, change))));
    return new Planned<>(changes, changes.size());
  }

  private static Stream<Placed> placed(Config config) {
    return Stream.concat(
        config.sites().values().stream().flatMap(SecretContexts::in),
        config.endpoints().values().stream().flatMap(SecretContexts::in));
  }
}
