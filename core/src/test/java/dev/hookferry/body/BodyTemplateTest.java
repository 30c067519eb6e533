package dev.hookferry.body;

import static dev.hookferry.body.BodyEvents.rendered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BodyTemplateTest {
  private static final String DATA =
      """
      {"ActivationKey":"K-7","Seats":1.10,"Big":12345678901234567890,"Trial":false,"None":null,\
      "Empty":"","Text":"clé \\u00e9\\n\\"q\\" 💶","a/b":{"~":[10,{"x":"deep"}]},"List":["a",null,2,"b"],\
      "Created":"2026-04-29T16:39:49","Number":" 12","Price":"1.10e3","Name":"first","Name":"second"}""";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "/id"                     | "evt_1"
          "/type"                   | "license_created"
          "/time"                   | "2026-04-29T16:39:49.120Z"
          "/site"                   | "acme"
          "/labels/region"          | "eu"
          "/labels/quote.\\""       | "\\\\"
          "/labels/none"            | null
          "/labels"                 | {"quote.\\"":"\\\\","region":"eu"}
          "/data/ActivationKey"     | "K-7"
          "/data/Seats"             | 1.10
          "/data/Big"               | 12345678901234567890
          "/data/Trial"             | false
          "/data/None"              | null
          "/data/Text"              | "clé \\u00e9\\n\\"q\\" 💶"
          "/data/a~1b/~0/0"         | 10
          "/data/a~1b/~0/1/x"       | "deep"
          "/data/a~1b/~0/1"         | {"x":"deep"}
          "/data/a~1b/~0/2"         | null
          "/data/a~1b/~0/-"         | null
          "/data/a~1b/~0/01"        | null
          "/data/List"              | ["a",null,2,"b"]
          "/data/Name"              | "first"
          "/data/Name/x"            | null
          "/id/x"                   | null
          "/data/"                  | null
          """)
  void findsValues(String pointer, String value) {
    assertThat(rendered("{\"v\":{\"$pointer\":" + pointer + "}}", DATA))
        .isEqualTo("{\"v\":" + value + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"$default":[{"$pointer":"/data/X"},{"$pointer":"/data/None"},"d"]}   | "d"
          {"$default":[{"$pointer":"/data/Trial"},"d"]}                         | false
          {"$default":[{"$pointer":"/data/X"},null]}                            | null
          {"$if":[{"$pointer":"/data/Trial"},"yes","no"]}                       | "no"
          {"$if":[{"$pointer":"/data/Empty"},"yes","no"]}                       | "no"
          {"$if":[{"$pointer":"/data/X"},"yes"]}                                | null
          {"$if":[{"$pointer":"/data/Seats"},{"a":[1]},"no"]}                   | {"a":[1]}
          {"$equals":[{"$pointer":"/data/Seats"},1.1]}                          | true
          {"$equals":[{"$pointer":"/data/Seats"},"1.10"]}                       | false
          {"$equals":[{"$pointer":"/data/Text"},"clé é\\n\\"q\\" 💶"]}          | true
          {"$equals":[{"$pointer":"/data/X"},null]}                             | true
          {"$equals":[{"$pointer":"/data/a~1b/~0/1"},{"x":"deep"}]}             | true
          {"$map":[{"$pointer":"/data/List"},{"i":{"$item":""}}]}               | [{"i":"a"},{"i":null},{"i":2},{"i":"b"}]
          {"$map":[{"$pointer":"/data/a~1b/~0"},{"$item":"/x"}]}                | [null,"deep"]
          {"$map":[[[1,2],[3]],{"$map":[{"$item":""},[{"$item":""}]]}]}         | [[[1],[2]],[[3]]]
          {"$map":[{"$pointer":"/data/Seats"},1]}                               | null
          {"$map":[[],1]}                                                       | []
          {"$concat":["a",1.10,null,true,{"$pointer":"/data/Text"}]}            | "a1.10trueclé é\\n\\"q\\" 💶"
          {"$join":[{"$pointer":"/data/List"},", "]}                            | "a, 2, b"
          {"$join":["x",", "]}                                                  | null
          {"$string":{"$pointer":"/data/Seats"}}                                | "1.10"
          {"$string":{"$pointer":"/data/a~1b/~0/1"}}                            | "{\\"x\\":\\"deep\\"}"
          {"$string":null}                                                      | null
          {"$number":{"$pointer":"/data/Price"}}                                | 1.10e3
          {"$number":{"$pointer":"/data/Big"}}                                  | 12345678901234567890
          {"$number":{"$pointer":"/data/Number"}}                               | null
          {"$number":"1e999999"}                                                | null
          {"$number":"01"}                                                      | null
          {"$upper":{"$pointer":"/data/Text"}}                                  | "CLÉ É\\n\\"Q\\" 💶"
          {"$lower":"ÄB"}                                                       | "äb"
          {"$upper":{"$pointer":"/data/X"}}                                     | null
          {"$truncate":["a💶bc",4]}                                             | "a💶bc"
          {"$truncate":["a💶bc",3]}                                             | "a💶…"
          {"$truncate":["abc",1]}                                               | "…"
          {"$date":[{"$pointer":"/time"},"iso"]}                                | "2026-04-29T16:39:49.120Z"
          {"$date":[{"$pointer":"/data/Created"},"date"]}                       | "2026-04-29"
          {"$date":["2026-04-29 18:39:49+02:00","time"]}                        | "16:39:49"
          {"$date":["2026-04-29","dd.MM.yyyy HH:mm"]}                           | "29.04.2026 00:00"
          {"$date":["2026-04-29T16:39:49.5Z","unix"]}                           | 1777480789
          {"$date":["2026-04-29T16:39:49.5Z","unix-ms"]}                        | 1777480789500
          {"$date":[1777480789,"iso"]}                                          | "2026-04-29T16:39:49Z"
          {"$date":["yesterday","iso"]}                                         | null
          {"$date":[true,"iso"]}                                                | null
          {"$literal":{"$pointer":"/id"}}                                       | {"$pointer":"/id"}
          """)
  void callsFunctions(String call, String value) {
    assertThat(rendered("{\"v\":" + call + "}", DATA)).isEqualTo("{\"v\":" + value + "}");
    // As an argument of another function the value is the same.
    assertThat(rendered("{\"v\":{\"$default\":[" + call + ",null]}}", DATA))
        .isEqualTo("{\"v\":" + value + "}");
  }

  @Test
  void keepsWhatIsFixed() {
    assertThat(
            rendered("{ \"a\" : [ 1.10, true, null, {} , [] ],\"é\\u0001\": \"\\u00e9\" }", "{}"))
        .isEqualTo("{\"a\":[1.10,true,null,{},[]],\"é\\u0001\":\"\\u00e9\"}");
    assertThat(rendered("{\"$schema\":\"s\",\"type\":\"AdaptiveCard\"}", "{}"))
        .isEqualTo("{\"$schema\":\"s\",\"type\":\"AdaptiveCard\"}");
  }

  @Test
  void passesOnSurrogatesThatStandAlone() {
    assertThat(
            rendered("{\"v\":{\"$lower\":{\"$pointer\":\"/data\"}}}", "\"A\\ud800\\udc00\\ud800\""))
        .isEqualTo("{\"v\":\"a\ud800\udc00\\ud800\"}");
  }

  @ParameterizedTest
  @EnumSource
  void readsDataInEveryEnvelope(Envelope.Style style) {
    BodyTemplate template = BodyTemplate.parse("{\"d\":{\"$pointer\":\"/data\"}}");

    assertThat(template.render(BodyEvents.of(" [ 1 ] ", Envelope.DEFAULT.as(style))).text())
        .isEqualTo("{\"d\":[ 1 ]}");
  }

  @Test
  void limitsTheOutput() {
    String data = "\"" + "x".repeat(600_000) + "\"";
    String pointer = "{\"$pointer\":\"/data\"}";

    assertThat(rendered("{\"a\":" + pointer + "}", data)).hasSize(600_008);
    assertThatThrownBy(() -> rendered("{\"a\":" + pointer + ",\"b\":" + pointer + "}", data))
        .isInstanceOf(BodyException.class)
        .hasMessage("the body would have more than 1048576 bytes");
  }

  @Test
  void limitsTheWork() {
    String data = "[" + "0,".repeat(300_000) + "0]";
    String items = "{\"$pointer\":\"/data\"}";

    for (String template :
        new String[] {
          "{\"v\":{\"$join\":[{\"$map\":[" + items + ",\"\"]},\"\"]}}",
          "{\"v\":{\"$map\":[[1,2,3,4],{\"$equals\":[{\"$string\":" + items + "},1]}]}}",
        }) {
      assertThatThrownBy(() -> rendered(template, data))
          .isInstanceOf(BodyException.class)
          .hasMessageStartingWith("the template takes too much work for this event");
    }
  }

  @Test
  void failsClosedIfItCannotRead() {
    BodyTemplate stored = BodyTemplate.stored("{\"v\":{\"$newer\":1}}");

    assertThat(stored.problem()).hasValueSatisfying(why -> assertThat(why).contains("$newer"));
    assertThat(stored.text()).isEqualTo("{\"v\":{\"$newer\":1}}");
    assertThatThrownBy(() -> stored.render(BodyEvents.of("{}")))
        .isInstanceOf(BodyException.class)
        .hasMessageContaining("cannot read the template: body.template.v.$newer");
    assertThat(BodyTemplate.stored("{\"v\":1}").problem()).isEmpty();
  }

  @Test
  void makesValidJson() {
    String rendered =
        rendered(
            "{\"all\":{\"$pointer\":\"/data\"},\"s\":{\"$string\":{\"$pointer\":\"/data\"}}}",
            DATA);

    JsonValidator.require("body", Payload.of(rendered));
    assertThat(rendered).startsWith("{\"all\":" + DATA + ",\"s\":\"{\\\"Activation");
  }
}
