package dev.hookferry.http.console.portal;

import dev.hookferry.Endpoints;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.words.Words;
import dev.hookferry.signing.SigningSecret;
import java.time.Instant;

/**
 * A secret, in the one reply that shows it.
 *
 * @param title what has happened
 * @param text what to do with it
 * @param secret the secret or the public key; empty if the link does not permit to see it
 * @param warning what may be wrong with a new endpoint; may be empty
 */
public record ShownSecret(String title, String text, String secret, String warning) {
  /** Returns the secret of a new endpoint. */
  static ShownSecret created(Endpoints.Registered made, boolean isShown, PortalVisit visit) {
    Words words = visit.words();
    String warning =
        made.warnings().isEmpty()
            ? ""
            : words.text("secret.unresolved", made.endpoint().url().host());
    return new ShownSecret(
        words.text("note.created"),
        isShown ? words.text("secret.created") : "",
        isShown ? made.secret().forReceiver() : "",
        warning);
  }

  /** Returns the new secret of an endpoint. */
  static ShownSecret rotated(SigningSecret secret, Endpoint endpoint, PortalVisit visit) {
    Words words = visit.words();
    boolean isKey = secret.publicKey() != null;
    Instant end = endpoint.signing().oldSecretsUntil();
    String text =
        end == null || !end.isAfter(visit.now())
            ? words.text(isKey ? "key.rotated-now" : "secret.rotated-now")
            : words.text(isKey ? "key.rotated" : "secret.rotated", words.exact(end));
    return new ShownSecret(
        words.text(isKey ? "key.new" : "secret.new"), text, secret.forReceiver(), "");
  }
}
