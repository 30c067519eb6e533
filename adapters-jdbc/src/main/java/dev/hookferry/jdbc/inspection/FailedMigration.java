package dev.hookferry.jdbc.inspection;

import java.util.Objects;

/**
 * A migration that has left the tables incomplete, so that no server starts on them.
 *
 * @param version the version that it was meant to reach
 * @param remedy how to fix it
 */
public record FailedMigration(String version, String remedy) {
  public FailedMigration {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(remedy, "remedy");
  }
}
