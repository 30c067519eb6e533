package dev.hookferry.internal.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.id.AuditId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AuditLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProblemNotesTest {
  private static final Instant NOON = Samples.START;
  private static final Duration DAY = Duration.ofDays(1);

  private final FakeLog log = new FakeLog();
  private final EndpointId endpoint = new Samples(1).endpoint();

  @Test
  void aCallerThatGoesRoundManySitesContinuesMostReadings() {
    ProblemNotes.Readings known = new ProblemNotes.Readings(null, new Random(1));
    for (int round = 0; round < 5; round++) {
      for (int site = 0; site < 1_001; site++) {
        var unused = ProblemNotes.of(log, new SiteId("s" + site), NOON, known);
      }
    }
    assertThat(log.froms)
        .hasSize(5 * 1_001)
        .filteredOn(from -> from.equals(NOON.minus(DAY.multipliedBy(90))))
        .as("complete readings")
        .hasSizeBetween(1_001, 1_100);
  }

  @Test
  void theFirstReadingEndsAfterManyPages() {
    log.endless = true;
    var unused =
        ProblemNotes.of(log, SiteId.DEFAULT, NOON, new ProblemNotes.Readings(null, new Random(1)));
    assertThat(log.froms).hasSize(200);
  }

  @Test
  void aMuteEndsWithItsAuditEntryOnEveryNode() {
    ProblemNotes.Readings known = new ProblemNotes.Readings(DAY, new Random(1));
    FieldChange until = new FieldChange("until", null, NOON.plus(DAY.multipliedBy(30)).toString());
    log.first =
        new AuditEntry(
            new AuditId(new UUID(1, 2)),
            NOON,
            Actor.PROGRAM,
            AuditAction.PROBLEM_MUTED,
            SiteId.DEFAULT,
            endpoint.toString(),
            List.of(until));
    assertThat(muted(NOON.plusSeconds(1), known)).isTrue();
    log.first = null;
    assertThat(muted(NOON.plus(DAY), known)).isTrue();
    assertThat(muted(NOON.plus(DAY).plusSeconds(1), known)).isFalse();
  }

  private boolean muted(Instant now, ProblemNotes.Readings known) {
    return ProblemNotes.of(log, SiteId.DEFAULT, now, known).mute(endpoint, now) != null;
  }

  /** Has one entry or none, on the first of its pages. */
  private static final class FakeLog implements AuditLog {
    private final List<Instant> froms = new ArrayList<>();
    private @Nullable AuditEntry first;
    private boolean endless;

    @Override
    public Page<AuditEntry> entries(AuditQuery query) {
      froms.add(Objects.requireNonNull(query.at().since()));
      AuditEntry entry = first;
      return new Page<>(entry == null ? List.of() : List.of(entry), endless ? "next" : null);
    }

    @Override
    public void append(List<AuditEntry> entries) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long purge(Instant before) {
      throw new UnsupportedOperationException();
    }
  }
}
