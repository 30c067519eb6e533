package dev.hookferry.engine.commit;

import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;

/** Handler of the entries of a durable commit: one method per kind, with the store's reply. */
public interface WrittenHandler {
  /** Handles new events. */
  void publish(CommitEntry.Publish entry, CommitResult.Published reply);

  /** Handles the result of an attempt. */
  void result(CommitEntry.RecordResult entry);

  /** Handles a delivery that went back to the store. */
  void handBack(CommitEntry.HandBackEntry entry);

  /** Handles a command of a user. */
  void command(CommitEntry.AdminCommand entry, Command.Reply reply);
}
