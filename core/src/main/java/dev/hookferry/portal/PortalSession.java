package dev.hookferry.portal;

import dev.hookferry.audit.Actor;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.PortalSessionStart;
import dev.hookferry.session.OpenSession;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The portal session of a customer's user. Immutable. */
public final class PortalSession {
  private final OpenSession open;
  private final PortalGrant grant;

  PortalSession(OpenSession open) {
    this.open = open;
    grant = PortalGrant.read(open);
  }

  PortalSessionStart start() {
    Instant at = open.entry().createdAt();
    return new PortalSessionStart(site(), id(), subject(), name(), labels(), at);
  }

  /** Returns the user as an actor for the audit log. */
  Actor actor(String address) {
    String name = name().isEmpty() ? "" : " \"" + name() + "\"";
    return new Actor(key(), "portal:" + subject() + name, address);
  }

  OpenSession open() {
    return open;
  }

  PortalGrant grant() {
    return grant;
  }

  /** Returns the id, which is not secret. */
  public UUID id() {
    return open.entry().id();
  }

  /** Returns the site. */
  public SiteId site() {
    return Objects.requireNonNull(open.entry().site());
  }

  /** Returns the product's own id for the user. */
  public String subject() {
    return grant.subject();
  }

  /** Returns the user's display name; may be empty. */
  public String name() {
    return grant.name();
  }

  /** Returns the labels that accessible endpoints have; empty for all endpoints of the site. */
  public Map<String, String> labels() {
    return grant.labels();
  }

  /**
   * Returns the permissions in addition to reading; an operator's view has at most {@link
   * PortalCapability#PAYLOAD}.
   */
  public Set<PortalCapability> can() {
    return grant.permitted();
  }

  /** Returns the language tag of the pages; empty to use the browser's languages. */
  public String locale() {
    return grant.opening().locale();
  }

  /** Returns the colour scheme of the pages. */
  public ColourScheme theme() {
    return grant.opening().theme();
  }

  /** Returns the path of the first page; empty for Home. */
  public String page() {
    return grant.opening().page();
  }

  /** Returns the product's URL for the link back; empty if there is none. */
  public String returnUrl() {
    return grant.opening().returnUrl();
  }

  /** Returns whether an operator views the pages as this user. */
  public boolean isAsOperator() {
    return grant.asOperator();
  }

  /** Returns the key that created the link; null if the embedding program created it. */
  public @Nullable KeyId key() {
    return open.entry().key();
  }

  /** Returns when the session expires unless it is used. */
  public Instant expiresAt() {
    return open.entry().expiresAt();
  }

  /** Returns the id and the subject. */
  @Override
  public String toString() {
    return "PortalSession[" + id() + " " + subject() + "]";
  }
}
