package dev.hookferry.app.cli.server;

import dev.hookferry.app.bench.run.BenchPlan.Modes;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreConfig.InMemory;
import dev.hookferry.refusal.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for additional measurements of a bench. */
final class ModeOptions {
  @Option(
      names = "--backlog",
      paramLabel = "N",
      description = "Also measures with N held deliveries in the store.")
  private int backlog;

  @Option(
      names = "--hanging",
      paramLabel = "PERCENT",
      description = "Also measures with this share of the endpoints never responding.")
  private int hanging;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Also measures N servers on one store, which must be PostgreSQL or MariaDB.")
  private int nodes = 1;

  @Option(
      names = "--overload",
      paramLabel = "X",
      description = "Also measures with X times the maximum publish rate.")
  private double overload;

  @Option(
      names = "--filters",
      arity = "0..1",
      fallbackValue = "1000",
      paramLabel = "N",
      description = "Also measures with N filters to evaluate for each event (default: 1000).")
  private int filters;

  @Option(
      names = "--schemas",
      description = "Also measures schema checks, with a license as each event's data.")
  private boolean schemas;

  @Option(names = "--search", description = "Also measures with three search fields in each event.")
  private boolean search;

  @Option(
      names = "--egress",
      description = "Also measures with other endpoints that leave by an egress.")
  private boolean egress;

  @Option(names = "--metrics", description = "Also measures with metrics read every second.")
  private boolean metrics;

  @Option(
      names = "--tracing",
      description = {
        "Also measures with an OpenTelemetry span of every attempt.",
        "Restarts the server for each run, so the store must not be in memory."
      })
  private boolean tracing;

  @Option(
      names = "--ordered",
      arity = "0..1",
      fallbackValue = "1000",
      paramLabel = "N",
      description =
          "Also measures delivery in the order of N ordering keys, and verifies it (default: 1000).")
  private int ordered;

  @Option(
      names = "--start",
      description = "Also measures start-up, on an empty store and with the backlog.")
  private boolean start;

  Modes modes(Problems problems, int endpoints, @Nullable StoreConfig store) {
    boolean shared = store instanceof InDatabase database && !database.url().startsWith("jdbc:h2");
    problems.require(0 <= backlog && backlog <= 50_000_000, "--backlog", "must be 1 to 50000000");
    problems.require(0 <= hanging && hanging <= 90, "--hanging", "must be 1 to 90");
    problems.require(hanging == 0 || endpoints >= 2, "--hanging", "needs --endpoints of 2 or more");
    problems.require(1 <= nodes && nodes <= 16, "--nodes", "must be 1 to 16");
    problems.require(nodes == 1 || shared, "--nodes", "needs a --store in PostgreSQL or MariaDB");
    problems.require(
        overload == 0 || (overload > 1 && overload <= 100), "--overload", "must be above 1 to 100");
    problems.require(0 <= filters && filters <= 9_000, "--filters", "must be 1 to 9000");
    problems.require(
        !tracing || !(store instanceof InMemory),
        "--tracing",
        "needs a --store that keeps data between processes");
    problems.require(0 <= ordered && ordered <= 1_000_000, "--ordered", "must be 1 to 1000000");
    return new Modes(
        backlog, hanging, nodes, overload, filters, schemas, search, egress, metrics, tracing,
        ordered, start);
  }
}
