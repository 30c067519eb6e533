package dev.hookferry.query;

import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Query for events.
 *
 * @param site the site to search
 * @param type only events of this exact type (no wildcards); null for all
 * @param accepted when they were accepted
 * @param page the page; ordered by acceptance, newest first
 */
public record EventQuery(
    SiteId site, @Nullable EventType type, TimeWindow accepted, PageRequest page) {
  public EventQuery {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(accepted, "accepted");
    Objects.requireNonNull(page, "page");
  }
}
