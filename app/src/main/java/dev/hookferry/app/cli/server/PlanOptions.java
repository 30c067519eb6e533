package dev.hookferry.app.cli.server;

import dev.hookferry.app.bench.run.BenchPlan;
import dev.hookferry.app.bench.wire.RequestShape;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.Custom;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that define a bench. */
final class PlanOptions {
  @Option(
      names = "--store",
      paramLabel = "STORE",
      description =
          "An empty store to measure, as for serve (default: files in a temporary folder).")
  private String store = "";

  @Option(
      names = "--store-user",
      paramLabel = "NAME",
      defaultValue = "${env:HOOKFERRY_STORE_USER}",
      description = "The database user, if not in the URL (default: HOOKFERRY_STORE_USER).")
  private @Nullable String user;

  /** Not an option: other users of the machine could read it. */
  private final @Nullable String password = System.getenv("HOOKFERRY_STORE_PASSWORD");

  @Option(
      names = "--quick",
      description = "Takes at most 45 seconds instead of minutes, with less accurate figures.")
  private boolean quick;

  @Option(
      names = "--endpoints",
      paramLabel = "N",
      description = "Number of receivers, which share the events (default: 10).")
  private int endpoints = 10;

  @Option(names = "--fanout", description = "Sends every event to all endpoints.")
  private boolean fanout;

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "Number of concurrent producers (default: 64).")
  private int clients = 64;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "Size of an event's data (default: 1024).")
  private int size = 1024;

  @Option(names = "--batch", paramLabel = "N", description = "Events per request (default: 1).")
  private int batch = 1;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Events per second while latency is measured (default: half the maximum).")
  private double rate;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "Throughput measurements (default: 5, quick 3).")
  private @Nullable Integer repeats;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      description = "Length of one measurement (default: 8s, quick 2500ms).")
  private @Nullable Duration window;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description = "Warm-up before the measurements (default: 20s, quick 4s).")
  private @Nullable Duration warmUp;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description = "Maximum heap of the server (default: 512m).")
  private String heap = "512m";

  @Mixin private ModeOptions modes = new ModeOptions();

  BenchPlan plan() {
    Problems problems = new Problems();
    problems.require(1 <= endpoints && endpoints <= 10_000, "--endpoints", "must be 1 to 10000");
    problems.require(1 <= clients && clients <= 4_000, "--clients", "must be 1 to 4000");
    problems.require(64 <= size && size <= 1_000_000, "--size", "must be 64 to 1000000");
    problems.require(1 <= batch && batch <= 1_000, "--batch", "must be 1 to 1000");
    problems.require(0 <= rate && rate <= 1_000_000, "--rate", "must be 1 to 1000000");
    problems.require(
        repeats == null || (repeats >= 1 && repeats <= 100), "--repeats", "must be 1 to 100");
    problems.require(heap.matches("[1-9][0-9]{0,5}[kmgKMG]"), "--heap", "must be like 512m or 2g");
    problems.require(size * (long) batch <= 15_000_000, "--batch", "must not make 15 MB or more");
    StoreConfig config = store.isEmpty() ? null : store();
    BenchPlan.Modes requested = modes.modes(problems, endpoints, config);
    problems.throwIfAny();
    return new BenchPlan(
        config,
        new SubscriptionScheme(endpoints, fanout),
        clients,
        new RequestShape(size, batch),
        timing(),
        rate,
        heap,
        requested);
  }

  private BenchPlan.BenchTiming timing() {
    BenchPlan.BenchTiming defaults =
        quick ? BenchPlan.BenchTiming.QUICK : BenchPlan.BenchTiming.FULL;
    return new BenchPlan.BenchTiming(
        warmUp == null ? defaults.warmUp() : warmUp,
        window == null ? defaults.window() : window,
        repeats == null ? defaults.repeats() : repeats,
        defaults.latency(),
        defaults.total(),
        defaults.patience());
  }

  private StoreConfig store() {
    try {
      StoreConfig parsed = StoreConfig.parse(store);
      if (parsed instanceof Custom) {
        throw new IllegalArgumentException("the bench cannot empty a store that it does not know");
      }
      return parsed.with(user, password == null ? null : new SecretText(password));
    } catch (IllegalArgumentException e) {
      throw InvalidException.of(
          "--store", "must be file:DIR, memory, or a JDBC URL such as jdbc:postgresql://…");
    }
  }
}
