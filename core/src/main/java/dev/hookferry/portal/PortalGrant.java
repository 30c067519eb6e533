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
 * Grant of a link and its holder; written into the sealed text of its code and its session.
 *
 * @param subject the product's own name of the user
 * @param name the user's display name; may be empty
 * @param can the capabilities in addition to reading
 * @param labels the labels of the endpoints that it leads to; empty for all of the site
 * @param idle how long the session may be unused
 * @param opening how the pages open
 * @param asOperator whether an operator looks at the pages of this user
 * @param replaces the session that ends when this one begins; null for none
 * @param siteCreatedAt when its site was created, in whole milliseconds; null if unknown
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
   * Returns whether a session with this grant is for a site, not for an earlier one of that name.
   * Does not compare times of two nodes, whose clocks may differ.
   *
   * @param begunAt when the session began, which decides for those of earlier versions
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

  /** Returns how the audit log names its link. */
  AuditAction action() {
    return asOperator ? AuditAction.PORTAL_VIEWED : AuditAction.PORTAL_LINKED;
  }

  /** Returns the details of the audit entry for its link. */
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

  /** Returns whether it leads to an endpoint: to one with all its labels. */
  boolean leadsTo(Endpoint endpoint) {
    return endpoint.labels().entrySet().containsAll(labels.entrySet());
  }

  /** Returns whether it leads to an endpoint of a site; not if that was removed. */
  boolean leadsTo(Webhooks webhooks, SiteId site, EndpointId id) {
    try {
      return leadsTo(webhooks.endpoints().get(site, id));
    } catch (NotFoundException e) {
      return false;
    }
  }

  /** Returns a warning if nobody who follows the link sees an endpoint or may add one. */
  List<String> warnings(List<Endpoint> ofSite) {
    return ofSite.stream().noneMatch(this::leadsTo)
            && !permitted().contains(PortalCapability.MANAGE)
        ? List.of(
            labels.isEmpty()
                ? "the site has no endpoints, so its pages are empty"
                : "no endpoint has all these labels, so its pages are empty")
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

  /** Reads the grant of a session; members that a newer version has written are ignored. */
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
        opening == null ? PortalOpening.USUAL : opening,
        members.flagIfThere("asOperator"),
        members.textOrNull("replaces", UUID::fromString),
        members.textOrNull("siteCreatedAt", Instant::parse));
  }
}
