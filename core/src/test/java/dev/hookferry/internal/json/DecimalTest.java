package dev.hookferry.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecimalTest {
  @Test
  void ordersAsBigDecimalDoes() {
    Random random = new Random(1);
    List<String> texts = IntStream.range(0, 300).mapToObj(i -> number(random)).toList();
    for (String one : texts) {
      for (String other : texts) {
        int expected = new BigDecimal(one).compareTo(new BigDecimal(other));
        assertThat(Integer.signum(parse(one).compareTo(parse(other))))
            .as("%s and %s", one, other)
            .isEqualTo(expected);
        assertThat(parse(one).equals(parse(other))).isEqualTo(expected == 0);
      }
    }
  }

  @Test
  void parsesLongNumbers() {
    String zeros = "0".repeat(990);
    assertThat(parse("1" + zeros)).isEqualTo(parse("1e990"));
    assertThat(parse("0." + zeros + "1")).isEqualTo(parse("1e-991"));
    assertThat(parse("1e" + zeros + "5")).isEqualTo(parse("100000"));
  }

  private static String number(Random random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
    text.append(random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(30));
    if (random.nextBoolean()) {
      text.append('.').append("0".repeat(random.nextInt(3))).append(random.nextInt(20));
    }
    if (random.nextInt(3) == 0) {
      text.append(random.nextBoolean() ? "E+" : "e-").append(random.nextInt(4));
    }
    return text.toString();
  }

  private static Decimal parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return Decimal.parse(bytes, 0, bytes.length);
  }
}
