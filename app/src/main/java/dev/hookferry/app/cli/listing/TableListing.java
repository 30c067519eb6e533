package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.text.Table;
import dev.hookferry.app.text.TableColumn;
import dev.hookferry.app.text.TableColumn.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Prints a list of the API as a table. Immutable once its columns are added. */
public final class TableListing {
  /** The note below a list that has more items than requested. */
  public static final String MORE = "more results: raise --limit";

  private static final int PAGE = 500;
  private static final String ENDPOINT = "endpoint";
  private static final String UID = "uid";
  private static final String UID_HEADING = "UID";
  private static final String UNINDEXED = "notIndexedBefore";

  private final String none;
  private final List<TableColumn> columns = new ArrayList<>();
  private final List<Function<JsonNode, Object>> cells = new ArrayList<>();
  private boolean hasEndpoints;
  private Function<JsonNode, String> endpointName = UidLookup::uid;

  /** Creates a table without columns; {@code none} is printed if the list is empty. */
  public TableListing(String none) {
    this.none = none;
  }

  /** Adds a column for texts that are never shortened, such as an id. */
  public TableListing column(String heading, Function<JsonNode, Object> cell) {
    return add(heading, Kind.PLAIN, cell);
  }

  /** Adds a column for a field that is never shortened, such as an id. */
  public TableListing column(String heading, String field) {
    return add(heading, Kind.PLAIN, of(field));
  }

  /** Adds a column for the id of a row's subject, which even the narrowest terminal shows. */
  public TableListing subject(String heading, String field) {
    return add(heading, Kind.SUBJECT, of(field));
  }

  /**
   * Adds a column for the id of an endpoint, and one for its uid, which a terminal shows in place
   * of the id.
   */
  public TableListing endpoint(String heading) {
    hasEndpoints = true;
    return add(heading, Kind.PLAIN, of(ENDPOINT)).add(UID_HEADING, Kind.PLAIN, of(UID));
  }

  /**
   * Adds the same columns as {@link #endpoint} for the subject of a row, which even the narrowest
   * terminal shows.
   */
  public TableListing subjectEndpoint(String heading) {
    hasEndpoints = true;
    return add(heading, Kind.SUBJECT, of(ENDPOINT)).add(UID_HEADING, Kind.PLAIN, of(UID));
  }

  /** Adds a column for the uid of an endpoint or, without one, its URL; for terminals only. */
  public TableListing target(String heading) {
    hasEndpoints = true;
    return add(heading, Kind.TEXT, TableListing::target).add(UID_HEADING, Kind.PLAIN, of(UID));
  }

  /**
   * Adds a column for the uid of an endpoint or, without one, its description or else its host and
   * path; for terminals only.
   */
  public TableListing label(String heading) {
    hasEndpoints = true;
    endpointName = UidLookup::label;
    return add(heading, Kind.TEXT, of(ENDPOINT)).add(UID_HEADING, Kind.PLAIN, of(UID));
  }

  private static Object target(JsonNode one) {
    String name = one.path(ENDPOINT).asText();
    return name.startsWith("ep_") ? text(one.path("url")) : name;
  }

  /** Adds a column for a field that is shortened if the terminal is narrow. */
  public TableListing text(String heading, String field) {
    return add(heading, Kind.TEXT, of(field));
  }

  /** Adds a column that is not shown but listed as hidden; for terminals only. */
  public TableListing omitted(String heading, Function<JsonNode, Object> cell) {
    return add(heading, Kind.OMITTED, cell);
  }

  /** Adds a column for a text that is shortened if the terminal is narrow. */
  public TableListing text(String heading, Function<JsonNode, Object> cell) {
    return add(heading, Kind.TEXT, cell);
  }

  /** Adds a column for a field with a time. */
  public TableListing time(String heading, String field) {
    return add(heading, Kind.TIME, of(field));
  }

  /** Adds a column for a field with a state. */
  public TableListing state(String heading, String field) {
    return add(heading, Kind.STATE, of(field));
  }

  /** Adds a column for a state. */
  public TableListing state(String heading, Function<JsonNode, Object> cell) {
    return add(heading, Kind.STATE, cell);
  }

  private static Function<JsonNode, Object> of(String field) {
    return node -> text(node.path(field));
  }

  private TableListing add(String heading, Kind kind, Function<JsonNode, Object> cell) {
    columns.add(new TableColumn(heading, kind));
    cells.add(cell);
    return this;
  }

  /** Prints the first {@code limit} items, and a note if there are more. */
  public void show(ServerOptions options, Path path, int limit) {
    show(options, path, limit, data -> print(options, data));
  }

  /** Prints a list that {@link #fetch} has returned. */
  public void show(ServerOptions options, ObjectNode found) {
    show(options, found, data -> print(options, data));
  }

  /** Prints a list that comes as one page and takes no limit. */
  public void showAll(ServerOptions options, Path path) {
    ObjectNode found = (ObjectNode) options.client().get(path);
    show(options, found, data -> options.table(table(data)));
  }

