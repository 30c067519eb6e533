package dev.hookferry.site;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.Objects;

/**
 * A tenant with its own settings, endpoints, events and log.
 *
 * @param id the id, which never changes
 * @param profile the name, uid and metadata
 * @param settings the settings
 * @param createdAt when the site was created
 */
public record Site(SiteId id, SiteProfile profile, SiteSettings settings, Instant createdAt) {
  public Site {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(createdAt, "createdAt");
  }

  /** Creates a site without a name, uid or metadata. */
  public Site(SiteId id, SiteSettings settings, Instant createdAt) {
    this(id, SiteProfile.NONE, settings, createdAt);
  }

  /**
   * Returns whether deliveries to an endpoint of this site are held, because the endpoint is paused
   * or disabled or the site's webHooksEnabled is off.
   */
  public boolean holds(Endpoint endpoint) {
    Objects.requireNonNull(endpoint, "endpoint");
    return !endpoint.enabled() || !settings.webHooksEnabled();
  }

  /** Returns a copy with these settings. */
  public Site with(SiteSettings changed) {
    Objects.requireNonNull(changed, "changed");
    return new Site(id, profile, changed, createdAt);
  }

  /** Returns a copy with this profile. */
  public Site with(SiteProfile changed) {
    Objects.requireNonNull(changed, "changed");
    return new Site(id, changed, settings, createdAt);
  }
}
