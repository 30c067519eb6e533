package dev.hookferry.app.migration.sender;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.filter.Filter;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters as Outpost's documentation has them. */
class OutpostFilterTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String onData(String filter) throws IOException {
    return OutpostFilter.onData(JSON.readTree(filter.replace('\'', '"')))
        .map(found -> found.toString().replace('"', '\''))
        .orElse("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'data':{'status':'paid'}} | {'status':'paid'}",
        "{'data':{'amount':{'$gte':100,'$lt':500}}} | {'amount':{'$gte':100,'$lt':500}}",
        "{'$or':[{'data':{'a':1}},{'data':{'b':2}}]} | {'$or':[{'a':1},{'b':2}]}",
        "{'$and':[{'data':{'a':1}},{'$not':{'data':{'b':2}}}]}"
            + " | {'$and':[{'a':1},{'$not':{'b':2}}]}",
        "{'data':{'a':1},'$or':[{'data':{'b':2}}]} | {'$and':[{'a':1},{'$or':[{'b':2}]}]}",
      })
  void conditionsOnTheDataStay(String filter, String expected) throws IOException {
    assertThat(onData(filter)).isEqualTo(expected);
    assertThat(Filter.parse(expected.replace('\'', '"'))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'metadata':{'source':'api'}}",
        "{'data':{'a':1},'topic':'order.created'}",
        "{'$or':[{'data':{'a':1}},{'time':{'$gte':'2025-01-01T00:00:00Z'}}]}",
        "{'$not':{'metadata':{'source':'api'}}}",
      })
  void otherConditionsCannotBeKept(String filter) throws IOException {
    assertThat(onData(filter)).isEqualTo("none");
  }

  @Test
  void anEmptyFilterStaysEmpty() throws IOException {
    assertThat(onData("{}")).isEqualTo("{}");
  }
}
