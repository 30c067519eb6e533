package dev.hookferry.http.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EventId;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {
  /** The reply to a publish is written without a generator of JSON, field by field. */
  @ParameterizedTest
  @CsvSource({"evt_01m89rmshbe00b8jhew46a2pfn,0", "A-Z_a-z_0-9,1", "order-7,2147483647"})
  void theFastPathWritesWhatTheShapeSays(String id, int deliveries) throws IOException {
    Receipt receipt = new Receipt(new EventId(id), deliveries, false);
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      EventJson.RECEIPT.write(json, receipt);
    }

    assertThat(new String(EventJson.bytes(receipt), StandardCharsets.UTF_8))
        .isEqualTo(text.toString());
  }
}
