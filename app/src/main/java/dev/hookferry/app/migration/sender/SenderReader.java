package dev.hookferry.app.migration.sender;

import dev.hookferry.app.migration.ImportPlan;

/** Reads everything that can be imported from one kind of sender. */
public interface SenderReader {
  /**
   * Returns the sites and endpoints of the other system. Blocks for many calls.
   *
   * @throws dev.hookferry.app.cli.io.CommandFailure if it cannot be read completely
   */
  ImportPlan read(SenderClient client, SenderSettings settings);
}
