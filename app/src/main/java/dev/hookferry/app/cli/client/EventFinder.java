package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds events by id, by the exact value of a search field, or by scanning the data of the newest
 * ones for a text.
 */
final class EventFinder {
  private static final int PAGE = 500;
  private static final int NOT_FOUND = 404;
  private static final Pattern FIELD = Pattern.compile("([A-Za-z_$@][\\w.$@-]*)[:=](?!//|=)(.+)");

  private final SiteOptions site;
  private final String field;
  private final String value;
  private final String wanted;
  private final ArrayNode hits = JsonNodeFactory.instance.arrayNode();
  private int read;
  private JsonNode next = JsonNodeFactory.instance.nullNode();

  /**
   * Creates a finder.
   *
   * @param text an id, part of a value, or a field and part of its value as in {@code Name=value}
   */
  EventFinder(SiteOptions site, String text) {
    this.site = site;
    Matcher named = FIELD.matcher(text);
    field = named.matches() ? named.group(1) : "";
    value = named.matches() ? named.group(2) : text;
    wanted = value.toLowerCase(Locale.ROOT);
  }

  /**
   * Searches for events; blocks for many calls.
   *
   * @param text the text given to the constructor
   * @param events the path of the events to search, with their filter
   * @param max the maximum number of events to read
   * @return the events found, each with the field {@code found}; the number of events scanned; and
   *     whether more events remain
   */
  ObjectNode find(String text, Path events, int max) {
    Optional<JsonNode> known = byId(text);
    if (known.isPresent()) {
      add(known.get(), "id");
    } else if (!byIndex(events, max)) {
      byText(events, max);
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.set("data", hits);
    return result.put("read", read).put("more", !next.isNull());
  }

  private Optional<JsonNode> byId(String text) {
    Optional<JsonNode> delivery =
        text.startsWith("dlv_") ? get(site.path("deliveries", text)) : Optional.empty();
    String event = delivery.map(found -> found.path("event").asText()).orElse(text);
    return get(site.path("events", event));
  }

  private Optional<JsonNode> get(Path path) {
    try {
      return Optional.of(site.client().get(path));
    } catch (ApiException e) {
      if (e.status() == NOT_FOUND || e.isUsage()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Looks the value up in the index if the field is one of the site's search fields; returns
   * whether any event has exactly this value.
   */
  private boolean byIndex(Path events, int max) {
    if (field.isEmpty()) {
      return false;
    }
    try {
      Path request = events.with("field", field + ":" + value);
      ObjectNode found = TableListing.fetch(site.client(), request, max);
      found.path("data").forEach(event -> add(event, field));
      next = found.path("next");
      return !hits.isEmpty();
    } catch (ApiException e) {
      if (e.isUsage()) {
        return false;
      }
      throw e;
    }
  }

  private void byText(Path events, int max) {
    do {
      Path part = events.with("limit", Math.min(PAGE, max - read));
      JsonNode page = site.client().get(next.isNull() ? part : part.with("cursor", next.asText()));
      for (JsonNode event : page.path("data")) {
        read++;
        get(site.path("events", event.path("id").asText())).ifPresent(this::search);
      }
      next = page.hasNonNull("next") ? page.path("next") : JsonNodeFactory.instance.nullNode();
    } while (!next.isNull() && read < max);
  }

  private void search(JsonNode event) {
    String where = place("", "", event.path("payload"));
    if (!where.isEmpty()) {
      add(event, where);
    }
  }

  private void add(JsonNode event, String where) {
    ObjectNode hit = ((ObjectNode) event.deepCopy()).without(List.of("payload", "deliveries"));
    hits.add(hit.put("found", where));
  }

  private boolean isField(String path, String name) {
    String end = "." + field.toLowerCase(Locale.ROOT);
    return field.equalsIgnoreCase(name) || ("." + path.toLowerCase(Locale.ROOT)).endsWith(end);
  }

  /** Returns the path of the first value that matches; empty if there is none. */
  private String place(String path, String name, JsonNode node) {
    if (node.isValueNode()) {
      boolean isNamed = field.isEmpty() || isField(path, name);
      boolean isFound = isNamed && node.asText().toLowerCase(Locale.ROOT).contains(wanted);
      return isFound ? (path.isEmpty() ? "payload" : path) : "";
    }
    String found = "";
    Iterator<Map.Entry<String, JsonNode>> members = node.properties().iterator();
    while (found.isEmpty() && members.hasNext()) {
      Map.Entry<String, JsonNode> member = members.next();
      String below = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      found = place(below, member.getKey(), member.getValue());
    }
    Iterator<JsonNode> elements = node.isArray() ? node.elements() : Collections.emptyIterator();
    while (found.isEmpty() && elements.hasNext()) {
      found = place(path, name, elements.next());
    }
    return found;
  }
}
