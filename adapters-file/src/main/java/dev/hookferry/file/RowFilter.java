package dev.hookferry.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What rows must be like to be looked at; built up by its verbs. Two rows may be alike by chance.
 */
final class RowFilter {
  private static final int SITE = 1;
  private static final int ENDPOINT = 2;
  private static final int TYPE = 3;

  private final Listing listing;
  private final List<Check> checks = new ArrayList<>();
  private final List<Long> presences = new ArrayList<>();

  RowFilter(Listing listing) {
    this.listing = listing;
  }

  Listing listing() {
    return listing;
  }

  RowFilter site(int site) {
    presences.add(Keys.presence(listing, SITE, site));
    return check(row -> Row.upper(row[Row.PLACE]) == site);
  }

  RowFilter endpoint(int endpoint) {
    presences.add(Keys.presence(listing, ENDPOINT, endpoint));
    return check(row -> Row.lower(row[Row.PLACE]) == endpoint);
  }

  RowFilter type(int type) {
    presences.add(Keys.presence(listing, TYPE, type));
    return check(row -> Row.upper(row[Row.KIND]) == type);
  }

  RowFilter check(Check check) {
    checks.add(check);
    return this;
  }

  /** Whether an index may have such rows at all. */
  boolean mayMatch(SegmentIndex index) {
    return presences.stream().allMatch(index::mayContain);
  }

  boolean matches(long[] row) {
    for (Check check : checks) {
      if (!check.test(row)) {
        return false;
      }
    }
    return true;
  }

  /** Hands out the keys of what is present in a row. */
  static void presences(Listing listing, long[] row, LongConsumer sink) {
    sink.accept(Keys.presence(listing, SITE, Row.upper(row[Row.PLACE])));
    sink.accept(Keys.presence(listing, ENDPOINT, Row.lower(row[Row.PLACE])));
    sink.accept(Keys.presence(listing, TYPE, Row.upper(row[Row.KIND])));
  }

  /** One condition. */
  interface Check {
    boolean test(long[] row);
  }
}
