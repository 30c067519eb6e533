package dev.hookferry.portal;

import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.session.NewSession;
import dev.hookferry.session.OpenSession;
import dev.hookferry.session.SessionKeeper;
import dev.hookferry.store.session.SessionEntry;
import dev.hookferry.store.session.SessionFilter;
import java.time.Duration;
import java.util.Optional;

/**
 * Forms that were sent after their session had expired, in the store: one for each user, for an
 * hour.
 */
final class SavedForms {
  private static final String KIND = "portal-form";
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final SessionKeeper sessions;

  SavedForms(SessionKeeper sessions) {
    this.sessions = sessions;
  }

  /** Keeps a form instead of an earlier one; empty if it is too large. */
  Optional<String> keep(OpenSession expired, String form) {
    SessionEntry of = expired.entry();
    SessionFilter earlier = SessionFilter.ofKind(KIND).subject(of.subject());
    SiteId site = of.site();
    int unused = sessions.end(site == null ? earlier : earlier.site(site));
    NewSession kept =
        NewSession.of(KIND, LIFETIME).site(site).subject(of.subject()).key(of.key()).text(form);
    try {
      return Optional.of(sessions.begin(kept).token());
    } catch (InvalidException e) {
      return Optional.empty();
    }
  }

  Optional<String> take(PortalSession session, String token) {
    return sessions
        .find(KIND, token)
        .filter(kept -> session.site().equals(kept.entry().site()))
        .filter(kept -> session.subject().equals(kept.entry().subject()))
        .flatMap(kept -> sessions.take(KIND, token))
        .map(OpenSession::text);
  }

  /** Drops the saved forms of a user. */
  void drop(SiteId site, String subject) {
    int unused = sessions.end(SessionFilter.ofKind(KIND).site(site).subject(subject));
  }
}
