package dev.hookferry.http.console.catalog;

import dev.hookferry.EventTypes;
import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page for describing and removing event types. */
public final class EventTypeEditPage {
  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public EventTypeEditPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * The form as typed.
   *
   * @param next whether the schema becomes another version
   */
  public record Typed(
      String type,
      String description,
      String policy,
      boolean deprecated,
      String example,
      String schema,
      boolean next) {}

  /**
   * Content of the page.
   *
   * @param version the version of the schema in force; 0 if it has none
   * @param problems the errors in the form
   */
  public record View(Typed typed, boolean isNew, int version, List<Problem> problems) {
    /** Returns the message for a field or a position in it, or an empty string. */
    public String wrong(String field) {
      return problems.stream()
          .filter(each -> each.field().equals(field) || each.field().startsWith(field + "/"))
          .map(Problem::toString)
          .reduce((one, other) -> one + "; " + other)
          .orElse("");
    }
  }

  public ConsoleReply blank(Visit visit) {
    Typed typed = new Typed("", "", SchemaPolicy.OFF.code(), false, "", "", false);
    return form(visit, 200, new View(typed, true, 0, List.of()));
  }

  public ConsoleReply edit(Visit visit) {
    EventTypeDefinition type = EventTypesPage.definition(webhooks, visit);
    Typed typed =
        new Typed(
            type.type().name(),
            type.description(),
            type.policy().code(),
            type.deprecated(),
            EventTypesPage.pretty(type.example()),
            EventTypesPage.pretty(type.schema().map(SchemaVersion::schema).orElse(null)),
            false);
    return form(visit, 200, new View(typed, false, version(type), List.of()));
  }

  public ConsoleReply create(Visit visit) {
    Typed typed = typed(visit.form(), visit.form().text("type"));
    return save(visit, typed, null);
  }

  public ConsoleReply save(Visit visit) {
    EventTypeDefinition before = EventTypesPage.definition(webhooks, visit);
    return save(visit, typed(visit.form(), before.type().name()), before);
  }

  private ConsoleReply save(Visit visit, Typed typed, @Nullable EventTypeDefinition before) {
    int version = before == null ? 0 : version(before);
    try {
      EventType type = new EventType(typed.type());
      put(visit.webhooks().eventTypes(), visit.site(), type, typed, before);
      return visit.done(visit.path("/event-types/" + type), "The event type was saved.");
    } catch (InvalidException e) {
      return form(visit, 400, new View(typed, before == null, version, e.problems()));
    } catch (ConflictException e) {
      List<Problem> problems = List.of(new Problem("schema", String.valueOf(e.getMessage())));
      return form(visit, 409, new View(typed, before == null, version, problems));
    }
  }

  private static void put(
      EventTypes types,
      SiteId site,
      EventType type,
      Typed typed,
      @Nullable EventTypeDefinition before) {
    String example = json(typed.example(), before == null ? null : before.example());
    String schema =
        json(
            typed.schema(),
            before == null ? null : before.schema().map(SchemaVersion::schema).orElse(null));
    EventTypeSpec spec =
        EventTypeSpec.of(typed.description())
            .example(example)
            .schema(schema)
            .policy(SchemaPolicy.fromCode(typed.policy()).orElse(SchemaPolicy.OFF))
            .deprecated(typed.deprecated())
            .archived(before != null && before.archived());
    if (typed.next() && before != null && schema != null) {
      var unused = types.addVersion(site, type, version(before) + 1, schema, example);
    }
    var unused = types.put(site, type, spec);
  }

  /** Keeps the stored text if the form has the same value, which it shows with line breaks. */
  private static @Nullable String json(String typed, @Nullable String stored) {
    if (typed.isEmpty()) {
      return null;
    }
    return EventTypesPage.pretty(typed).equals(EventTypesPage.pretty(stored)) ? stored : typed;
  }

  public ConsoleReply remove(Visit visit) {
    EventType type = EventTypesPage.definition(webhooks, visit).type();
    visit.webhooks().eventTypes().remove(visit.site(), type);
    return visit.done(visit.path("/event-types"), "The event type " + type + " was removed.");
  }

  private static int version(EventTypeDefinition type) {
    return type.schema().map(SchemaVersion::number).orElse(0);
  }

  private static Typed typed(FormValues form, String type) {
    return new Typed(
        type,
        json(form, "description"),
        form.text("policy"),
        form.has("deprecated"),
        json(form, "example"),
        json(form, "schema"),
        form.has("next"));
  }

  /** Browsers submit line breaks as CR LF; users mean LF. */
  private static String json(FormValues form, String name) {
    return form.raw(name).replace("\r\n", "\n").strip();
  }

  private ConsoleReply form(Visit visit, int status, View view) {
    String title = view.isNew() ? "New event type" : "Edit " + view.typed().type();
    Frame frame = frames.of(visit, Nav.EVENT_TYPES, title);
    return TemplateRenderer.page(
        status, (out, i) -> JteEventTypeEditGenerated.render(out, i, frame, view));
  }
}
