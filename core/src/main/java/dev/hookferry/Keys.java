package dev.hookferry;

import dev.hookferry.access.ApiKey;
import dev.hookferry.access.KeyText;
import dev.hookferry.access.Scope;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.Paging;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.store.config.ConfigChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys to the API. Thread-safe; changes block until they are durable, and throw {@link
 * dev.hookferry.port.StoreException} if the store fails.
 */
public final class Keys {
  /** The name of the admin key that the operator's configuration names. */
  public static final String CONFIGURED = "from the configuration";

  private static final int MIN_CONFIGURED = 32;

  private final CoreServices parts;

  Keys(CoreServices parts) {
    this.parts = parts;
  }

  /** All keys, newest first; the keys themselves are not kept. */
  public Page<ApiKey> list(PageRequest page) {
    List<ApiKey> all =
        parts.keeper().config().keys().values().stream()
            .sorted(Comparator.comparing((ApiKey key) -> key.id().value()).reversed())
            .toList();
    return Paging.of(all, page, key -> key.id().toString());
  }

  /** Makes a key, for one site or, if that is null, for all. */
  public Issued create(String name, Set<Scope> scopes, @Nullable SiteId site) {
    String text = KeyText.generate(parts.secure());
    return parts.change(
        config -> {
          if (site != null) {
            Sites.require(config, site);
          }
          ApiKey key = key(name, scopes, site, text);
          return Planned.of(new Issued(key, text), new ConfigChange.PutKey(key));
        });
  }

  /** Removes a key: from now on it opens nothing. */
  public void remove(KeyId id) {
    parts.change(
        config -> {
          if (!config.keys().containsKey(id)) {
            throw new NotFoundException("key", id);
          }
          return Planned.of(id, new ConfigChange.RemoveKey(id));
        });
  }

  /**
   * The key that this text is, if any. Costs no look into the store. Keys are found by their
   * hashes, of which a caller can choose no part, and compared in constant time: how long it takes
   * tells nothing of a key.
   */
  public Optional<ApiKey> authenticate(String text) {
    return KeyText.isPlausible(text) ? parts.keeper().key(KeyText.sha256(text)) : Optional.empty();
  }

  /** The key with this identity, if it was not removed. Costs no look into the store. */
  public Optional<ApiKey> find(KeyId id) {
    return Optional.ofNullable(parts.keeper().config().keys().get(id));
  }

  /** Whether there is any key yet. */
  public boolean isEmpty() {
    return parts.keeper().config().keys().isEmpty();
  }

  /**
   * Sees to it that this text, and no other that was configured earlier, is an admin key.
   *
   * @param text 32 characters or more
   */
  public void configureAdmin(String text) {
    if (text.length() < MIN_CONFIGURED || !KeyText.isPlausible(text)) {
      throw InvalidException.of("adminKey", "must have 32 characters or more, without blanks");
    }
    String hash = KeyText.sha256(text);
    parts.change(
        config -> {
          List<ConfigChange> changes = new ArrayList<>();
          boolean present = false;
          for (ApiKey key : config.keys().values()) {
            present |= key.isOf(hash);
            if (key.name().equals(CONFIGURED) && !key.isOf(hash)) {
              changes.add(new ConfigChange.RemoveKey(key.id()));
            }
          }
          if (!present) {
            changes.add(new ConfigChange.PutKey(key(CONFIGURED, Set.of(Scope.ADMIN), null, text)));
          }
          return new Planned<>(changes, present);
        });
  }

  private ApiKey key(String name, Set<Scope> scopes, @Nullable SiteId site, String text) {
    Instant now = parts.clock().instant();
    return new ApiKey(
        new KeyId(parts.ids().next(now)), name, scopes, site, KeyText.sha256(text), now);
  }

  /**
   * A new key.
   *
   * @param key as it is kept
   * @param text the key itself, shown this once
   */
  public record Issued(ApiKey key, String text) {
    @Override
    public String toString() {
      return "Issued[" + key + "]";
    }
  }
}
