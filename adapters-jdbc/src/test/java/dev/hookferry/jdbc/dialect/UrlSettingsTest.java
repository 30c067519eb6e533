package dev.hookferry.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that are added to a URL unless it has them. */
final class UrlSettingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://db/shop | ?connectTimeout=5&socketTimeout=60&tcpKeepAlive=true"
            + "&ApplicationName=hookferry&logServerErrorDetail=false"
            + "&binaryTransferEnable=UUID_ARRAY,TIMESTAMPTZ_ARRAY,BOOL_ARRAY",
        "jdbc:mariadb://db/shop?user=me |"
            + " &connectTimeout=5000&socketTimeout=60000&useBulkStmts=true",
        "jdbc:h2:file:./shop | ;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;WRITE_DELAY=0"
      })
  void missingSettingsAreAdded(String url, String added) {
    assertThat(Dialect.of(url).settle(url)).isEqualTo(url + added);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/shop?user=me&SOCKETTIMEOUT=7, socketTimeout=60",
    "jdbc:mariadb://db/shop?socketTimeout=7, socketTimeout=60000",
    "jdbc:h2:file:./shop;write_delay=0, WRITE_DELAY"
  })
  void existingSettingsAreKept(String url, String added) {
    assertThat(Dialect.of(url).settle(url)).startsWith(url).doesNotContain(added);
  }
}
