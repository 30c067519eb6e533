package dev.hookferry.http.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.FieldChange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditValueTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      delimiter = '|',
      value = {
        "searchFields           | []                       | none",
        "searchFields           | [ActivationKey, OrderID] | ActivationKey, OrderID",
        "webHookRetryInterval   | 30                       | 30 s",
        "maxRetries             | 30                       | 30",
        "filter                 | [{\"a\":1}]              | [{\"a\":1}]",
        "disabledAt             | 2026-01-01T12:00:00.123Z | 2026-01-01 12:00:00 UTC",
        "description            | null                     | none",
      })
  void showsValuesAsAReaderExpects(String field, String value, String expected) {
    assertThat(AuditValue.shown(new FieldChange(field, null, value), value)).isEqualTo(expected);
  }

  @Test
  void onlyAnApiKeyIsNamedByItsChanges() {
    List<FieldChange> revoked = List.of(new FieldChange("name", "shop", null));
    assertThat(AuditValue.keyName("key_1", revoked)).isEqualTo("shop");
    assertThat(AuditValue.keyName("ep_1", revoked)).isEmpty();
    assertThat(AuditValue.keyName("key_1", List.of())).isEmpty();
  }
}
