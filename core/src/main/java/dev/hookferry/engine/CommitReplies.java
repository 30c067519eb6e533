package dev.hookferry.engine;

import dev.hookferry.engine.admin.AdminCommands;
import dev.hookferry.engine.commit.Commit;
import dev.hookferry.engine.commit.CommitEntry;
import dev.hookferry.engine.commit.GroupCommit;
import dev.hookferry.engine.commit.WrittenHandler;
import dev.hookferry.engine.dispatch.Dispatcher;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.intake.Intake;
import dev.hookferry.engine.intake.PublishReplies;
import dev.hookferry.engine.outcome.RejectedResult;
import dev.hookferry.engine.outcome.ResultRecorder;
import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import java.time.Instant;

/** Notifies the stages of the outcome of their entries in a commit. */
final class CommitReplies {
  /** Number of failures of a commit in doubt after which waiting callers are notified. */
  private static final int FAILURES_UNTIL_REPLY = 20;

  private final Effects effects;
  private final GroupCommit commits;
  private final Intake intake;
  private final PublishReplies publishes;
  private final Dispatcher dispatcher;
  private final ResultRecorder results;
  private final AdminCommands commands;
  private final RejectedResult rejecting;

  CommitReplies(
      Effects effects,
      GroupCommit commits,
      Intake intake,
      PublishReplies publishes,
      Dispatcher dispatcher,
      ResultRecorder results,
      AdminCommands commands) {
    this.effects = effects;
    this.commits = commits;
    this.intake = intake;
    this.publishes = publishes;
    this.dispatcher = dispatcher;
    this.results = results;
    this.commands = commands;
    rejecting = new RejectedResult(commits, dispatcher);
  }

  /** Handles a commit that is durable. */
  void committed(long number, CommitResult done, Instant now) {
    Commit commit = commits.written(number);
    commit.written(done, new WrittenEntries(done, commit, now));
    commands.commitEnded(now);
  }

  /** Handles a commit that failed. */
  void failed(long number, RuntimeException cause, Instant now) {
    if (!(cause instanceof RejectedBatchException)) {
      FailedEntries refused = new FailedEntries(cause, false);
      commits.withdraw().forEach(entry -> entry.accept(refused));
      intake.refuseQueued(PublishReplies.unavailable(cause));
    }
    Commit commit = commits.failed(number, cause, dispatcher.incarnation(), now);
    switch (commit.state()) {
      case FAILED -> {
        FailedEntries failed = new FailedEntries(cause, owns(commit));
        commit.entries().forEach(entry -> entry.accept(failed));
      }
      case REJECTED -> {
        RejectedEntry rejected = new RejectedEntry(cause, owns(commit), now);
        commit.entries().forEach(entry -> entry.accept(rejected));
        commands.commitEnded(now);
      }
      case IN_DOUBT -> {
        if (commit.failures() == FAILURES_UNTIL_REPLY) {
          publishes.unknown(commit.entries());
        }
        confirmClaimedAgain(now);
      }
      default -> {}
    }
  }

  /**
   * Confirms results and hand-backs of commits in doubt that must have been written, because the
   * store has handed out their deliveries again.
   */
  void confirmClaimedAgain(Instant now) {
    for (Commit commit : commits.inDoubt()) {
      for (CommitEntry entry : commit.takeProven(dispatcher::isClaimedAgain)) {
        OwnedDelivery owned = entry.owned();
        if (entry instanceof CommitEntry.RecordResult result) {
          results.recorded(result, true, now);
        } else if (owned != null) {
          dispatcher.forget(owned, now);
        }
      }
    }
  }

  /** Fails all entries that are not written, because no further commit will run. */
  void abandon(RuntimeException cause) {
    FailedEntries failed = new FailedEntries(cause, false);
    commits.abandon().forEach(c -> c.entries().forEach(entry -> entry.accept(failed)));
  }

  /** Returns whether the deliveries of a commit still belong to this node. */
  private boolean owns(Commit commit) {
    return commit.incarnation() == dispatcher.incarnation();
  }

  private final class WrittenEntries implements WrittenHandler {
    private final CommitResult done;
    private final boolean owned;
    private final boolean isRepeated;
    private final Instant now;

    WrittenEntries(CommitResult done, Commit commit, Instant now) {
      this.done = done;
      owned = owns(commit);
      isRepeated = commit.failures() > 0;
      this.now = now;
    }

    @Override
    public void publish(CommitEntry.Publish entry, CommitResult.Published reply) {
      publishes.committed(entry, reply, owned);
    }

    @Override
    public void result(CommitEntry.RecordResult entry) {
      if (done.refused().contains(entry.owned().delivery().id())) {
        results.refused(entry, isRepeated, now);
      } else {
        results.recorded(entry, done.promoted(), now);
      }
    }

    @Override
    public void handBack(CommitEntry.HandBackEntry entry) {
      dispatcher.forget(entry.owned(), now);
      dispatcher.claimAt(now);
    }

    @Override
    public void command(CommitEntry.AdminCommand entry, Command.Reply reply) {
      entry.then().accept(reply, isRepeated);
    }
  }

  /** Refuses new events and commands; adds results and hand-backs to another commit. */
  private final class FailedEntries implements CommitEntry.Handler {
    private final RuntimeException cause;
    private final boolean owned;

    FailedEntries(RuntimeException cause, boolean owned) {
      this.cause = cause;
      this.owned = owned;
    }

    @Override
    public void publish(CommitEntry.Publish entry) {
      publishes.failed(entry, cause);
    }

    @Override
    public void result(CommitEntry.RecordResult entry) {
      again(entry);
    }

    @Override
    public void handBack(CommitEntry.HandBackEntry entry) {
      again(entry);
    }

    @Override
    public void command(CommitEntry.AdminCommand entry) {
      entry.orElse().accept(cause);
    }

    private void again(CommitEntry entry) {
      if (owned) {
        commits.add(entry);
      }
    }
  }

  /** Removes an entry that the store rejects, so that it does not block others. */
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
      publishes.refused(entry, cause);
    }

    @Override
    public void result(CommitEntry.RecordResult entry) {
      tell("a result of " + entry.owned().delivery().id());
      if (owned) {
        rejecting.rejected(entry, now);
      }
    }

    @Override
    public void handBack(CommitEntry.HandBackEntry entry) {
      tell("the hand-back of " + entry.owned().delivery().id());
      if (owned) {
        dispatcher.forget(entry.owned(), now);
      }
    }

    @Override
    public void command(CommitEntry.AdminCommand entry) {
      tell("a command");
      entry.orElse().accept(cause);
    }

    private void tell(String what) {
      effects.notifyListener(l -> l.fault("store rejects " + what, cause));
    }
  }
}
