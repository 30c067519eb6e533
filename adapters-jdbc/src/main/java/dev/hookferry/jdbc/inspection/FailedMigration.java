package dev.hookferry.jdbc.inspection;

import java.util.Objects;

/**
 * A migration that left the tables incomplete, so that no server starts with them.
 *
 * @param version the version that it was migrating to
 * @param remedy how to fix it
 */
public record FailedMigration(String version, String remedy) {
  public FailedMigration {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(remedy, "remedy");
  }
}
