package dev.hookferry.http.console;

import dev.hookferry.Hookferry;
import dev.hookferry.port.Backlog;
import dev.hookferry.port.Load;
import dev.hookferry.port.StoreException;
import dev.hookferry.port.StoreFacts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The server itself: its store, its nodes, its configuration. */
final class SystemPage {
  private final Hookferry hookferry;
  private final ServerFacts server;
  private final Frames frames;

  SystemPage(Hookferry hookferry, ServerFacts server, Frames frames) {
    this.hookferry = hookferry;
    this.server = server;
    this.frames = frames;
  }

  /** A process that is alive. */
  record NodeRow(String name, Moment since, Moment heard) {}

  /**
   * What the store says of itself.
   *
   * @param size in words, or an empty text if it is not known
   */
  record StoreView(
      String kind, String layout, String size, long pending, Moment oldest, List<NodeRow> nodes) {}

  /**
   * What is shown.
   *
   * @param store what it says of itself, or null if it does not answer
   * @param fault why it does not
   * @param load what this process has in memory
   * @param java what it runs on
   * @param heap how much memory of how much is used
   */
  record View(
      ServerFacts server,
      @Nullable StoreView store,
      String fault,
      Load load,
      String java,
      String heap) {}

  ConsoleReply show(Visit visit) {
    StoreView store = null;
    String fault = "";
    try {
      store = store(visit);
    } catch (StoreException e) {
      fault = String.valueOf(e.getMessage());
    }
    Runtime runtime = Runtime.getRuntime();
    View view =
        new View(
            server,
            store,
            fault,
            hookferry.load(),
            "Java " + Runtime.version(),
            size(runtime.totalMemory() - runtime.freeMemory())
                + " of "
                + size(runtime.maxMemory()));
    Frame frame = frames.of(visit, Nav.SYSTEM, "System");
    return Html.page((out, i) -> JteSystemGenerated.render(out, i, frame, view));
  }

  private StoreView store(Visit visit) {
    StoreFacts facts = hookferry.facts();
    Backlog backlog = hookferry.backlog();
    Long bytes = facts.bytes();
    return new StoreView(
        facts.kind(),
        facts.layout(),
        bytes == null ? "" : size(bytes),
        backlog.pending(),
        Moment.of(backlog.oldestDue(), visit.now()),
        facts.nodes().stream()
            .map(
                node ->
                    new NodeRow(
                        node.name(),
                        Moment.of(node.since(), visit.now()),
                        Moment.of(node.heardAt(), visit.now())))
            .toList());
  }

  /** Bytes in the unit that fits them. */
  static String size(long bytes) {
    if (bytes < 1 << 10) {
      return bytes + " bytes";
    }
    double size = bytes;
    int unit = -1;
    while (size >= 1 << 10 && unit < 3) {
      size /= 1 << 10;
      unit++;
    }
    String[] units = {"KiB", "MiB", "GiB", "TiB"};
    return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
  }
}
