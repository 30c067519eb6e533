package dev.hookferry.file.config;

import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Stores the counts behind the charts in one file, one line with a checksum each. A line replaces
 * any earlier one with the same writer, name and span. The file is rewritten once it has grown to
 * about twice its compacted size. Damaged lines are skipped: charts are not worth stopping the
 * store.
 */
public final class TallyFile implements TallyStore {
  /** Name of the file. */
  static final String NAME = "tallies.txt";

  private static final System.Logger LOG = System.getLogger(TallyFile.class.getName());
  private static final long SMALL = 64 << 10;
  private static final int NONE = -1;
  private static final Pattern LINE =
      Pattern.compile(
          "([0-9a-f]{8}) (([0-9a-f-]{36}) ([!-~]{1,120}) ([0-9]{1,15}) ([0-9]{1,15})"
              + " ([0-9]{1,15}) ([!-~]*))");

  private static final Comparator<StoredTally> ORDER =
      Comparator.comparing((StoredTally stored) -> stored.tally().from())
          .thenComparing(stored -> stored.tally().name())
          .thenComparing(stored -> stored.tally().writer());

  private final Disk disk;
  private final FailStop health;
  private final Map<Key, StoredTally> kept = new LinkedHashMap<>();

  /** Size of the file, in bytes, after it was last rewritten. */
  private long small;

  /** Offset of the next line, or {@link #NONE} if the file must be rewritten first. */
  private long end = NONE;

  private record Key(UUID writer, String name, Instant from) {}

  /** Reads the file, which does not exist in a new store. */
  public TallyFile(Disk disk, FailStop health) throws IOException {
    this.disk = disk;
    this.health = health;
    if (disk.list().contains(NAME)) {
      read();
    }
  }

  private void read() throws IOException {
    ByteBuffer bytes;
    try (DiskFile file = disk.open(NAME, Disk.Access.READ)) {
      bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
      file.read(bytes, 0);
    }
    int damaged = 0;
    for (String line : new String(bytes.array(), StandardCharsets.US_ASCII).split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches() && matcher.group(1).equals(sum(matcher.group(2)))) {
        Tally tally =
            new Tally(
                UUID.fromString(matcher.group(3)),
                matcher.group(4),
                Instant.ofEpochSecond(Long.parseLong(matcher.group(5))),
                Instant.ofEpochSecond(Long.parseLong(matcher.group(6))),
                matcher.group(8));
        keep(tally, Instant.ofEpochSecond(Long.parseLong(matcher.group(7))));
      } else if (!line.isEmpty()) {
        damaged++;
      }
    }
    if (damaged > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "damaged lines skipped, charts have gaps: lines={0} file={1} directory={2}",
          damaged,
          NAME,
          disk);
    }
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

  private void write(List<StoredTally> tallies) {
    try {
      Uninterrupted.run(() -> append(tallies));
    } catch (IOException e) {
      end = NONE;
      throw new StoreException(
          NAME + " in " + disk + " could not be written: " + e.getMessage(), e);
    }
  }

  private void append(List<StoredTally> tallies) throws IOException {
    if (end == NONE || end > SMALL + 2 * small) {
      ByteBuffer all = lines(kept.values());
      small = all.remaining();
      AtomicFile.write(disk, NAME, List.of(all));
      end = small;
      return;
    }
    ByteBuffer more = lines(tallies);
    int length = more.remaining();
    try (DiskFile file = disk.open(NAME, Disk.Access.WRITE)) {
      file.write(more, end);
      file.force();
    }
    end += length;
  }

  private static ByteBuffer lines(Collection<StoredTally> tallies) {
    StringBuilder lines = new StringBuilder();
    for (StoredTally stored : tallies) {
      Tally tally = stored.tally();
      String line =
          tally.writer()
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
      lines.append(sum(line)).append(' ').append(line).append('\n');
    }
    return ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static String sum(String line) {
    CRC32C crc = new CRC32C();
    crc.update(line.getBytes(StandardCharsets.US_ASCII));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
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
