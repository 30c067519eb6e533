package dev.hookferry.observe;

import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The start of a session in the customer portal.
 *
 * @param site the site
 * @param session the id of the session
 * @param subject the product's identifier for the user
 * @param name the user's display name; may be empty
 * @param labels the labels that endpoints must have to be accessible; empty for all endpoints of
 *     the site
 * @param at when it started
 */
public record PortalSessionStart(
    SiteId site,
    UUID session,
    String subject,
    String name,
    Map<String, String> labels,
    Instant at) {
  public PortalSessionStart {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(at, "at");
    labels = Map.copyOf(labels);
  }
}
