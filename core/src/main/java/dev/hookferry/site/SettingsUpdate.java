package dev.hookferry.site;

import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.refusal.Problems;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Sealed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A change to a site's settings: {@code s -> s.retry(r -> r.maxRetries(8)).secretKey(key)}.
 * Settings that are not set here keep their values. Immutable; each method returns a copy, checks
 * its argument immediately, and throws an {@link dev.hookferry.refusal.InvalidException} that names
 * the field and the rule.
 */
public final class SettingsUpdate {
  private final SiteSettings settings;
  private final Instant now;
  private final @Nullable String newKey;

  private SettingsUpdate(SiteSettings settings, Instant now, @Nullable String newKey) {
    this.settings = settings;
    this.now = now;
    this.newKey = newKey;
  }

  /**
   * Returns an update without changes.
   *
   * @param now the time of the change
   */
  public static SettingsUpdate of(SiteSettings current, Instant now) {
    Objects.requireNonNull(current, "current");
    return new SettingsUpdate(current, Objects.requireNonNull(now, "now"), null);
  }

  /** Returns the changed settings, except for a new secret key. */
  public SiteSettings settings() {
    return settings;
  }

  /**
   * Sets QLM's switch, which is on by default. While it is off, new events are stored without
   * deliveries, and pending deliveries are held.
   */
  public SettingsUpdate webHooksEnabled(boolean on) {
    return with(settings.withWebHooksEnabled(on));
  }

  /** Sets the retry settings: 5 retries every 5 minutes by default. */
  public SettingsUpdate retry(RetrySettings retry) {
    return with(settings.withRetry(Objects.requireNonNull(retry, "retry")));
  }

  /** Changes the current retry settings: {@code s.retry(r -> r.maxRetries(8))}. */
  public SettingsUpdate retry(UnaryOperator<RetrySettings> change) {
    Objects.requireNonNull(change, "change");
    return retry(change.apply(settings.retry()));
  }

  /** Sets the key of {@code X-QLM-Signature}: 1 to 256 characters; no key by default. */
  public SettingsUpdate secretKey(String key) {
    Objects.requireNonNull(key, "key");
    Problems problems = new Problems();
    problems.require(
        !key.isEmpty() && key.length() <= SiteSettingFields.MAX_TEXT,
        "webHookSecretKey",
        "must have 1 to 256 characters (got " + key.length() + " characters)");
    problems.throwIfAny();
    return new SettingsUpdate(settings, now, key);
  }

  /** Removes the key of {@code X-QLM-Signature}. */
  public SettingsUpdate withoutSecretKey() {
    return new SettingsUpdate(settings.withSecretKey(null), now, null);
  }

  /** Sets the JSON envelope around payloads; QLM's by default. */
  public SettingsUpdate envelope(Envelope envelope) {
    return with(settings.withEnvelope(Objects.requireNonNull(envelope, "envelope")));
  }

  /**
   * Sets the timeout of attempts for endpoints that do not set their own: 1 to 30 seconds; null,
   * the default, uses the server's.
   */
  public SettingsUpdate timeout(@Nullable Duration limit) {
    if (limit != null) {
      var unused = SiteSettingFields.TIMEOUT.checked("attemptTimeout", limit);
    }
    return with(settings.withTimeout(limit));
  }

  /**
   * Sets the egress through which connections leave, for endpoints that do not set their own. It is
   * the name of an egress defined by the operator; null, the default, uses the server's.
   */
  public SettingsUpdate egress(@Nullable String name) {
    if (name != null) {
      var unused = EndpointFields.EGRESS.checked(name);
    }
    return with(settings.withEgress(name));
  }

  /**
   * Sets the settings of the portal, where customers manage their own endpoints; {@link
   * PortalSettings#OFF} by default.
   */
  public SettingsUpdate portal(PortalSettings portal) {
    Objects.requireNonNull(portal, "portal");
    return with(settings.withPortal(PortalFields.change(portal, null)));
  }

  /** Sets the send limits for each endpoint that does not set its own; no limits by default. */
  public SettingsUpdate limits(SendLimits limits) {
    return with(settings.withLimits(Objects.requireNonNull(limits, "limits")));
  }

  /**
   * Sets the data fields by which events can be searched: at most 8 names, in which dots address
   * nested members; none by default. Only events accepted after the change are indexed by them.
   */
  public SettingsUpdate searchFields(String... names) {
    NoNulls.in(names, "names");
    return with(
        settings.withSearchFields(
            settings.searchFields().named("searchFields", List.of(names), now)));
  }

  /** Sets the site's own event types: at most 200; none by default. */
  public SettingsUpdate eventTypes(String... names) {
    NoNulls.in(names, "names");
    Problems problems = new Problems();
    EventCatalog catalog =
        new EventCatalog(
            SettingsByName.types(List.of(names), problems),
            settings.catalog().qlmHidden(),
            settings.catalog().open());
    problems.throwIfAny();
    return with(settings.withCatalog(catalog));
  }

  /**
   * Sets whether QLM's event types are hidden in lists; false by default. Hidden types can still be
   * published.
   */
  public SettingsUpdate hideQlmEventTypes(boolean hidden) {
    EventCatalog catalog = settings.catalog();
    return with(settings.withCatalog(new EventCatalog(catalog.declared(), hidden, catalog.open())));
  }

  /**
   * Sets whether events of types that the site does not declare are also accepted; false by
   * default. Such events are validated against the schemas of the site {@code default}.
   */
  public SettingsUpdate openCatalog(boolean open) {
    EventCatalog catalog = settings.catalog();
    return with(
        settings.withCatalog(new EventCatalog(catalog.declared(), catalog.qlmHidden(), open)));
  }

  /**
   * Returns the settings after the change.
   *
   * @param seal seals a new secret key
   */
  public SiteSettings sealed(Function<String, Sealed> seal) {
    Objects.requireNonNull(seal, "seal");
    return newKey == null ? settings : settings.withSecretKey(seal.apply(newKey));
  }

  private SettingsUpdate with(SiteSettings changed) {
    return new SettingsUpdate(changed, now, newKey);
  }

  /** Returns a string without the settings, because they may include a new secret key. */
  @Override
  public String toString() {
    return "SettingsUpdate";
  }
}
