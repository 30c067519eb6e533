package dev.hookferry;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CheckedTargets;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.EndpointWarnings;
import dev.hookferry.internal.EndpointWriter;
import dev.hookferry.internal.HeaderView;
import dev.hookferry.internal.HealthView;
import dev.hookferry.internal.Paging;
import dev.hookferry.internal.Reversed;
import dev.hookferry.internal.endpoint.EndpointUids;
import dev.hookferry.internal.endpoint.SigningKeyWriter;
import dev.hookferry.internal.endpoint.SigningWriter;
import dev.hookferry.internal.publish.EndpointProbes;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.transport.EndpointTrial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Manages the endpoints of sites. Thread-safe. Reads come from memory and do not block. Changes
 * block until they are durable, and throw {@link dev.hookferry.store.StoreException} if the store
 * fails. Methods that take ids throw {@link dev.hookferry.refusal.NotFoundException} if there is no
 * such site or endpoint, and {@link InvalidException} with all problems if a value is not allowed.
 */
public final class Endpoints {
  private final CoreServices services;

  Endpoints(CoreServices services) {
    this.services = services;
  }

  /** Lists the endpoints of a site, newest first. */
  public Page<Endpoint> list(SiteId site, PageRequest page) {
    return Paging.newestFirst(all(site), page, Endpoint::id, EndpointId::parse);
  }

  /** Returns all endpoints of a site, newest first. */
  public List<Endpoint> all(SiteId site) {
    services.configHolder().site(site);
    return Reversed.reversed(ConfigHolder.endpoints(services.configHolder().config(), site));
  }

  /** Returns the endpoint with this id, as it is configured now. */
  public Endpoint get(SiteId site, EndpointId id) {
    return services.configHolder().endpoint(site, id);
  }

  /**
   * Returns the id of an endpoint.
   *
   * @param name its id or uid; an id is returned as it is, even if there is no such endpoint
   * @throws InvalidException if it is neither an id nor the uid of an endpoint of this site
   */
  public EndpointId id(SiteId site, String name) {
    services.configHolder().site(site);
    return EndpointUids.idOf(services.configHolder().config(), site, name);
  }

  /** Returns the effective delivery settings of an endpoint, each with its origin. */
  public DeliveryPolicy policy(SiteId site, EndpointId id) {
    Site current = services.configHolder().site(site);
    return DeliveryPolicy.of(current, get(site, id), services.runtime().policy());
  }

  /** Returns an endpoint's custom headers for display: secret values are masked. */
  public Map<String, String> headers(Endpoint endpoint) {
    return HeaderView.of(Objects.requireNonNull(endpoint, "endpoint"), services.cipher());
  }

  /**
   * Creates an endpoint. Resolves the host name in its URL, which takes a few seconds at most, and
   * refuses blocked addresses. A name that does not resolve, a URL that another endpoint has, and a
   * subscription that matches no event type of the site cause a warning.
   */
  public Registered create(SiteId site, EndpointSpec spec) {
    return create(site, spec, null);
  }

  /**
   * Creates an endpoint with an existing secret, such as that of a {@link #probe}.
   *
   * @param given its secret, or null for a new shared one; it must be {@code whsec_} if a signature
   *     needs that. A key pair makes receivers verify with its public key
   */
  public Registered create(SiteId site, EndpointSpec spec, @Nullable SigningSecret given) {
    services.configHolder().site(site);
    services.requireParts(spec, null);
    CheckedTargets targets = services.targets().check(spec, null);
    Instant now = services.clock().instant();
    Config before = services.configHolder().config();
    SigningSecret secret = services.secret(given, SecretType.HMAC);
    EndpointWriter writer =
        services.writer(targets).prepare(before, site, spec, secret.type(), now);
    EndpointId id = new EndpointId(services.ids().next(now));
    return services.change(
        config -> {
          services.configHolder().site(site);
          Endpoint endpoint = writer.create(site, id, spec, secret, now);
          return new Planned<>(
              writer.changes(config, endpoint, now),
              new Registered(
                  endpoint, secret, EndpointWarnings.of(config, endpoint, null, targets)));
        });
  }

  /** Changes the given fields and keeps the others. Checks a URL as {@link #create} does. */
  public Changed change(SiteId site, EndpointId id, EndpointSpec spec) {
    return change(services.configHolder().fresh(site, id), spec, present -> true).orElseThrow();
  }

  /** Changes an endpoint if its present state meets a condition; otherwise nothing changes. */
  Optional<Changed> change(Endpoint shown, EndpointSpec spec, Predicate<Endpoint> must) {
    SiteId site = shown.site();
    services.requireParts(spec, shown);
    Instant now = services.clock().instant();
    CheckedTargets targets = services.targets().check(spec, shown);
    Config before = services.configHolder().config();
    SecretType type = shown.signing().secretType();
    EndpointWriter writer = services.writer(targets).prepare(before, site, spec, type, now);
    return services.change(
        config -> {
          Endpoint current = ConfigHolder.endpoint(config, site, shown.id());
          if (!must.test(current)) {
            return Planned.of(Optional.empty());
          }
          Endpoint changed = writer.change(current, spec, now);
          List<String> warnings = EndpointWarnings.of(config, changed, current, targets);
          Changed result = new Changed(current, changed, warnings);
          return new Planned<>(writer.changes(config, changed, now), Optional.of(result));
        });
  }

