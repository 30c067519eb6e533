package dev.hookferry.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.store.transfer.ListSource;
import dev.hookferry.contract.store.transfer.TransferContent;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.transfer.RecordCounts;
import dev.hookferry.store.transfer.StoreTransfer;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  private static final UUID ID = new UUID(1, 2);

  private final MemoryStore store = emptyStore();
  private byte[] archive = {};

  @TempDir Path folder;

  private static MemoryStore emptyStore() {
    return new MemoryStore(() -> Samples.START, Duration.ofMinutes(5));
  }

  @BeforeEach
  void writeArchive() throws IOException {
    TransferContent.write(store, 1, 100);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TransferSource source = store.snapshot()) {
      RecordCounts counts =
          ArchiveWriter.write(source, TransferHistory.ALL, ID, Samples.START, out);
      assertThat(counts.events()).isGreaterThan(100);
    }
    archive = out.toByteArray();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("archive.hfa"), bytes);
  }

  private static List<String> lines(byte[] archive) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }

  private static byte[] zipped(List<String> lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(out)) {
      zip.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }

  @Test
  void restoresEveryRecord() throws IOException {
    MemoryStore restored = emptyStore();
    try (ArchiveSource source = ArchiveSource.open(file(archive))) {
      source.check();
      assertThat(source.header().id()).isEqualTo(ID);
      assertThat(source.header().createdAt()).isEqualTo(Samples.START);
      RecordCounts unused =
          new StoreTransfer(source, restored.transferTarget()).start(TransferHistory.ALL);
    }
    assertThat(ListSource.all(restored.snapshot())).isEqualTo(ListSource.all(store.snapshot()));
    assertThat(restored.config().load()).isEqualTo(store.config().load());
  }

  @Test
  void continuesAfterAPosition() throws IOException {
    try (ArchiveSource source = ArchiveSource.open(file(archive))) {
      int size = ListSource.all(source).size();
      assertThat(ListSource.rest(source, TransferHistory.ALL, "50")).hasSize(size - 50);
      assertThatThrownBy(() -> source.read(TransferHistory.ALL, size + 1 + ""))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> source.read(TransferHistory.NONE, null))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void endsWithNumbersAndADigestThatAnyoneCanCheck() throws Exception {
    List<String> lines = lines(archive);
    String before = String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(before.getBytes(StandardCharsets.US_ASCII));
    assertThat(lines.get(lines.size() - 1))
        .contains("\"records\":" + (lines.size() - 2) + ",")
        .contains(HexFormat.of().formatHex(digest));
  }

  @Test
  void noticesEveryTruncation() throws IOException {
    for (int length = 0; length < archive.length; length += 1 + archive.length / 200) {
      Path file = file(Arrays.copyOf(archive, length));
      assertThatThrownBy(() -> check(file))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString());
    }
    List<String> lines = lines(archive);
    Path withoutEnd = file(zipped(lines.subList(0, lines.size() - 1)));
    assertThatThrownBy(() -> check(withoutEnd)).hasMessageContaining("it is truncated");
  }

  @Test
  void damageInTheFirstBlockIsReportedAsDamage() throws IOException {
    byte[] damaged = archive.clone();
    damaged[10] = (byte) 0xff;
    Path file = file(damaged);
    assertThatThrownBy(() -> check(file)).hasMessageContaining("it is damaged; copy it again");
    damaged[0] = 0;
    Path other = file(damaged);
    assertThatThrownBy(() -> check(other)).hasMessageContaining("it is not a Hookferry archive");
  }

  @Test
  void noticesAlteredLostAndAddedLines() throws IOException {
    List<String> lines = lines(archive);
    List<String> altered = new ArrayList<>(lines);
    altered.set(9, altered.get(9).replaceFirst("[0-9]", "x"));
    List<String> lost = new ArrayList<>(lines);
    lost.remove(9);
    List<String> added = new ArrayList<>(lines);
    added.add("{}");
    for (List<String> wrong : List.of(altered, lost, added)) {
      Path file = file(zipped(wrong));
      assertThatThrownBy(() -> check(file))
          .isInstanceOf(StoreException.class)
          .hasMessageMatching(
              "(?s).*(does not match its checksum|unexpected data after its end).*");
    }
  }

  @Test
  void reportsWhyAnArchiveIsUnreadable() throws IOException {
    assertThatThrownBy(() -> check(folder.resolve("none.hfa")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("none.hfa");
    assertThatThrownBy(() -> check(file("text".getBytes(StandardCharsets.US_ASCII))))
        .isInstanceOf(StoreException.class);
    List<String> newer = new ArrayList<>(lines(archive));
    newer.set(
        0, newer.get(0).replace("\"format\":1,\"readableBy\":1", "\"format\":3,\"readableBy\":2"));
    assertThatThrownBy(() -> check(file(zipped(newer))))
        .hasMessageContaining("its format is 3, and this version reads 1; use a newer one");
    List<String> unknown = new ArrayList<>(lines(archive));
    unknown.set(3, "{\"kind\":\"planet\",\"id\":\"x\"}");
    Path file = file(zipped(unknown));
    try (ArchiveSource source = ArchiveSource.open(file)) {
      assertThatThrownBy(() -> ListSource.all(source))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("after 3 records");
    }
  }

  private static void check(Path file) {
    try (ArchiveSource source = ArchiveSource.open(file)) {
      source.check();
    }
  }
}
