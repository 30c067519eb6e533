package dev.hookferry.engine;

import dev.hookferry.engine.commit.Commit;
import dev.hookferry.engine.commit.CommitEntry;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.commit.CommitResult;
import java.time.Instant;

/** Tells the stages what became of the entries that they have put into a commit. */
final class CommitReplies {
  /** Failures of a commit in doubt after which the callers that wait for it are told so. */
  private static final int FAILURES_UNTIL_REPLY = 20;

  private final EngineState memory;
  private final Intake accepting;
  private final Dispatcher delivering;
  private final RejectedResult rejecting;

  CommitReplies(EngineState memory, Intake accepting, Dispatcher delivering) {
    this.memory = memory;
    this.accepting = accepting;
    this.delivering = delivering;
    rejecting = new RejectedResult(memory.commits, delivering);
  }

  /** Handles a commit that is durable. */
  void committed(long number, CommitResult done, Instant now) {
    Commit commit = memory.commits.written(number);
    WrittenEntries written = new WrittenEntries(done, owns(commit), now);
    commit.entries().forEach(entry -> entry.accept(written));
    memory.runAfterCommit(now);
  }

  /** Handles a commit that failed. */
  void failed(long number, RuntimeException cause, Instant now) {
    if (!(cause instanceof RejectedBatchException)) {
      FailedEntries refused = new FailedEntries(cause, false);
      memory.commits.withdraw().forEach(entry -> entry.accept(refused));
      accepting.sendAway(Intake.unavailable(cause));
    }
    Commit commit = memory.commits.failed(number, cause, memory.incarnation, now);
    switch (commit.state()) {
      case FAILED -> {
        FailedEntries failed = new FailedEntries(cause, owns(commit));
        commit.entries().forEach(entry -> entry.accept(failed));
      }
      case REJECTED -> {
        RejectedEntry rejected = new RejectedEntry(cause, owns(commit), now);
        commit.entries().forEach(entry -> entry.accept(rejected));
        memory.runAfterCommit(now);
      }
      case IN_DOUBT -> {
        if (commit.failures() == FAILURES_UNTIL_REPLY) {
          accepting.unknown(commit.entries());
        }
        delivering.prove(now);
      }
      default -> {}
    }
  }

  /** Fails everything that is not written, because nothing will be committed any more. */
  void abandon(RuntimeException cause) {
    FailedEntries failed = new FailedEntries(cause, false);
    memory.commits.abandon().forEach(c -> c.entries().forEach(entry -> entry.accept(failed)));
  }

  /** Returns whether the deliveries of a commit still belong to this node. */
  private boolean owns(Commit commit) {
    return commit.incarnation() == memory.incarnation;
  }

  private final class WrittenEntries implements CommitEntry.Handler {
    private final CommitResult done;
    private final boolean owned;
    private final Instant now;
    private int publications;
    private int replies;

    WrittenEntries(CommitResult done, boolean owned, Instant now) {
      this.done = done;
      this.owned = owned;
      this.now = now;
    }

    @Override
    public void publish(CommitEntry.Publish entry) {
      accepting.committed(entry, done.publications().get(publications++), owned);
    }

    @Override
    public void result(CommitEntry.RecordResult entry) {
      delivering.recorded(entry, done.refused(), now);
    }

    @Override
    public void release(CommitEntry.Release entry) {
      delivering.forget(entry.held(), now);
      memory.claims.dueAt(now);
    }

    @Override
    public void command(CommitEntry.AdminCommand entry) {
      entry.then().accept(done.replies().get(replies++));
    }
  }

  /** Refuses new events and commands; results and releases go into another commit. */
  private final class FailedEntries implements CommitEntry.Handler {
    private final RuntimeException cause;
    private final boolean owned;

    FailedEntries(RuntimeException cause, boolean owned) {
      this.cause = cause;
      this.owned = owned;
    }

    @Override
    public void publish(CommitEntry.Publish entry) {
      accepting.failed(entry, cause);
    }

    @Override
    public void result(CommitEntry.RecordResult entry) {
      again(entry);
    }

    @Override
    public void release(CommitEntry.Release entry) {
      again(entry);
    }

    @Override
    public void command(CommitEntry.AdminCommand entry) {
      entry.orElse().accept(cause);
    }

    private void again(CommitEntry entry) {
      if (owned) {
        memory.commits.add(entry);
      }
    }
  }

  /** Ends an entry that the store will never take, so that it holds up no others. */
  private final class RejectedEntry implements CommitEntry.Handler {
    private final RuntimeException cause;
    private final boolean owned;
    private final Instant now;

    RejectedEntry(RuntimeException cause, boolean owned, Instant now) {
      this.cause = cause;
      this.owned = owned;
      this.now = now;
    }

    @Override
    public void publish(CommitEntry.Publish entry) {
      tell("event " + entry.publication().entries().get(0).event().id());
      accepting.refused(entry, cause);
    }

    @Override
    public void result(CommitEntry.RecordResult entry) {
      tell("a result of " + entry.held().delivery().id());
      if (owned) {
        rejecting.rejected(entry, now);
      }
    }

    @Override
    public void release(CommitEntry.Release entry) {
      tell("to take back " + entry.held().delivery().id());
      if (owned) {
        delivering.forget(entry.held(), now);
      }
    }

    @Override
    public void command(CommitEntry.AdminCommand entry) {
      tell("a command");
      entry.orElse().accept(cause);
    }

    private void tell(String what) {
      memory.effects.tell(l -> l.fault("the store refuses " + what, cause));
    }
  }
}
