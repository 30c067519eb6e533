package dev.hookferry.file.transfer;

import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.file.transfer.Progress.FileEnd;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.transfer.RecordText;
import dev.hookferry.store.transfer.StoreInTransferException;
import dev.hookferry.store.transfer.TransferMark;
import dev.hookferry.store.transfer.TransferRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The file that marks a store as only partly filled. Its first line holds a checksum of the rest,
 * the second line the mark, the third line the last file of each kind and its length. Each
 * following line is a record of an event that is not in the journal yet.
 */
public final class MarkFile {
  /** Name of the file. */
  static final String NAME = "transfer.txt";

  private static final String HEAD = "hookferry transfer 1 ";

  private static final Pattern END = Pattern.compile("(\\S+) (\\d+)");

  private MarkFile() {}

  /**
   * Checks that a store is not partly filled.
   *
   * @throws StoreInTransferException if it is
   */
  public static void refuse(Disk disk) throws IOException {
    Optional<Progress> progress = read(disk);
    if (progress.isPresent()) {
      throw new StoreInTransferException("the store in " + disk, progress.get().mark());
    }
  }

  /** Reads the file; empty if there is none. */
  static Optional<Progress> read(Disk disk) throws IOException {
    if (!disk.list().contains(NAME)) {
      return Optional.empty();
    }
    byte[] bytes;
    try (DiskFile file = disk.open(NAME, Disk.Access.READ)) {
      bytes = new byte[Math.toIntExact(file.size())];
      file.read(ByteBuffer.wrap(bytes), 0);
    }
    String all = new String(bytes, StandardCharsets.US_ASCII);
    try {
      return Optional.of(parse(all));
    } catch (RuntimeException e) {
      throw damaged(disk, e);
    }
  }

  private static Progress parse(String all) {
    int head = all.indexOf('\n') + 1;
    String rest = all.substring(head);
    if (!all.substring(0, head).equals(head(rest))) {
      throw new IllegalArgumentException("its checksum does not match");
    }
    List<String> lines = rest.lines().toList();
    List<FileEnd> ends = new ArrayList<>();
    Matcher end = END.matcher(lines.get(1));
    while (end.find()) {
      ends.add(new FileEnd(end.group(1), Long.parseLong(end.group(2))));
    }
    List<TransferRecord> open = lines.stream().skip(2).map(RecordText::read).toList();
    return new Progress(TransferMark.parse(lines.get(0)), ends, open);
  }

  private static StoreException damaged(Disk disk, RuntimeException cause) {
    return new StoreException(
        NAME
            + " in "
            + disk
            + " is damaged, so the transfer into it cannot be resumed. Nothing was changed. Begin"
            + " again with an empty directory",
        cause);
  }

  private static String head(String rest) {
    CRC32C crc = new CRC32C();
    crc.update(rest.getBytes(StandardCharsets.US_ASCII));
    return HEAD + String.format(Locale.ROOT, "%08x", crc.getValue()) + "\n";
  }

  /** Replaces the file; the progress is durable on return. */
  static void write(Disk disk, Progress progress) throws IOException {
    StringBuilder rest = new StringBuilder(progress.mark().text()).append('\n');
    String blank = "";
    for (FileEnd end : progress.ends()) {
      rest.append(blank).append(end.name()).append(' ').append(end.length());
      blank = " ";
    }
    rest.append('\n');
    progress.open().forEach(one -> rest.append(RecordText.write(one)).append('\n'));
    String whole = head(rest.toString()) + rest;
    byte[] bytes = whole.getBytes(StandardCharsets.US_ASCII);
    Uninterrupted.run(() -> AtomicFile.write(disk, NAME, List.of(ByteBuffer.wrap(bytes))));
  }

  /** Removes the file, because the store is complete. */
  static void remove(Disk disk) throws IOException {
    Uninterrupted.run(
        () -> {
          disk.delete(NAME);
          disk.sync();
        });
  }
}
