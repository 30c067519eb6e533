package dev.hookferry.session;

import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.session.SessionFilter;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Request for a new session. Immutable; each method returns a copy. */
public final class NewSession {
  private final SessionFilter place;
  private final Duration lifetime;
  private final String text;

  private NewSession(SessionFilter place, Duration lifetime, String text) {
    this.place = place;
    this.lifetime = lifetime;
    this.text = text;
  }

  /**
   * Returns a session without a subject or text.
   *
   * @param kind the session's purpose: 1 to 20 lower-case letters and hyphens. A token of one kind
   *     is not valid for any other kind
   * @param lifetime how long the session lasts unless it is extended
   */
  public static NewSession of(String kind, Duration lifetime) {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(lifetime, "lifetime");
    if (!kind.matches("[a-z-]{1,20}")) {
      throw new IllegalArgumentException("kind must be 1 to 20 lower-case letters and hyphens");
    }
    return new NewSession(SessionFilter.ofKind(kind), lifetime, "");
  }

  /** Returns a copy for a site; null for none. */
  public NewSession site(@Nullable SiteId site) {
    return site == null ? this : new NewSession(place.site(site), lifetime, text);
  }

  /**
   * Returns a copy for a subject.
   *
   * @param subject up to 200 visible ASCII characters
   */
  public NewSession subject(String subject) {
    Objects.requireNonNull(subject, "subject");
    if (!subject.matches("[!-~]{0,200}")) {
      throw new IllegalArgumentException("subject must be up to 200 visible ASCII characters");
    }
    return new NewSession(place.subject(subject), lifetime, text);
  }

  /** Returns a copy created with this API key; null for none. */
  public NewSession key(@Nullable KeyId key) {
    SessionFilter with =
        new SessionFilter(place.kind(), place.site(), key, null, place.subject(), null);
    return new NewSession(with, lifetime, text);
  }

  /** Returns a copy with this text, which is sealed before it is stored. */
  public NewSession text(String text) {
    return new NewSession(place, lifetime, Objects.requireNonNull(text, "text"));
  }

  String kind() {
    return String.valueOf(place.kind());
  }

  @Nullable SiteId site() {
    return place.site();
  }

  @Nullable KeyId key() {
    return place.key();
  }

  String subject() {
    String subject = place.subject();
    return subject == null ? "" : subject;
  }

  Duration lifetime() {
    return lifetime;
  }

  String text() {
    return text;
  }
}
