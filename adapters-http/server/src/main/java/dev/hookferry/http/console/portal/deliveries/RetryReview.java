package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Asks which of the deliveries that match a filter are sent again. Those that failed are, unless
 * the visitor decides otherwise; the others only if nothing failed.
 *
 * @param title the question
 * @param parts what matches, by kind
 * @param lines what matches, by endpoint; empty if there is only one
 * @param chosen how many are sent again unless the visitor decides otherwise
 * @param back where the visitor came from
 */
public record RetryReview(
    String title, List<Part> parts, List<Line> lines, int chosen, ListOrigin back) {
  /**
   * What matches of one kind.
   *
   * @param kind its word in the form
   * @param text the number and the kind in words
   * @param help what sending them again means; may be empty
   * @param count the number
   */
  public record Part(String kind, String text, String help, int count) {}

  /**
   * What matches at one endpoint.
   *
   * @param endpoint the endpoint's id
   * @param counts the numbers, in the order of the parts
   */
  public record Line(String endpoint, String name, List<String> counts) {}

  /**
   * Returns the question.
   *
   * @param found what matches, by kind; kinds of which nothing does are left out
   * @param names the names of the endpoints, by id
   * @param back where the visitor came from
   */
  public static RetryReview of(
      Map<RetryKind, Page<Delivery>> found,
      Map<EndpointId, String> names,
      ListOrigin back,
      Words words) {
    if (found.isEmpty()) {
      return new RetryReview(words.text("retry.title"), List.of(), List.of(), 0, back);
    }
    List<Part> parts = new ArrayList<>();
    found.forEach((kind, page) -> parts.add(part(kind, page, words)));
    Map.Entry<RetryKind, Page<Delivery>> first = found.entrySet().iterator().next();
    int chosen = parts.get(0).count();
    return new RetryReview(
        parts.size() == 1
            ? title(first.getKey(), first.getValue(), names, words)
            : words.text("retry.which"),
        parts,
        names.size() == 1 ? List.of() : lines(found, names, words),
        chosen,
        back);
  }

  private static Part part(RetryKind kind, Page<Delivery> page, Words words) {
    int count = page.data().size();
    return new Part(
        kind.code(),
        words.count(kind.texts().part(), count, page.next() != null),
        words.text(kind.texts().help()),
        count);
  }

  private static String title(
      RetryKind kind, Page<Delivery> page, Map<EndpointId, String> names, Words words) {
    int count = page.data().size();
    List<EndpointId> to = page.data().stream().map(Delivery::endpoint).distinct().toList();
    return to.size() == 1
        ? words.count(kind.texts().askTo(), count, false, names.getOrDefault(to.get(0), ""))
        : words.count(kind.texts().ask(), count, false);
  }

  private static List<Line> lines(
      Map<RetryKind, Page<Delivery>> found, Map<EndpointId, String> names, Words words) {
    // Those with most deliveries of the first kind first, then of the next.
    Comparator<EndpointId> order =
        found.values().stream()
            .map(page -> Comparator.<EndpointId>comparingLong(id -> count(page, id)).reversed())
            .reduce(Comparator::thenComparing)
            .orElseThrow();
    return names.keySet().stream()
        .sorted(order)
        .map(
            id ->
                new Line(
                    id.toString(),
                    names.getOrDefault(id, ""),
                    found.values().stream().map(page -> words.number(count(page, id))).toList()))
        .toList();
  }

  private static long count(Page<Delivery> page, EndpointId id) {
    return page.data().stream().filter(one -> one.endpoint().equals(id)).count();
  }

  /** Returns whether there may be more than are sent again at once. */
  public boolean isCut() {
    return parts.stream().mapToInt(Part::count).sum() >= PortalAccess.MAX_RETRIES;
  }
}
