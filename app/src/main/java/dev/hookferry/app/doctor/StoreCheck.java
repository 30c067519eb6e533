package dev.hookferry.app.doctor;

import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.Custom;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.text.RelativeTime;
import dev.hookferry.file.FileInspection;
import dev.hookferry.file.FileStore;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.inspection.FailedMigration;
import dev.hookferry.jdbc.inspection.JdbcInspection;
import dev.hookferry.jdbc.inspection.ServerSetting;
import dev.hookferry.store.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the store, its disk or database, and its clock; returns the stored configuration, or empty
 * for a kind of store that is not read.
 */
final class StoreCheck implements StoreConfig.Fold<Optional<Config>> {
  private static final String STORE = "store";
  private static final String CLOCK = "clock";
  private static final String DURABILITY = "durability";

  /** Skew that is a failure: deliveries come late by as much, and signatures last five minutes. */
  private static final Duration BAD_CLOCK = Duration.ofSeconds(30);

  private static final Duration DOUBTFUL_CLOCK = Duration.ofSeconds(2);
  private static final long LITTLE = 1L << 30;
  private static final Pattern PROCESS = Pattern.compile("process (\\d{1,18})");
  private static final String SYNCHRONIZE =
      "synchronize the clocks with NTP, for example with systemd-timesyncd or chrony";

  private final InstantSource clock;
  private final Consumer<Diagnosis> found;
  private final BooleanSupplier isServerRunning;
  private boolean isUsed;

  /**
   * Creates the check.
   *
   * @param isServerRunning whether a server listens on the configured address; if so, it is assumed
   *     to be the one that uses the store
   */
  StoreCheck(InstantSource clock, Consumer<Diagnosis> found, BooleanSupplier isServerRunning) {
    this.clock = clock;
    this.found = found;
    this.isServerRunning = isServerRunning;
  }

  /** Returns whether a process is known to use the store; only a checked file store can tell. */
  boolean isUsed() {
    return isUsed;
  }

  @Override
  public Optional<Config> files(InFiles store) {
    FileInspection seen = FileStore.inspect(store.directory());
    isUsed = seen.usedBy() != null;
    if (isPossible(store.directory())) {
      folder(store.directory(), seen);
      space(store.directory(), seen);
    }
    lastWritten(seen);
    return Optional.of(seen.config());
  }

  /** Returns whether the store's path, or else its nearest existing ancestor, is a directory. */
  private boolean isPossible(Path directory) {
    Path existing = directory.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    boolean isPossible = Files.isDirectory(existing);
    if (!isPossible) {
      found.accept(
          Diagnosis.failure(
              STORE, existing + " is a file, not a directory", "choose another path"));
    }
    return isPossible;
  }

  private void folder(Path directory, FileInspection seen) {
    if (!seen.isWritable()) {
      String user = System.getProperty("user.name");
      found.accept(
          Diagnosis.failure(
              STORE,
              directory + (seen.exists() ? " is read-only for " : " cannot be created by ") + user,
              "choose another path; or run this as the user of the server, make the folder its own"
                  + " (chown) and mount its disk writable"));
    } else if (seen.usedBy() != null && !isServerRunning.getAsBoolean()) {
      found.accept(used(directory + " is in use by " + seen.usedBy(), seen.usedBy()));
    } else if (seen.exists()) {
      String use = seen.usedBy() == null ? ", writable" : ", in use by the running server";
      found.accept(Diagnosis.ok(STORE, "files in " + directory + use));
    } else {
      found.accept(Diagnosis.ok(STORE, directory + " does not exist yet; serve creates it"));
    }
  }

  /** Warns about a server at another address; any other process is a failure. */
  private static Diagnosis used(String text, String process) {
    Matcher id = PROCESS.matcher(process);
    return id.matches() && arguments(id.group(1)).contains("serve")
        ? Diagnosis.warning(
            STORE,
            text + ", a server at another address than this configuration has",
            "to check that server, repeat this with its flags, or with --server and its address;"
                + " to start another one, use another --store")
        : Diagnosis.failure(STORE, text, "stop it, or use another --store");
  }

  /** Returns the arguments of a process, which the JDK does not report if they are long. */
  private static List<String> arguments(String process) {
    try {
      return List.of(Files.readString(Path.of("/proc", process, "cmdline")).split("\0"));
    } catch (IOException e) {
      return ProcessHandle.of(Long.parseLong(process))
          .flatMap(one -> one.info().arguments())
          .map(List::of)
          .orElse(List.of());
    }
  }

