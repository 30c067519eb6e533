package dev.hookferry.file.transfer;

import dev.hookferry.file.config.SmallFiles;
import dev.hookferry.file.journal.Segments;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferOrigin;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The content of a file store at one point in time. No file may be removed until it is closed. */
public final class JournalSource implements TransferSource {
  private final StoreContent content;
  private final UnaryOperator<StoredDelivery> suspecting;
  private final Runnable closing;
  private boolean closed;

  private JournalSource(
      StoreContent content, UnaryOperator<StoredDelivery> suspecting, Runnable closing) {
    this.content = content;
    this.suspecting = suspecting;
    this.closing = closing;
  }

  /**
   * Returns the content of a store that is open.
   *
   * @param directory the store's directory
   * @param pending the pending deliveries; nothing is committed during this call
   * @param closing called once when the source is closed
   */
  public static JournalSource of(
      String directory,
      Segments segments,
      PendingIndex pending,
      SmallFiles files,
      Runnable closing) {
    String store = "files in " + directory;
    return new JournalSource(
        StoreContent.of(store, segments, pending, files), UnaryOperator.identity(), closing);
  }

  /**
   * Returns this source with a change to pending deliveries that the journal does not contain yet.
   */
  public JournalSource suspecting(UnaryOperator<StoredDelivery> change) {
    return new JournalSource(content, change, closing);
  }

  @Override
  public TransferOrigin origin() {
    return content.origin();
  }

  @Override
  public TransferReader read(TransferHistory history, @Nullable String after) {
    SourcePosition from = SourcePosition.parse(after);
    return new SourceReader(
        new NonEventScan(content, history),
        new EventScan(content, history, suspecting, from),
        from);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      closing.run();
    }
  }
}
