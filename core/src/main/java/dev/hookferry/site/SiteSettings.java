package dev.hookferry.site;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.SearchFields;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Sealed;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a site: QLM's four and Hookferry's own.
 *
 * @param webHooksEnabled QLM's switch; while off, new events are stored without deliveries, and
 *     pending deliveries are held
 * @param retry QLM's {@code webHookMaxRetries} and {@code webHookRetryInterval}
 * @param secretKey QLM's {@code webHookSecretKey}, or null if none is set
 * @param envelope the JSON envelope around payloads
 * @param catalog which event types may be published
 * @param subjectKey the key with which subjects are hashed, or null until the first event with a
 *     subject; see {@link SubjectKey}
 * @param timeout the timeout of attempts for endpoints that do not set their own, 1 to 30 seconds,
 *     or null to use the server's
 * @param limits the send limits for each endpoint that does not set its own
 * @param signingKeys the site's Ed25519 keys; none until an endpoint first uses one
 * @param egress the name of the egress through which connections leave, for endpoints that do not
 *     set their own, or null to use the server's
 * @param searchFields the data fields by which events can be searched
 * @param portal the settings of the portal, where customers manage their own endpoints
 */
public record SiteSettings(
    boolean webHooksEnabled,
    RetrySettings retry,
    @Nullable Sealed secretKey,
    Envelope envelope,
    EventCatalog catalog,
    @Nullable Sealed subjectKey,
    @Nullable Duration timeout,
    SendLimits limits,
    SiteSigningKeys signingKeys,
    @Nullable String egress,
    SearchFields searchFields,
    PortalSettings portal) {
  /** The settings of a new site. */
  public static final SiteSettings DEFAULT =
      new SiteSettings(
          true,
          RetrySettings.DEFAULT,
          null,
          Envelope.DEFAULT,
          new EventCatalog(Set.of()),
          null,
          null,
          SendLimits.NONE,
          SiteSigningKeys.NONE,
          null,
          SearchFields.NONE,
          PortalSettings.OFF);

  public SiteSettings {
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(envelope, "envelope");
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(signingKeys, "signingKeys");
    Objects.requireNonNull(searchFields, "searchFields");
    Objects.requireNonNull(portal, "portal");
  }

  /** Returns a copy with QLM's switch on or off. */
  public SiteSettings withWebHooksEnabled(boolean on) {
    return with(draft -> draft.webHooksEnabled = on);
  }

  /** Returns a copy with these retry settings. */
  public SiteSettings withRetry(RetrySettings changed) {
    Objects.requireNonNull(changed, "changed");
    return with(draft -> draft.retry = changed);
  }

  /** Returns a copy with this secret key; null for none. */
  public SiteSettings withSecretKey(@Nullable Sealed changed) {
    return with(draft -> draft.secretKey = changed);
  }

  /** Returns a copy with this envelope around payloads. */
  public SiteSettings withEnvelope(Envelope changed) {
    Objects.requireNonNull(changed, "changed");
    return with(draft -> draft.envelope = changed);
  }

  /** Returns a copy with this catalog of event types. */
  public SiteSettings withCatalog(EventCatalog changed) {
    Objects.requireNonNull(changed, "changed");
    return with(draft -> draft.catalog = changed);
  }

  /** Returns a copy with this key for hashing subjects; null for none. */
  public SiteSettings withSubjectKey(@Nullable Sealed changed) {
    return with(draft -> draft.subjectKey = changed);
  }

  /** Returns a copy with this timeout of attempts; null uses the server's. */
  public SiteSettings withTimeout(@Nullable Duration changed) {
    return with(draft -> draft.timeout = changed);
  }

  /** Returns a copy with these send limits for each endpoint that does not set its own. */
  public SiteSettings withLimits(SendLimits changed) {
    Objects.requireNonNull(changed, "changed");
    return with(draft -> draft.limits = changed);
  }

  /** Returns a copy with these Ed25519 keys. */
  public SiteSettings withSigningKeys(SiteSigningKeys changed) {
    Objects.requireNonNull(changed, "changed");
    return with(draft -> draft.signingKeys = changed);
  }

  /** Returns a copy with this egress; null uses the server's. */
  public SiteSettings withEgress(@Nullable String changed) {
    return with(draft -> draft.egress = changed);
  }

  /** Returns a copy with these search fields. */
  public SiteSettings withSearchFields(SearchFields changed) {
    Objects.requireNonNull(changed, "changed");
    return with(draft -> draft.searchFields = changed);
  }

  /** Returns a copy with these portal settings. */
  public SiteSettings withPortal(PortalSettings changed) {
    Objects.requireNonNull(changed, "changed");
    return with(draft -> draft.portal = changed);
  }

  private SiteSettings with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new SiteSettings(
        draft.webHooksEnabled,
        draft.retry,
        draft.secretKey,
        draft.envelope,
        draft.catalog,
        draft.subjectKey,
        draft.timeout,
        draft.limits,
        draft.signingKeys,
        draft.egress,
        draft.searchFields,
        draft.portal);
  }

  /** Mutable settings, so that a new setting does not require changes to the other methods. */
  private static final class Draft {
    private boolean webHooksEnabled;
    private RetrySettings retry;
    private @Nullable Sealed secretKey;
    private Envelope envelope;
    private EventCatalog catalog;
    private @Nullable Sealed subjectKey;
    private @Nullable Duration timeout;
    private SendLimits limits;
    private SiteSigningKeys signingKeys;
    private @Nullable String egress;
    private SearchFields searchFields;
    private PortalSettings portal;

    Draft(SiteSettings current) {
      webHooksEnabled = current.webHooksEnabled;
      retry = current.retry;
      secretKey = current.secretKey;
      envelope = current.envelope;
      catalog = current.catalog;
      subjectKey = current.subjectKey;
      timeout = current.timeout;
      limits = current.limits;
      signingKeys = current.signingKeys;
      egress = current.egress;
      searchFields = current.searchFields;
      portal = current.portal;
    }
  }
}
