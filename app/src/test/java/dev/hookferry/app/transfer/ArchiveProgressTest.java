package dev.hookferry.app.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Backups;
import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The progress of a backup that arrives in pieces. */
final class ArchiveProgressTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final StringWriter out = new StringWriter();

  private ArchiveProgress progress(boolean isWhole) {
    return new ArchiveProgress(new ProgressPrinter(new PrintWriter(out), false, clock), isWhole);
  }

  private static byte[] backup() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Hookferry hookferry =
        Hookferry.builder(
                new MemoryStore(InstantSource.system(), Duration.ofHours(1)),
                new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .noDelivery(true)
            .build()
            .start()) {
      Webhooks webhooks = hookferry.webhooks();
      for (String url : List.of("https://a.example/", "https://b.example/")) {
        var unused = webhooks.endpoints().create(SiteId.DEFAULT, EndpointSpec.to(url).types("*"));
      }
      for (int i = 0; i < 20; i++) {
        var unused = webhooks.publish(SiteId.DEFAULT, NewEvent.of("license_created", "{}")).join();
      }
      try (Backups.Backup backup = webhooks.backups().begin(TransferHistory.ALL)) {
        var unused = backup.writeTo(bytes);
      }
    }
    return bytes.toByteArray();
  }

  private void feed(ArchiveProgress progress, byte[] archive) {
    for (int i = 0; i < archive.length; i += 7) {
      clock.advance(Duration.ofMillis(10));
      byte[] piece = Arrays.copyOfRange(archive, i, Math.min(archive.length, i + 7));
      progress.add(piece, piece.length);
    }
    // Nothing is shown within ten seconds of the last line.
    clock.advance(Duration.ofSeconds(10));
    progress.add(new byte[] {0}, 1);
  }

  @Test
  void deliveriesAreCountedAndCompared() throws IOException {
    byte[] archive = backup();
    try (ArchiveProgress progress = progress(true)) {
      feed(progress, archive);
    }

    assertThat(out.toString().strip().lines().reduce((first, second) -> second).orElseThrow())
        .startsWith("saved 40 deliveries, ")
        .endsWith(", 100%, 0 s left");
  }

  @Test
  void aPartOfTheHistoryHasNoTotal() throws IOException {
    byte[] archive = backup();
    try (ArchiveProgress progress = progress(false)) {
      feed(progress, archive);
    }

    assertThat(out.toString()).contains("saved 40 deliveries, ").doesNotContain("left");
  }

  @Test
  void otherFilesAreLeftToTheArchiveCheck() {
    byte[] page = "<html>".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    try (ArchiveProgress progress = progress(true)) {
      feed(progress, page);
    }

    assertThat(out.toString()).doesNotContain("left");
  }
}
