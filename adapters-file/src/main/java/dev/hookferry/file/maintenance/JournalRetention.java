package dev.hookferry.file.maintenance;

import dev.hookferry.file.index.IndexedList;
import dev.hookferry.file.index.SegmentIndex;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.search.OpenStore;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Removes expired records, segment by segment, oldest first. A segment is rewritten once a large
 * enough share of it has expired, and deleted once it is empty and no older segment exists. An
 * event is removed before the changes of its deliveries, so that a crash in between cannot revive a
 * delivery. Thread-safe.
 */
public final class JournalRetention {
  private final OpenStore open;
  private final BackgroundJobs maintenance;

  /** Number of the segment at which recovery begins; only earlier ones may be rewritten. */
  private int prepared;

  public JournalRetention(OpenStore open, BackgroundJobs maintenance) {
    this.open = open;
    this.maintenance = maintenance;
  }

  /**
   * Removes expired events, see {@link dev.hookferry.store.AttemptLog#purge}. Does nothing while a
   * snapshot is being read; the events are then left to a later purge.
   */
  public long purge(Instant acceptedBefore) {
    synchronized (maintenance) {
      if (!maintenance.mayRemove()) {
        return 0;
      }
      try {
        long purged = 0;
        prepared = 0;
        SegmentRewriter rewriting = new SegmentRewriter(open);
        IOException failure = null;
        for (Segment segment : open.segments().all()) {
          try {
            purged += purge(segment, acceptedBefore, rewriting);
          } catch (IOException e) {
            // Continue: on a full disk, removing a completely expired segment still frees space.
            failure = failure == null ? e : failure;
          }
        }
        removeEmpty();
        if (failure != null) {
          throw failure;
        }
        maintenance.storeIndexes();
        if (rewriting.hasMoved()) {
          maintenance.checkpoint();
        }
        return purged;
      } catch (IOException e) {
        throw new StoreException(
            "removing expired events in " + open.disk() + " failed partway: " + e.getMessage(), e);
      }
    }
  }

  private long purge(Segment segment, Instant acceptedBefore, SegmentRewriter rewriting)
      throws IOException {
    SegmentIndex index = segment.index();
    boolean hasEvents = index.rows(IndexedList.EVENTS).count() > 0;
    if (hasEvents
        && !Instant.ofEpochMilli(index.span(IndexedList.EVENTS).first()).isBefore(acceptedBefore)) {
      return 0;
    }
    double share = open.sizes().reclaimShare();
    if (segment == open.segments().active()) {
      // The active segment cannot be rewritten, so close it first if that is worthwhile.
      if (!ExpiredRecords.of(open, segment, acceptedBefore).isWorthwhile(share)) {
        return 0;
      }
      synchronized (open.journal()) {
        open.health().check();
        open.journal().roll();
      }
    }
    ExpiredRecords expired = ExpiredRecords.of(open, segment, acceptedBefore);
    if (!expired.isWorthwhile(share)) {
      return 0;
    }
    if (segment.number() >= prepared) {
      // The last checkpoint may list deliveries whose final records are about to be removed.
      maintenance.checkpoint();
      prepared = maintenance.checkpointed();
    }
    return rewriting.rewrite(segment, expired) ? expired.events() : 0;
  }

  /** Deletes the oldest files that are empty, up to the first that is not. */
  private void removeEmpty() throws IOException {
    while (isEmpty(open.segments().all())) {
      Segment first = open.segments().all().get(0);
      synchronized (open.journal()) {
        open.segments().replacing().lock();
        try {
          open.health().check();
          open.segments().removeFirst();
          first.close();
          open.disk().delete(Segment.indexName(first.number()));
          open.disk().delete(Segment.journalName(first.number()));
          // One at a time: after a crash, a gap in the numbering would be treated as damage.
          open.disk().sync();
        } finally {
          open.segments().replacing().unlock();
        }
      }
    }
  }

  private static boolean isEmpty(List<Segment> all) {
    SegmentIndex first = all.get(0).index();
    boolean isEmpty = all.size() > 1;
    for (IndexedList listing : IndexedList.values()) {
      isEmpty &= first.rows(listing).count() == 0;
    }
    return isEmpty;
  }
}
