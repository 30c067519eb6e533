package dev.hookferry.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refused filters, limits included, and the treatment of stored ones. */
class FilterRulesTest {
  private static final String SCALAR = "must be a string, a number, true, false or null";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'x'|filter|must be a JSON object, such as {'ProductName':'Pro'}",
        "{'a':1}x|filter|must end after the first JSON value; more text follows at line 1, column 8",
        "{'a':{'$regex':'x'}}|filter.a.$regex|unknown operator $regex; use $startsWith, $endsWith or"
            + " $contains instead of a regular expression",
        "{'a':{'$foo':1}}|filter.a.$foo|unknown operator $foo; use $eq, $neq, $gt, $gte, $lt, $lte,"
            + " $in, $nin, $exists, $startsWith, $endsWith, $contains, $and, $or or $not",
        "{'a':{'$gte':'x','$in':3}}|filter.a.$in|must be a list of strings, numbers, true, false or"
            + " null, at least one",
        "{'a':{'$in':'x'}}|filter.a.$in|must be a list of strings, numbers, true, false or null, at"
            + " least one; use $contains for a part of a string",
        "{'a':{'$in':[]}}|filter.a.$in|must be a list of strings, numbers, true, false or null, at"
            + " least one",
        "{'a':{'$nin':[1,[2]]}}|filter.a.$nin|must be a list of strings, numbers, true, false or"
            + " null, at least one",
        "{'$or':{}}|filter.$or|must be a list of conditions",
        "{'$and':[]}|filter.$and|must have at least one condition",
        "{'$or':[{'a':1},5]}|filter.$or[1]|must be an object that names a field",
        "{'$not':5}|filter.$not|must be an object that names a field",
        "{'$not':{}}|filter.$not|must not be an empty object; name an operator or a field, or use"
            + " $exists",
        "{'a':{}}|filter.a|must not be an empty object; name an operator or a field, or use $exists",
        "{'a':[1]}|filter.a|must not be a list; use $in if one of several values is enough, or $and"
            + " around the field if an array must have them all",
        "{'a':{'$exists':'yes'}}|filter.a.$exists|must be true or false",
        "{'a':{'$gt':true}}|filter.a.$gt|must be a number or a string",
        "{'a':{'$lte':null}}|filter.a.$lte|must be a number or a string",
        "{'a':{'$eq':{'b':1}}}|filter.a.$eq|" + SCALAR,
        "{'a':{'$neq':[]}}|filter.a.$neq|" + SCALAR,
        "{'a':{'$startsWith':1}}|filter.a.$startsWith|must be a string",
        "{'a':{'$contains':['x']}}|filter.a.$contains|must be a string",
        "{'$eq':1}|filter.$eq|must be inside a field, such as {'Seats':{'$gte':10}}",
        "{'a':1,'a':2}|filter.a|appears twice",
        "{'a..b':1}|filter.a..b|must be names of fields with single dots between them",
        "{'':1}|filter.|must be names of fields with single dots between them",
        "{'$.$':1}|filter.$.$|must be names of fields with single dots between them",
        "{'a.$eq':1}|filter.a.$eq|must not have an operator after a dot",
      })
  void namesThePathAndTheRule(String filter, String field, String rule) {
    assertRefused(FilterTest.json(filter), field, FilterTest.json(rule));
  }

  @Test
  void suggestsTheOperatorThatWasMeant() {
    assertThatThrownBy(() -> Filter.parse("{\"a\":{\"$startswith\":1}}"))
        .hasMessageEndingWith("; did you mean $startsWith?");
  }

  @Test
  void aFilterHas8KibibytesAtMost() {
    String most = "{\"a\":\"" + "é".repeat((Filter.MAX_BYTES - 8) / 2) + "\"}";
    assertThat(Filter.parse(most).text()).isEqualTo(most);
    assertRefused(most.replace("}", " }"), "filter", "must have at most 8192 bytes");
  }

  @Test
  void aFilterHas64ClausesAtMost() {
    assertThat(Filter.parse(clauses(64)).matches(Payload.of("{\"a63\":63}"))).isTrue();
    assertRefused(clauses(65), "filter.$or[64].a64", "exceeds the limit of 64 clauses per filter");
  }

  private static String clauses(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"a" + i + "\":" + i + "}")
        .collect(Collectors.joining(",", "{\"$or\":[", "]}"));
  }

  @Test
  void aFilterIsNested8DeepAtMost() {
    String nested = "{\"$not\":".repeat(7) + "{\"a\":1}" + "}".repeat(7);
    assertThat(Filter.parse(nested).matches(Payload.of("{\"a\":2}"))).isTrue();
    assertRefused(
        "{\"$not\":" + nested + "}",
        "filter" + ".$not".repeat(8),
        "must be nested at most 8 objects deep");
  }

  @Test
  void aPathHas8NamesAtMost() {
    String data = "{\"a\":".repeat(8) + "1" + "}".repeat(8);
    assertThat(Filter.parse("{\"a.a.a.a.a.a.a.a\":1}").matches(Payload.of(data))).isTrue();
    assertRefused(
        "{\"a.a.a\":{\"a.a.a\":{\"a.a.a\":1}}}",
        "filter.a.a.a.a.a.a.a.a.a",
        "must be a path of at most 8 names");
  }

  @Test
  void aStoredFilterThatCannotBeReadMatchesNothingAndSaysSo() {
    Filter newer = Filter.stored("{\"a\":{\"$near\":5}}");

    assertThat(newer.problem())
        .get()
        .asString()
        .startsWith("filter.a.$near: unknown operator $near");
    assertThat(newer.matches(Payload.of("{\"a\":5}"))).isFalse();
    assertThat(newer.explain(Payload.of("{}"))).get().asString().contains("$near");
    assertThat(FilterSet.of(List.of(newer)).evaluate(Payload.of("5")).of(newer)).isEqualTo(false);
    assertThat(Filter.stored("{\"a\":5}").problem()).isEmpty();
    assertThat(Filter.stored("nonsense").problem()).isPresent();
  }

  @Test
  void anEmptyFilterMatchesEverything() {
    assertThat(Filter.parse(" { } ").isEmpty()).isTrue();
    assertThat(Filter.parse("{}").matches(Payload.of("null"))).isTrue();
    assertThat(Filter.parse("{\"a\":1}").isEmpty()).isFalse();
  }

  private static void assertRefused(String filter, String field, String rule) {
    assertThatThrownBy(() -> Filter.parse(filter))
        .isInstanceOfSatisfying(
            InvalidException.class,
            e -> {
              assertThat(e.problems()).hasSize(1);
              assertThat(e.problems().get(0).field()).isEqualTo(field);
              assertThat(e.problems().get(0).reason()).isEqualTo(rule);
            });
  }
}
