package dev.hookferry.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.LoggedLines;
import dev.hookferry.jdbc.inspection.ServerSetting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A setting with which accepted events can be lost is an error, as the doctor says. */
final class UnsafeSettingsTest {
  @Test
  void theLossOfEventsIsAnErrorAndOtherHarmAWarning() {
    List<ServerSetting> settings =
        List.of(
            MariaDbDialect.flush("1"), MariaDbDialect.flush("2"), MariaDbDialect.packet(1_048_576));
    assertThat(logged(settings))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(
                        "SEVERE unsafe server setting name=innodb_flush_log_at_trx_commit value=2"
                            + " reason=\"a crash of the machine can lose accepted events; set it to"
                            + " 1\""),
            second ->
                assertThat(second)
                    .startsWith("WARNING unsafe server setting name=max_allowed_packet "));
  }

  /** Returns the lines about these settings. */
  static List<String> logged(List<ServerSetting> settings) {
    String name = UnsafeSettingsTest.class.getName();
    try (LoggedLines log = new LoggedLines(name)) {
      System.Logger logger = System.getLogger(name);
      settings.forEach(setting -> UnsafeSettings.log(logger, setting));
      return log.all();
    }
  }
}
