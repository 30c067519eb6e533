package dev.hookferry.file.config;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stores the counts behind the charts in one file of changes. A line replaces any earlier one with
 * the same writer, name and span. Damaged lines are skipped: charts are not worth stopping the
 * store.
 */
public final class TallyFile implements TallyStore {
  /** Name of the file. */
  static final String NAME = "tallies.txt";

  private static final Pattern LINE =
      Pattern.compile(
          "([0-9a-f-]{36}) ([!-~]{1,120}) ([0-9]{1,15}) ([0-9]{1,15}) ([0-9]{1,15}) ([!-~]*)");

  private static final Comparator<StoredTally> ORDER =
      Comparator.comparing((StoredTally stored) -> stored.tally().from())
          .thenComparing(stored -> stored.tally().name())
          .thenComparing(stored -> stored.tally().writer());

  private final ChangeFile file;
  private final FailStop health;
  private final Map<Key, StoredTally> kept = new LinkedHashMap<>();

  private record Key(UUID writer, String name, Instant from) {}

  /** Reads the file, which does not exist in a new store. */
  public TallyFile(Disk disk, FailStop health) throws IOException {
    this.health = health;
    file = new ChangeFile(disk, NAME);
    file.read(this::isKept, "charts have gaps");
  }

  private boolean isKept(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return false;
    }
    Tally tally =
        new Tally(
            UUID.fromString(matcher.group(1)),
            matcher.group(2),
            seconds(matcher.group(3)),
            seconds(matcher.group(4)),
            matcher.group(6));
    keep(tally, seconds(matcher.group(5)));
    return true;
  }

  private static Instant seconds(String text) {
    return Instant.ofEpochSecond(Long.parseLong(text));
  }

  private void keep(Tally tally, Instant put) {
    kept.put(new Key(tally.writer(), tally.name(), tally.from()), new StoredTally(tally, put));
  }

  @Override
  public synchronized void put(List<Tally> tallies, Instant now) {
    health.check();
    tallies.forEach(tally -> keep(tally, now));
    kept.values().removeIf(one -> !one.tally().until().isAfter(now));
    write(tallies.stream().map(tally -> new StoredTally(tally, now)).toList());
  }

  /** Adds tallies of another store. */
  public synchronized void fill(List<StoredTally> tallies) {
    health.check();
    tallies.forEach(stored -> keep(stored.tally(), stored.storedAt()));
    write(tallies);
  }

  /** Returns everything, oldest first. */
  public synchronized List<StoredTally> all() {
    health.check();
    return kept.values().stream().sorted(ORDER).toList();
  }

  private void write(Collection<StoredTally> tallies) {
    file.append(lines(tallies), () -> lines(kept.values()));
  }

  private static List<String> lines(Collection<StoredTally> tallies) {
    return tallies.stream().map(TallyFile::line).toList();
  }

  private static String line(StoredTally stored) {
    Tally tally = stored.tally();
    return tally.writer()
        + " "
        + tally.name()
        + " "
        + tally.from().getEpochSecond()
        + " "
        + tally.until().getEpochSecond()
        + " "
        + stored.storedAt().getEpochSecond()
        + " "
        + tally.text();
  }

  @Override
  public synchronized List<Tally> since(Instant time) {
    health.check();
    return kept.values().stream()
        .filter(one -> !one.storedAt().isBefore(time))
        .map(StoredTally::tally)
        .toList();
  }
}
