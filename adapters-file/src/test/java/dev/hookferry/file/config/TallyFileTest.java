package dev.hookferry.file.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.disk.LocalDisk;
import dev.hookferry.store.TallyStore.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyFileTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final UUID WRITER = new UUID(1, 2);

  @TempDir Path folder;

  private Disk disk;
  private TallyFile tallies;

  @BeforeEach
  void open() throws IOException {
    disk = LocalDisk.at(folder);
    tallies = opened();
  }

  private TallyFile opened() throws IOException {
    return new TallyFile(disk, new FailStop(disk));
  }

  @Test
  void skipsADamagedLine() throws IOException {
    tallies.put(List.of(tally("a", "1"), tally("b", "2"), tally("c", "3")), NOON);
    Path file = folder.resolve(TallyFile.NAME);
    String torn = Files.readString(file).replace(" 2\n", " 7\n");
    Files.writeString(file, torn.substring(0, torn.length() - 2));

    TallyFile again = opened();
    assertThat(again.since(Instant.EPOCH)).containsExactly(tally("a", "1"));
    again.put(List.of(tally("d", "4")), NOON);
    assertThat(opened().since(Instant.EPOCH))
        .containsExactlyInAnyOrder(tally("a", "1"), tally("d", "4"));
  }

  @Test
  void rewritesAFileOfReplacedLines() throws IOException {
    String text = "x".repeat(2_000);
    for (int i = 0; i < 1_000; i++) {
      tallies.put(List.of(tally("a", i + text)), NOON);
    }
    assertThat(Files.size(folder.resolve(TallyFile.NAME))).isLessThan(100_000);
    assertThat(opened().since(Instant.EPOCH)).containsExactly(tally("a", 999 + text));
  }

  private static Tally tally(String name, String text) {
    return new Tally(WRITER, name, NOON, NOON.plusSeconds(3_600), text);
  }
}
