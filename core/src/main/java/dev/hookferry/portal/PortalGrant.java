package dev.hookferry.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.session.OpenSession;
import dev.hookferry.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The permissions and the user of a link; stored in the sealed text of its code and its session.
 *
 * @param subject the product's own id for the user
 * @param name the user's display name; may be empty
 * @param can the capabilities in addition to reading
 * @param labels the labels that accessible endpoints must have; empty for all endpoints of the site
 * @param idle the idle timeout of the session
 * @param opening the language, colour scheme, first page and return URL
 * @param asOperator whether an operator views the pages as this user
 * @param replaces the session that ends when this link is opened; null for none
 * @param siteCreatedAt when the site was created, in whole milliseconds; null if unknown
 */
record PortalGrant(
    String subject,
    String name,
    Set<PortalCapability> can,
    Map<String, String> labels,
    Duration idle,
    PortalOpening opening,
    boolean asOperator,
    @Nullable UUID replaces,
    @Nullable Instant siteCreatedAt) {
  PortalGrant {
    can = Set.copyOf(can);
    labels = Map.copyOf(labels);
  }

  PortalGrant withName(String name) {
    return new PortalGrant(
        subject, name, can, labels, idle, opening, asOperator, replaces, siteCreatedAt);
  }

  PortalGrant withCan(Set<PortalCapability> can) {
    return new PortalGrant(
        subject, name, can, labels, idle, opening, asOperator, replaces, siteCreatedAt);
  }

  PortalGrant withLabels(Map<String, String> labels) {
    return new PortalGrant(
        subject, name, can, labels, idle, opening, asOperator, replaces, siteCreatedAt);
  }

  PortalGrant withIdle(Duration idle) {
    return new PortalGrant(
        subject, name, can, labels, idle, opening, asOperator, replaces, siteCreatedAt);
  }

  PortalGrant withOpening(PortalOpening opening) {
    return new PortalGrant(
        subject, name, can, labels, idle, opening, asOperator, replaces, siteCreatedAt);
  }

  PortalGrant forOperator() {
    return new PortalGrant(
        subject, name, can, labels, idle, opening, true, replaces, siteCreatedAt);
  }

  PortalGrant replacing(UUID session) {
    return new PortalGrant(
        subject, name, can, labels, idle, opening, asOperator, session, siteCreatedAt);
  }

  PortalGrant forSite(Site site) {
    Instant created = site.createdAt().truncatedTo(ChronoUnit.MILLIS);
    return new PortalGrant(
        subject, name, can, labels, idle, opening, asOperator, replaces, created);
  }

  /**
   * Returns whether a session with this grant belongs to this site, not to an earlier site with the
   * same name. Compares creation times of the site rather than the clocks of two nodes, which may
   * differ.
   *
   * @param begunAt when the session began; used only for sessions from earlier versions, which lack
   *     the creation time
   */
  boolean isFor(Site site, Instant begunAt) {
    return siteCreatedAt == null
        ? !begunAt.plusMillis(1).isBefore(site.createdAt())
        : siteCreatedAt.equals(site.createdAt().truncatedTo(ChronoUnit.MILLIS));
  }

  /** Returns the effective permissions: an operator may only read. */
  Set<PortalCapability> permitted() {
    return !asOperator
        ? can
        : can.contains(PortalCapability.PAYLOAD) ? Set.of(PortalCapability.PAYLOAD) : Set.of();
  }

  /** Returns the audit action for creating the link. */
  AuditAction action() {
    return asOperator ? AuditAction.PORTAL_VIEWED : AuditAction.PORTAL_LINKED;
  }

  /** Returns the details of the audit entry for the link. */
  List<FieldChange> audited() {
    List<FieldChange> details = new ArrayList<>();
    new TreeMap<>(labels)
        .forEach((name, value) -> details.add(new FieldChange("labels." + name, null, value)));
    details.add(
        new FieldChange(
            "can",
            null,
            can().stream().map(PortalCapability::code).sorted().collect(Collectors.joining(", "))));
    details.add(new FieldChange("sessionMinutes", null, Long.toString(idle.toMinutes())));
    return details;
  }

  /** Returns whether this grant covers an endpoint, which must have all of the grant's labels. */
  boolean leadsTo(Endpoint endpoint) {
    return endpoint.labels().entrySet().containsAll(labels.entrySet());
  }

  /** Returns whether this grant covers an endpoint of a site; false if the endpoint was removed. */
  boolean leadsTo(Webhooks webhooks, SiteId site, EndpointId id) {
    try {
      return leadsTo(webhooks.endpoints().get(site, id));
    } catch (NotFoundException e) {
      return false;
    }
  }

  /** Returns a warning if the link's user would see no endpoints and may not add any. */
  List<String> warnings(List<Endpoint> ofSite) {
    return ofSite.stream().noneMatch(this::leadsTo)
            && !permitted().contains(PortalCapability.MANAGE)
        ? List.of(
            labels.isEmpty()
                ? "the site has no endpoints, so the portal's pages are empty"
                : "no endpoint has all these labels, so the portal's pages are empty")
        : List.of();
  }

  String write() {
    return new JsonWriter()
        .text("name", name)
        .texts("can", can.stream().map(PortalCapability::code).sorted().toList())
        .textsByName("labels", labels)
        .number("minutes", idle.toMinutes())
        .object("opening", opening, (json, one) -> one.write(json))
        .flag("asOperator", asOperator)
        .text("replaces", replaces == null ? null : replaces.toString())
        .text("siteCreatedAt", siteCreatedAt == null ? null : siteCreatedAt.toString())
        .end();
  }

  /** Reads the grant of a session, ignoring members written by a newer version. */
  static PortalGrant read(OpenSession session) {
    JsonMembers members = JsonMembers.lenient(session.text());
    Set<PortalCapability> can =
        members.texts("can", PortalCapability::fromCode).stream()
            .flatMap(one -> one.stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(PortalCapability.class)));
    PortalOpening opening = members.objectOrNull("opening", PortalOpening::read);
    return new PortalGrant(
        session.entry().subject(),
        members.text("name"),
        can,
        members.textsByName("labels"),
        Duration.ofMinutes(members.number("minutes")),
        opening == null ? PortalOpening.DEFAULT : opening,
        members.flagIfThere("asOperator"),
        members.textOrNull("replaces", UUID::fromString),
        members.textOrNull("siteCreatedAt", Instant::parse));
  }
}
