package dev.hookferry.http.console.portal;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.endpoints.rows.FilterRows;
import dev.hookferry.http.console.endpoints.rows.FormRows;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.forms.FilterResult;
import dev.hookferry.http.console.portal.forms.PortalEndpointForm;
import dev.hookferry.http.console.portal.site.PortalCookie;
import dev.hookferry.http.console.portal.types.PublicTypes;
import dev.hookferry.http.console.portal.types.PublicTypes.TypeLine;
import dev.hookferry.http.console.portal.types.TypeField;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.util.List;
import java.util.Optional;

/** The forms that add and change an endpoint. */
final class PortalFormPages {
  /** The button that tests the filter. */
  private static final String TRY = "filter-try";

  private final Portal portal;
  private final PortalActions actions;
  private final boolean behindTls;

  PortalFormPages(Portal portal, PortalActions actions, boolean behindTls) {
    this.portal = portal;
    this.actions = actions;
    this.behindTls = behindTls;
  }

  /** Returns an endpoint, provided that it may be changed. */
  static Endpoint changeable(PortalVisit visit, EndpointId id, PortalCapability needed) {
    return visit.access().requireChangeable(visit.access().endpoint(id), needed);
  }

  ConsoleReply edit(PortalVisit visit, EndpointId id) {
    Endpoint endpoint = changeable(visit, id, PortalCapability.MANAGE);
    PortalEndpointForm stored =
        PortalEndpointForm.of(endpoint, visit.access().headers(endpoint), known(visit));
    return form(visit, of(visit, id), 200, kept(visit, stored));
  }

  ConsoleReply blank(PortalVisit visit) {
    var unused = visit.access().requirePermitted(PortalCapability.MANAGE);
    return form(visit, ofNew(visit), 200, kept(visit, PortalEndpointForm.empty(known(visit))));
  }

  /** Returns the form that was submitted after the session had ended, if it is for this page. */
  private PortalEndpointForm kept(PortalVisit visit, PortalEndpointForm current) {
    String token = PortalCookie.form(visit.request(), behindTls);
    String path = visit.request().path() + "\n";
    return (token.isEmpty()
            ? Optional.<String>empty()
            : portal.takeForm(visit.access().session(), token))
        .filter(form -> form.startsWith(path))
        .map(form -> FormValues.parse(form.substring(path.length())))
        .map(form -> PortalEndpointForm.of(form, current.isNew(), current.known()).asKept())
        .orElse(current);
  }

  ConsoleReply created(PortalVisit visit) {
    PortalEndpointForm form = PortalEndpointForm.of(visit.form(), true, known(visit));
    if (visit.form().has(FormRows.BUTTON)) {
      return otherRows(visit, ofNew(visit), form);
    }
    try {
      return actions.create(visit, form);
    } catch (InvalidException e) {
      return form(visit, ofNew(visit), 400, form.with(e.problems()));
    }
  }

  ConsoleReply changed(PortalVisit visit, EndpointId id) {
    PortalEndpointForm form = PortalEndpointForm.of(visit.form(), false, known(visit));
    if (visit.form().has(FormRows.BUTTON)) {
      return otherRows(visit, of(visit, id), form);
    }
    try {
      return actions.change(visit, changeable(visit, id, PortalCapability.MANAGE).id(), form);
    } catch (InvalidException e) {
      return form(visit, of(visit, id), 400, form.with(e.problems()));
    }
  }

  /**
   * Shows the form after a button has changed its rows, with the result of testing the filter if
   * requested; or explains why the rows are not a valid filter.
   */
  private static ConsoleReply otherRows(
      PortalVisit visit, PortalFrame frame, PortalEndpointForm form) {
    var unused = visit.access().requirePermitted(PortalCapability.MANAGE);
    try {
      Optional<FilterResult> tried =
          visit.form().text(FormRows.BUTTON).equals(TRY)
              ? form.tried(visit.access(), visit.words())
              : Optional.empty();
      List<Problem> unwritten =
          FilterRows.isWritten(visit.form()) ? form.filter().problems() : List.of();
      return form(visit, frame, unwritten.isEmpty() ? 200 : 400, form.found(unwritten), tried);
    } catch (InvalidException e) {
      return form(visit, frame, 400, form.found(e.problems()));
    }
  }

  private static List<TypeLine> known(PortalVisit visit) {
    return PublicTypes.lines(visit.access());
  }

  /** Returns the frame of the form of a new endpoint. */
  private static PortalFrame ofNew(PortalVisit visit) {
    return visit.frame("form.new");
  }

  /** Returns the frame of the form of an existing endpoint, whose title names it. */
  private static PortalFrame of(PortalVisit visit, EndpointId id) {
    String name = ShortName.of(visit.access().endpoint(id));
    return visit.titled(visit.words().text("form.change-name", name));
  }

  private static ConsoleReply form(
      PortalVisit visit, PortalFrame frame, int status, PortalEndpointForm form) {
    return form(visit, frame, status, form, Optional.empty());
  }

  private static ConsoleReply form(
      PortalVisit visit,
      PortalFrame frame,
      int status,
      PortalEndpointForm form,
      Optional<FilterResult> tried) {
    List<TypeField> fields = TypeField.of(visit.access());
    return TemplateRenderer.page(
        status,
        (out, i) -> JtePortalEndpointEditGenerated.render(out, i, frame, form, fields, tried));
  }
}
