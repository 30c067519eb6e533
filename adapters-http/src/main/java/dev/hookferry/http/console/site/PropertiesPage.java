package dev.hookferry.http.console.site;

import dev.hookferry.ServerPropertiesPlan;
import dev.hookferry.Settings;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.site.SettingsByName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** QLM's two sections, webhook events and webhook settings, on one page. */
public final class PropertiesPage {
  private static final String PATH = "/server-properties";
  private static final FormValues NOTHING = FormValues.parse("");

  private final Settings settings;
  private final FrameRenderer frames;

  public PropertiesPage(Webhooks webhooks, FrameRenderer frames) {
    settings = webhooks.settings();
    this.frames = frames;
  }

  /** A change that was shown and not yet confirmed. */
  private record Draft(String site, Map<String, Object> before, Map<String, Object> changes) {}

  /** One line of what will change. */
  public record Change(String name, String before, String after) {}

  public ConsoleReply show(Visit visit) {
    return form(visit, NOTHING, 200, List.of());
  }

  /** Shows what would change, before it does. */
  public ConsoleReply review(Visit visit) {
    Map<String, Object> before = settings.serverProperties(visit.site());
    Map<String, Object> changes = PropertiesForm.changes(before, visit.form());
    if (changes.isEmpty()) {
      return visit.refused(visit.path(PATH), "Nothing was changed, so there is nothing to save.");
    }
    ServerPropertiesPlan plan;
    try {
      plan = settings.planServerProperties(visit.site(), changes);
    } catch (InvalidException e) {
      return form(visit, visit.form(), 400, e.problems());
    }
    String draft = visit.session().draft(new Draft(visit.site().value(), before, changes));
    List<Change> lines = new ArrayList<>();
    changes.forEach((name, value) -> lines.add(line(name, before.getOrDefault(name, ""), value)));
    Frame frame = frames.of(visit, Nav.PROPERTIES, "Review changes");
    return TemplateRenderer.page(
        (out, i) ->
            JteReviewPropertiesGenerated.render(
                out, i, frame, new Review(draft, lines, consequences(plan, changes))));
  }

  /** What is confirmed. */
  public record Review(String draft, List<Change> changes, List<String> consequences) {}

  /** Makes the change that was shown, unless somebody else made one in between. */
  public ConsoleReply save(Visit visit) {
    Optional<Draft> draft = visit.session().takeDraft(visit.form().text("draft"), Draft.class);
    if (draft.isEmpty() || !draft.get().site().equals(visit.site().value())) {
      return visit.refused(visit.path(PATH), "That review is out of date. Make the change again.");
    }
    if (!draft.get().before().equals(settings.serverProperties(visit.site()))) {
      return visit.refused(
          visit.path(PATH),
          "Somebody changed the server properties in the meantime. Look again, then change them.");
    }
    try {
      var unused =
          visit.webhooks().settings().changeServerProperties(visit.site(), draft.get().changes());
    } catch (InvalidException e) {
      return visit.refused(visit.path(PATH), "Nothing was saved: " + e.getMessage());
    }
    return visit.done(visit.path(PATH), "The server properties are saved.");
  }

  private ConsoleReply form(Visit visit, FormValues typed, int status, List<Problem> problems) {
    PropertiesView view =
        PropertiesView.of(settings.serverProperties(visit.site()), typed, problems);
    Frame frame = frames.of(visit, Nav.PROPERTIES, "Server properties");
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

  private static List<String> consequences(ServerPropertiesPlan plan, Map<String, Object> changes) {
    List<String> all = new ArrayList<>();
    if (changes.containsKey(PropertiesForm.ENABLED)) {
      all.add(
          changes.get(PropertiesForm.ENABLED).equals(true)
              ? "What rests goes out, and events make deliveries again."
              : "Nothing is sent: pending deliveries rest, and events that come make none.");
    }
    if (changes.containsKey(PropertiesForm.SECRET)) {
      all.add(
          changes.get(PropertiesForm.SECRET).equals("")
              ? "Requests carry no X-QLM-Signature, but for endpoints with a key of their own."
              : "X-QLM-Signature is made with the new key from the next attempt on: give it to the"
                  + " receivers.");
    }
    if (PropertiesForm.NUMBERS.stream().anyMatch(changes::containsKey)) {
      all.add(
          "Deliveries that wait keep the time of their next attempt; the new values count after"
              + " it.");
    }
    for (Endpoint endpoint : plan.added()) {
      all.add("A new endpoint sends to " + endpoint.url() + ".");
    }
    for (Endpoint endpoint : plan.changed()) {
      all.add("The endpoint " + endpoint.url() + " wants other event types.");
    }
    for (Endpoint endpoint : plan.removed()) {
      all.add(
          "The endpoint "
              + endpoint.url()
              + " loses its last event type and is removed. Its pending deliveries are cancelled;"
              + " its log stays.");
    }
    return all;
  }
}
