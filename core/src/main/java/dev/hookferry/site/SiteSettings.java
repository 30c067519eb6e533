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
 */
public record SiteSettings(
    boolean webHooksEnabled,
    RetrySettings retry,
    @Nullable Sealed secretKey,
    Envelope envelope,
    EventCatalog catalog) {
  /** The settings of a new site. */
  public static final SiteSettings DEFAULT =
      new SiteSettings(
          true, RetrySettings.DEFAULT, null, Envelope.DEFAULT, new EventCatalog(Set.of()));

  public SiteSettings {
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(envelope, "envelope");
    Objects.requireNonNull(catalog, "catalog");
  }
}
