package dev.hookferry.jdbc.config;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.config.ConfigChange;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes changed configuration resources. The row of a removed resource stays for a while, without
 * its body, so that other nodes learn about the removal.
 */
final class ConfigEntries {
  private static final String UPDATE =
      """
      UPDATE hookferry_config_entry SET site = :site, version = :version, body = :body
      WHERE kind = :kind AND id = :id
      """;

  private static final String REMOVE_OF_SITE =
      """
      UPDATE hookferry_config_entry SET site = NULL, version = :version, body = NULL
      WHERE site = :site
      """;

  private final Dialect dialect;

  ConfigEntries(Dialect dialect) {
    this.dialect = dialect;
  }

  void apply(Handle handle, ConfigChange change, long version) {
    if (change instanceof ConfigChange.RemoveSite remove) {
      handle
          .createUpdate(REMOVE_OF_SITE)
          .bind("version", version)
          .bind("site", remove.id().value())
          .execute();
    }
    ConfigEntry.of(change).ifPresent(entry -> write(handle, entry, version));
  }

  private void write(Handle handle, ConfigEntry entry, long version) {
    boolean exists =
        handle
                .createUpdate(UPDATE)
                .bind("kind", entry.kind().code())
                .bind("id", entry.id())
                .bind("site", text(entry.site()))
                .bind("version", version)
                .bind("body", entry.text())
                .execute()
            > 0;
    if (!exists && entry.text() != null) {
      ColumnRows rows =
          ColumnRows.of(
              ColumnRows.text("kind"),
              ColumnRows.text("id"),
              ColumnRows.text("site"),
              ColumnRows.uuid("endpoint_id"),
              ColumnRows.longInteger("version"),
              ColumnRows.text("body"));
      rows.add(
          entry.kind().code(),
          entry.id(),
          text(entry.site()),
          entry.kind() == ConfigEntry.Kind.ENDPOINT ? EndpointId.parse(entry.id()).value() : null,
          version,
          entry.text());
      dialect.insert(handle, "hookferry_config_entry", rows);
    }
  }

  private static @Nullable String text(@Nullable SiteId site) {
    return site == null ? null : site.value();
  }
}
