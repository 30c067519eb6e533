package dev.hookferry.portal;

import dev.hookferry.Hookferry;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.session.NewSession;
import dev.hookferry.session.OpenSession;
import dev.hookferry.session.SessionKeeper;
import dev.hookferry.store.session.SessionFilter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Creates the codes of links and exchanges each of them for one session. Thread-safe; methods
 * block.
 */
final class PortalCodes {
  private static final String KIND = "portal-code";

  private final Hookferry hookferry;
  private final SessionKeeper sessions;

  PortalCodes(Hookferry hookferry, SessionKeeper sessions) {
    this.hookferry = hookferry;
    this.sessions = sessions;
  }

  PortalLink make(SiteId site, PortalGrant grant, Duration lifetime, @Nullable KeyId key) {
    List<String> warnings = grant.warnings(hookferry.webhooks().endpoints().all(site));
    SessionKeeper.Begun session = begin(KIND, lifetime, site, grant, key);
    return new PortalLink(
        session.entry().id(), session.token(), session.entry().expiresAt(), warnings);
  }

  private SessionKeeper.Begun begin(
      String kind, Duration lifetime, SiteId site, PortalGrant grant, @Nullable KeyId key) {
    return sessions.begin(
        NewSession.of(kind, lifetime)
            .site(site)
            .subject(grant.subject())
            .key(key)
            .text(grant.write()));
  }

  /** Finds a code that has not been exchanged yet. */
  Optional<OpenSession> find(String code) {
    return sessions.find(KIND, code);
  }

  void discard(String code) {
    var unused = sessions.take(KIND, code);
  }

  /** Invalidates the unused codes of a subject and returns how many there were. */
  int endAll(SiteId site, String subject) {
    return sessions.end(SessionFilter.ofKind(KIND).site(site).subject(subject));
  }

  /**
   * Exchanges a code for a new session, which also ends the session that the link replaces, if any.
   * Empty if the code or the replaced session has already ended. Starts the new session before it
   * ends the old ones: {@code Portal.endAll} also ends codes before sessions, so it cannot miss
   * both.
   */
  Optional<Portal.StartedSession> exchange(OpenSession code) {
    PortalGrant grant = PortalGrant.read(code);
    SiteId site = Objects.requireNonNull(code.entry().site());
    SessionKeeper.Begun session =
        begin(Portal.SESSION, grant.idle(), site, grant, code.entry().key());
    UUID replaced = grant.replaces();
    boolean isFirst =
        sessions.end(SessionFilter.ofKind(KIND).site(site).id(code.entry().id())) > 0
            && (replaced == null || sessions.end(ofSession(site, replaced)) > 0);
    if (!isFirst) {
      int unused = sessions.end(ofSession(site, session.entry().id()));
      return Optional.empty();
    }
    OpenSession open = new OpenSession(session.entry(), grant.write());
    return Optional.of(new Portal.StartedSession(session.token(), new PortalSession(open)));
  }

  private static SessionFilter ofSession(SiteId site, UUID id) {
    return SessionFilter.ofKind(Portal.SESSION).site(site).id(id);
  }
}
