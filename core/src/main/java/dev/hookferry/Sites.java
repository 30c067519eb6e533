package dev.hookferry;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.Paging;
import dev.hookferry.internal.endpoint.SigningKeyWriter;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Ed25519PublicKey;
import dev.hookferry.site.SettingsUpdate;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteProfile;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.site.SiteSigningKey;
import dev.hookferry.site.SiteSigningKeys;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.store.session.SessionFilter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The sites. Thread-safe; changes block until they are durable, and throw {@link
 * dev.hookferry.store.StoreException} if the store fails.
 */
public final class Sites {
  /** The message with which {@link #remove} refuses to remove the default site. */
  public static final String DEFAULT_REFUSAL = "the site default cannot be removed";

  private static final Comparator<SiteCursor> NEWEST_FIRST =
      Comparator.comparing(SiteCursor::createdAt).reversed().thenComparing(SiteCursor::id);

  private final CoreServices services;

  Sites(CoreServices services) {
    this.services = services;
  }

  /** Lists the sites, newest first. */
  public Page<Site> list(PageRequest page) {
    return Paging.of(all(), page, SiteCursor::of, NEWEST_FIRST, SiteCursor::parse);
  }

  /** Returns all sites, newest first. */
  public List<Site> all() {
    return services.configHolder().config().sites().values().stream()
        .sorted(Comparator.comparing(SiteCursor::of, NEWEST_FIRST))
        .toList();
  }

  /** The position of a site in the list. */
  private record SiteCursor(Instant createdAt, String id) {
    static SiteCursor of(Site site) {
      return new SiteCursor(site.createdAt(), site.id().value());
    }

    static SiteCursor parse(String cursor) {
      int end = cursor.indexOf('_');
      try {
        return new SiteCursor(Instant.parse(cursor.substring(0, end)), cursor.substring(end + 1));
      } catch (DateTimeParseException | StringIndexOutOfBoundsException e) {
        throw InvalidException.of("cursor", "must be a time and the name of a site");
      }
    }

    @Override
    public String toString() {
      return createdAt + "_" + id;
    }
  }

  /**
   * Returns a site.
   *
   * @throws dev.hookferry.refusal.NotFoundException if there is none with this id
   */
  public Site get(SiteId id) {
    return services.configHolder().site(Objects.requireNonNull(id, "id"));
  }

  /** Returns the site with this id, if there is one. */
  public Optional<Site> find(SiteId id) {
    Objects.requireNonNull(id, "id");
    return Optional.ofNullable(services.configHolder().config().sites().get(id));
  }

  /**
   * Returns the site with this id or uid, if there is one.
   *
   * @param name an id or uid, of any form
   */
  public Optional<Site> find(String name) {
    return services.configHolder().config().site(name);
  }

  /**
   * Adds a site with default settings.
   *
   * @throws ConflictException if another site has its id or uid
   */
  public Site create(SiteId id) {
    return create(id, SiteProfile.NONE);
  }

  /**
   * Adds a site with a profile and default settings.
   *
   * @throws ConflictException if another site has its id or uid
   */
  public Site create(SiteId id, SiteProfile profile) {
    return new Provisioning(services).site(site -> false, id, profile, settings -> settings).site();
  }

  /**
   * Changes the profile of a site.
   *
   * @param change receives the current profile
   * @throws ConflictException if another site has the uid
   */
  public Site change(SiteId id, UnaryOperator<SiteProfile> change) {
    return change(id, change, settings -> settings);
  }

