package dev.hookferry.internal.replay;

import dev.hookferry.id.ReplayId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayText;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.ReplayStore.ReplayEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Access to the replay jobs in the store, where any node may change them. Blocks. */
public final class ReplayJobs {
  private static final int KEPT = 50;
  private static final int TRIES = 20;

  private final ReplayStore store;

  public ReplayJobs(ReplayStore store) {
    this.store = store;
  }

  /** Saves a new job, and deletes the oldest ended jobs of its site beyond 50. */
  public void add(ReplayJob job) {
    deleteOld(job.site());
    if (!store.save(job.id().value(), ReplayText.write(job), 0)) {
      throw new IllegalStateException(job.id() + " already exists");
    }
  }

  /**
   * Outcome of a change.
   *
   * @param before the replay that was changed
   * @param after the replay as stored
   */
  public record ChangedReplay(ReplayJob before, ReplayJob after) {
    /** Returns whether the change moved the replay to another state. */
    public boolean hasOtherState() {
      return before.state() != after.state();
    }
  }

  /**
   * Updates a replay, retrying on concurrent changes. Writes nothing if the replay stays the same.
   *
   * @return empty if it no longer exists
   */
  public Optional<ChangedReplay> change(ReplayId id, UnaryOperator<ReplayJob> change) {
    for (int left = TRIES; left > 0; left--) {
      Optional<ReplayEntry> kept =
          store.all().stream().filter(one -> one.id().equals(id.value())).findFirst();
      if (kept.isEmpty()) {
        return Optional.empty();
      }
      ReplayJob before = ReplayText.read(id, kept.get().text());
      ReplayJob next = change.apply(before);
      if (next.equals(before)
          || store.save(id.value(), ReplayText.write(next), kept.get().revision())) {
        return Optional.of(new ChangedReplay(before, next));
      }
    }
    throw new ConflictException(id + " keeps being changed concurrently; try again");
  }

  /** Returns all jobs, newest first. */
  public List<ReplayJob> all() {
    return store.all().stream()
        .map(kept -> ReplayText.read(new ReplayId(kept.id()), kept.text()))
        .toList();
  }

  private void deleteOld(SiteId site) {
    all().stream()
        .filter(job -> job.site().equals(site) && job.state().isFinal())
        .skip(KEPT - 1L)
        .forEach(job -> store.remove(job.id().value()));
  }
}
