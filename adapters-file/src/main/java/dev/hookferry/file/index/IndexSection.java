package dev.hookferry.file.index;

/**
 * A part of an index file that is read and checked independently.
 *
 * @param length size in bytes
 * @param crc checksum
 */
public record IndexSection(long length, long crc) {
  /**
   * Kinds of sections: every listing has one of each. The keys of all listings follow in one more
   * section.
   */
  enum Kind {
    /** Rows, see {@link IndexEntry}. */
    ROWS(0),
    /** Groups, see {@link BloomGroups}. */
    GROUPS(1),
    /** Earliest and latest time of each block of rows. */
    TIMES(2),
    /** Row numbers of each group. */
    NUMBERS(3);

    private final int place;

    Kind(int place) {
      this.place = place;
    }

    /** Returns the section number for a listing. */
    int of(IndexedList listing) {
      return (listing.code() - 1) * values().length + place;
    }
  }

  /** Number of the section that holds the keys. */
  static final int KEYS = IndexedList.values().length * Kind.values().length;

  /** Number of sections. */
  public static final int COUNT = KEYS + 1;
}