  /**
   * Changes the profile and the settings of a site in one step: both or neither.
   *
   * @param change receives the current profile
   * @param settings changes the settings as in {@link Settings#update}
   * @throws ConflictException if another site has the uid
   * @throws InvalidException if a value is out of its bounds
   */
  public Site change(
      SiteId id, UnaryOperator<SiteProfile> change, UnaryOperator<SettingsUpdate> settings) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(change, "change");
    Objects.requireNonNull(settings, "settings");
    Instant now = services.clock().instant();
    Settings checks = new Settings(services);
    return services.change(
        config -> {
          Site current = ConfigHolder.site(config, id);
          Site site = checks.changed(config, current, settings);
          SiteProfile changed = change.apply(current.profile());
          if (!changed.equals(current.profile())) {
            requireFree(config, id, changed.uid());
            site = site.with(changed.changedAt(now));
          }
          return site.equals(current)
              ? Planned.of(current)
              : Planned.of(site, new ConfigChange.PutSite(site));
        });
  }

  /** A name leads to one site, whether it is an id or a uid. */
  static void requireFree(Config config, SiteId id, @Nullable String uid) {
    config
        .site(id.value())
        .filter(site -> !site.id().equals(id))
        .ifPresent(
            site -> {
              throw new ConflictException(id + " is already the uid of the site " + site.id());
            });
    Optional<Site> named = uid == null ? Optional.empty() : config.site(uid);
    named
        .filter(site -> !site.id().equals(id))
        .ifPresent(
            site -> {
              throw new ConflictException("the uid " + uid + " is taken by another site");
            });
  }

  /**
   * Removes a site: its endpoints, the keys that are bound to it, its settings. Its pending
   * deliveries are cancelled; its events and log are deleted when their retention ends.
   *
   * @throws dev.hookferry.refusal.NotFoundException if there is no such site
   * @throws ConflictException for the default site, which cannot be removed
   */
  public void remove(SiteId id) {
    Objects.requireNonNull(id, "id");
    if (id.equals(SiteId.DEFAULT)) {
      throw new ConflictException(DEFAULT_REFUSAL);
    }
    services.change(
        config -> {
          List<ConfigChange> changes = new ArrayList<>();
          Site site = ConfigHolder.site(config, id);
          for (Endpoint endpoint : ConfigHolder.endpoints(config, id)) {
            changes.add(new ConfigChange.RemoveEndpoint(endpoint.id()));
          }
          changes.add(new ConfigChange.RemoveSite(id));
          return new Planned<>(changes, site);
        });
    services.endSessions(SessionFilter.ofSite(id));
  }

  /** Returns the published Ed25519 keys of a site, by the time from which they sign. */
  public List<SiteSigningKey> signingKeys(SiteId id) {
    return get(id).settings().signingKeys().publishedAt(services.clock().instant());
  }

  /**
   * Returns the public keys of the signatures that receivers may get now, in signing order.
   *
   * @param endpoint the endpoint whose own key pairs are meant, or null for the keys of the site
   * @return none if there is no such site or endpoint, or if it has no keys
   */
  public List<Ed25519PublicKey> publicKeys(SiteId id, @Nullable EndpointId endpoint) {
    Objects.requireNonNull(id, "id");
    Instant now = services.clock().instant();
    Config config = services.configHolder().config();
    if (endpoint != null) {
      Endpoint own = config.endpointsOf(id).get(endpoint);
      return own == null ? List.of() : own.signing().publicKeysAt(now);
    }
    Site site = config.sites().get(id);
    return site == null
        ? List.of()
        : site.settings().signingKeys().publishedAt(now).stream()
            .map(key -> new Ed25519PublicKey(key.publicKey()))
            .toList();
  }

  /**
   * Returns the names of the signers that have keys of sites but are not signers of this process,
   * sorted. Requests that need them fail with {@code signing_failed}.
   */
  public List<String> missingSigners() {
    Instant now = services.clock().instant();
    Set<String> available = services.process().signers().names();
    return services.configHolder().config().sites().values().stream()
        .flatMap(site -> site.settings().signingKeys().publishedAt(now).stream())
        .map(SiteSigningKey::signer)
        .filter(Objects::nonNull)
        .filter(signer -> !available.contains(signer))
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Creates another Ed25519 key for a site. It is published at once and signs from a day later on;
   * the first key of a site signs at once.
   *
   * @throws ConflictException if a key is waiting already
   * @throws dev.hookferry.refusal.OverloadedException if the signer for new keys cannot create one
   */
  public SiteSigningKey rotateSigningKey(SiteId id) {
    Objects.requireNonNull(id, "id");
    Instant now = services.clock().instant();
    get(id).settings().signingKeys().requireNoneWaiting(now);
    SiteSigningKey created = services.signingKeys().create(id, now);
    return services.change(
        config -> {
          Site site = ConfigHolder.site(config, id);
          boolean isFirst = site.settings().signingKeys().all().isEmpty();
          SiteSigningKey next = isFirst ? created : created.from(now.plus(SiteSigningKeys.LEAD));
          Site changed = SigningKeyWriter.with(site, next, now);
          return Planned.of(next, new ConfigChange.PutSite(changed));
        });
  }

  /** Creates the default site if it is missing. */
  void ensureDefault() {
    services.change(
        config -> {
          Site site = new Site(SiteId.DEFAULT, SiteSettings.DEFAULT, services.clock().instant());
          return config.sites().containsKey(SiteId.DEFAULT)
              ? Planned.of(site)
              : Planned.of(site, new ConfigChange.PutSite(site));
        });
  }
}
