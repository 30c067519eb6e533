package dev.hookferry.http.console.outbox;

import dev.hookferry.Outboxes;
import dev.hookferry.Webhooks;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.outbox.OutboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notice to admins on the overview that an outbox needs a decision. Thread-safe. May query the
 * databases of outboxes, at most every ten seconds and only while all of them respond.
 */
public final class OutboxNotice {
  private static final Duration AGE = Duration.ofSeconds(10);

  private final Webhooks webhooks;
  private @Nullable Notice known;
  private Instant readAt = Instant.MIN;

  public OutboxNotice(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /**
   * A notice about rows that need a decision.
   *
   * @param tone CSS class
   * @param title a short sentence
   * @param text what it means
   * @param path the page to decide on
   */
  public record Notice(String tone, String title, String text, String path) {}

  /** Returns a notice about outboxes that need a decision, or null if none does. */
  public @Nullable Notice at(Instant now) {
    Outboxes outboxes = webhooks.outboxes();
    List<String> failing =
        outboxes.states().entrySet().stream()
            .filter(state -> state.getValue().equals("failing"))
            .map(state -> state.getKey())
            .toList();
    if (!failing.isEmpty()) {
      return new Notice(
          "bad",
          failing.size() == 1
              ? "The outbox " + failing.get(0) + " is not being relayed"
              : failing.size() + " outboxes are not being relayed",
          "Their rows wait until the problem is solved.",
          "/outboxes");
    }
    if (isOutdated(now)) {
      remember(ofRejected(outboxes.list()));
    }
    return known();
  }

  /** Lets one caller at a time query. Others receive the last result. */
  private synchronized boolean isOutdated(Instant now) {
    if (!now.isBefore(readAt) && now.isBefore(readAt.plus(AGE))) {
      return false;
    }
    readAt = now;
    return true;
  }

  private synchronized void remember(@Nullable Notice notice) {
    known = notice;
  }

  private synchronized @Nullable Notice known() {
    return known;
  }

  private static @Nullable Notice ofRejected(List<OutboxStatus> all) {
    List<OutboxStatus> some =
        all.stream().filter(s -> s.rejected() != null && s.rejected() > 0).toList();
    long count = some.stream().mapToLong(status -> status.rejected()).sum();
    if (count == 0) {
      return null;
    }
    String rows = NumberText.counted(count, "rejected row");
    boolean isOne = some.size() == 1;
    String name = some.get(0).name();
    return new Notice(
        "wait",
        rows + (isOne ? " in the outbox " + name : " in " + some.size() + " outboxes"),
        "They are not published until you retry them.",
        isOne ? "/outboxes/" + name : "/outboxes");
  }
}
