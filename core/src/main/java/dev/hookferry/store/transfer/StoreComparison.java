package dev.hookferry.store.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares two stores record by record, regardless of the order in which each lists its records.
 * The first pass over both adds up the SHA-256 of all records in {@value #GROUPS} groups. If some
 * groups differ, a second pass finds the records in those groups. Memory use therefore does not
 * depend on the number of records, unless very many differ. Not thread-safe.
 */
public final class StoreComparison {
  private static final int GROUPS = 1 << 16;

  private final int limit;
  private Consumer<Long> listener = count -> {};

  /**
   * Creates a comparison.
   *
   * @param limit maximum number of differences to report, at least 1
   */
  public StoreComparison(int limit) {
    this.limit = limit;
  }

  /**
   * One side of a comparison.
   *
   * @param source the store
   * @param change the transformation applied to every record before it is compared, for example to
   *     open secrets that the two sides seal differently
   */
  public record Side(TransferSource source, RecordChange change) {
    public Side {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(change, "change");
    }
  }

  /**
   * Result of a comparison.
   *
   * @param records number of records on the first side
   * @param differences descriptions of the first differences, without payloads or secrets; empty if
   *     both sides are equal
   */
  public record Result(long records, List<String> differences) {
    public Result {
      Objects.requireNonNull(differences, "differences");
      differences = List.copyOf(differences);
    }
  }

  /**
   * Sets the progress listener.
   *
   * @param newListener receives, from time to time, the number of records read so far on both sides
   */
  public StoreComparison reporting(Consumer<Long> newListener) {
    listener = Objects.requireNonNull(newListener, "newListener");
    return this;
  }

  /**
   * Compares two sides. Blocks.
   *
   * @throws dev.hookferry.store.StoreException if one of the stores fails or is damaged
   */
  public Result compare(Side one, Side other, TransferHistory history) {
    Objects.requireNonNull(one, "one");
    Objects.requireNonNull(other, "other");
    Objects.requireNonNull(history, "history");
    long[] sums = new long[GROUPS * 2];
    long records = each(one, history, 0, (key, digest) -> sum(sums, key, digest, 1));
    long unused = each(other, history, records, (key, digest) -> sum(sums, key, digest, -1));
    BitSet different = new BitSet(GROUPS);
    for (int i = 0; i < GROUPS; i++) {
      different.set(i, sums[2 * i] != 0 || sums[2 * i + 1] != 0);
    }
    return new Result(
        records, different.isEmpty() ? List.of() : differences(one, other, history, different));
  }

  private static void sum(long[] sums, String key, ByteBuffer digest, int sign) {
    int at = 2 * group(key);
    sums[at] += sign * digest.getLong(0);
    sums[at + 1] += sign * digest.getLong(8);
  }

  private static int group(String key) {
    int hash = key.hashCode();
    return (hash ^ hash >>> 16) & GROUPS - 1;
  }

  private List<String> differences(
      Side one, Side other, TransferHistory history, BitSet different) {
    BitSet few = new BitSet(GROUPS);
    different.stream().limit(limit).forEach(few::set);
    Map<String, ByteBuffer> first = new HashMap<>();
    long count =
        each(
            one,
            history,
            0,
            (key, digest) -> {
              if (few.get(group(key))) {
                first.put(key, digest);
              }
            });
    List<String> found = new ArrayList<>();
    long unused =
        each(
            other,
            history,
            count,
            (key, after) -> {
              if (few.get(group(key))) {
                ByteBuffer before = first.remove(key);
                if (before == null) {
                  found.add(key + " is only in " + other.source().origin().store());
                } else if (!before.equals(after)) {
                  found.add(key + " differs");
                }
              }
            });
    first.keySet().stream()
        .sorted()
        .forEach(key -> found.add(key + " is only in " + one.source().origin().store()));
    return found.stream().limit(limit).toList();
  }

  private interface Each {
    void accept(String key, ByteBuffer digest);
  }

  private long each(Side side, TransferHistory history, long before, Each each) {
    long count = 0;
    MessageDigest sha256 = sha256();
    try (TransferReader reader = side.source().read(history, null)) {
      Optional<TransferBatch> batch = reader.next();
      while (batch.isPresent()) {
        for (TransferRecord read : batch.get().records()) {
          Optional<TransferRecord> stored = side.change().of(read);
          if (stored.isPresent()) {
            byte[] text = RecordText.write(stored.get()).getBytes(StandardCharsets.US_ASCII);
            each.accept(RecordKey.of(stored.get()), ByteBuffer.wrap(sha256.digest(text)));
            count++;
          }
        }
        listener.accept(before + count);
        batch = reader.next();
      }
    }
    return count;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