  /** Prints the first {@code limit} items one by one. */
  public void showEach(ServerOptions options, Path path, int limit, Consumer<JsonNode> printed) {
    show(options, path, limit, data -> data.forEach(printed));
  }

  /** Prints items that are part of a larger output, as a table. */
  public void showPart(SiteOptions site, JsonNode data) {
    site.part(rows(site, data));
  }

  private void show(ServerOptions options, Path path, int limit, Consumer<JsonNode> shown) {
    show(options, fetch(options.client(), path, limit), shown);
  }

  /** Prints a list from {@link #fetch}: as JSON unchanged, in other formats with a printer. */
  public void show(ServerOptions options, ObjectNode found, Consumer<JsonNode> shown) {
    if (options.json()) {
      options.print(found);
      return;
    }
    JsonNode data = found.path("data");
    if (data.isEmpty()) {
      options.line(none);
    }
    if (options.csv() || !data.isEmpty()) {
      shown.accept(data);
    }
    if (found.hasNonNull("next")) {
      options.note(MORE);
    }
    noteUnindexed(options, found);
  }

  /** Prints a note if a search by fields may have missed events. */
  public static void noteUnindexed(ServerOptions options, JsonNode found) {
    if (found.hasNonNull(UNINDEXED)) {
      options.note(
          "events accepted before "
              + found.path(UNINDEXED).asText()
              + " may be missing from this index; to search them, use hookferry events find"
              + " NAME=VALUE");
    }
  }

  private void print(ServerOptions options, JsonNode data) {
    options.table(rows(options, data));
  }

  private Table rows(ServerOptions options, JsonNode data) {
    if (!hasEndpoints || !(options instanceof SiteOptions site)) {
      return table(data);
    }
    Set<String> ids = new HashSet<>();
    data.forEach(one -> ids.add(one.path(ENDPOINT).asText()));
    Map<String, String> uids = UidLookup.names(site, site.site(), ids, endpointName);
    List<JsonNode> named = new ArrayList<>();
    for (JsonNode one : data) {
      String id = one.path(ENDPOINT).asText();
      ObjectNode copy = one.deepCopy();
      String uid = uids.getOrDefault(id, "");
      named.add(
          site.isFitted() ? copy.put(ENDPOINT, uid.isEmpty() ? id : uid) : copy.put(UID, uid));
    }
    return site.isFitted() ? table(named).without(UID_HEADING) : table(named);
  }

  /** Returns a copy whose endpoint is followed by its uid, if it has one. */
  public static ObjectNode named(SiteOptions site, JsonNode one) {
    ObjectNode named = one.deepCopy();
    String id = one.path(ENDPOINT).asText();
    String uid = id.isEmpty() ? "" : UidLookup.of(site, id);
    return uid.isEmpty() ? named : named.put(ENDPOINT, id + " (" + uid + ")");
  }

  /** Returns the table of these items. */
  public Table table(Iterable<JsonNode> rows) {
    Table table = Table.of(columns);
    rows.forEach(node -> table.row(cells.stream().map(cell -> cell.apply(node)).toArray()));
    return table;
  }

  /** Fetches the first {@code limit} items, page by page, and returns them as one page. */
  public static ObjectNode fetch(ApiClient client, Path path, int limit) {
    return fetch(client, path, limit, item -> true);
  }

  /** Fetches the first {@code limit} items that match, and returns them as one page. */
  public static ObjectNode fetch(
      ApiClient client, Path path, int limit, Predicate<JsonNode> selected) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode data = all.putArray("data");
    JsonNode next = JsonNodeFactory.instance.nullNode();
    do {
      Path part = path.with("limit", Math.min(PAGE, limit - data.size()));
      JsonNode page = client.get(next.isNull() ? part : part.with("cursor", next.asText()));
      for (JsonNode item : page.path("data")) {
        if (selected.test(item)) {
          data.add(item);
        }
      }
      if (page.hasNonNull(UNINDEXED)) {
        all.set(UNINDEXED, page.path(UNINDEXED));
      }
      next = page.hasNonNull("next") ? page.path("next") : JsonNodeFactory.instance.nullNode();
    } while (!next.isNull() && data.size() < limit);
    all.set("next", next);
    return all;
  }

  /** Returns an object in the syntax that users type: a signature begins with its profile. */
  private static String pairs(JsonNode object) {
    return object.properties().stream()
        .filter(entry -> !entry.getValue().isNull())
        .map(
            entry ->
                (entry.getKey().equals("profile") ? "" : entry.getKey() + '=')
                    + entry.getValue().asText())
        .collect(Collectors.joining(" "));
  }

  /**
   * Returns a value as text: a list comma-separated, an object as {@code name=value} pairs, null as
   * the empty text.
   */
  public static String text(JsonNode node) {
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .map(one -> one.isObject() ? pairs(one) : one.asText())
          .collect(Collectors.joining(","));
    }
    if (node.isObject()) {
      return pairs(node);
    }
    return node.isNull() || node.isMissingNode() ? "" : node.asText();
  }
}
