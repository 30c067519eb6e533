package dev.hookferry.http.api;

import dev.hookferry.Webhooks;
import dev.hookferry.http.resource.BackupBody;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.QueryParameters;
import dev.hookferry.store.transfer.TransferHistory;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Calls about backups of the store. */
final class BackupRoutes {
  private final Webhooks webhooks;

  BackupRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /**
   * Sends the archive while it is being written. HEAD does not make a backup, because the audit log
   * would record one.
   */
  HttpReply take(Call call) {
    QueryParameters query = call.query();
    TransferHistory given =
        query.word(
            "history",
            BackupRoutes::history,
            "must be all, none or a time such as 2026-01-31T00:00:00Z");
    query.check();
    if (call.isHead()) {
      return HttpReply.of(200, "", new byte[0]).with("Content-Type", BackupBody.TYPE);
    }
    TransferHistory history = given == null ? TransferHistory.ALL : given;
    BackupBody body = BackupBody.of(webhooks.actingAs(call.actor()), history);
    return HttpReply.stream(BackupBody.TYPE, body).with("Content-Disposition", body.disposition());
  }

  private static Optional<TransferHistory> history(String text) {
    try {
      return Optional.of(TransferHistory.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
