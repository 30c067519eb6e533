package dev.hookferry.http.console.portal.forms;

import dev.hookferry.id.EndpointId;
import dev.hookferry.portal.PortalSession;
import dev.hookferry.query.PageRequest;
import dev.hookferry.session.NewSession;
import dev.hookferry.session.OpenSession;
import dev.hookferry.session.SessionKeeper;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.store.session.SessionEntry;
import dev.hookferry.store.session.SessionFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Storage of a new secret for an hour or until it is dismissed, so that the page that shows it can
 * be reloaded. The secret is in the store, sealed, for the session that created it. The page's URL
 * contains only a token, which is worthless to every other session.
 */
public final class SavedSecrets {
  private static final String KIND = "portal-secret";
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int MAX = 8;

  private final SessionKeeper keeper;

  /** Creates the storage among a store's sessions. */
  public SavedSecrets(SessionKeeper keeper) {
    this.keeper = keeper;
  }

  /**
   * A stored secret.
   *
   * @param isNew whether the secret belongs to a new endpoint rather than being a rotated one
   * @param secret the secret or the public key
   */
  public record Kept(boolean isNew, String secret) {
    @Override
    public String toString() {
      return "Kept[" + isNew + "]";
    }
  }

  /** Stores a secret and returns its token. Beyond eight secrets, the oldest is dropped. */
  public String keep(
      PortalSession session, EndpointId endpoint, SigningSecret secret, boolean isNew) {
    String owner = session.id().toString();
    SessionFilter mine = SessionFilter.ofKind(KIND).site(session.site()).subject(owner);
    List<SessionEntry> entries = keeper.list(mine, PageRequest.of(MAX)).data();
    if (entries.size() == MAX) {
      int unused = keeper.end(mine.id(entries.get(MAX - 1).id()));
    }
    return keeper
        .begin(
            NewSession.of(KIND, LIFETIME)
                .site(session.site())
                .subject(owner)
                .key(session.key())
                .text(endpoint + "\n" + isNew + "\n" + secret.forReceiver()))
        .token();
  }

  /** Returns the secret stored for an endpoint under a token in this session. */
  public Optional<Kept> find(PortalSession session, EndpointId endpoint, String token) {
    return token.isEmpty()
        ? Optional.empty()
        : keeper
            .find(KIND, token)
            .filter(kept -> isOf(session, kept))
            .map(kept -> kept.text().lines().toList())
            .filter(lines -> lines.size() == 3 && lines.get(0).equals(endpoint.toString()))
            .map(lines -> new Kept(Boolean.parseBoolean(lines.get(1)), lines.get(2)));
  }

  private static boolean isOf(PortalSession session, OpenSession kept) {
    return session.site().equals(kept.entry().site())
        && session.id().toString().equals(kept.entry().subject());
  }

  /** Removes the secret stored under a token. */
  public void dismiss(PortalSession session, String token) {
    if (!token.isEmpty() && keeper.find(KIND, token).filter(k -> isOf(session, k)).isPresent()) {
      Optional<OpenSession> unused = keeper.take(KIND, token);
    }
  }
}
