package dev.hookferry.jdbc.transfer;

import dev.hookferry.jdbc.database.DatabaseSnapshot;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a store one after the other. A position begins with the part's name. */
final class PartReader implements TransferReader {
  private final DatabaseSnapshot snapshot;
  private final List<NamedPart> parts;
  private int index;
  private RecordPart part;

  /**
   * A part.
   *
   * @param name without a colon
   * @param open opens the part after a position within it; null for its beginning
   */
  record NamedPart(String name, Function<@Nullable String, RecordPart> open) {}

  /**
   * Creates a reader.
   *
   * @param after the position after which to begin; null for the beginning
   * @throws IllegalArgumentException if it is not a position of these parts
   */
  PartReader(DatabaseSnapshot snapshot, List<NamedPart> parts, @Nullable String after) {
    this.snapshot = snapshot;
    this.parts = parts;
    String within = null;
    if (after != null) {
      int colon = after.indexOf(':');
      index = colon < 0 ? parts.size() : indexOf(after.substring(0, colon));
      within = after.substring(colon + 1);
    }
    if (index == parts.size()) {
      throw new IllegalArgumentException(after + " is not a position of this source");
    }
    part = parts.get(index).open().apply(within);
  }

  private int indexOf(String name) {
    int found = 0;
    while (found < parts.size() && !parts.get(found).name().equals(name)) {
      found++;
    }
    return found;
  }

  @Override
  public Optional<TransferBatch> next() {
    TransferBatch batch = snapshot.read(handle -> part.next());
    while (batch == null && index + 1 < parts.size()) {
      index++;
      part = parts.get(index).open().apply(null);
      batch = snapshot.read(handle -> part.next());
    }
    String name = parts.get(index).name();
    return batch == null
        ? Optional.empty()
        : Optional.of(new TransferBatch(batch.records(), name + ':' + batch.position()));
  }

  /** Does nothing: statements are closed as they end. */
  @Override
  public void close() {}
}
