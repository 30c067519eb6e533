package dev.hookferry.internal;

import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointRules;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.RequestSettings;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.endpoint.EndpointUids;
import dev.hookferry.internal.endpoint.RequestWriter;
import dev.hookferry.internal.endpoint.SigningKeyWriter;
import dev.hookferry.internal.endpoint.SigningWriter;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates endpoint specifications and creates or changes endpoints from them. */
public final class EndpointWriter {
  private static final int MAX_PER_SITE = 10_000;

  private final CheckedTargets targets;
  private final SecretCipher cipher;
  private final SigningKeyWriter keys;

  EndpointWriter(CheckedTargets targets, SecretCipher cipher, SigningKeyWriter keys) {
    this.targets = targets;
    this.cipher = cipher;
    this.keys = keys;
  }

  /**
   * Prepares a signing key if the endpoint needs one; see {@link SigningKeyWriter#prepare}. May
   * block.
   */
  public EndpointWriter prepare(
      Config config, SiteId site, EndpointSpec requested, SecretType type, Instant now) {
    keys.prepare(
        config, site, requested.values().get(EndpointFields.SIGNATURES, List.of()), type, now);
    return this;
  }

  /** Creates an endpoint that signs with this secret. */
  public Endpoint create(
      SiteId site, EndpointId id, EndpointSpec requested, SigningSecret secret, Instant now) {
    FieldValues given = requested.values();
    Problems problems = new Problems();
    problems.require(
        given.get(EndpointFields.URL) != null, "url", "is missing: where to send the events");
    problems.require(
        given.get(EndpointFields.EVENT_TYPES) != null,
        "eventTypes",
        "is missing: which events to send; * for all");
    EndpointSecret sealed = new SigningWriter(cipher, site, id, now).sealed(secret);
    EndpointSigning signing = new EndpointSigning(Signature.DEFAULT, null, List.of(sealed));
    return write(new Base(id, site, null, signing, now), given, problems);
  }

  /** Returns the endpoint after a change. */
  public Endpoint change(Endpoint current, EndpointSpec requested, Instant now) {
    Base base = new Base(current.id(), current.site(), current, current.signing(), now);
    return write(base, requested.values(), new Problems());
  }

  /**
   * Returns the changes that store an endpoint and, if it needs one, a new signing key.
   *
   * @throws InvalidException if another endpoint of the site has its uid
   * @throws ConflictException if it is new and the site already has 10,000 endpoints
   */
  public List<ConfigChange> changes(Config config, Endpoint endpoint, Instant now) {
    EndpointUids.requireFree(config, endpoint);
    boolean isNew = !config.endpoints().containsKey(endpoint.id());
    if (isNew && config.endpointsOf(endpoint.site()).size() >= MAX_PER_SITE) {
      throw new ConflictException("a site can have at most 10000 endpoints; remove some");
    }
    return keys.changes(config, endpoint, now);
  }

  /**
   * Returns the URL to check: the requested one or, if only its origin is given, the current one;
   * else null.
   */
  static @Nullable String url(FieldValues given, @Nullable Endpoint current) {
    String text = given.get(EndpointFields.URL);
    if (text != null || current == null) {
      return text;
    }
    return given.get(Ownership.URL_FROM) == null ? null : current.url().text();
  }

  /** Parses a URL and checks that it may be called. */
  public TargetUrl url(String text) {
    return targets.url(text, false);
  }

  private Endpoint write(Base base, FieldValues given, Problems problems) {
    Endpoint current = base.current();
    TargetUrl url = checkedUrl(current, given, problems);
    List<String> patterns = given.get(EndpointFields.EVENT_TYPES);
    List<EventTypeFilter> types = current == null ? List.of() : current.eventTypes();
    if (patterns != null) {
      types = filters(patterns, problems);
    }
    RequestSettings request = request(base, given, problems);
    EndpointSigning signing = signing(base, request, given, problems);
    String description =
        given.get(EndpointFields.DESCRIPTION, current == null ? "" : current.description());
    if (current != null || patterns != null) {
      int filters = patterns == null ? types.size() : patterns.size();
      EndpointRules.check(problems, filters, description);
    }
    EndpointRules.checkNames(problems, given);
    checkOrder(given, current, problems);
    checkTls(url, request, problems);
    if (url == null || signing == null || request == null || !problems.isEmpty()) {
      problems.throwIfAny();
      throw InvalidException.of("url", "is missing");
    }
    EndpointSettings.Builder settings =
        started(current, types, signing)
            .description(description)
            .request(request)
            .order(order(given, current));
    withOwn(settings, given, current);
    withPairs(settings, given);
    return new Endpoint(
        base.id(),
        base.site(),
        url,
        settings.build(),
        status(base, url, given.get(EndpointFields.ENABLED)),
        current == null ? base.now() : current.createdAt(),
        current == null ? Set.of() : current.expiryNotices(),
        ownership(url, current, given));
  }

  private static Ownership ownership(TargetUrl url, @Nullable Endpoint current, FieldValues given) {
    return current == null
        ? Ownership.DEFAULT.changed(given, true)
        : current.ownership().changed(given, !url.equals(current.url()));
  }

