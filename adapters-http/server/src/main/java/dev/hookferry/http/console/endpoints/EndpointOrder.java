package dev.hookferry.http.console.endpoints;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.FailureShare;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.observe.Undelivered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The sort order of a list of endpoints, as given in its URL.
 *
 * @param column the column to sort by
 * @param isReverse whether to reverse the column's default order
 */
public record EndpointOrder(Column column, boolean isReverse) {
  /** The name of the query parameter. */
  static final String SORT = "sort";

  /** A column by which the list can be sorted. */
  public enum Column {
    /** Newest registration first; not shown as a column. */
    NEWEST(""),
    /** Endpoints that need attention first. */
    STATE("State"),
    NAME("Endpoint"),
    FAILED("Failure rate"),
    SENT("Attempts"),
    WAITING("Waiting"),
    P95("Receiver p95");

    private final String title;

    Column(String title) {
      this.title = title;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The head of a column.
   *
   * @param query the query of the list sorted by this column
   * @param sorted ascending or descending, or empty if the list is sorted by another column
   */
  public record Head(String code, String title, String query, String sorted) {
    /** Returns whether the column contains numbers. */
    public boolean isNumber() {
      return !code.equals("state") && !code.equals("name") && !code.equals("sent");
    }

    /**
     * Returns an explanation of the column's figures; empty if the title is self-explanatory.
     *
     * @param span the chosen range, such as {@code 24 hours}
     */
    public String meaning(String span) {
      return switch (code) {
        case "failed" ->
            "Share of the deliveries first attempted or delivered in the last "
                + span
                + " that were given up or are being retried";
        case "p95" -> "95 of 100 responses were faster; accurate to ±41%";
        default -> "";
      };
    }

    /** Returns whether the column counts deliveries in the chosen range. */
    public boolean dependsOnSpan() {
      return code.equals("failed") || code.equals("sent");
    }

    /** Returns the value of {@code aria-sort}, if any. */
    public String aria() {
      return sorted.isEmpty() ? "none" : sorted;
    }
  }

  /** An endpoint with its sort key. */
  private record Keyed<K extends Comparable<K>>(Endpoint endpoint, K key) {}

  /** Returns the order in a URL, or the default. */
  public static EndpointOrder of(FormValues query, Column defaultColumn) {
    String text = query.text(SORT);
    boolean isReverse = text.startsWith("-");
    String code = isReverse ? text.substring(1) : text;
    return Stream.of(Column.values())
        .filter(one -> one.code().equals(code))
        .findFirst()
        .map(one -> new EndpointOrder(one, isReverse))
        .orElse(new EndpointOrder(defaultColumn, false));
  }

  /** Returns the heads of the columns. */
  public List<Head> heads(FormValues query) {
    FormValues first = query.without("page");
    return Stream.of(Column.values())
        .filter(one -> one != Column.NEWEST)
        .map(
            one ->
                new Head(
                    one.code(),
                    one.title,
                    first.queryWith(SORT, (one == column && !isReverse ? "-" : "") + one.code()),
                    sorted(one)))
        .toList();
  }

  private String sorted(Column one) {
    if (one != column) {
      return "";
    }
    return isReverse == (one == Column.NAME) ? "descending" : "ascending";
  }

  /** Returns the endpoints in this order; ties are sorted by name. */
  public List<Endpoint> sorted(List<Endpoint> endpoints, EndpointTable table) {
    if (column == Column.NEWEST) {
      return endpoints;
    }
    List<Endpoint> named = by(endpoints, one -> one.name().toLowerCase(Locale.ROOT), false);
    return switch (column) {
      case STATE ->
          by(by(named, one -> -stuck(one, table), false), one -> -severity(one, table), isReverse);
      case FAILED -> by(named, one -> failed(table.history(one).share()), isReverse);
      case SENT -> by(named, one -> -table.history(one).attempts(), isReverse);
      case WAITING -> by(named, one -> -table.waiting().of(one.id()).waiting(), isReverse);
      case P95 -> by(named, one -> slowness(one, table), isReverse);
      case NAME, NEWEST ->
          isReverse ? by(endpoints, one -> one.name().toLowerCase(Locale.ROOT), true) : named;
    };
  }

  private static Duration slowness(Endpoint endpoint, EndpointTable table) {
    return table.activity().of(endpoint.id(), table.now()).theirs().time().negated();
  }

  private static int stuck(Endpoint endpoint, EndpointTable table) {
    Undelivered undelivered = table.waiting().of(endpoint.id());
    return undelivered.waiting() + undelivered.blockedKeys();
  }

  private static int severity(Endpoint endpoint, EndpointTable table) {
    return EndpointRow.severityOf(
        table.health(endpoint), table.waiting().of(endpoint.id()).blockedKeys() > 0);
  }

  /** Sorts by the share, and by the number of failures if the shares are equal. */
  private static Double failed(FailureShare share) {
    return share.all() == 0 ? 1 : -share.value() - share.failed() / 1e9;
  }

  private static <K extends Comparable<K>> List<Endpoint> by(
      List<Endpoint> endpoints, Function<Endpoint, K> key, boolean isReverse) {
    List<Keyed<K>> keyed = new ArrayList<>();
    endpoints.forEach(one -> keyed.add(new Keyed<>(one, key.apply(one))));
    Comparator<Keyed<K>> order = Comparator.comparing(Keyed::key);
    keyed.sort(isReverse ? order.reversed() : order);
    return keyed.stream().map(Keyed::endpoint).toList();
  }
}
