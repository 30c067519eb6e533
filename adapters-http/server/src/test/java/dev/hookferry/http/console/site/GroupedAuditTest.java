package dev.hookferry.http.console.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GroupedAuditTest {
  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private int queries;

  private void note(AuditAction action, int times) {
    for (int i = 0; i < times; i++) {
      place.webhooks().audit().note(action, SiteId.DEFAULT, "target-" + i, List.of());
    }
  }

  private Page<AuditEntry> list(AuditQuery query) {
    queries++;
    return place.webhooks().audit().list(query);
  }

  /** Once, 500 retries took ten pages. */
  @Test
  void hundredsOfOneActionTakeOneRow() {
    note(AuditAction.PORTAL_LINKED, 3);
    note(AuditAction.DELIVERY_RETRIED, 500);
    note(AuditAction.PORTAL_LINKED, 2);
    Person admin = place.admin();
    assertThat(admin.get("/audit").body())
        .contains("<b>500 × ", "<b>Portal link created</b>")
        .doesNotContain(">Older</a>");
  }

  @Test
  void tooLongRunSaysThatItContinues() {
    note(AuditAction.DELIVERY_RETRIED, 1_200);
    GroupedAudit page = GroupedAudit.of(AuditQuery.ALL, this::list);
    assertThat(page.runs().get(page.runs().size() - 1).size()).isGreaterThanOrEqualTo(1_000);
    assertThat(page.isCut()).isTrue();
    assertThat(place.admin().get("/audit").body()).contains(">Older</a>");
  }

  @Test
  void runOfAThousandIsCutOnlyIfItContinues() {
    note(AuditAction.PORTAL_LINKED, 1);
    note(AuditAction.DELIVERY_RETRIED, 1_010);
    GroupedAudit page = GroupedAudit.of(AuditQuery.ALL, this::list);
    assertThat(page.runs()).hasSize(1);
    assertThat(page.runs().get(0)).hasSize(1_000);
    assertThat(page.isCut()).isTrue();
    GroupedAudit rest = GroupedAudit.of(AuditQuery.ALL.after(page.next()), this::list);
    assertThat(rest.runs()).extracting(List::size).startsWith(10, 1);
    assertThat(rest.isCut()).isFalse();
  }

  @Test
  void aRunThatEndsWithItsPageIsNotCut() {
    note(AuditAction.PORTAL_LINKED, 1);
    note(AuditAction.DELIVERY_RETRIED, 1_000);
    GroupedAudit page = GroupedAudit.of(AuditQuery.ALL, this::list);
    assertThat(page.runs()).extracting(List::size).containsExactly(1_000);
    assertThat(page.next()).isNotNull();
    assertThat(page.isCut()).isFalse();
  }

  @Test
  void changesOfOneTargetAreNotGroupedButThoseOfManyAre() {
    List<FieldChange> changes =
        List.of(new FieldChange("url", "https://a.example", "https://b.example"));
    for (int i = 0; i < 12; i++) {
      String target = i < 6 ? "same" : "target-" + i;
      place.webhooks().audit().note(AuditAction.ENDPOINT_CHANGED, SiteId.DEFAULT, target, changes);
    }
    GroupedAudit page = GroupedAudit.of(AuditQuery.ALL, this::list);
    assertThat(page.runs()).extracting(List::size).startsWith(7, 1, 1, 1, 1, 1);
    assertThat(place.admin().get("/audit").body().split("https://b.example", -1))
        .as("shown in the group, too")
        .hasSizeGreaterThanOrEqualTo(13);
  }

  @Test
  void distinctEntriesNeedOneQuery() {
    for (int i = 0; i < 60; i++) {
      note(i % 2 == 0 ? AuditAction.PORTAL_LINKED : AuditAction.DELIVERY_RETRIED, 1);
    }
    GroupedAudit page = GroupedAudit.of(AuditQuery.ALL, this::list);
    assertThat(page.runs()).hasSize(50);
    assertThat(queries).isEqualTo(1);
  }

  @Test
  void pagesHaveEveryEntryOnce() {
    Random random = new Random(17);
    for (int i = 0; i < 80; i++) {
      AuditAction action =
          random.nextBoolean() ? AuditAction.PORTAL_LINKED : AuditAction.DELIVERY_RETRIED;
      note(action, random.nextInt(30) == 0 ? 300 : 1 + random.nextInt(6));
    }
    List<AuditEntry> seen = new ArrayList<>();
    String next = null;
    do {
      queries = 0;
      GroupedAudit page = GroupedAudit.of(AuditQuery.ALL.after(next), this::list);
      page.runs().forEach(seen::addAll);
      assertThat(queries).isLessThan(16);
      next = page.next();
    } while (next != null);
    List<AuditEntry> all = new ArrayList<>();
    do {
      Page<AuditEntry> page = list(AuditQuery.ALL.limit(500).after(next));
      all.addAll(page.data());
      next = page.next();
    } while (next != null);
    assertThat(seen).isEqualTo(all);
  }
}
