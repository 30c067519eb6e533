package dev.hookferry.http.console.list;

import dev.hookferry.access.Scope;
import dev.hookferry.event.SearchFields;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.query.EventQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The filter by values of the events' data: {@code name:value} with one of the site's search
 * fields. A value alone is searched for in each field.
 */
public final class DataFilter {
  private final Visit visit;
  private final List<String> fields;
  private final List<String> typed;

  private DataFilter(Visit visit, List<String> fields, List<String> typed) {
    this.visit = visit;
    this.fields = fields;
    this.typed = typed;
  }

  static DataFilter of(Visit visit, ListFilter filter) {
    return new DataFilter(
        visit,
        visit.webhooks().settings().get(visit.site()).searchFields().names(),
        filter.values(ListFilter.DATA));
  }

  /**
   * Another way to find events that the filter cannot find.
   *
   * @param asked the text to search for in the payloads of all events
   * @param field the field to add to the search fields; empty if it cannot be added
   * @param fields the search fields including that one, in the format of their form
   */
  public record Offer(String asked, String field, String fields) {}

  /** Returns the values to match by field name; errors are added to the problems. */
  Map<String, String> values(Problems problems) {
    List<String> pairs = new ArrayList<>();
    for (String text : typed) {
      String name = name(text);
      if (fields.contains(name)) {
        pairs.add(text);
      } else if (!name.isEmpty() || fields.isEmpty()) {
        problems.add(ListFilter.DATA, rule(name));
      } else {
        pairs.add(where(text) + ":" + text);
      }
    }
    return ListFilters.fields(pairs, problems);
  }

  private String rule(String name) {
    if (fields.isEmpty()) {
      return "needs a search field, and the site has none";
    }
    return "“"
        + name
        + "” is not a search field; deliveries can be filtered by "
        + named()
        + Nearest.hint(name, fields);
  }

  private String named() {
    return fields.size() == 1
        ? fields.get(0)
        : String.join(", ", fields.subList(0, fields.size() - 1))
            + " and "
            + fields.get(fields.size() - 1);
  }

  private static String name(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? "" : text.substring(0, colon).strip();
  }

  /** Returns the first field in which an event has a value, or the first field if there is none. */
  private String where(String value) {
    return fields.size() == 1
        ? fields.get(0)
        : fields.stream().filter(field -> has(field, value)).findFirst().orElse(fields.get(0));
  }

  private boolean has(String field, String value) {
    try {
      EventQuery query = EventQuery.ofSite(visit.site()).field(field, value).limit(1);
      return !visit.webhooks().events().list(query).data().isEmpty();
    } catch (InvalidException e) {
      // No event can have such a value. The list explains why.
      return false;
    }
  }

  /** Returns ways to search for the text elsewhere. */
  public List<Offer> offers() {
    return typed.stream().map(this::offer).toList();
  }

  private Offer offer(String text) {
    String name = name(text);
    boolean isAddable =
        !name.isEmpty()
            && !fields.contains(name)
            && fields.size() < SearchFields.MAX
            && visit.can(Scope.MANAGE);
    return new Offer(
        text,
        isAddable ? name : "",
        Stream.concat(fields.stream(), Stream.of(name)).collect(Collectors.joining(" ")));
  }
}
