package dev.hookferry.app.bench.inprocess;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.HeapPeak;
import dev.hookferry.app.bench.figures.Machine;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.load.BenchException;
import dev.hookferry.app.bench.load.EmptyStore;
import dev.hookferry.app.bench.load.StoreAccess;
import dev.hookferry.app.bench.run.BenchReport;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.files.Folders;
import dev.hookferry.app.transfer.ProgressPrinter;
import dev.hookferry.app.transfer.StoreMove;
import dev.hookferry.app.transfer.TransferStores;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.transfer.RecordCounts;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Measures {@code copy}: fills files with a generated history, copies them into a store and from
 * there into other files, and compares the numbers of records. Runs in one process.
 */
public final class CopyBench {
  private final StoreConfig store;
  private final Path folder;
  private final PrintWriter err;
  private final BenchReport report = new BenchReport();

  private CopyBench(StoreConfig store, Path folder, PrintWriter err) {
    this.store = store;
    this.folder = folder;
    this.err = err;
  }

  /**
   * Runs the bench.
   *
   * @param store an empty store, or null for files in a temporary folder
   * @param deliveries number of deliveries, each of a different event
   * @param size approximate bytes of a payload
   * @param err receives progress
   * @throws BenchException if the store is not empty or a copy is not complete
   */
  public static BenchReport run(
      @Nullable StoreConfig store, int deliveries, int size, PrintWriter err) {
    if (store != null && !(store instanceof InFiles) && !(store instanceof InDatabase)) {
      throw new BenchException("--copy: needs a --store that keeps data between processes");
    }
    try {
      Path folder = Files.createTempDirectory("hookferry-copy-");
      try {
        StoreConfig used = store == null ? new InFiles(folder.resolve("store")) : store;
        EmptyStore.require(used);
        return new CopyBench(used, folder, err).measure(deliveries, size);
      } finally {
        Folders.remove(folder);
      }
    } catch (IOException e) {
      throw new BenchException("cannot use a temporary folder: " + e, e);
    }
  }

  private BenchReport measure(int deliveries, int size) {
    Machine machine = Machine.here();
    machine.writeTo(report.part("machine"));
    report.line("Machine    " + machine);
    report.line("Store      " + store.shown());
    report.line(
        String.format(
            Locale.ROOT, "History    %,d deliveries, %,d bytes per payload", deliveries, size));
    report.line("");
    String kind = new StoreAccess(store).kind();
    InFiles begin = new InFiles(folder.resolve("begin"));
    InFiles end = new InFiles(folder.resolve("end"));
    RecordCounts first =
        pass(
            "fill",
            "generated → files",
            new GeneratedHistory(deliveries, size, InstantSource.system().instant()),
            begin);
    RecordCounts there =
        pass("filesToStore", "files → " + kind, TransferStores.source(begin), store);
    RecordCounts back = pass("storeToFiles", kind + " → files", TransferStores.source(store), end);
    if (first.deliveries() != deliveries || !there.equals(first) || !back.equals(first)) {
      throw new BenchException(
          "the copies differ: %s were written, %s copied, %s copied back"
              .formatted(first, there, back));
    }
    report.line("");
    report.line(
        String.format(
            Locale.ROOT,
            "verified: %,d events, %,d deliveries and %,d attempts, three times",
            first.events(),
            first.deliveries(),
            first.attempts()));
    return report;
  }

  private RecordCounts pass(String name, String title, TransferSource source, StoreConfig to) {
    ProgressPrinter progress = new ProgressPrinter(err, false, InstantSource.system());
    StoreMove move = new StoreMove(Secrets.inTheClear(), Secrets.inTheClear(), progress);
    err.println(title);
    err.flush();
    Duration cpu = cpu();
    long began = System.nanoTime();
    try (source;
        HeapPeak heap = HeapPeak.begin()) {
      RecordCounts counts;
      try (TransferTarget target = TransferStores.target(to)) {
        counts = move.start(source, target, TransferHistory.ALL).counts();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      figures(name, title, new Pass(counts, took, cpu().minus(cpu), heap.mib()));
      return counts;
    }
  }

  private record Pass(RecordCounts counts, Duration took, Duration cpu, double heap) {}

  private void figures(String name, String title, Pass pass) {
    double rate = pass.counts.deliveries() * 1e9 / pass.took.toNanos();
    ObjectNode part = report.part(name);
    part.put("perSecond", Rounded.of(rate)).put("millis", pass.took.toMillis());
    part.put("cpuMillis", pass.cpu.toMillis()).put("heapMiB", Math.round(pass.heap));
    report.line(
        String.format(
            Locale.ROOT,
            "%-20s %,8.0f deliveries per second: %.1f s, %.1f s of CPU time in this process, heap"
                + " %.0f MiB maximum",
            title,
            rate,
            pass.took.toMillis() / 1e3,
            pass.cpu.toMillis() / 1e3,
            pass.heap));
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