  private void space(Path directory, FileInspection seen) {
    String free = mebibytes(seen.freeBytes()) + " free for " + directory;
    if (seen.freeBytes() < seen.neededBytes()) {
      found.accept(
          Diagnosis.failure(
              "disk",
              free + ", and new events are refused below " + mebibytes(seen.neededBytes()),
              "free space or enlarge the disk, or shorten retention"));
    } else if (seen.freeBytes() < LITTLE) {
      found.accept(
          Diagnosis.warning("disk", free, "free space or enlarge the disk, or shorten retention"));
    } else {
      found.accept(Diagnosis.ok("disk", free));
    }
  }

  private void lastWritten(FileInspection seen) {
    Instant now = clock.instant();
    Instant last = seen.lastWritten();
    if (last == null) {
      return;
    }
    String age = RelativeTime.of(last, now);
    if (Duration.between(now, last).compareTo(DOUBTFUL_CLOCK) > 0) {
      found.accept(
          Diagnosis.failure(
              CLOCK,
              "the store was last written "
                  + age.replaceFirst("^in ", "")
                  + " ahead of this machine's clock",
              SYNCHRONIZE));
    } else {
      found.accept(
          Diagnosis.ok(
              CLOCK,
              seconds(now)
                  + "; the store was last written "
                  + age.replaceFirst("^now$", "just now")));
    }
  }

  @Override
  public Optional<Config> memory() {
    found.accept(
        Diagnosis.warning(
            STORE,
            "memory: all events are lost when the server ends",
            "use file:DIR or a database"));
    return Optional.of(Config.EMPTY);
  }

  @Override
  public Optional<Config> database(InDatabase store) {
    if (store.url().startsWith("jdbc:h2:")) {
      found.accept(
          Diagnosis.warning(
              STORE, "H2 is for evaluation and is not checked", "use file:DIR or PostgreSQL"));
      return Optional.empty();
    }
    JdbcInspection seen = JdbcStore.inspect(store.options(), clock);
    String text = seen.product() + " at " + store.shown() + ", " + seen.layout();
    FailedMigration failed = seen.failedMigration();
    found.accept(
        failed == null
            ? Diagnosis.ok(STORE, text)
            : Diagnosis.failure(
                STORE,
                text
                    + ": the migration to version "
                    + failed.version()
                    + " failed or was interrupted",
                failed.remedy()));
    settings(seen.settings());
    databaseClock(seen.clockAhead());
    return failed == null ? Optional.of(seen.config()) : Optional.empty();
  }

  private void settings(List<ServerSetting> settings) {
    boolean isDurable = true;
    for (ServerSetting setting : settings) {
      String harm = setting.harm();
      if (harm == null) {
        continue;
      }
      isDurable = false;
      String[] parts = harm.split("; ", 2);
      String text = setting.name() + " is " + setting.value() + ": " + parts[0];
      String remedy = parts.length > 1 ? parts[1] : "change it";
      found.accept(
          setting.isFatal()
              ? Diagnosis.failure(DURABILITY, text, remedy)
              : Diagnosis.warning(DURABILITY, text, remedy));
    }
    if (isDurable) {
      found.accept(
          Diagnosis.ok(
              DURABILITY,
              String.join(
                  ", ", settings.stream().map(one -> one.name() + "=" + one.value()).toList())));
    }
  }

  private void databaseClock(Duration ahead) {
    String text =
        String.format(
            Locale.ROOT,
            "the database's clock is %.1f s %s this machine's",
            ahead.abs().toMillis() / 1_000.0,
            ahead.isNegative() ? "behind" : "ahead of");
    if (ahead.abs().compareTo(BAD_CLOCK) > 0) {
      found.accept(Diagnosis.failure(CLOCK, text, SYNCHRONIZE));
    } else if (ahead.abs().compareTo(DOUBTFUL_CLOCK) > 0) {
      found.accept(Diagnosis.warning(CLOCK, text, SYNCHRONIZE));
    } else {
      found.accept(Diagnosis.ok(CLOCK, seconds(clock.instant()) + "; " + text));
    }
  }

  @Override
  public Optional<Config> custom(Custom store) {
    found.accept(Diagnosis.skipped(STORE, store.shown() + ": a custom store"));
    return Optional.empty();
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MiB", bytes >> 20);
  }
}
