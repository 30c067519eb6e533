package dev.hookferry.http.console.activity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTest {
  @ParameterizedTest
  @CsvSource({
    "0, 2",
    "1, 2",
    "3, 4",
    "10, 10",
    "11, 12",
    "13, 16",
    "51, 60",
    "99, 100",
    "100, 100",
    "101, 120",
    "228, 300",
    "501, 600",
    "999, 1000",
    "1001, 1200",
    "900000000, 1000000000"
  })
  void theScaleEndsCloseAboveTheHighestBar(int max, int top) {
    assertThat(Chart.rounded(max)).isEqualTo(top);
  }

  @Test
  void atLeastHalfOfTheHeightIsUsedAndTheMiddleIsAWholeNumber() {
    for (int max = 3; max < 20_000; max++) {
      int top = Chart.rounded(max);
      assertThat(top).isBetween(max, max * 3 / 2 + 1).isEven();
    }
  }
}
