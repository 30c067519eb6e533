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
 * Forms that were submitted after their session had expired. The store keeps one per user, for an
 * hour.
 */
final class SavedForms {
  private static final String KIND = "portal-form";
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final SessionKeeper sessions;

  SavedForms(SessionKeeper sessions) {
    this.sessions = sessions;
  }

  /**
   * Saves a form in place of any earlier one and returns its token; empty if the form is too large.
   */
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

  /** Deletes the saved forms of a user. */
  void drop(SiteId site, String subject) {
    int unused = sessions.end(SessionFilter.ofKind(KIND).site(site).subject(subject));
  }
}
