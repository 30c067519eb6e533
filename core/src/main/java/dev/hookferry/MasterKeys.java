package dev.hookferry;

import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.SecretContexts.BoundSecret;
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
 * <p>A rotation runs in small steps. If it is interrupted, every secret is still sealed under
 * either the old or the new key. The configuration records the unfinished rotation, and the next
 * start of a node or the next rotation completes it without creating another key.
 */
public final class MasterKeys {
  /** Sites and endpoints rewrapped in one step; small, so that other changes do not wait. */
  private static final int STEP = 100;

  private final CoreServices services;
  private volatile @Nullable Counted counted;

  MasterKeys(CoreServices services) {
    this.services = services;
  }

  /**
   * State of the stored secrets.
   *
   * @param newest name of the key that seals new secrets, or null if secrets are stored unencrypted
   * @param readable names of the available keys, newest last
   * @param secrets number of secrets sealed under each key, by key name
   * @param unsealed number of secrets that are stored unencrypted
   */
  public record Status(
      @Nullable String newest, List<String> readable, Map<String, Integer> secrets, int unsealed) {
    public Status {
      Objects.requireNonNull(readable, "readable");
      Objects.requireNonNull(secrets, "secrets");
      readable = List.copyOf(readable);
      secrets = Map.copyOf(secrets);
    }

    /** Returns the names of keys that seal secrets but are not available here. */
    public List<String> missing() {
      return secrets.keySet().stream().filter(id -> !readable.contains(id)).sorted().toList();
    }

    /** Returns the number of secrets that are not sealed under the newest key. */
    public int stale() {
      int all = unsealed + secrets.values().stream().mapToInt(Integer::intValue).sum();
      return newest == null ? 0 : all - secrets.getOrDefault(newest, 0);
    }

    /** Returns the most severe state that applies. */
    public State state() {
      if (!missing().isEmpty()) {
        return State.KEY_MISSING;
      }
      if (newest == null || unsealed > 0) {
        return State.UNSEALED;
      }
      return stale() > 0 ? State.STALE : State.SEALED;
    }

    /** Returns the names of available keys that are no longer needed by any stored secret. */
    public List<String> unused() {
      return readable.stream()
          .filter(id -> !id.equals(newest) && !secrets.containsKey(id))
          .toList();
    }
  }

  /** Overall state of the stored secrets. */
  public enum State {
    /** All secrets are sealed under the newest key. */
    SEALED,
    /** Some secrets are sealed under an older key: a rotation is not finished. */
    STALE,
    /** No master key is configured, or some secrets are not sealed yet. */
    UNSEALED,
    /** Some secrets cannot be opened, because their key is not available here. */
    KEY_MISSING;

    /** Returns the lower-case name used in the API. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Result of a rotation.
   *
   * @param rewrapped number of sites and endpoints whose secrets were moved to the newest key
   * @param status state of the secrets afterwards
   */
  public record Rotation(int rewrapped, Status status) {
    public Rotation {
      Objects.requireNonNull(status, "status");
    }
  }

  /** Returns the state of the secrets as this node knows it. Cheap; does not access the store. */
  public Status status() {
    Config config = services.configHolder().config();
    List<String> keys = services.cipher().keys();
    Counted known = counted;
    if (known == null || known.version() != config.version() || !known.keys().equals(keys)) {
      known = new Counted(config.version(), keys, count(config, keys));
      counted = known;
    }
    return known.status();
  }

  private Status count(Config config, List<String> keys) {
    Map<String, Integer> secrets = new TreeMap<>();
    SecretCipher cipher = services.cipher();
    placed(config)
        .forEach(p -> secrets.merge(cipher.keyOf(p.sealed()).orElse(""), 1, Integer::sum));
    Integer unsealed = secrets.remove("");
    String newest = keys.isEmpty() ? null : keys.get(keys.size() - 1);
    return new Status(newest, keys, secrets, unsealed == null ? 0 : unsealed);
  }

