package dev.hookferry.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.client.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for what is new in the log, again and again. */
final class Follower {
  private static final Duration PERIOD = Duration.ofMillis(500);

  /** An attempt is in the log when it has ended; others that began later may be there before it. */
  private static final Duration LATE = Duration.ofSeconds(60);

  private static final int REMEMBERED = 20_000;

  private final SiteOptions site;
  private final Path path;
  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private Instant newest = Instant.EPOCH;

  Follower(SiteOptions site, Path path) {
    this.site = site;
    this.path = path;
  }

  /** Shows the last of what is there, then everything that comes, until the process ends. */
  void run(@Nullable String since, int last) throws InterruptedException {
    show(Listing.fetch(site.client(), path.with("since", since), last).path("data"));
    String from = since;
    while (!Thread.currentThread().isInterrupted()) {
      Thread.sleep(PERIOD.toMillis());
      if (newest.isAfter(Instant.EPOCH)) {
        from = newest.minus(LATE).toString();
      }
      show(Listing.fetch(site.client(), path.with("since", from), REMEMBERED).path("data"));
    }
  }

  private void show(JsonNode newestFirst) {
    List<JsonNode> attempts = new ArrayList<>();
    newestFirst.forEach(attempts::add);
    Collections.reverse(attempts);
    for (JsonNode attempt : attempts) {
      if (seen.put(attempt.path("id").asText(), true) == null) {
        LogCommand.show(site, attempt);
        Instant began = Instant.parse(attempt.path("startedAt").asText());
        newest = began.isAfter(newest) ? began : newest;
      }
    }
  }
}
