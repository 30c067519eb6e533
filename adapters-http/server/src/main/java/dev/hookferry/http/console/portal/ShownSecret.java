package dev.hookferry.http.console.portal;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.console.portal.forms.SavedSecrets;
import dev.hookferry.http.console.text.ReceiverSnippets;
import dev.hookferry.http.words.Words;
import dev.hookferry.portal.PortalCapability;
import java.time.Instant;
import java.util.Optional;

/**
 * A new secret, on the page of its endpoint.
 *
 * @param title what has happened
 * @param text what to do with it
 * @param secret the secret or the public key
 * @param token the token for retrieving it again until it is dismissed
 */
public record ShownSecret(String title, TimedText text, String secret, String token) {
  /** The query parameter with the token. */
  static final String FIELD = "kept";

  /** Returns the secret that a page shows; empty if it shows none. */
  static Optional<ShownSecret> of(SavedSecrets kept, PortalVisit visit, Endpoint endpoint) {
    String token = visit.query().text(FIELD);
    return visit.access().can(PortalCapability.SECRETS, endpoint)
        ? kept.find(visit.access().session(), endpoint.id(), token)
            .map(
                one ->
                    one.isNew() ? created(one, token, visit) : rotated(one, token, endpoint, visit))
        : Optional.empty();
  }

  private static ShownSecret created(SavedSecrets.Kept kept, String token, PortalVisit visit) {
    Words words = visit.words();
    return new ShownSecret(
        words.text("note.created"),
        TimedText.of(words.text("secret.created")),
        kept.secret(),
        token);
  }

  private static ShownSecret rotated(
      SavedSecrets.Kept kept, String token, Endpoint endpoint, PortalVisit visit) {
    Words words = visit.words();
    boolean isKey = ReceiverSnippets.isPublicKey(kept.secret());
    Instant end = endpoint.signing().oldSecretsUntil();
    TimedText text =
        end == null || !end.isAfter(visit.now())
            ? TimedText.of(words.text(isKey ? "key.rotated-now" : "secret.rotated-now"))
            : TimedText.of(
                words.text(isKey ? "key.rotated" : "secret.rotated", TimedText.TIME),
                words.time(end, visit.now()));
    return new ShownSecret(
        words.text(isKey ? "key.new" : "secret.new"), text, kept.secret(), token);
  }
}
