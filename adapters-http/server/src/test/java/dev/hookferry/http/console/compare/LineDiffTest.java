package dev.hookferry.http.console.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  private static List<String> lines(String first, String second) {
    return LineDiff.of(first, second).lines().stream()
        .map(line -> line.kind().sign() + line.text())
        .toList();
  }

  @Test
  void linesAreInBothTextsOrInOne() {
    assertThat(lines("a\nb\nc\nd", "a\nx\nc\ne\nd"))
        .containsExactly(" a", "−b", "+x", " c", "+e", " d");
    assertThat(lines("", "a")).containsExactly("+a");
    assertThat(lines("a", "")).containsExactly("−a");
    assertThat(lines("a\na", "a")).containsExactly(" a", "−a");
    assertThat(LineDiff.of("a\nb", "a\nb").isSame()).isTrue();
    assertThat(LineDiff.of("", "").isSame()).isTrue();
    assertThat(LineDiff.of("a", "b").isSame()).isFalse();
  }

  @Test
  void eitherTextCanBeReadFromTheDifference() {
    Random random = new Random(7);
    for (int run = 0; run < 300; run++) {
      String first = text(random, 12);
      String second = text(random, 12);
      LineDiff diff = LineDiff.of(first, second);
      assertThat(without(diff, LineDiff.Kind.ADDED)).isEqualTo(first.lines().toList());
      assertThat(without(diff, LineDiff.Kind.REMOVED)).isEqualTo(second.lines().toList());
    }
  }

  @Test
  void tooLongTextsAreReplacedAsAWhole() {
    String first = numbers(0, 1_100);
    String second = "head\n" + numbers(0, 1_100) + "\ntail";
    LineDiff diff = LineDiff.of(first, second);
    assertThat(diff.count(LineDiff.Kind.SAME)).isZero();
    assertThat(diff.lines()).hasSize(2_202);
  }

  private static String numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
  }

  private static String text(Random random, int most) {
    return IntStream.range(0, random.nextInt(most))
        .mapToObj(i -> "line " + random.nextInt(4))
        .collect(Collectors.joining("\n"));
  }

  private static List<String> without(LineDiff diff, LineDiff.Kind kind) {
    return diff.lines().stream()
        .filter(line -> line.kind() != kind)
        .map(LineDiff.Line::text)
        .toList();
  }
}
