package dev.hookferry.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuccessStatusesTest {
  private static final Duration TOOK = Duration.ofMillis(3);

  @Test
  void includesAny2xxByDefault() {
    assertThat(included(SuccessStatuses.DEFAULT))
        .containsExactlyElementsOf(IntStream.rangeClosed(200, 299).boxed().toList());
    assertThat(SuccessStatuses.DEFAULT.entries()).containsExactly("2xx");
    assertThat(SuccessStatuses.of("2xx")).isSameAs(SuccessStatuses.DEFAULT);
    assertThat(SuccessStatuses.of("299", "2xx").isDefault()).isTrue();
  }

  @Test
  void includesOnlyListedClassesAndStatuses() {
    assertThat(included(statuses("2xx", "3xx")))
        .containsExactlyElementsOf(IntStream.rangeClosed(200, 399).boxed().toList());
    assertThat(included(statuses("304", "200", "399"))).containsExactly(200, 304, 399);
    assertThat(included(statuses("3xx"))).startsWith(300).endsWith(399).hasSize(100);
  }

  @Test
  void writesClassesFirstAndNothingTwice() {
    SuccessStatuses all = statuses("304", "202", "3xx", "200", "202", "3xx");
    assertThat(all.entries()).containsExactly("3xx", "200", "202");
    assertThat(all).hasToString("3xx,200,202").isEqualTo(statuses("200", "202", "3xx"));
    assertThat(all).hasSameHashCodeAs(statuses("200", "202", "3xx"));
    assertThat(all).isNotEqualTo(statuses("200", "3xx"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4xx", "5xx", "400", "499", "500"})
  void refusesStatusesByWhichAReceiverRefuses(String entry) {
    assertThatThrownBy(() -> statuses("2xx", entry))
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "successStatuses[1]: must be 2xx, 3xx or a status from 200 to 399, such as 304 (got "
                + entry
                + "); remove it, because a receiver that responds with it has refused the event");
  }

  @ParameterizedTest
  @ValueSource(strings = {"199", "1xx", "20x", "2XX", "x", "2000", "+200", "200-299", "200 "})
  void refusesInvalidStatuses(String entry) {
    assertThatThrownBy(() -> statuses(entry))
        .hasMessage(
            "successStatuses[0]: must be 2xx, 3xx or a status from 200 to 399, such as 304 (got "
                + entry
                + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "200\n", "２00", "a text that is far too long to be shown"})
  void errorOmitsEmptyLongOrUnreadableEntries(String entry) {
    assertThatThrownBy(() -> statuses(entry))
        .hasMessage(
            "successStatuses[0]: must be 2xx, 3xx or a status from 200 to 399, such as 304");
  }

  @Test
  void acceptsOneToTwentyEntries() {
    assertThatThrownBy(SuccessStatusesTest::statuses)
        .hasMessage(
            "successStatuses: must have 1 to 20 entries (got 0); null stands for the default, 2xx");
    List<String> many = IntStream.range(200, 221).mapToObj(String::valueOf).toList();
    assertThatThrownBy(() -> SuccessStatuses.of(many))
        .hasMessage(
            "successStatuses: must have 1 to 20 entries (got 21); use the class 2xx or 3xx");
    assertThat(SuccessStatuses.of(many.subList(0, 20)).entries()).hasSize(20);
    assertThat(SuccessStatuses.of(Collections.nCopies(20, "204")).entries()).containsExactly("204");
  }

  @Test
  void reportsAllProblemsTogether() {
    assertThatThrownBy(() -> statuses("4xx", "200", "x"))
        .hasMessageContaining("successStatuses[0]")
        .hasMessageContaining("successStatuses[2]")
        .hasMessageNotContaining("successStatuses[1]");
  }

  @Test
  void changesNoOutcomeThatAgrees() {
    Outcome good = outcome(200);
    Outcome bad = outcome(302);
    assertThat(SuccessStatuses.DEFAULT.judge(good)).isSameAs(good);
    assertThat(SuccessStatuses.DEFAULT.judge(bad)).isSameAs(bad);
    assertThat(statuses("200", "304").judge(good)).isSameAs(good);
    assertThat(statuses("200", "304").judge(bad)).isSameAs(bad);
  }

  @Test
  void judgesAResponseByItsStatus() {
    Outcome notModified = statuses("2xx", "304").judge(outcome(304));
    assertThat(notModified.isSuccess()).isTrue();
    assertThat(notModified.detail()).isEmpty();
    assertThat(notModified.statusCode()).isEqualTo(304);
    assertThat(notModified.took()).isEqualTo(TOOK);

    Outcome accepted = statuses("200").judge(outcome(202));
    assertThat(accepted.kind()).isEqualTo(OutcomeKind.HTTP_ERROR);
    assertThat(accepted.detail())
        .isEqualTo("the receiver responded with 202, which does not count as success");
    assertThat(accepted.statusCode()).isEqualTo(202);
  }

  @Test
  void leavesWhatMoreThanTheStatusHasDecided() {
    Response moved = response(304);
    Response fine = response(200);
    SuccessStatuses all = statuses("2xx", "3xx");
    for (Outcome outcome :
        List.of(
            new Outcome(OutcomeKind.AUTH_FAILED, moved, "no token", TOOK),
            new Outcome(OutcomeKind.HTTP_ERROR, fine, "the body says no", TOOK),
            Outcome.failed(OutcomeKind.TIMEOUT, "late", TOOK))) {
      assertThat(all.judge(outcome)).isSameAs(outcome);
    }
    Outcome taken = new Outcome(OutcomeKind.DELIVERED, response(409), "", TOOK);
    assertThat(statuses("200").judge(taken)).isSameAs(taken);
  }

  @Test
  void allowsOnlyStatuses200To399() {
    assertThat(IntStream.range(0, 600).filter(SuccessStatuses::canInclude))
        .containsExactlyElementsOf(IntStream.rangeClosed(200, 399).boxed().toList());
  }

  private static List<Integer> included(SuccessStatuses statuses) {
    return IntStream.range(-1, 1_000).filter(statuses::includes).boxed().toList();
  }

  private static SuccessStatuses statuses(String... entries) {
    return SuccessStatuses.of(entries);
  }

  private static Outcome outcome(int status) {
    return Outcome.responded(response(status), TOOK);
  }

  private static Response response(int status) {
    return new Response(status, Payload.empty(), false, null, null);
  }
}
