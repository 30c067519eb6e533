package dev.hookferry.file.index;

/**
 * A part of an index file that is read, and checked, by itself.
 *
 * @param length how many bytes it has
 * @param crc their checksum
 */
public record IndexSection(long length, long crc) {
  /** What there is of each listing; the keys come behind all of these. */
  enum Kind {
    /** See {@link IndexEntry}. */
    ROWS(0),
    /** See {@link BloomGroups}. */
    GROUPS(1),
    /** The earliest and the latest time of each block of rows. */
    TIMES(2),
    /** The numbers of the rows of each group. */
    NUMBERS(3);

    private final int place;

    Kind(int place) {
      this.place = place;
    }

    /** The number of a listing's section. */
    int of(IndexedList listing) {
      return (listing.code() - 1) * values().length + place;
    }
  }

  /** The number of the section of keys. */
  static final int KEYS = IndexedList.values().length * Kind.values().length;

  /** How many sections there are. */
  public static final int COUNT = KEYS + 1;
}
