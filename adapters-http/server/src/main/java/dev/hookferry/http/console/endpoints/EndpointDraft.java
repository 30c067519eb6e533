package dev.hookferry.http.console.endpoints;

import dev.hookferry.http.console.frame.Session;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.SiteId;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.SigningSecret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that has been tested but is not registered yet. The session stores it.
 *
 * @param site the site that it will belong to
 * @param form the form as typed
 * @param secret the secret that signed the test, or null before the first test
 */
record EndpointDraft(SiteId site, EndpointForm form, @Nullable SigningSecret secret) {
  private static final String FIELD = Session.DRAFT_FIELD;

  /** A draft as stored in the session. */
  private record Kept(String site, EndpointForm form, @Nullable String secret) {
    EndpointDraft draft() {
      return new EndpointDraft(
          new SiteId(site), form, secret == null ? null : SigningSecret.of(secret));
    }
  }

  /** Stores the draft in the session and returns its name. */
  String keep(Visit visit) {
    return visit
        .session()
        .draft(new Kept(site.value(), form, secret == null ? null : secret.reveal()));
  }

  /** Removes the draft that a form refers to. */
  static void forget(Visit visit) {
    var unused = visit.session().takeDraft(visit.form().text(FIELD), Kept.class);
  }

  /** Returns the draft that a form refers to, if it belongs to this site. */
  static Optional<EndpointDraft> of(Visit visit) {
    return visit
        .session()
        .keptDraft(visit.form().text(FIELD), Kept.class)
        .map(Kept::draft)
        .filter(draft -> draft.site().equals(visit.site()));
  }

  /**
   * Returns whether a form refers to a draft instead of its own fields. After a test, the form also
   * carries the fields in case the session ends.
   */
  static boolean refersToDraft(Visit visit) {
    FormValues form = visit.form();
    return form.has(FIELD) && (form.has("tried") || !form.has("url"));
  }

  /**
   * Returns a draft of the endpoint in a form, with its secret, or else the secret that was already
   * shown.
   */
  static EndpointDraft fromForm(Visit visit) {
    EndpointForm form = EndpointForm.of(visit.form());
    SigningSecret given = form.secrets().validSecret();
    SigningSecret shown = of(visit).map(EndpointDraft::secret).orElse(null);
    SecretType type = form.secrets().type();
    boolean isKept = given == null && shown != null && shown.type() == type;
    SigningSecret fresh = SecretsForm.generated(type.code(), SecretType.HMAC);
    return new EndpointDraft(visit.site(), form, isKept ? shown : given == null ? fresh : given);
  }

  /** Returns a copy marked as tested with this secret. */
  EndpointDraft with(SigningSecret tried) {
    return new EndpointDraft(site, form, tried);
  }
}
