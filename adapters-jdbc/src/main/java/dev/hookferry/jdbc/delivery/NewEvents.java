package dev.hookferry.jdbc.delivery;

import dev.hookferry.jdbc.config.JdbcConfig;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.store.commit.CommitResult.Published;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Tells what is new in the publications of a batch, and answers the rest with what is stored. */
final class NewEvents {
  /** Whether publications are outdated is left to the {@link BatchWriter}. */
  private static final long UNKNOWN = 0;

  private final Dialect dialect;

  NewEvents(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * What a commit answers to its publications.
   *
   * @param published in their order
   * @param fresh what is not stored yet
   */
  record Judged(List<Published> published, List<Entry> fresh) {}

  /**
   * Finds what is new.
   *
   * @param careful whether to look up every event, and the version of the configuration; else only
   *     events that may be repeats, since an id that was made here is known only if an earlier try
   *     of the batch has stored it
   */
  Judged judge(Handle handle, List<PublishEntry> publications, boolean careful) {
    List<Entry> doubtful =
        publications.stream()
            .flatMap(publication -> publication.entries().stream())
            .filter(entry -> careful || entry.event().idempotence() != null)
            .toList();
    PublishEntries intake =
        new PublishEntries(
            doubtful.isEmpty()
                ? new KnownEvents()
                : EventLookup.of(handle, dialect, doubtful, careful),
            careful,
            careful ? JdbcConfig.version(handle) : UNKNOWN);
    List<Published> published = publications.stream().map(intake::judge).toList();
    return new Judged(published, intake.fresh());
  }
}
