package dev.hookferry.app.transfer;

import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.store.transfer.RecordCounts;
import dev.hookferry.store.transfer.StoreComparison;
import dev.hookferry.store.transfer.StoreComparison.Side;
import dev.hookferry.store.transfer.StoreTransfer;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.util.Optional;
import java.util.function.Supplier;

/** Moves the content of a source into a store and reseals the secrets on the way. */
public final class StoreMove {
  /** The maximum number of differences that a comparison reports. */
  public static final int DIFFERENCES = 10;

  private final SecretCipher from;
  private final SecretCipher to;
  private final ProgressPrinter progress;

  /**
   * Creates a move.
   *
   * @param from opens the secrets of the source
   * @param to seals the secrets of the target; leaves them unencrypted if it has no key
   */
  public StoreMove(SecretCipher from, SecretCipher to, ProgressPrinter progress) {
    this.from = from;
    this.to = to;
    this.progress = progress;
  }

  /**
   * Result of a move.
   *
   * @param counts the records written
   * @param isSealed whether the target's secrets are sealed
   */
  public record Moved(RecordCounts counts, boolean isSealed) {}

  /**
   * Fills an empty target. To leave the target untouched if a secret cannot be opened, call {@link
   * #checkSecrets} first.
   *
   * @throws dev.hookferry.refusal.ConflictException if the target is not empty; nothing was changed
   * @throws MasterKeyException if a secret cannot be opened; the move can be resumed
   * @throws dev.hookferry.store.StoreException if a store fails; the move can be resumed
   */
  public Moved start(TransferSource source, TransferTarget target, TransferHistory history) {
    RecordCounts counts = transfer(source, target).start(history);
    return new Moved(counts, !to.keys().isEmpty());
  }

  /** Resumes an interrupted move; throws as {@link #start} does. */
  public Moved resume(TransferSource source, TransferTarget target) {
    RecordCounts counts = transfer(source, target).resume();
    return new Moved(counts, !to.keys().isEmpty());
  }

  private StoreTransfer transfer(TransferSource source, TransferTarget target) {
    progress.begin("copied", "deliveries", source.origin().deliveries());
    return new StoreTransfer(source, target)
        .changing(SecretsChange.resealing(from, to))
        .reporting(counts -> progress.show(counts.deliveries()));
  }

  /**
   * Opens every secret of a source and returns their number.
   *
   * @throws MasterKeyException if one cannot be opened
   */
  public static int checkSecrets(TransferSource source, SecretCipher from) {
    SecretsChange opening = SecretsChange.opening(from);
    try (TransferReader reader = source.read(TransferHistory.ALL, null)) {
      Optional<TransferBatch> batch = reader.next();
      boolean isConfig = true;
      while (isConfig && batch.isPresent()) {
        for (TransferRecord stored : batch.get().records()) {
          isConfig = stored instanceof TransferRecord.StoredConfig;
          if (isConfig) {
            Optional<TransferRecord> unused = opening.of(stored);
          }
        }
        batch = isConfig ? reader.next() : Optional.empty();
      }
    }
    return opening.count();
  }

  /**
   * Compares every record of both sides.
   *
   * @param history the history that was moved
   */
  public StoreComparison.Result compare(
      TransferSource source, Supplier<TransferSource> target, TransferHistory history) {
    progress.begin("compared", "records", 0);
    try (TransferSource filled = target.get()) {
      return new StoreComparison(DIFFERENCES)
          .reporting(progress::show)
          .compare(
              new Side(source, SecretsChange.opening(from)),
              new Side(filled, SecretsChange.opening(to)),
              history);
    }
  }
}
