package dev.hookferry.site;

import dev.hookferry.id.SiteId;
import java.time.Instant;

/**
 * A tenant, with settings, endpoints, events and a log of its own.
 *
 * @param id its name
 * @param settings what it has set
 * @param createdAt when it came to be
 */
public record Site(SiteId id, SiteSettings settings, Instant createdAt) {
  /** The same site with other settings. */
  public Site with(SiteSettings changed) {
    return new Site(id, changed, createdAt);
  }
}
