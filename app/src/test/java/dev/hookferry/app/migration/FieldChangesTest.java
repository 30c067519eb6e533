package dev.hookferry.app.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldChangesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }

  /** A schedule with more retries, or in another order, is another schedule. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "['1m','1h']; ['1m','1h','1h','1h']",
        "['1m','1h']; ['1h','1m']",
        "['10s']; ['10s','10s']"
      })
  void aRetryScheduleHasAnOrder(String before, String after) throws JsonProcessingException {
    ObjectNode present = json("{'retry':{'schedule':" + before.replace('\'', '"') + "}}");
    ObjectNode wanted = json("{'retry':{'schedule':" + after.replace('\'', '"') + "}}");

    assertThat(FieldChanges.names(FieldChanges.between(present, wanted))).containsExactly("retry");
    assertThat(FieldChanges.between(wanted, wanted)).isEmpty();
  }

  @Test
  void eventTypesHaveNone() throws JsonProcessingException {
    ObjectNode present = json("{'eventTypes':['b','a']}");

    assertThat(FieldChanges.between(present, json("{'eventTypes':['a','b']}"))).isEmpty();
    assertThat(FieldChanges.between(present, json("{'eventTypes':['a']}"))).hasSize(1);
  }
}
