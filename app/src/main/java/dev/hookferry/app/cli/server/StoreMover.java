package dev.hookferry.app.cli.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.option.MoveOptions;
import dev.hookferry.app.config.SecretsConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreTables;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.app.secrets.MasterKeySources;
import dev.hookferry.app.transfer.ProgressPrinter;
import dev.hookferry.app.transfer.StoreMove;
import dev.hookferry.app.transfer.StoreMove.Moved;
import dev.hookferry.app.transfer.TransferStores;
import dev.hookferry.jdbc.SchemaMode;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.transfer.StoreComparison;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a copy or a restore, and reports it to the user. */
final class StoreMover {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final OutputOptions output;
  private final MoveOptions options;
  private final @Nullable Path archive;
  private final ProgressPrinter progress;

  /**
   * Creates a mover.
   *
   * @param archive the file that is restored, or null for a copy
   */
  StoreMover(OutputOptions output, MoveOptions options, @Nullable Path archive) {
    this.output = output;
    this.options = options;
    this.archive = archive;
    progress = output.progress();
  }

  /** Parses an option that names a store. */
  static StoreConfig store(String option, String text, @Nullable String user, String passwordVar) {
    String password = System.getenv(passwordVar);
    try {
      return StoreConfig.parse(text).with(user, password == null ? null : new SecretText(password));
    } catch (IllegalArgumentException e) {
      throw InvalidException.of(
          option, "must be file:DIR, or a JDBC URL such as jdbc:postgresql://…");
    }
  }

  /**
   * Returns a store with the given schema and table prefix.
   *
   * @param option the option that names the store, and with which those for schema and prefix begin
   */
  static StoreConfig withTables(StoreConfig store, String option, String schema, String prefix) {
    StoreConfig with = store.with(new StoreTables(schema, prefix, SchemaMode.MIGRATE));
    if (with instanceof StoreConfig.InDatabase database) {
      try {
        var unused = database.options();
      } catch (InvalidException e) {
        Problem found = e.problems().get(0);
        String name = found.field().equals("tablePrefix") ? "table-prefix" : found.field();
        throw InvalidException.of(option + "-" + name, found.reason());
      }
    }
    return with;
  }

  /** Returns the cipher of a store; if it is to seal, a file store's own key is created. */
  static SecretCipher cipher(@Nullable StoreConfig store, SecretsConfig keys, boolean seals) {
    try {
      MasterKeySource source =
          store == null
              ? MasterKeySources.of(new StoreConfig.InMemory(), keys, RANDOM)
              : MasterKeySources.of(store, keys, RANDOM);
      SecretCipher cipher = new EnvelopeCipher(source, RANDOM);
      if (seals) {
        cipher.reloadKeys(false);
      }
      return cipher;
    } catch (MasterKeyException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Moves everything and returns the exit code.
   *
   * @param source opens the source
   * @param from decrypts the secrets of the source
   */
  int run(
      Supplier<TransferSource> source,
      SecretCipher from,
      StoreConfig store,
      TransferHistory history) {
    try (TransferSource opened = source.get()) {
      // Checked before opening the target, which would create it.
      int secrets = StoreMove.checkSecrets(opened, from);
      Optional<TransferHistory> moved = fill(opened, from, store, history, secrets);
      if (moved.isEmpty()) {
        requireFilled(store);
        output.note("nothing is left to move; comparing both sides");
      }
      SecretCipher to = cipher(store, options.to(), false);
      return options.verify()
          ? verify(opened, new StoreMove(from, to, progress), store, moved.orElse(history))
          : ExitCode.DONE;
    } catch (MasterKeyException e) {
      progress.end();
      throw new CommandFailure(
          e.getMessage()
              + "; pass --from-master-key-file FILE (of a file store: master.key in its directory),"
              + " or set HOOKFERRY_MASTER_KEY");
    } catch (ConflictException | StoreException e) {
      progress.end();
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Fills the target, or continues to fill it.
   *
   * @return the history that was moved; empty if an earlier run has moved everything, so that both
   *     sides are only compared
   */
  private Optional<TransferHistory> fill(
      TransferSource source,
      SecretCipher from,
      StoreConfig store,
      TransferHistory history,
      int secrets) {
    long began = System.nanoTime();
    TransferHistory moved = history;
    Moved result;
    try (TransferTarget target = TransferStores.target(store)) {
      if (options.resume() && options.verify() && target.mark().isEmpty()) {
        return Optional.empty();
      }
      StoreMove move = new StoreMove(from, cipher(store, options.to(), true), progress);
      if (options.resume()) {
        moved = target.mark().map(mark -> mark.history()).orElse(history);
        result = move.resume(source, target);
      } else {
        result = move.start(source, target, history);
      }
    }
    progress.end();
    warn(secrets, result, store);
    say(source.origin().store(), store, result, Duration.ofNanos(System.nanoTime() - began));
    return Optional.of(moved);
  }

  /** Fails if nothing was ever copied into the store, which a comparison would not reveal. */
  private static void requireFilled(StoreConfig store) {
    try (TransferSource filled = TransferStores.source(store)) {
      if (filled.origin().configVersion() == 0) {
        throw new ConflictException("there is no unfinished transfer to resume");
      }
    }
  }

  private void warn(int secrets, Moved moved, StoreConfig store) {
    if (secrets > 0 && !moved.isSealed()) {
      output.warn(
          secrets
              + " secrets are now stored unencrypted in "
              + store.shown()
              + ", because it has no master key: anyone who can read the store can forge"
              + " signatures. Start the server with a master key, which seals them");
    }
  }

  private void say(String from, StoreConfig store, Moved moved, Duration took) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("from", from).put("to", store.shown());
    json.put("records", moved.counts().records()).put("events", moved.counts().events());
    json.put("deliveries", moved.counts().deliveries());
    json.put("attempts", moved.counts().attempts()).put("millis", took.toMillis());
    output.result(
        json,
        String.format(
            Locale.ROOT,
            "%s %,d events, %,d deliveries, %,d attempts from %s to %s in %.1f s%s",
            archive == null ? "copied" : "restored",
            moved.counts().events(),
            moved.counts().deliveries(),
            moved.counts().attempts(),
            archive == null ? from : archive,
            store.shown(),
            took.toMillis() / 1_000.0,
            rate(moved.counts().deliveries(), took)));
  }

  /** Returns the deliveries per second; empty for a time too short to measure. */
  private static String rate(long deliveries, Duration took) {
    return took.compareTo(Duration.ofSeconds(1)) < 0
        ? ""
        : String.format(Locale.ROOT, " (%,d deliveries/s)", deliveries * 1_000 / took.toMillis());
  }

  private int verify(
      TransferSource source, StoreMove move, StoreConfig store, TransferHistory history) {
    StoreComparison.Result result =
        move.compare(source, () -> TransferStores.source(store), history);
    progress.end();
    List<String> differences = result.differences();
    if (differences.isEmpty()) {
      output.note(
          String.format(
              Locale.ROOT, "verified: %,d records are equal on both sides", result.records()));
      return ExitCode.DONE;
    }
    output.note("hookferry: the stores differ; the first differences:");
    differences.forEach(difference -> output.note("  " + difference));
    return ExitCode.FAILED;
  }
}
