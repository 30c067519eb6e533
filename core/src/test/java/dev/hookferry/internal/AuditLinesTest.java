package dev.hookferry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.id.AuditId;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines of the process log about changes by users. */
class AuditLinesTest {
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49Z");

  private final Logger logger = Logger.getLogger("dev.hookferry.audit");
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  @Test
  void aChangeNamesItsFieldsButNotTheirValues() {
    List<FieldChange> changes =
        List.of(
            new FieldChange("envelope", "qlm", "none"),
            new FieldChange("hideQlmEventTypes", "false", "true"));
    AuditRecorder.log(entry(AuditAction.SITE_CHANGED, changes));
    AuditRecorder.log(entry(AuditAction.SITE_CREATED, changes));

    assertThat(lines)
        .containsExactly(
            "site.changed target=default site=default actor=first client=127.0.0.1"
                + " fields=envelope,hideQlmEventTypes",
            "site.created target=default site=default actor=first client=127.0.0.1");
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
