package dev.hookferry.http.resource;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.query.Page;

/** Entries of the audit log as the API returns them. */
public final class AuditJson {
  /** A changed field. */
  public static final ResponseShape<FieldChange> CHANGE =
      ResponseShape.<FieldChange>of("FieldChange")
          .saying("Secrets are masked, long values truncated.")
          .always(
              FieldSpec.of("field", FieldKind.text(), "Name of the field.").example("description"),
              FieldChange::field)
          .orNull(
              FieldSpec.of("before", FieldKind.text(), "Old value; null if there was none.")
                  .example(""),
              FieldChange::before)
          .orNull(
              FieldSpec.of("after", FieldKind.text(), "New value; null if there is none.")
                  .example("CRM"),
              FieldChange::after);

  /** An entry. */
  public static final ResponseShape<AuditEntry> ENTRY =
      actor(
              ResponseShape.<AuditEntry>of("AuditEntry")
                  .always(
                      FieldSpec.of(
                          "id", FieldKind.pattern("^aud_[0-9a-z]{26}$"), "The entry's id."),
                      AuditEntry::id)
                  .always(
                      FieldSpec.of("at", FieldKind.time(), "Time of the change."), AuditEntry::at)
                  .always(
                      FieldSpec.of(
                              "action",
                              FieldKind.choice(AuditAction.class, AuditAction::code),
                              "The action.")
                          .example("endpoint.changed"),
                      entry -> entry.action().code())
                  .orNull(
                      FieldSpec.of(
                              "site",
                              FieldKind.text(),
                              "The site; null for a change that concerns all sites.")
                          .example("default"),
                      AuditEntry::site)
                  .always(
                      FieldSpec.of("target", FieldKind.text(), "Id of the changed object.")
                          .example("ep_01m89rmsm2e00bctbf2wktq7j8"),
                      AuditEntry::target))
          .always(
              FieldSpec.of("changes", CHANGE.asList(), "The changed fields."),
              entry -> CHANGE.list(entry.changes()));

  /** A page of entries. */
  public static final ResponseShape<Page<AuditEntry>> PAGE = ENTRY.page("AuditEntries");

  private AuditJson() {}

  private static ResponseShape<AuditEntry> actor(ResponseShape<AuditEntry> shape) {
    return shape
        .orNull(
            FieldSpec.of(
                "key",
                FieldKind.pattern("^key_[0-9a-z]{26}$"),
                "The API key's id; null for the server itself."),
            entry -> entry.actor().key())
        .always(
            FieldSpec.of(
                    "by",
                    FieldKind.text(),
                    "The API key's name, after that of the person if a proxy names one.")
                .example("admin"),
            entry -> entry.actor().name())
        .always(
            FieldSpec.of(
                    "address", FieldKind.text(), "Client address; empty for the server itself.")
                .example("127.0.0.1"),
            entry -> entry.actor().address());
  }
}
