package dev.hookferry.jdbc.outbox;

import dev.hookferry.Webhooks;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the rows of a batch, each with its own outcome. The rows of a site are published
 * together in one commit. If that is refused, each is published separately, in parallel, so that a
 * bad row does not stop the others. A batch can be repeated: events that are already stored are
 * accepted again.
 */
final class RowPublisher {
  /** How long rows stay locked while the store does not respond. */
  private static final Duration MAX_TIME = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final Webhooks webhooks;
  private final BooleanSupplier abandoned;
  private final Duration maxWait;

  /**
   * Creates a publisher that waits up to 30 seconds for the store.
   *
   * @param abandoned whether to stop waiting for the store
   */
  RowPublisher(Webhooks webhooks, BooleanSupplier abandoned) {
    this(webhooks, abandoned, MAX_TIME);
  }

  /** Creates a publisher that waits up to this long for the store. */
  RowPublisher(Webhooks webhooks, BooleanSupplier abandoned, Duration maxWait) {
    this.webhooks = webhooks;
    this.abandoned = abandoned;
    this.maxWait = maxWait;
  }

  /**
   * The result of publishing a batch. Rows in neither set stay in the outbox.
   *
   * @param accepted rows whose events are durable
   * @param rejected rows that can never be published, with the reasons
   * @param failure why the remaining rows were not published, or null if there are none
   */
  record PublishResult(
      Set<Long> accepted, Map<Long, String> rejected, @Nullable Throwable failure) {}

  private record Entry(OutboxRow row, NewEvent event) {}

  /** Starts publishing rows. */
  Sent send(List<OutboxRow> rows) {
    Map<Long, String> rejected = new LinkedHashMap<>();
    Map<SiteId, List<Entry>> bySite = new LinkedHashMap<>();
    for (OutboxRow row : rows) {
      try {
        Entry entry = new Entry(row, row.event());
        bySite.computeIfAbsent(row.siteId(), site -> new ArrayList<>()).add(entry);
      } catch (InvalidException e) {
        rejected.put(row.id(), String.valueOf(e.getMessage()));
      }
    }
    return new Sent(bySite, together(bySite), rejected);
  }

  /** Rows that are being published. */
  final class Sent {
    private final Map<SiteId, List<Entry>> bySite;
    private final Map<SiteId, CompletableFuture<?>> together;
    private final Map<Long, String> rejected;
    private final Set<Long> accepted = new LinkedHashSet<>();
    private final long deadline = System.nanoTime() + maxWait.toNanos();
    private @Nullable Throwable failure;

    private Sent(
        Map<SiteId, List<Entry>> bySite,
        Map<SiteId, CompletableFuture<?>> together,
        Map<Long, String> rejected) {
      this.bySite = bySite;
      this.together = together;
      this.rejected = rejected;
    }

    /** Waits until every row is durable, refused or failed. Called once. */
    PublishResult await() {
      Map<Entry, CompletableFuture<?>> alone = new LinkedHashMap<>();
      together.forEach(
          (site, published) -> {
            List<Entry> entries = Objects.requireNonNull(bySite.get(site));
            Throwable cause = RowPublisher.this.await(published, deadline);
            if (cause == null) {
              entries.forEach(entry -> accepted.add(entry.row.id()));
            } else if (isFinal(cause)) {
              alone.putAll(publishEach(site, entries));
            } else {
              failure = cause;
            }
          });
      alone.forEach(
          (entry, published) -> {
            Throwable cause = RowPublisher.this.await(published, deadline);
            if (cause == null) {
              accepted.add(entry.row.id());
            } else if (isFinal(cause)) {
              rejected.put(entry.row.id(), String.valueOf(cause.getMessage()));
            } else {
              failure = cause;
            }
          });
      return new PublishResult(accepted, rejected, failure);
    }
  }

  private Map<SiteId, CompletableFuture<?>> together(Map<SiteId, List<Entry>> bySite) {
    Map<SiteId, CompletableFuture<?>> sent = new LinkedHashMap<>();
    bySite.forEach(
        (site, entries) ->
            sent.put(site, webhooks.publishAll(site, entries.stream().map(Entry::event).toList())));
    return sent;
  }

  /** Publishes rows separately: those of an ordering key in order, others in parallel. */
  private Map<Entry, CompletableFuture<?>> publishEach(SiteId site, List<Entry> entries) {
    Map<Entry, CompletableFuture<?>> sent = new LinkedHashMap<>();
    Map<String, CompletableFuture<?>> lastOfKey = new HashMap<>();
    for (Entry entry : entries) {
      String key = entry.event.orderingKey();
      CompletableFuture<?> before = key == null ? null : lastOfKey.get(key);
      CompletableFuture<?> published =
          before == null ? webhooks.publish(site, entry.event) : after(before, site, entry);
      sent.put(entry, published);
      if (key != null) {
        lastOfKey.put(key, published);
      }
    }
    return sent;
  }

  /** Publishes a row after an earlier one, unless the earlier one stays in the outbox. */
  private CompletableFuture<?> after(CompletableFuture<?> before, SiteId site, Entry entry) {
    return before
        .<@Nullable Throwable>handle(
            (published, failure) -> failure == null ? null : cause(failure))
        .thenCompose(
            failure ->
                failure == null || isFinal(failure)
                    ? webhooks.publish(site, entry.event)
                    : CompletableFuture.failedFuture(failure));
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  /** Returns whether another try would also be refused. */
  private static boolean isFinal(Throwable cause) {
    return cause instanceof RefusedException && !(cause instanceof OverloadedException);
  }

  /** Waits for a publish and returns why it failed, or null. */
  private @Nullable Throwable await(CompletableFuture<?> published, long deadline) {
    while (true) {
      try {
        published.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return null;
      } catch (TimeoutException e) {
        if (abandoned.getAsBoolean()) {
          return new CancellationException("stopped while the store was writing");
        }
        if (System.nanoTime() - deadline > 0) {
          return new TimeoutException(
              "the store did not respond within " + maxWait.toSeconds() + " seconds");
        }
      } catch (ExecutionException e) {
        return cause(Objects.requireNonNull(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return e;
      }
    }
  }
}
