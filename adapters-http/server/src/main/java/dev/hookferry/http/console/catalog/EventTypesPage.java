package dev.hookferry.http.console.catalog;

import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Payload;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.activity.TypeVolumes;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.PrettyJson;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.id.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages of the catalogue and its documents, and of one event type with its example and schema. */
public final class EventTypesPage {
  private static final String TYPE = "type";
  private static final Comparator<Row> BY_TYPE = Comparator.comparing(Row::type);
  private static final Map<String, Comparator<Row>> ORDERS =
      Map.of(
          TYPE,
          BY_TYPE,
          "-type",
          BY_TYPE.reversed(),
          "schema",
          Comparator.comparing(Row::check).thenComparing(BY_TYPE),
          "-schema",
          Comparator.comparing(Row::check).reversed().thenComparing(BY_TYPE));

  private final Webhooks webhooks;
  private final FrameRenderer frames;
  private final Activity activity;

  /**
   * Creates the page.
   *
   * @param activity the recent activity
   */
  public EventTypesPage(Webhooks webhooks, FrameRenderer frames, Activity activity) {
    this.webhooks = webhooks;
    this.frames = frames;
    this.activity = activity;
  }

  /**
   * An event type in the list.
   *
   * @param check the treatment of data that violates the schema
   * @param note deprecated or archived; empty if it is neither
   */
  public record Row(String type, String description, String check, String note) {}

  /**
   * Content of the list.
   *
   * @param volumes the attempts from the last 24 hours
   * @param sort the sort column, preceded by a minus if descending
   */
  public record ListView(List<Row> rows, TypeVolumes volumes, String sort, boolean canChange) {
    /** Returns the query that sorts by a column, or reverses the order if already sorted by it. */
    public String sorting(String column) {
      return "?sort=" + (sort.equals(column) ? "-" : "") + column;
    }

    /** Returns how the rows are sorted by a column, in the words of {@code aria-sort}. */
    public String order(String column) {
      return sort.equals(column) ? "ascending" : sort.equals("-" + column) ? "descending" : "none";
    }
  }

  /** A version of a schema. */
  public record VersionRow(int number, String schema, DisplayTime changed) {}

  /**
   * Content of the page of one type.
   *
   * @param example formatted JSON; empty if there is none
   * @param versions newest first
   * @param changed when it was last changed; null if it has no description
   * @param traffic where it is sent, and what was sent
   */
  public record TypeView(
      Row row,
      EventTypeTraffic traffic,
      String example,
      List<VersionRow> versions,
      @Nullable DisplayTime changed,
      boolean canRead,
      boolean canChange,
      boolean canSend) {}

  public ConsoleReply list(Visit visit) {
    String requested = visit.query().text("sort");
    String sort = ORDERS.containsKey(requested) ? requested : TYPE;
    ListView view =
        new ListView(
            webhooks.eventTypes().all(visit.site()).stream()
                .map(EventTypesPage::row)
                .sorted(ORDERS.getOrDefault(sort, BY_TYPE))
                .toList(),
            TypeVolumes.of(
                activity,
                webhooks.endpoints().all(visit.site()).stream().map(Endpoint::id).toList(),
                ChartSpan.DAY,
                visit.now()),
            sort,
            visit.can(Scope.MANAGE));
    Frame frame = frames.of(visit, Nav.EVENT_TYPES, "Event types");
    return TemplateRenderer.page((out, i) -> JteEventTypesGenerated.render(out, i, frame, view));
  }

  public ConsoleReply show(Visit visit) {
    EventTypeDefinition type = definition(webhooks, visit);
    Instant changedAt = type.changedAt();
    TypeView view =
        new TypeView(
            row(type),
            EventTypeTraffic.of(webhooks, activity, visit, type.type()),
            pretty(type.example()),
            versions(type, visit),
            changedAt == null ? null : DisplayTime.of(changedAt, visit.now()),
            visit.can(Scope.READ),
            visit.can(Scope.MANAGE),
            visit.can(Scope.PUBLISH));
    Frame frame = frames.of(visit, Nav.EVENT_TYPES, type.type().name());
    return TemplateRenderer.page((out, i) -> JteEventTypeGenerated.render(out, i, frame, view));
  }

  public ConsoleReply openApi(Visit visit) {
    return document(webhooks.eventTypes().openApi(visit.site()));
  }

  public ConsoleReply asyncApi(Visit visit) {
    return document(webhooks.eventTypes().asyncApi(visit.site()));
  }

  private static ConsoleReply document(String json) {
    return ConsoleReply.of(200, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  static EventTypeDefinition definition(Webhooks webhooks, Visit visit) {
    return webhooks.eventTypes().get(visit.site(), visit.id("type", "event type", EventType::new));
  }

  /** Returns formatted JSON; empty for null. */
  static String pretty(@Nullable String json) {
    return json == null ? "" : PrettyJson.of(Payload.of(json));
  }

  private static Row row(EventTypeDefinition type) {
    String note = type.archived() ? "archived" : type.deprecated() ? "deprecated" : "";
    return new Row(type.type().name(), type.description(), check(type), note);
  }

  private static String check(EventTypeDefinition type) {
    String version = type.schema().map(schema -> " (version " + schema.number() + ")").orElse("");
    if (version.isEmpty()) {
      return "no schema";
    }
    return switch (type.policy()) {
      case OFF -> "not checked" + version;
      case WARN -> "warns" + version;
      case BLOCK -> "blocks" + version;
    };
  }

  private static List<VersionRow> versions(EventTypeDefinition type, Visit visit) {
    List<VersionRow> versions = new ArrayList<>();
    for (SchemaVersion version : type.versions()) {
      DisplayTime changed = DisplayTime.of(version.changedAt(), visit.now());
      versions.add(new VersionRow(version.number(), pretty(version.schema()), changed));
    }
    Collections.reverse(versions);
    return versions;
  }

  /** Returns the policies in the order of a form. */
  public static List<SchemaPolicy> policies() {
    return List.of(SchemaPolicy.values());
  }
}
