package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.text.BoundedMap;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Polls the log for new attempts. */
final class LogFollower {
  private static final Duration PERIOD = Duration.ofMillis(500);

  /** Overlap of queries: an attempt is logged when it ends, so an older one can appear later. */
  private static final Duration LATE = Duration.ofSeconds(60);

  private static final int REMEMBERED = 20_000;

  private final SiteOptions site;
  private final Path path;
  private final Consumer<JsonNode> shown;
  private final Set<String> seen = Collections.newSetFromMap(new BoundedMap<>(REMEMBERED));
  private Instant newest = Instant.EPOCH;

  LogFollower(SiteOptions site, Path path, Consumer<JsonNode> shown) {
    this.site = site;
    this.path = path;
    this.shown = shown;
  }

  /** Prints the latest attempts, then new ones until interrupted or the output is closed. */
  void run(@Nullable String since, int last) throws InterruptedException {
    begin(since, last);
    while (!Thread.currentThread().isInterrupted() && !site.out().checkError()) {
      Thread.sleep(PERIOD.toMillis());
      show(look(since));
    }
  }

  /** Prints the latest attempts; marks older ones as seen, so that they are not printed later. */
  private void begin(@Nullable String since, int last) {
    List<JsonNode> there = fetch(since, last);
    there.stream().findFirst().ifPresent(this::date);
    List<JsonNode> recent = look(since);
    if (recent.size() > last) {
      recent.subList(last, recent.size()).forEach(this::remember);
      there = recent.subList(0, last);
    }
    show(there);
  }

  /**
   * Returns attempts that may be new: started up to 60 s before the newest, but not before {@code
   * since}.
   */
  private List<JsonNode> look(@Nullable String since) {
    Instant late = newest.minus(LATE);
    boolean isWithin =
        newest.isAfter(Instant.EPOCH)
            && (since == null || OffsetDateTime.parse(since).toInstant().isBefore(late));
    return fetch(isWithin ? late.toString() : since, REMEMBERED);
  }

  private List<JsonNode> fetch(@Nullable String since, int max) {
    List<JsonNode> newestFirst = new ArrayList<>();
    TableListing.fetch(site.client(), path.with("since", since), max)
        .path("data")
        .forEach(newestFirst::add);
    return newestFirst;
  }

  private void show(List<JsonNode> newestFirst) {
    List<JsonNode> attempts = new ArrayList<>(newestFirst);
    Collections.reverse(attempts);
    for (JsonNode attempt : attempts) {
      if (!seen.contains(id(attempt))) {
        remember(attempt);
        shown.accept(attempt);
      }
    }
  }

  private void remember(JsonNode attempt) {
    seen.add(id(attempt));
    date(attempt);
  }

  private void date(JsonNode attempt) {
    Instant began = Instant.parse(attempt.path("startedAt").asText());
    newest = began.isAfter(newest) ? began : newest;
  }

  private static String id(JsonNode attempt) {
    return attempt.path("id").asText();
  }
}
