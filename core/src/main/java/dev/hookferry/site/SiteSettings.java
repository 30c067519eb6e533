package dev.hookferry.site;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Sealed;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a site has set: QLM's four settings and ours.
 *
 * @param webHooksEnabled QLM's switch; while off, events are kept but make no deliveries, and
 *     pending ones rest
 * @param retry QLM's {@code webHookMaxRetries} and {@code webHookRetryInterval}
 * @param secretKey QLM's {@code webHookSecretKey}, or null while none is set
 * @param envelope how payloads are dressed
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
}
