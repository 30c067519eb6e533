package dev.hookferry.file.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hookferry.file.audit.AuditFiles;
import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The configuration in one file, replaced as a whole with every change. Its second line is the
 * checksum of what comes after it, so that damage is noticed.
 */
public final class ConfigFile implements ConfigStore {
  /** The name of the file. */
  public static final String NAME = "config.json";

  private static final byte[] OPENING = "{\n".getBytes(StandardCharsets.UTF_8);
  private static final Pattern CHECKSUM = Pattern.compile("  \"checksum\" : \"([0-9a-f]{8})\",\n");
  private static final int CHECKSUM_LENGTH = 27;

  private final Disk disk;
  private final FailStop health;
  private final AuditFiles audit;
  private volatile Config config;

  /** Reads the configuration; there is none in a new store. */
  public ConfigFile(Disk disk, FailStop health) throws IOException {
    this.disk = disk;
    this.health = health;
    this.config = disk.list().contains(NAME) ? read() : Config.EMPTY;
    this.audit = new AuditFiles(disk, health, config.version());
  }

  /** The audit log that goes with it. */
  public AuditFiles audit() {
    return audit;
  }

  private Config read() throws IOException {
    try (DiskFile file = disk.open(NAME, Disk.Access.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
      file.read(bytes, 0);
      return parsed(checked(bytes.array()));
    } catch (IOException | RuntimeException e) {
      throw new StoreException(
          NAME
              + " in "
              + disk
              + " cannot be used: "
              + e.getMessage()
              + ". Nothing was changed. Put it right, or put the file back from a backup",
          e);
    }
  }

  /** The library shows the word at which it stumbled, which may be a secret without its quotes. */
  private static Config parsed(byte[] json) throws IOException {
    try {
      return JsonConfigReader.read(json);
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().replaceFirst("(?s)^(Unrecognized token) .*", "$1");
      JsonLocation at = e.getLocation();
      throw new IOException(reason + " in line " + at.getLineNr() + ", column " + at.getColumnNr());
    }
  }

  /** Checks the checksum and takes it out. */
  private static byte[] checked(byte[] all) throws IOException {
    int end = OPENING.length + CHECKSUM_LENGTH;
    if (all.length < end) {
      return all;
    }
    String line = new String(all, OPENING.length, CHECKSUM_LENGTH, StandardCharsets.ISO_8859_1);
    Matcher matcher = CHECKSUM.matcher(line);
    if (!matcher.matches()) {
      return all;
    }
    byte[] rest = Arrays.copyOfRange(all, end, all.length);
    if (!matcher.group(1).equals(checksum(rest))) {
      throw new IOException(
          "its checksum is wrong, so it is damaged or was changed by hand. If it is as you want it,"
              + " take its second line out");
    }
    byte[] whole = new byte[OPENING.length + rest.length];
    System.arraycopy(all, 0, whole, 0, OPENING.length);
    System.arraycopy(rest, 0, whole, OPENING.length, rest.length);
    return whole;
  }

  private static String checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  @Override
  public Config load() {
    health.check();
    return config;
  }

  @Override
  public long version() {
    health.check();
    return config.version();
  }

  @Override
  public synchronized Optional<Long> save(List<ConfigChange> changes, long expected) {
    health.check();
    if (config.version() != expected) {
      return Optional.empty();
    }
    Config next = config.after(changes);
    AuditFiles.Mark before = audit.append(ConfigChange.notes(changes), next.version());
    try {
      byte[] json = JsonConfigWriter.write(next);
      byte[] rest = Arrays.copyOfRange(json, OPENING.length, json.length);
      String line = "  \"checksum\" : \"" + checksum(rest) + "\",\n";
      Uninterrupted.run(
          () ->
              AtomicFile.write(
                  disk,
                  NAME,
                  List.of(
                      ByteBuffer.wrap(OPENING),
                      ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)),
                      ByteBuffer.wrap(rest))));
    } catch (IOException e) {
      audit.takeBack(before, e);
      throw new StoreException(
          NAME + " in " + disk + " cannot be written, nothing was changed: " + e.getMessage(), e);
    }
    config = next;
    return Optional.of(next.version());
  }
}
