package dev.hookferry.http.console.site;

import dev.hookferry.Settings;
import dev.hookferry.Webhooks;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.navigation.LastChange;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.site.ServerPropertiesPlan;
import dev.hookferry.site.SettingsByName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Page that shows and changes QLM's server properties: webhook events and webhook settings. */
public final class PropertiesPage {
  private static final String PATH = "/server-properties";
  private static final FormValues NOTHING = FormValues.parse("");

  private final Webhooks webhooks;
  private final Settings settings;
  private final FrameRenderer frames;

  public PropertiesPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    settings = webhooks.settings();
    this.frames = frames;
  }

  /**
   * A reviewed change that awaits confirmation.
   *
   * @param before the properties as they were, as text
   */
  private record Draft(String site, String before, Map<String, Object> changes) {}

  /** A property that will change. */
  public record Change(String name, String before, String after) {}

  public ConsoleReply show(Visit visit) {
    String time = visit.query().text("undo");
    boolean isUndo = !time.isEmpty() && LastChange.mayRead(visit);
    PropertiesUndo undo = isUndo ? PropertiesUndo.of(webhooks, visit, time) : null;
    if (isUndo && undo == null) {
      return visit.refused(visit.path(PATH), "The audit log has no such change.");
    }
    FormValues typed = undo == null ? NOTHING : undo.form();
    return page(visit, 200, view(visit, typed, List.of()).undoing(undo));
  }

  /** Shows the consequences of a change before it is saved. */
  public ConsoleReply review(Visit visit) {
    Map<String, Object> before = settings.serverProperties(visit.site());
    return review(visit, before, PropertiesForm.changes(before, visit.form()));
  }

  private ConsoleReply review(
      Visit visit, Map<String, Object> before, Map<String, Object> changes) {
    if (changes.isEmpty()) {
      return visit.refused(visit.path(PATH), "There are no changes to save.");
    }
    ServerPropertiesPlan plan;
    try {
      plan = settings.planServerProperties(visit.site(), changes);
    } catch (InvalidException e) {
      return form(visit, visit.form(), 400, e.problems());
    }
    String draft =
        visit.session().draft(new Draft(visit.site().value(), before.toString(), changes));
    List<Change> lines = new ArrayList<>();
    changes.forEach((name, value) -> lines.add(line(name, before.getOrDefault(name, ""), value)));
    PropertyChangeImpact consequences = PropertyChangeImpact.of(plan, changes);
    Frame frame = frames.of(visit, Nav.PROPERTIES, "Review changes");
    return TemplateRenderer.page(
        (out, i) ->
            JteReviewPropertiesGenerated.render(
                out,
                i,
                frame,
                new Review(
                    draft,
                    lines,
                    PropertiesForm.hiddenFields(changes),
                    consequences.warnings(),
                    consequences.all())));
  }

  /**
   * Content of the review.
   *
   * @param carried the changes without secrets, to review again if the session ends
   */
  public record Review(
      String draft,
      List<Change> changes,
      Map<String, String> carried,
      List<String> warnings,
      List<String> consequences) {}

  /** Saves the reviewed change, unless the properties were changed in the meantime. */
  public ConsoleReply save(Visit visit) {
    Map<String, Object> carried = PropertiesForm.carried(visit.form());
    if (!visit.form().has("draft") && !carried.isEmpty()) {
      // The session of the review has ended: review again.
      return review(visit, settings.serverProperties(visit.site()), carried);
    }
    Optional<Draft> draft = visit.session().takeDraft(visit.form().text("draft"), Draft.class);
    if (draft.isEmpty() || !draft.get().site().equals(visit.site().value())) {
      return visit.refused(
          visit.path(PATH), "This review has expired. Please make your change again.");
    }
    if (!draft.get().before().equals(settings.serverProperties(visit.site()).toString())) {
      return visit.refused(
          visit.path(PATH),
          "The server properties were changed in the meantime. Check them, then make your change"
              + " again.");
    }
    try {
      Map<String, Object> saved =
          visit.webhooks().settings().changeServerProperties(visit.site(), draft.get().changes());
      String warning =
          saved.get(Settings.WARNINGS) instanceof List<?> warnings
              ? "Warning: "
                  + warnings.stream().map(String::valueOf).collect(Collectors.joining("; "))
                  + "."
              : "";
      return visit.done(visit.path(PATH), "The server properties were saved.", warning);
    } catch (InvalidException e) {
      return visit.refused(visit.path(PATH), "Nothing was saved: " + e.getMessage());
    }
  }

  private ConsoleReply form(Visit visit, FormValues typed, int status, List<Problem> problems) {
    return page(visit, status, view(visit, typed, problems));
  }

  private PropertiesView view(Visit visit, FormValues typed, List<Problem> problems) {
    return PropertiesView.of(
        settings.serverProperties(visit.site()),
        new EndpointList(webhooks, visit.site()).all(),
        typed,
        problems);
  }

  private ConsoleReply page(Visit visit, int status, PropertiesView form) {
    PropertiesView view =
        LastChange.mayRead(visit)
            ? PropertiesUndo.last(visit)
                .map(entry -> form.changed(LastChange.of(entry, visit, PropertiesUndo.path(entry))))
                .orElse(form)
            : form;
    Frame frame = frames.of(visit, Nav.PROPERTIES, "QLM server properties");
    return TemplateRenderer.page(
        status, (out, i) -> JtePropertiesGenerated.render(out, i, frame, view));
  }

  private static Change line(String name, Object before, Object after) {
    if (name.equals(PropertiesForm.SECRET)) {
      String was = String.valueOf(before).isEmpty() ? "none" : "a key that is not shown";
      return new Change(name, was, after.equals("") ? "none" : "another key");
    }
    boolean event = !SettingsByName.QLM.contains(name);
    return new Change(name, shown(before, event), shown(after, event));
  }

  private static String shown(Object value, boolean event) {
    String text = String.valueOf(value);
    return event && text.isEmpty() ? "no URL" : text.replace(";", "; ");
  }
}
