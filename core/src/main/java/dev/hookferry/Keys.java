package dev.hookferry;

import dev.hookferry.access.ApiKey;
import dev.hookferry.access.KeyText;
import dev.hookferry.access.Scope;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.Paging;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.store.session.SessionFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * API keys. Thread-safe; changes block until they are durable, and throw {@link
 * dev.hookferry.store.StoreException} if the store fails.
 */
public final class Keys {
  /** The name of the admin key that comes from the operator's configuration. */
  public static final String CONFIGURED = "configured admin key";

  /** The message with which {@link #remove} refuses to revoke the last admin key. */
  public static final String LAST_ADMIN_REFUSAL = "this is the last admin key; add another first";

  private static final int MIN_CONFIGURED = 32;

  private final CoreServices services;

  Keys(CoreServices services) {
    this.services = services;
  }

  /** Returns all keys, newest first, without the secrets themselves: only hashes are stored. */
  public Page<ApiKey> list(PageRequest page) {
    List<ApiKey> all =
        services.configHolder().config().keys().values().stream()
            .sorted(Comparator.comparing((ApiKey key) -> key.id().value()).reversed())
            .toList();
    return Paging.newestFirst(all, page, ApiKey::id, KeyId::parse);
  }

  /** Creates a key for one site or, if {@code site} is null, for all sites. */
  public Issued create(String name, Set<Scope> scopes, @Nullable SiteId site) {
    Objects.requireNonNull(name, "name");
    NoNulls.in(scopes, "scopes");
    String text = KeyText.generate(services.secure());
    return services.change(
        config -> {
          if (site != null) {
            ConfigHolder.site(config, site);
          }
          ApiKey key = key(name, scopes, site, text);
          return Planned.of(new Issued(key, text), new ConfigChange.PutKey(key));
        });
  }

  /**
   * Revokes a key with immediate effect on this node, and ends the sessions made with it.
   *
   * @throws NotFoundException if there is no such key
   * @throws ConflictException if it is the last admin key: nobody could add another through the API
   */
  public void remove(KeyId id) {
    Objects.requireNonNull(id, "id");
    services.change(
        config -> {
          if (!config.keys().containsKey(id)) {
            throw new NotFoundException("key", id);
          }
          if (isLastAdmin(config, id)) {
            throw new ConflictException(LAST_ADMIN_REFUSAL);
          }
          return Planned.of(id, new ConfigChange.RemoveKey(id));
        });
    services.endSessions(SessionFilter.ofKey(id));
  }

  private static boolean isLastAdmin(Config config, KeyId id) {
    List<ApiKey> admins =
        config.keys().values().stream().filter(key -> key.scopes().contains(Scope.ADMIN)).toList();
    return admins.size() == 1 && admins.get(0).id().equals(id);
  }

  /**
   * Returns the key with this secret text, if any. Does not access the store. The lookup uses the
   * hash of the text and compares in constant time, so its duration reveals nothing about a key.
   */
  public Optional<ApiKey> authenticate(String text) {
    Objects.requireNonNull(text, "text");
    return KeyText.isPlausible(text)
        ? services.configHolder().key(KeyText.sha256(text))
        : Optional.empty();
  }

  /** Returns the key with this id, unless it was revoked. Does not access the store. */
  public Optional<ApiKey> find(KeyId id) {
    Objects.requireNonNull(id, "id");
    return Optional.ofNullable(services.configHolder().config().keys().get(id));
  }

  /** Returns whether no key exists yet. */
  public boolean isEmpty() {
    return services.configHolder().config().keys().isEmpty();
  }

  /**
   * Makes this the only configured admin key, removing any configured before.
   *
   * @param text the secret key, at least 32 characters without spaces
   */
  public void configureAdmin(String text) {
    Objects.requireNonNull(text, "text");
    if (text.length() < MIN_CONFIGURED || !KeyText.isPlausible(text)) {
      throw InvalidException.of("adminKey", "must have at least 32 characters and no spaces");
    }
    String hash = KeyText.sha256(text);
    services.change(
        config -> {
          List<ConfigChange> changes = new ArrayList<>();
          boolean present = false;
          for (ApiKey key : config.keys().values()) {
            present |= key.matches(hash);
            if (key.name().equals(CONFIGURED) && !key.matches(hash)) {
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
    Instant now = services.clock().instant();
    return new ApiKey(
        new KeyId(services.ids().next(now)), name, scopes, site, KeyText.sha256(text), now);
  }

  /**
   * A newly created key.
   *
   * @param key the stored part
   * @param text the secret key; cannot be retrieved later
   */
  public record Issued(ApiKey key, String text) {
    public Issued {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
      return "Issued[" + key + "]";
    }
  }
}
