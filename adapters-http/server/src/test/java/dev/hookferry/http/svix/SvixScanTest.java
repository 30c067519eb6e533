package dev.hookferry.http.svix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.svix.SvixScan.ScanResult;
import dev.hookferry.query.Page;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scans of a list of numbers, greatest first. */
class SvixScanTest {
  private static final int PAGE = 500;
  private static final int COUNT = 50_000;

  /** More than one scan reads. */
  private static final int MARK = COUNT - 30_000;

  private static Page<Integer> page(String cursor) {
    int from = cursor == null ? COUNT : Integer.parseInt(cursor);
    List<Integer> numbers = IntStream.range(0, PAGE).mapToObj(i -> from - i).toList();
    return new Page<>(numbers, from == PAGE ? null : Integer.toString(from - PAGE));
  }

  private static ScanResult<Integer> scan(Predicate<Integer> wanted) {
    return SvixScan.forward(SvixScanTest::page, number -> number < MARK, wanted, 2);
  }

  @Test
  void entriesBeforeThePageDoNotCountAsRead() {
    ScanResult<Integer> found = scan(number -> true);

    assertThat(found.entries()).containsExactly(MARK - 1, MARK - 2);
    assertThat(found.last()).isEqualTo(MARK - 2);
    assertThat(found.done()).isFalse();
  }

  @Test
  void aPageWithoutMatchesEndsBehindItsBeginning() {
    ScanResult<Integer> found = SvixScan.forward(SvixScanTest::page, n -> true, n -> n == 1, 2);
    assertThat(found.entries()).isEmpty();
    assertThat(found.last()).isEqualTo(COUNT - 20_000 + 1);

    ScanResult<Integer> end = scan(number -> number == 1);
    assertThat(end.last()).isNotNull().isLessThan(MARK);
  }
}
