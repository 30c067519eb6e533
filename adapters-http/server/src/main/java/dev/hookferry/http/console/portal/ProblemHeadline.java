package dev.hookferry.http.console.portal;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
import dev.hookferry.http.words.Words;
import java.util.List;

/** The sentence above several endpoints with problems, with the sum of their numbers. */
final class ProblemHeadline {
  private ProblemHeadline() {}

  /**
   * Returns how many deliveries failed, and to how many endpoints. If an endpoint has no failed
   * deliveries, the sentence counts only the endpoints.
   */
  static String of(List<Endpoint> troubled, CustomerBacklog backlog, Words words) {
    String endpoints = words.number(troubled.size());
    List<MatchCount> failed = troubled.stream().map(one -> backlog.failed(one.id())).toList();
    if (failed.stream().allMatch(one -> one.known() > 0)) {
      int sum = failed.stream().mapToInt(MatchCount::known).sum();
      boolean more = failed.stream().anyMatch(MatchCount::more);
      return words.text("summary.failed-several", words.number(sum, more), endpoints);
    }
    boolean isEach = troubled.stream().allMatch(one -> undelivered(one, backlog) > 0);
    return words.text(isEach ? "summary.missed" : "summary.attention", endpoints);
  }

  /** Returns how many deliveries to an endpoint have not arrived. */
  static int undelivered(Endpoint endpoint, CustomerBacklog backlog) {
    return backlog.failed(endpoint.id()).known() + backlog.undelivered(endpoint.id()).total();
  }
}
