package dev.hookferry.site;

import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.Objects;

/**
 * A tenant with its own settings, endpoints, events and log.
 *
 * @param id its name
 * @param settings its settings
 * @param createdAt when it was created
 */
public record Site(SiteId id, SiteSettings settings, Instant createdAt) {
  public Site {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(createdAt, "createdAt");
  }

  /** Returns a copy with other settings. */
  public Site with(SiteSettings changed) {
    Objects.requireNonNull(changed, "changed");
    return new Site(id, changed, createdAt);
  }
}
