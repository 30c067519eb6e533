package dev.hookferry.http.console.overview;

import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.problems.ProblemCard;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The problems below the headline: first those of endpoints counted as not working, then those of
 * others with failed attempts. Paused endpoints are omitted because nothing is retried there.
 *
 * @param notWorking endpoints that are not working, the most urgent ones first
 * @param more number of those that are not shown
 * @param noted number of endpoints not working whose problems are acknowledged or muted
 * @param slowed number of endpoints not working whose only problem is a rate limit
 * @param others other endpoints with problems, excluding paused ones; the most urgent ones first
 * @param moreOthers number of those that are not shown
 */
public record UrgentProblems(
    List<ProblemCard> notWorking,
    int more,
    int noted,
    int slowed,
    List<ProblemCard> others,
    int moreOthers) {
  private static final int MAX = 3;
  private static final StatePill PAUSED = StatePill.of(EndpointHealth.State.PAUSED);

  /**
   * Groups the problems of a site.
   *
   * @param all all problems, open or not, the most urgent ones first
   * @param notWorking the endpoints that are not working; others are added only after failing for a
   *     while, because a flaky one would appear and disappear
   */
  static UrgentProblems of(List<ProblemCard> all, Set<EndpointId> notWorking, Instant now) {
    List<ProblemCard> known =
        all.stream()
            .filter(card -> notWorking.contains(EndpointId.parse(card.endpoint())))
            .toList();
    List<ProblemCard> open = known.stream().filter(ProblemCard::isOpen).toList();
    Set<ProblemCard> counted = new HashSet<>(known);
    List<ProblemCard> others =
        all.stream()
            .filter(card -> card.isOpen() && !card.pill().equals(PAUSED) && !counted.contains(card))
            .filter(card -> notWorking.isEmpty() || card.isLasting(now))
            .toList();
    List<ProblemCard> first = first(open);
    List<ProblemCard> second = first(others);
    return new UrgentProblems(
        first,
        open.size() - first.size(),
        known.size() - open.size(),
        Math.max(0, notWorking.size() - known.size()),
        second,
        others.size() - second.size());
  }

  /**
   * Returns the first cards. Returns all of them if only one would be omitted, because its count
   * would need as much space.
   */
  private static List<ProblemCard> first(List<ProblemCard> all) {
    return all.size() == MAX + 1 ? all : all.stream().limit(MAX).toList();
  }

  /** Returns whether the headline counts any endpoint as not working. */
  public boolean isAnyNotWorking() {
    return !notWorking.isEmpty() || noted > 0 || slowed > 0;
  }

  /** Returns a one-line text about the endpoints not working that are not shown. */
  public List<Headline.Part> rest() {
    List<Headline.Part> parts = new ArrayList<>();
    if (more > 0) {
      parts.add(new Headline.Part(NumberText.of(more) + " more", "/problems"));
    }
    if (noted > 0) {
      String text = NumberText.of(noted) + " acknowledged or muted";
      parts.add(new Headline.Part(text, "/problems#noted"));
    }
    if (slowed > 0) {
      String text = NumberText.of(slowed) + " rate limited";
      parts.add(new Headline.Part(text, "/endpoints?state=rate+limited"));
    }
    return parts;
  }

  /** Returns the number of the other endpoints, shown or not. */
  int countOthers() {
    return others.size() + moreOthers;
  }

  /** Returns a title for the endpoints that the headline does not count. */
  public String othersTitle() {
    if (countOthers() == 1) {
      return "One other endpoint failed its last attempt:";
    }
    String others = NumberText.counted(countOthers(), "other endpoint");
    return "The last attempts to " + others + " failed:";
  }
}
