package dev.hookferry.app.migration.sender;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param entries its entries
 * @param next the path of the next page, or null if this is the last one
 */
record SenderPage(List<SenderEntry> entries, @Nullable String next) {
  SenderPage {
    Objects.requireNonNull(entries, "entries");
  }
}
