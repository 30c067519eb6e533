package dev.hookferry.file.config;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.line.LineBuffer;
import dev.hookferry.file.line.LineFormat;
import dev.hookferry.file.line.LineScanner;
import dev.hookferry.file.record.SegmentEnd;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads and writes the lines of the configuration file, which are framed like those of the journal
 * and numbered from 1. The first line holds the version of the snapshot and its number of
 * resources. The resources follow, one per line; every later line is one change.
 */
final class ConfigLines {
  private static final int FORMAT = 1;
  private static final int FLUSHED_AT = 1 << 20;

  private final Disk disk;
  private final String name;

  ConfigLines(Disk disk, String name) {
    this.disk = disk;
    this.name = name;
  }

  /**
   * The content of a file.
   *
   * @param end the end of the last complete line
   * @param snapshot the size of the lines before the first change, in bytes
   */
  record Content(Config config, SegmentEnd end, int snapshot) {}

  /** Writes a complete file with a snapshot of a configuration; returns where it ends. */
  static SegmentEnd write(Config config, DiskFile file) throws IOException {
    LineBuffer lines = new LineBuffer();
    List<ConfigChange> resources = resources(config).toList();
    lines.skip(LineFormat.PREFIX).plain("{").token("kind", "snapshot").number("format", FORMAT);
    lines.number("version", config.version()).number("resources", resources.size()).plain("}");
    int crc = LineFormat.seal(lines, 0, 1, 0);
    lines.plain("\n");
    long sequence = 1;
    int length = 0;
    for (ConfigChange resource : resources) {
      if (lines.size() > FLUSHED_AT) {
        length = flush(lines, file, length);
      }
      int start = lines.size();
      lines.skip(LineFormat.PREFIX);
      ConfigEntry.of(resource).ifPresent(entry -> lines.plain(entry.json()));
      crc = LineFormat.seal(lines, start, ++sequence, crc);
      lines.plain("\n");
    }
    return new SegmentEnd(sequence, crc, flush(lines, file, length));
  }

  private static int flush(LineBuffer lines, DiskFile file, int at) throws IOException {
    file.write(ByteBuffer.wrap(lines.array(), 0, lines.size()), at);
    int end = Math.addExact(at, lines.size());
    lines.clear();
    return end;
  }

  private static Stream<ConfigChange> resources(Config config) {
    Stream<ConfigChange> sites = config.sites().values().stream().map(ConfigChange.PutSite::new);
    Stream<ConfigChange> types =
        config.sites().keySet().stream()
            .flatMap(site -> config.eventTypesOf(site).values().stream())
            .map(ConfigChange.PutEventType::new);
    Stream<ConfigChange> endpoints =
        config.endpoints().values().stream().map(ConfigChange.PutEndpoint::new);
    Stream<ConfigChange> keys = config.keys().values().stream().map(ConfigChange.PutKey::new);
    Stream<ConfigChange> rotation =
        Stream.ofNullable(config.rotation()).map(ConfigChange.PutRotation::new);
    return Stream.of(sites, types, endpoints, keys, rotation).flatMap(some -> some);
  }

  /** Writes the line of one change into an empty buffer; returns the new end of the file. */
  static SegmentEnd write(
      LineBuffer lines, long version, List<ConfigChange> changes, SegmentEnd before) {
    lines.clear();
    lines.skip(LineFormat.PREFIX).plain("{").token("kind", "change").number("version", version);
    lines.name("changes").plain("[");
    String[] comma = {""};
    for (ConfigChange change : changes) {
      ConfigEntry.of(change)
          .ifPresent(
              entry -> {
                lines.plain(comma[0]).plain(entry.json());
                comma[0] = ",";
              });
    }
    lines.plain("]}");
    int crc = LineFormat.seal(lines, 0, before.sequence() + 1, before.crc());
    lines.plain("\n");
    return new SegmentEnd(before.sequence() + 1, crc, Math.addExact(before.length(), lines.size()));
  }

  /**
   * Reads a file. An incomplete last line, which a crash can leave behind, is ignored.
   *
   * @throws StoreException if anything else is damaged or was written by a newer version
   */
  Content read(DiskFile file) throws IOException {
    LineScanner lines = new LineScanner(file);
    if (!lines.next() || !follows(lines, new SegmentEnd(0, 0, 0))) {
      throw damaged(1, "its checksum does not match");
    }
    try {
      JsonMembers head = JsonMembers.parse(lines.json());
      if (!head.text("kind").equals("snapshot") || head.number("format") != FORMAT) {
        throw new IllegalArgumentException("its format is unknown to this version");
      }
      long version = head.number("version");
      long resources = head.number("resources");
      head.end();
      SegmentEnd end = end(lines);
      List<ConfigChange> all = new ArrayList<>();
      for (long i = 0; i < resources; i++) {
        if (!lines.next() || !follows(lines, end)) {
          throw damaged(end.sequence() + 1, "it is missing, or its checksum does not match");
        }
        all.add(JsonMembers.parse(lines.json(), ConfigEntry::read));
        end = end(lines);
      }
      return changes(lines, Config.EMPTY.after(all, version), end);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unreadable(lines.number(), e);
    }
  }

  private Content changes(LineScanner lines, Config from, SegmentEnd snapshot) throws IOException {
    Config config = from;
    SegmentEnd end = snapshot;
    boolean torn = false;
    while (lines.next()) {
      if (torn && lines.isIntact()) {
        throw damaged(end.sequence() + 1, "its checksum does not match, and other lines follow");
      }
      torn |= !follows(lines, end);
      if (!torn) {
        JsonMembers line = JsonMembers.parse(lines.json());
        if (!line.text("kind").equals("change")) {
          throw new IllegalArgumentException("its kind is unknown to this version");
        }
        long version = line.number("version");
        List<ConfigChange> changes = line.objects("changes", ConfigEntry::read);
        line.end();
        if (version != config.version() + 1) {
          throw new IllegalArgumentException("it does not follow version " + config.version());
        }
        config = config.after(changes);
        end = end(lines);
      }
    }
    return new Content(config, end, snapshot.length());
  }

  private static boolean follows(LineScanner lines, SegmentEnd end) {
    return lines.isIntact()
        && LineFormat.sequence(lines.bytes(), lines.start()) == end.sequence() + 1
        && LineFormat.chain(lines.bytes(), lines.start()) == end.crc();
  }

  private static SegmentEnd end(LineScanner lines) {
    return new SegmentEnd(
        LineFormat.sequence(lines.bytes(), lines.start()),
        LineFormat.crc(lines.bytes(), lines.start()),
        Math.toIntExact(lines.offset()) + lines.end() - lines.start() + 1);
  }

  private StoreException damaged(long line, String why) {
    return new StoreException(
        "line "
            + line
            + " of "
            + name
            + " in "
            + disk
            + " is damaged: "
            + why
            + ". Nothing was changed. Check the disk and restore the file from a backup");
  }

  private StoreException unreadable(long line, RuntimeException cause) {
    return new StoreException(
        "line "
            + line
            + " of "
            + name
            + " in "
            + disk
            + " cannot be read: "
            + cause.getMessage()
            + ". Nothing was changed",
        cause);
  }
}
