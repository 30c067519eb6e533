package dev.hookferry.jdbc;

import dev.hookferry.port.Committed.Published;
import dev.hookferry.port.Publication;
import dev.hookferry.port.Publication.Entry;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Tells what is new in the publications of a batch, and answers the rest with what is stored. */
final class Publications {
  private final Dialect dialect;

  Publications(Dialect dialect) {
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
   * @param careful whether to look up every event; else only those that may be repeats, since an id
   *     that was made here is known only if an earlier try of the batch has stored it
   */
  Judged judge(Handle handle, List<Publication> publications, boolean careful) {
    List<Entry> doubtful =
        publications.stream()
            .flatMap(publication -> publication.entries().stream())
            .filter(entry -> careful || entry.event().idempotence() != null)
            .toList();
    Intake intake =
        new Intake(
            doubtful.isEmpty()
                ? new KnownEvents()
                : Namesakes.of(handle, dialect, doubtful, careful),
            careful);
    List<Published> published = publications.stream().map(intake::judge).toList();
    return new Judged(published, intake.fresh());
  }
}
