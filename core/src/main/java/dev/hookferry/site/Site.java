package dev.hookferry.site;

import dev.hookferry.id.SiteId;
import java.time.Instant;

/**
 * A tenant with its own settings, endpoints, events and log.
 *
 * @param id its name
 * @param settings its settings
 * @param createdAt when it was created
 */
public record Site(SiteId id, SiteSettings settings, Instant createdAt) {
  /** Returns a copy with other settings. */
  public Site with(SiteSettings changed) {
    return new Site(id, changed, createdAt);
  }
}
