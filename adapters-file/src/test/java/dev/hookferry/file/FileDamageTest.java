package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.maintenance.Checkpoint;
import dev.hookferry.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damage is told, never read as data; what can be made again is. */
class FileDamageTest {
  /** How many of the bits of each byte are flipped. */
  private static final int BITS = Integer.getInteger("damage.bits", 2);

  private static final String FIRST = Segment.journalName(1);

  private final MemoryDisk disk = new MemoryDisk();
  private final Diary diary = new Diary(11, 40);

  @BeforeEach
  void fill() {
    FileStore store = Stores.open(disk, Stores.TINY);
    for (int i = 0; i < 2; i++) {
      diary.page(store);
    }
    store.close();
  }

  @Test
  void noticesABitThatFlipsInAnyByteOfTheJournal() {
    byte[] whole = disk.get(FIRST);
    for (int at = 0; at < whole.length; at++) {
      for (int i = 0; i < BITS; i++) {
        int bit = (at + i * 5) % 8;
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << bit);
        MemoryDisk damaged = disk.copy();
        damaged.put(FIRST, flipped);
        assertThatThrownBy(() -> Stores.open(damaged, Stores.TINY))
            .as("bit " + bit + " of byte " + at)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining(FIRST)
            .hasMessageContaining("backup")
            .hasMessageMatching("line [1-9][0-9]* of .*");
        assertThat(damaged.get(FIRST)).isEqualTo(flipped);
        assertThat(damaged.open()).as("open files").isZero();
      }
    }
  }

  @Test
  void namesTheLine() {
    byte[] journal = disk.get(FIRST);
    String text = new String(journal, StandardCharsets.ISO_8859_1);
    int third = text.indexOf('\n', text.indexOf('\n') + 1) + 1;
    journal[third + 60] ^= 1;
    disk.put(FIRST, journal);

    assertThatThrownBy(() -> Stores.open(disk, Stores.TINY))
        .hasMessageStartingWith("line 3 of " + FIRST + " in memory is damaged: ");
  }

  @Test
  void rebuildsDamagedFilesOtherThanTheJournal() {
    FileStore store = Stores.open(disk, Stores.TINY);
    Diary large = rolled(store, diary);
    store.close();
    String index = Segment.indexName(1);
    assertThat(disk.list()).contains(index, Checkpoint.NAME);

    for (String name : List.of(index, Checkpoint.NAME)) {
      byte[] whole = disk.get(name);
      for (int at = 0; at < whole.length; at += whole.length < 1000 ? 1 : 397) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << at % 8);
        MemoryDisk damaged = disk.copy();
        damaged.put(name, flipped);
        assertReadsOrTells(damaged, name, large);
      }
      MemoryDisk cut = disk.copy();
      cut.put(name, new byte[0]);
      assertShows(cut, large);
      MemoryDisk missing = disk.copy();
      missing.delete(name);
      assertShows(missing, large);
    }
  }

  /** Goes on until there are three segments. */
  private Diary rolled(FileStore store, Diary diary) {
    while (!disk.list().contains(Segment.journalName(3))) {
      diary.page(store);
    }
    return diary.copy();
  }

  /** The rows of an index are checked when they are first needed, not at the start. */
  private static void assertReadsOrTells(MemoryDisk damaged, String name, Diary diary) {
    FileStore store = Stores.open(damaged, Stores.TINY);
    try {
      diary.assertSameAs(store);
    } catch (StoreException e) {
      assertThat(e).hasMessageContaining(name).hasMessageContaining("delete this file");
    } finally {
      store.close();
    }
    assertThat(damaged.open()).as("open files").isZero();
  }

  private static void assertShows(MemoryDisk image, Diary diary) {
    FileStore store = Stores.open(image, Stores.TINY);
    diary.assertSameAs(store);
    diary.assertUsable(store);
    store.close();
  }

  @Test
  void reportsAMissingFile() {
    FileStore store = Stores.open(disk, Stores.TINY);
    rolled(store, diary);
    store.close();
    MemoryDisk middle = disk.copy();
    middle.delete(Segment.journalName(2));
    MemoryDisk last = disk.copy();
    last.delete(Segment.journalName(3));

    assertThatThrownBy(() -> Stores.open(middle, Stores.TINY))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(Segment.journalName(2) + " is missing");
    assertThatThrownBy(() -> Stores.open(last, Stores.TINY))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("was acknowledged up to");
  }

  @Test
  void ignoresAForeignFileWithANumberThatNoJournalFileCanHave() {
    disk.put("9999999999.journal", new byte[] {'x'});
    FileStore store = Stores.open(disk, Stores.TINY);
    diary.assertSameAs(store);
    store.close();

    assertThat(disk.get("9999999999.journal")).containsExactly('x');
  }

  @Test
  void reportsItsSizeDespiteAnUnreadableFile() {
    FileStore store = Stores.open(disk, Stores.TINY);
    Long before = store.info().bytes();
    disk.put("lost+found", new byte[4_096]);
    disk.deny("lost+found");

    assertThat(store.info().bytes()).isPositive().isEqualTo(before);
    store.close();
  }

  @Test
  void reportsADamagedRecordWhenItIsRead() {
    FileStore store = Stores.open(disk, Stores.TINY);
    Diary large = rolled(store, diary);
    store.close();
    byte[] journal = disk.get(FIRST);
    journal[400] ^= 1;
    disk.put(FIRST, journal);

    FileStore again = Stores.open(disk, Stores.TINY);

    assertThatThrownBy(() -> large.assertSameAs(again))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(FIRST)
        .hasMessageMatching("line [1-9].*");
    again.close();
  }
}
