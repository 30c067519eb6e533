package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CheckedTargets;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.EndpointWriter;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.SettingsUpdate;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteProfile;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sets up sites and endpoints for programs that choose the ids and may repeat themselves, and gives
 * them the secrets of endpoints. Thread-safe; changes block until they are durable, and throw
 * {@link dev.hookferry.store.StoreException} if the store fails.
 */
public final class Provisioning {
  private final CoreServices services;

  Provisioning(CoreServices services) {
    this.services = services;
  }

  /** A site and whether this call created it. */
  public record ProvisionedSite(Site site, boolean isNew) {
    public ProvisionedSite {
      Objects.requireNonNull(site, "site");
    }
  }

  /** An endpoint and whether this call created it. */
  public record ProvisionedEndpoint(Endpoint endpoint, boolean isNew) {
    public ProvisionedEndpoint {
      Objects.requireNonNull(endpoint, "endpoint");
    }
  }

  /**
   * Returns the first site that matches {@code wanted}, or adds one, in one step: of concurrent
   * calls on any nodes, only one adds a site.
   *
   * @param wanted matches an existing site that makes another one unnecessary
   * @param settings changes the settings of every new site
   * @throws ConflictException if another site has the id or uid
   */
  public ProvisionedSite site(
      Predicate<Site> wanted,
      SiteId id,
      SiteProfile profile,
      UnaryOperator<SettingsUpdate> settings) {
    Objects.requireNonNull(wanted, "wanted");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(settings, "settings");
    Instant now = services.clock().instant();
    SiteSettings made =
        settings
            .apply(SettingsUpdate.of(SiteSettings.DEFAULT, now))
            .sealed(key -> services.cipher().seal(key, SecretContexts.siteKey(id)));
    return services.change(
        config -> {
          Optional<Site> found = config.sites().values().stream().filter(wanted).findFirst();
          if (found.isPresent()) {
            return Planned.of(new ProvisionedSite(found.get(), false));
          }
          if (config.sites().containsKey(id)) {
            throw new ConflictException("the site " + id + " already exists");
          }
          Sites.requireFree(config, id, profile.uid());
          Site site = new Site(id, profile, made, now);
          return Planned.of(new ProvisionedSite(site, true), new ConfigChange.PutSite(site));
        });
  }

  /**
   * Returns the first endpoint of a site that matches {@code wanted}, or registers one, in one
   * step. Checks its URL like {@link Endpoints#create}.
   *
   * @param wanted matches an existing endpoint that makes another one unnecessary
   * @param secret its secret, or null for a new one
   */
  public ProvisionedEndpoint endpoint(
      SiteId site,
      Predicate<Endpoint> wanted,
      EndpointId id,
      EndpointSpec requested,
      @Nullable SigningSecret secret) {
    Objects.requireNonNull(wanted, "wanted");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(requested, "requested");
    services.configHolder().site(site);
    services.requireParts(requested, null);
    CheckedTargets targets = services.targets().check(requested, null);
    Instant now = services.clock().instant();
    Config before = services.configHolder().config();
    SigningSecret chosen = services.secret(secret, SecretType.HMAC);
    EndpointWriter writer =
        services.writer(targets).prepare(before, site, requested, chosen.type(), now);
    return services.change(
        config -> {
          ConfigHolder.site(config, site);
          Optional<Endpoint> found =
              config.endpointsOf(site).values().stream().filter(wanted).findFirst();
          if (found.isPresent()) {
            return Planned.of(new ProvisionedEndpoint(found.get(), false));
          }
          Endpoint endpoint = writer.create(site, id, requested, chosen, now);
          List<ConfigChange> changes = writer.changes(config, endpoint, now);
          return new Planned<>(changes, new ProvisionedEndpoint(endpoint, true));
        });
  }

  /**
   * Changes an endpoint depending on its current settings, in one step: no concurrent change on any
   * node is lost. Checks a new URL like {@link Endpoints#create}.
   *
   * @param change returns the change to an endpoint; called again for each concurrent change
   * @throws NotFoundException if the site has no such endpoint
   */
  public Endpoint change(SiteId site, EndpointId id, Function<Endpoint, EndpointSpec> change) {
    Objects.requireNonNull(change, "change");
    Optional<Endpoints.Changed> changed = Optional.empty();
    while (changed.isEmpty()) {
      Endpoint shown = services.configHolder().fresh(site, id);
      EndpointSpec spec = Objects.requireNonNull(change.apply(shown), "the change");
      changed = new Endpoints(services).change(shown, spec, shown::equals);
    }
    return changed.get().endpoint();
  }

  /**
   * Returns the current secret of an endpoint, and records that in the audit log.
   *
   * @throws NotFoundException if the site has no such endpoint, or it has no secret
   * @throws dev.hookferry.store.UnknownOutcomeException if the audit log cannot be written
   */
  public SigningSecret secret(SiteId site, EndpointId id) {
    Endpoint endpoint = services.configHolder().fresh(site, id);
    EndpointSecret current =
        endpoint.signing().secrets().stream()
            .filter(secret -> secret.expiresAt() == null)
            .findFirst()
            .orElseThrow(() -> new NotFoundException("secret of the endpoint", id));
    String context = SecretContexts.secret(site, id, current.publicKey());
    String text = services.cipher().open(current.secret(), context);
    services.auditRecorder().done(AuditAction.ENDPOINT_REVEALED, site, id.toString(), List.of());
    return SigningSecret.of(text);
  }
}
