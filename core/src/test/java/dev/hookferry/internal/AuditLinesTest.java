package dev.hookferry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.contract.support.LoggedLines;
import dev.hookferry.id.AuditId;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lines of the process log about changes by users. */
class AuditLinesTest {
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49Z");

  @RegisterExtension private final LoggedLines log = new LoggedLines("dev.hookferry.audit");

  @Test
  void aChangeNamesItsFieldsButNotTheirValues() {
    List<FieldChange> changes =
        List.of(
            new FieldChange("envelope", "qlm", "none"),
            new FieldChange("hideQlmEventTypes", "false", "true"));
    AuditRecorder.log(entry(AuditAction.SITE_CHANGED, changes));
    AuditRecorder.log(entry(AuditAction.SITE_CREATED, changes));

    assertThat(log.all())
        .containsExactly(
            "INFO site.changed target=default site=default actor=first client=127.0.0.1"
                + " fields=envelope,hideQlmEventTypes",
            "INFO site.created target=default site=default actor=first client=127.0.0.1");
  }

  private static AuditEntry entry(AuditAction action, List<FieldChange> changes) {
    return new AuditEntry(
        new AuditId(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L)),
        NOW,
        new Actor(null, "first", "127.0.0.1"),
        action,
        SiteId.DEFAULT,
        "default",
        changes);
  }
}
