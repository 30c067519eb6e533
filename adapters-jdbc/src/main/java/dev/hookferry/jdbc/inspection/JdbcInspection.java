package dev.hookferry.jdbc.inspection;

import dev.hookferry.store.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of inspecting a store's database. An inspection changes nothing, and servers may be
 * using the store.
 *
 * @param product name and version of the database server
 * @param layout the version of the tables, as text
 * @param clockAhead how far the database's clock is ahead of the local one; negative if it is
 *     behind
 * @param settings the server's settings that matter to a store
 * @param config the stored configuration; {@link Config#EMPTY} if there are no tables yet, or a
 *     migration has failed
 * @param failedMigration the migration that left the tables incomplete; null if none did
 */
public record JdbcInspection(
    String product,
    String layout,
    Duration clockAhead,
    List<ServerSetting> settings,
    Config config,
    @Nullable FailedMigration failedMigration) {
  public JdbcInspection {
    Objects.requireNonNull(product, "product");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(clockAhead, "clockAhead");
    settings = List.copyOf(settings);
    Objects.requireNonNull(config, "config");
  }
}
