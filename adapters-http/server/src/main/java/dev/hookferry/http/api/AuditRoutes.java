package dev.hookferry.http.api;

import dev.hookferry.AuditTrail;
import dev.hookferry.Webhooks;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.field.ChoiceKind;
import dev.hookferry.field.FieldKind;
import dev.hookferry.http.resource.AuditJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.QueryParameters;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls about the audit log. */
final class AuditRoutes {
  private static final int MAX_TARGET_LENGTH = 128;
  private static final ChoiceKind ACTIONS = FieldKind.choice(AuditAction.class, AuditAction::code);

  private final AuditTrail audit;

  AuditRoutes(Webhooks webhooks) {
    audit = webhooks.audit();
  }

  /** Lists audit entries, newest first. */
  HttpReply list(Call call) {
    QueryParameters query = call.query();
    AuditQuery asked =
        AuditQuery.ALL
            .site(query.id("site", SiteId::new))
            .key(query.id("key", KeyId::parse))
            .target(query.word("target", AuditRoutes::target, "must be the id of what was changed"))
            .actions(
                Stream.ofNullable(query.choice("action", AuditAction::fromCode, ACTIONS))
                    .collect(Collectors.toSet()))
            .at(query.window())
            .page(query.page());
    query.check();
    return HttpReply.ok(JsonOutput.one(AuditJson.PAGE, audit.list(asked)));
  }

  /** Returns the text if it is visible ASCII, as all ids are; otherwise empty. */
  private static Optional<String> target(String text) {
    boolean possible = text.length() <= MAX_TARGET_LENGTH && text.matches("[!-~]+");
    return possible ? Optional.of(text) : Optional.empty();
  }
}