  private static void withOwn(
      EndpointSettings.Builder settings, FieldValues given, @Nullable Endpoint current) {
    settings
        .retry(own(given, EndpointFields.RETRY, current == null ? null : current.retry()))
        .filter(own(given, EndpointFields.FILTER, current == null ? null : current.filter()))
        .limits(own(given, EndpointFields.LIMITS, current == null ? null : current.limits()))
        .uid(own(given, EndpointFields.UID, current == null ? null : current.uid()));
  }

  private static void checkTls(
      @Nullable TargetUrl url, @Nullable RequestSettings request, Problems problems) {
    if (url != null && request != null && !request.tls().isDefault()) {
      problems.require(
          url.scheme().equals("https"),
          request.tls().clientCertificate() == null ? "trustedCa" : "clientCertificate",
          "needs a URL with https, since http has no certificates");
    }
  }

  private static void checkOrder(FieldValues given, @Nullable Endpoint current, Problems problems) {
    problems.require(
        given.get(EndpointFields.ON_EXHAUSTION) == null || order(given, current).isByKey(),
        "onExhaustion",
        "requires order by-key");
  }

  private static DeliveryOrder order(FieldValues given, @Nullable Endpoint current) {
    DeliveryOrder before = current == null ? DeliveryOrder.NONE : current.order();
    return before.changed(given.get(EndpointFields.ORDER), given.get(EndpointFields.ON_EXHAUSTION));
  }

  private static Map<String, String> pairs(
      FieldValues given, FieldSpec<Map<String, String>> field) {
    return given.get(field, Map.of());
  }

  private static void withPairs(EndpointSettings.Builder settings, FieldValues given) {
    if (given.get(EndpointFields.LABELS) != null) {
      settings.labels(pairs(given, EndpointFields.LABELS));
    }
    if (given.get(EndpointFields.METADATA) != null) {
      settings.metadata(pairs(given, EndpointFields.METADATA));
    }
  }

  private @Nullable TargetUrl checkedUrl(
      @Nullable Endpoint current, FieldValues given, Problems problems) {
    String text = url(given, current);
    if (text == null) {
      return current == null ? null : current.url();
    }
    boolean isNew = current == null || !text.equals(current.url().text());
    Ownership before = current == null ? Ownership.DEFAULT : current.ownership();
    boolean strict = before.changed(given, isNew).isStrict();
    return problems.collect("", () -> targets.url(text, strict));
  }

  private static EndpointSettings.Builder started(
      @Nullable Endpoint current, List<EventTypeFilter> types, EndpointSigning signing) {
    return current == null
        ? EndpointSettings.of(types, signing)
        : current.settings().toBuilder().eventTypes(types).signing(signing);
  }

  /** Returns the value of a field that can be reset: null if it is reset or was never set. */
  private static <T> @Nullable T own(FieldValues given, FieldSpec<T> field, @Nullable T current) {
    T value = given.get(field);
    return value != null || given.isReset(field) ? value : current;
  }

  private static List<EventTypeFilter> filters(List<String> patterns, Problems problems) {
    List<EventTypeFilter> filters = new ArrayList<>();
    for (String pattern : patterns) {
      EventTypeFilter filter = problems.collect("", () -> new EventTypeFilter(pattern));
      if (filter != null) {
        filters.add(filter);
      }
    }
    return filters;
  }

  private @Nullable RequestSettings request(Base base, FieldValues given, Problems problems) {
    Endpoint current = base.current();
    RequestSettings before = current == null ? RequestSettings.PLAIN : current.settings().request();
    return new RequestWriter(cipher, base.site(), base.id(), this::url, base.now())
        .write(before, given, problems);
  }

  private @Nullable EndpointSigning signing(
      Base base, @Nullable RequestSettings request, FieldValues given, Problems problems) {
    EndpointSigning signing =
        new SigningWriter(cipher, base.site(), base.id(), base.now())
            .write(base.signing(), given, problems);
    SigningWriter.checkHeaders(signing, request, base.current(), problems);
    return signing;
  }

  /**
   * Returns the new status; an unchanged one keeps its reason and release rate. A new URL resets
   * the failures of the endpoint, and so cancels the plan to disable it.
   */
  private static EndpointStatus status(Base base, TargetUrl url, @Nullable Boolean enabled) {
    Endpoint current = base.current();
    EndpointStatus before = current == null ? EndpointStatus.ENABLED : current.status();
    if (enabled == null || enabled == before.enabled()) {
      boolean isMoved = current != null && !url.equals(current.url());
      return isMoved ? before.disablingAt(null) : before;
    }
    if (current == null) {
      return EndpointStatus.paused(null);
    }
    return enabled ? EndpointStatus.resumed(base.now(), null) : EndpointStatus.paused(base.now());
  }

  /** Fixed inputs for creating or changing an endpoint. */
  private record Base(
      EndpointId id,
      SiteId site,
      @Nullable Endpoint current,
      EndpointSigning signing,
      Instant now) {}
}
