package dev.hookferry.jdbc.delivery;

import dev.hookferry.jdbc.config.JdbcConfig;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.store.commit.CommitResult.Published;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Separates the new events of a batch from repeats, which get their stored receipts. */
final class NewEvents {
  /** The {@link BatchWriter} checks whether routes are outdated. */
  private static final long UNKNOWN = 0;

  private final Dialect dialect;

  NewEvents(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * The publishes of a batch, classified.
   *
   * @param published the results, in the order of the batch
   * @param fresh the events that are not stored yet
   */
  record Classified(List<Published> published, List<Entry> fresh) {}

  /**
   * Finds the new events.
   *
   * @param withAllChecks whether to look up every event and the configuration version. If false,
   *     only events that can be repeats are looked up, because a generated id exists only if an
   *     earlier try of the batch stored it
   */
  Classified classify(Handle handle, List<PublishEntry> publications, boolean withAllChecks) {
    List<Entry> doubtful =
        publications.stream()
            .flatMap(publication -> publication.entries().stream())
            .filter(entry -> withAllChecks || entry.event().idempotence() != null)
            .toList();
    PublishEntries intake =
        new PublishEntries(
            doubtful.isEmpty()
                ? new KnownEvents()
                : EventLookup.of(handle, dialect, doubtful, withAllChecks),
            withAllChecks,
            withAllChecks ? JdbcConfig.version(handle) : UNKNOWN);
    List<Published> published = publications.stream().map(intake::classify).toList();
    return new Classified(published, intake.newEntries());
  }
}
