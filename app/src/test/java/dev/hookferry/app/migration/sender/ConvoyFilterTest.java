package dev.hookferry.app.migration.sender;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.migration.ImportNotes;
import dev.hookferry.app.migration.PlannedEndpoint;
import dev.hookferry.app.migration.PlannedEndpoint.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convoy filters by event type; an endpoint has one filter for all of its types. */
class ConvoyFilterTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ImportNotes notes = new ImportNotes();

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static SenderEntry entry(String text) {
    return new SenderEntry(json(text), "GET /test");
  }

  /** Plans an endpoint with filters such as {@code order.paid={'a':1}}, separated by spaces. */
  private PlannedEndpoint planned(String types, String filters) {
    List<SenderEntry> all = new ArrayList<>();
    for (String filter : filters.isEmpty() ? new String[0] : filters.split(" ")) {
      String[] parts = filter.split("=", 2);
      all.add(entry("{'event_type':'" + parts[0] + "','body':" + parts[1] + "}"));
    }
    SenderEntry endpoint = entry("{'uid':'E','url':'https://a.example/','status':'active'}");
    String config =
        "{'event_types':['" + types.replace(",", "','") + "'],'filter':{'body':{'old':1}}}";
    SenderEntry subscription = entry("{'uid':'S','name':'s','filter_config':" + config + "}");
    String project =
        "{'signature':{'header':'X-A','versions':[{'hash':'SHA256','encoding':'hex'}]}}";
    return new ConvoyEndpoints(entry(project), "shop", notes)
        .planned(endpoint, subscription, all)
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "paid|paid={'a':1}|{'a':1}",
        "paid,cancelled|paid={'a':1} cancelled={'a':1}|{'a':1}",
        "paid,cancelled|*={'a':1}|{'a':1}",
        "paid,cancelled|paid={'a':1} *={'a':1}|{'a':1}",
        "paid|paid={'a':1} *={'b':1}|{'a':1}",
        "paid|paid={'a':1} shipped={'b':1}|{'a':1}",
        "*|*={'a':1}|{'a':1}",
        "paid|shipped={'b':1}|null",
        "paid,cancelled|*={}|null",
        "paid|~~|{'old':1}",
      })
  void oneFilterForAllTypesIsThatOfTheEndpoint(String types, String filters, String expected) {
    PlannedEndpoint planned = planned(types, filters);
    assertThat(planned.fields().path("filter")).isEqualTo(json(expected));
    assertThat(planned.state()).isEqualTo(State.ENABLED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "paid,cancelled|paid={'a':1}",
        "paid,cancelled|paid={'a':1} cancelled={}",
        "paid,cancelled|paid={'a':1} *={'b':1}",
        "*|paid={'a':1}",
        "*|paid={'a':1} *={'b':1}",
      })
  void filtersThatDifferAreForSomeoneToComplete(String types, String filters) {
    PlannedEndpoint planned = planned(types, filters);
    assertThat(planned.fields().path("filter").isEmpty()).isTrue();
    assertThat(planned.state()).isEqualTo(State.INCOMPLETE);
    assertThat(notes.all().toString()).contains("differ by event type");
  }
}
