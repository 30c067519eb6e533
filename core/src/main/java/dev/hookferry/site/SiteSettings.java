package dev.hookferry.site;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Sealed;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a site: QLM's four and Hookferry's own.
 *
 * @param webHooksEnabled QLM's switch; while off, new events are stored without deliveries, and
 *     pending deliveries are held
 * @param retry QLM's {@code webHookMaxRetries} and {@code webHookRetryInterval}
 * @param secretKey QLM's {@code webHookSecretKey}, or null if none is set
 * @param envelope the JSON wrapper around payloads
 * @param catalog which event types may be published
 * @param subjectKey the key of the hashes of subjects, or null until the first event has one; see
 *     {@link SubjectKey}
 */
public record SiteSettings(
    boolean webHooksEnabled,
    RetrySettings retry,
    @Nullable Sealed secretKey,
    Envelope envelope,
    EventCatalog catalog,
    @Nullable Sealed subjectKey) {
  /** The settings of a new site. */
  public static final SiteSettings DEFAULT =
      new SiteSettings(
          true, RetrySettings.DEFAULT, null, Envelope.DEFAULT, new EventCatalog(Set.of()), null);

  public SiteSettings {
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(envelope, "envelope");
    Objects.requireNonNull(catalog, "catalog");
  }

  /** Returns a copy with QLM's switch on or off. */
  public SiteSettings withWebHooksEnabled(boolean on) {
    return new SiteSettings(on, retry, secretKey, envelope, catalog, subjectKey);
  }

  /** Returns a copy with other retry settings. */
  public SiteSettings withRetry(RetrySettings changed) {
    Objects.requireNonNull(changed, "changed");
    return new SiteSettings(webHooksEnabled, changed, secretKey, envelope, catalog, subjectKey);
  }

  /** Returns a copy with another secret key, or with none. */
  public SiteSettings withSecretKey(@Nullable Sealed changed) {
    return new SiteSettings(webHooksEnabled, retry, changed, envelope, catalog, subjectKey);
  }

  /** Returns a copy with another wrapper around payloads. */
  public SiteSettings withEnvelope(Envelope changed) {
    Objects.requireNonNull(changed, "changed");
    return new SiteSettings(webHooksEnabled, retry, secretKey, changed, catalog, subjectKey);
  }

  /** Returns a copy with other event types. */
  public SiteSettings withCatalog(EventCatalog changed) {
    Objects.requireNonNull(changed, "changed");
    return new SiteSettings(webHooksEnabled, retry, secretKey, envelope, changed, subjectKey);
  }

  /** Returns a copy with another key for the hashes of subjects, or with none. */
  public SiteSettings withSubjectKey(@Nullable Sealed changed) {
    return new SiteSettings(webHooksEnabled, retry, secretKey, envelope, catalog, changed);
  }
}