  private record Counted(long version, List<String> keys, Status status) {}

  /**
   * Moves every secret to the newest master key, including one that was just added to the key
   * source. If there is no newer key and Hookferry manages the source itself, creates one.
   *
   * @throws ConflictException if there is no newer key, or a key that is still in use is missing
   */
  public Rotation rotate() {
    services.configHolder().refresh();
    try {
      services.cipher().reloadKeys(false);
      String newest = status().newest();
      if (status().stale() == 0 && (newest == null || !isUnfinished(newest))) {
        services.cipher().reloadKeys(true);
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
    services.runtime().notifyListener(l -> l.masterKeyRotated(newest, rewrapped));
    return new Rotation(rewrapped, status());
  }

  /** Records that a rotation to this key has begun or, if null, has ended. */
  private void mark(@Nullable String key) {
    services.change(
        config ->
            Objects.equals(key, config.rotation())
                ? Planned.of(false)
                : Planned.of(true, new ConfigChange.PutRotation(key)));
  }

  private boolean isUnfinished(String key) {
    return key.equals(services.configHolder().config().rotation());
  }

  private static void refuseUnlessNewer(@Nullable String before, @Nullable String now) {
    if (now == null) {
      throw new ConflictException("no master key is configured, so secrets are stored unencrypted");
    }
    if (now.equals(before)) {
      throw new ConflictException(
          "all secrets are already sealed under "
              + now
              + ", the newest configured master key; first add a newer one on every node");
    }
  }

  /**
   * Checks that every secret can be opened, seals unsealed ones and completes an interrupted
   * rotation.
   *
   * @throws MasterKeyException if a key is missing; nothing was changed
   */
  void ready() {
    List<String> missing = status().missing();
    if (!missing.isEmpty()) {
      throw MasterKeyException.missing(
          "a secret in the store", missing.get(0), status().readable());
    }
    services.cipher().reloadKeys(false);
    sealUnsealed();
    String newest = status().newest();
    if (newest != null && isUnfinished(newest)) {
      Rotation unused = rotateTo(newest);
    }
  }

  /** Reacts to changes by other nodes: loads keys that are new here and seals unsealed secrets. */
  void refresh() {
    List<String> missing = status().missing();
    if (!missing.isEmpty()) {
      services.cipher().reloadKeys(false);
      List<String> still = status().missing();
      if (!still.isEmpty()) {
        throw MasterKeyException.missing(
            "a secret in the store", still.get(0), status().readable());
      }
    }
    sealUnsealed();
  }

  private void sealUnsealed() {
    if (status().unsealed() > 0 && !services.cipher().keys().isEmpty()) {
      int unused = reseal(secret -> services.cipher().keyOf(secret.sealed()).isEmpty());
    }
  }

  /**
   * Moves the chosen secrets to the newest key in steps; returns the number of sites and endpoints
   * changed.
   */
  private int reseal(Predicate<BoundSecret> chosen) {
    int all = 0;
    int step;
    do {
      step = services.configHolder().change(config -> step(config, chosen));
      all += step;
    } while (step > 0);
    return all;
  }

  private Planned<Integer> step(Config config, Predicate<BoundSecret> chosen) {
    SecretCipher cipher = services.cipher();
    List<String> keys = cipher.keys();
    String newest = keys.get(keys.size() - 1);
    Predicate<BoundSecret> stale =
        chosen.and(p -> !cipher.keyOf(p.sealed()).filter(newest::equals).isPresent());
    SecretContexts.Change change =
        (secret, context) ->
            stale.test(new BoundSecret(secret, context)) ? cipher.rewrap(secret, context) : secret;
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

  private static Stream<BoundSecret> placed(Config config) {
    return Stream.concat(
        config.sites().values().stream().flatMap(SecretContexts::in),
        config.endpoints().values().stream().flatMap(SecretContexts::in));
  }
}