  /**
   * Resumes an endpoint that was paused by a user or disabled by Hookferry.
   *
   * @param perSecond release rate for the deliveries held now, per second and node, 1 to {@link
   *     EndpointStatus#MAX_PER_SECOND}; null for no limit. New events do not wait behind them
   */
  public Endpoint resume(SiteId site, EndpointId id, @Nullable Integer perSecond) {
    EndpointStatus status = EndpointStatus.resumed(services.clock().instant(), perSecond);
    return services.change(
        config -> {
          Endpoint changed = ConfigHolder.endpoint(config, site, id).with(status);
          return Planned.of(changed, new ConfigChange.PutEndpoint(changed));
        });
  }

  /**
   * Returns the state of an endpoint and its reason, as this node sees it at this moment. Its
   * consecutive failures include those of earlier runs and, up to a minute ago, of other nodes.
   */
  public EndpointHealth health(Endpoint endpoint) {
    Objects.requireNonNull(endpoint, "endpoint");
    Site site = services.configHolder().site(endpoint.site());
    return HealthView.withFailures(services, endpoint, site);
  }

  /** Returns when an endpoint was last resumed; empty if it never was or is paused now. */
  public Optional<Instant> resumedAt(EndpointId id) {
    Endpoint endpoint =
        services.configHolder().config().endpoints().get(Objects.requireNonNull(id, "id"));
    return Optional.ofNullable(endpoint)
        .map(Endpoint::status)
        .filter(EndpointStatus::enabled)
        .map(EndpointStatus::since);
  }

  /** Removes an endpoint. Its pending deliveries are cancelled; its log stays. */
  public void remove(SiteId site, EndpointId id) {
    services.change(
        config -> {
          Endpoint endpoint = ConfigHolder.endpoint(config, site, id);
          return Planned.of(endpoint, new ConfigChange.RemoveEndpoint(endpoint.id()));
        });
  }

  /**
   * Gives an endpoint another secret. During the overlap, the old ones also sign; at most five
   * secrets are kept, the newest first. If the given secret is the current one, nothing changes.
   *
   * @param overlap 0 to 30 days
   * @param given the secret, or null for a new one of the current kind; it must fit the signatures
   * @return the secret that signs first now
   */
  public SigningSecret rotateSecret(
      SiteId site, EndpointId id, Duration overlap, @Nullable SigningSecret given) {
    SigningWriter.requireOverlap(overlap);
    EndpointSigning shown = services.configHolder().fresh(site, id).signing();
    SigningSecret secret = services.secret(given, shown.secretType());
    Instant now = services.clock().instant();
    SigningWriter writer = new SigningWriter(services.cipher(), site, id, now);
    SigningKeyWriter keys = services.signingKeys();
    keys.prepare(services.configHolder().config(), site, shown.signatures(), secret.type(), now);
    return services.change(
        config -> {
          Endpoint current = ConfigHolder.endpoint(config, site, id);
          Endpoint rotated = writer.rotated(current, secret, overlap);
          return rotated.equals(current)
              ? Planned.of(secret)
              : new Planned<>(keys.changes(config, rotated, now), secret);
        });
  }

  /**
   * Sends a {@code test} event to this endpoint alone, now and once, even while it is paused.
   * Returns the attempt, once it is in the log.
   */
  public CompletableFuture<Attempt> test(SiteId site, EndpointId id) {
    return new EndpointProbes(services).test(services.configHolder().fresh(site, id));
  }

  /**
   * Sends the example of an event type to this endpoint alone, now and once, even while it is
   * paused and whatever its event types, filter, rate limit and order. Receivers see an event like
   * any other. If this process ends before the attempt does, it is retried. Returns the attempt,
   * once it is in the log.
   *
   * @param type a type of the site; {@code test} sends what {@link #test(SiteId, EndpointId)} sends
   * @throws dev.hookferry.refusal.NotFoundException if the site has no such type
   * @throws InvalidException if the type has no example
   */
  public CompletableFuture<Attempt> test(SiteId site, EndpointId id, EventType type) {
    Objects.requireNonNull(type, "type");
    return type.equals(EventType.TEST)
        ? test(site, id)
        : new EndpointProbes(services)
            .test(
                services.configHolder().fresh(site, id), new EventTypes(services).get(site, type));
  }

  /**
   * Sends one signed {@code test} event to an endpoint that does not exist yet. Validates it like
   * {@link #create}, which takes a few seconds at most. Stores nothing but an audit entry.
   *
   * @param spec as for {@link #create}; event types are optional
   * @param given the secret to sign with, or null for a new one
   * @return the attempt; its ids were sent, but refer to nothing in the store
   * @throws dev.hookferry.refusal.OverloadedException after 20 calls for a site within a minute
   */
  public CompletableFuture<EndpointTrial> probe(
      SiteId site, EndpointSpec spec, @Nullable SigningSecret given) {
    return new EndpointProbes(services).begin(site, Objects.requireNonNull(spec, "spec"), given);
  }

  /**
   * A new endpoint.
   *
   * @param secret its secret; show its {@link SigningSecret#forReceiver()} once
   * @param warnings possible mistakes, which did not prevent its creation
   */
  public record Registered(Endpoint endpoint, SigningSecret secret, List<String> warnings) {
    public Registered {
      Objects.requireNonNull(endpoint, "endpoint");
      Objects.requireNonNull(secret, "secret");
      warnings = List.copyOf(Objects.requireNonNull(warnings, "warnings"));
    }
  }

  /**
   * A changed endpoint.
   *
   * @param before the endpoint just before this change
   * @param endpoint the endpoint after the change
   * @param warnings possible mistakes in its new URL and new subscriptions
   */
  public record Changed(Endpoint before, Endpoint endpoint, List<String> warnings) {
    public Changed {
      Objects.requireNonNull(before, "before");
      Objects.requireNonNull(endpoint, "endpoint");
      warnings = List.copyOf(Objects.requireNonNull(warnings, "warnings"));
    }
  }
}
