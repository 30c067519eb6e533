package dev.hookferry.http.console.frame;

import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.SiteId;
import dev.hookferry.signing.StandardSecret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that is tried and not registered yet; kept in the session.
 *
 * @param site whose it will be
 * @param form as typed
 * @param secret with which it was tried, or null before the first time
 */
public record EndpointDraft(SiteId site, EndpointForm form, @Nullable StandardSecret secret) {
  /** How a form names it. */
  public static final String FIELD = "draft";

  /** The one that a form names, if it is of this site. */
  public static Optional<EndpointDraft> of(Visit visit) {
    return visit
        .session()
        .keptDraft(visit.form().text(FIELD), EndpointDraft.class)
        .filter(draft -> draft.site().equals(visit.site()));
  }

  /**
   * Whether a form means a draft, not what is typed in it: what was tried carries the fields too,
   * for the case that its session ends.
   */
  public static boolean isMeant(Visit visit) {
    FormValues form = visit.form();
    return form.has(FIELD) && (form.has("tried") || !form.has("url"));
  }

  /** What a form says, with the secret that was shown already. */
  public static EndpointDraft typed(Visit visit) {
    StandardSecret shown = of(visit).map(EndpointDraft::secret).orElse(null);
    return new EndpointDraft(visit.site(), EndpointForm.of(visit.form()), shown);
  }

  /** The same, tried with this secret. */
  public EndpointDraft with(StandardSecret tried) {
    return new EndpointDraft(site, form, tried);
  }
}
