package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Fuzz;
import dev.hookferry.file.config.ConfigFile;
import dev.hookferry.file.config.SealedLines;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.line.LineFormat;
import dev.hookferry.file.record.RecordReader;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the files of a store, it is read or refused: nothing hangs or dies of it. */
class FileFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\\",
          ":",
          ",",
          "null",
          "-1",
          "0",
          "1e5",
          "true",
          "99999999999999999999",
          "9223372036854775807",
          "2147483648",
          "\"bytes\":",
          "\"kind\":",
          "\"event\"",
          "\"commit\"",
          "\"records\":",
          "\"delivery\":{",
          "\"deliveries\":[{",
          "\"payload\":",
          "\u0000",
          "\n",
          "PT-1S",
          "P9999999999D",
          "+1000000000-01-01T00:00:00Z");

  private static MemoryDisk filled(int seed) {
    MemoryDisk disk = new MemoryDisk();
    FileStore store = Stores.open(disk, Stores.TINY);
    Diary diary = new Diary(seed, 40);
    for (int i = 0; i < 4; i++) {
      diary.page(store);
    }
    store.close();
    return disk;
  }

  private static List<String> records() {
    MemoryDisk disk = filled(11);
    return disk.list().stream()
        .filter(name -> name.equals(Segment.journalName(1)))
        .flatMap(name -> new String(disk.get(name), StandardCharsets.ISO_8859_1).lines())
        .filter(line -> line.length() > LineFormat.PREFIX && line.charAt(0) != 0)
        .map(line -> line.substring(LineFormat.PREFIX))
        .toList();
  }

  @Test
  void aRecordIsReadOrRefused() {
    List<String> records = records();
    assertThat(records).hasSizeGreaterThan(5);
    Fuzz.tries(
        30_000,
        chance -> {
          byte[] line = Fuzz.mutated(chance, records, PIECES).getBytes(StandardCharsets.ISO_8859_1);
          try {
            assertThat(RecordReader.read(line, 0, line.length, chance.nextBoolean())).isNotNull();
          } catch (IOException refused) {
            assertThat(refused).hasMessageNotContaining("Error");
          }
        });
  }

  /** Found by chance: the second took two gigabytes. */
  @ParameterizedTest
  @ValueSource(longs = {-1, 2_147_483_000, 2_147_483_648L, Long.MAX_VALUE, 99})
  void aPayloadIsNoLongerThanItsRecord(long bytes) {
    String text = "{\"kind\":\"event\",\"bytes\":" + bytes + ",\"payload\":{}}";
    byte[] line = text.getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> RecordReader.read(line, 0, line.length, true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its payload size does not match the size");
  }

  @Test
  void aJournalIsReadOrRefused() {
    MemoryDisk whole = filled(12);
    List<String> names = whole.list();
    Fuzz.tries(
        300,
        chance -> {
          MemoryDisk damaged = whole.copy();
          String name = Fuzz.pick(chance, names);
          damaged.put(name, Fuzz.mutated(chance, whole.get(name)));
          opened(damaged);
        });
  }

  /** With right checksums, so that it is read and not only found to be damaged. */
  @Test
  void aConfigurationIsReadOrRefused() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    var unused = new ConfigFile(disk, new FailStop(disk)).save(ConfigSamples.everything(), 0);
    List<String> lines = SealedLines.json(disk.get(ConfigFile.NAME));
    Fuzz.tries(
        8_000,
        chance -> {
          List<String> mutated = new ArrayList<>(lines);
          int which = chance.nextInt(lines.size());
          mutated.set(which, Fuzz.mutated(chance, List.of(lines.get(which)), PIECES));
          MemoryDisk changed = new MemoryDisk();
          changed.put(ConfigFile.NAME, SealedLines.of(mutated));
          try {
            assertThat(new ConfigFile(changed, new FailStop(changed)).load()).isNotNull();
          } catch (StoreException refused) {
            assertThat(refused).hasMessageContaining("Nothing was changed");
          }
        });
  }

  private static void opened(MemoryDisk disk) {
    try {
      Stores.open(disk, Stores.TINY).close();
    } catch (StoreException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
