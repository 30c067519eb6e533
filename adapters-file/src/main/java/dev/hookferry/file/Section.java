package dev.hookferry.file;

/**
 * A part of an index file that is read, and checked, by itself.
 *
 * @param length how many bytes it has
 * @param crc their checksum
 */
record Section(long length, long crc) {
  /** What there is of each listing; the keys come behind all of these. */
  enum Kind {
    /** See {@link Row}. */
    ROWS(0),
    /** See {@link Groups}. */
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
    int of(Listing listing) {
      return (listing.code() - 1) * values().length + place;
    }
  }

  /** The number of the section of keys. */
  static final int KEYS = Listing.values().length * Kind.values().length;

  /** How many sections there are. */
  static final int COUNT = KEYS + 1;
}
