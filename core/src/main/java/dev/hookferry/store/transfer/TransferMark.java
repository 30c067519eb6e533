package dev.hookferry.store.transfer;

import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a transfer, kept in the store being filled until the transfer is finished.
 *
 * @param origin the source when the transfer began
 * @param history how much of the past is transferred
 * @param position {@link TransferBatch#position} of the last batch that was written; null before
 *     the first
 */
public record TransferMark(
    TransferOrigin origin, TransferHistory history, @Nullable String position) {
  public TransferMark {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(history, "history");
  }

  /** Returns the mark after a batch with this position. */
  public TransferMark at(String newPosition) {
    Objects.requireNonNull(newPosition, "newPosition");
    return new TransferMark(origin, history, newPosition);
  }

  /** Encodes the mark for stores: one JSON object in ASCII without line breaks. */
  public String text() {
    return new JsonWriter()
        .text("store", origin.store())
        .text("state", origin.state())
        .number("configVersion", origin.configVersion())
        .number("deliveries", origin.deliveries())
        .text("history", history.text())
        .text("position", position)
        .end();
  }

  /**
   * Parses the output of {@link #text}.
   *
   * @throws IllegalArgumentException if the text is damaged or from a newer version
   */
  public static TransferMark parse(String text) {
    Objects.requireNonNull(text, "text");
    return JsonMembers.parse(
        text,
        members ->
            new TransferMark(
                new TransferOrigin(
                    members.text("store"),
                    members.text("state"),
                    members.number("configVersion"),
                    members.number("deliveries")),
                members.text("history", TransferHistory::parse),
                members.textOrNull("position", Function.identity())));
  }
}
