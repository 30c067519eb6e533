package dev.hookferry.endpoint;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldValues;
import java.util.Objects;

/**
 * The division of control over an endpoint between the operator and a customer. Immutable.
 *
 * @param urlFrom the party that its URL comes from. A customer's must be https, lead to public
 *     addresses and use a port that no other protocol uses, at every connection, whatever
 *     exceptions the operator has allowed
 * @param managedBy the party that may change it in the portal: with {@link Party#OPERATOR}, no
 *     customer may, whatever the link permits
 */
public record Ownership(Party urlFrom, Party managedBy) {
  /** The operator's URL, and an endpoint that a customer may change if a portal link permits it. */
  public static final Ownership DEFAULT = new Ownership(Party.OPERATOR, Party.CUSTOMER);

  /** The field for {@link #urlFrom}. */
  public static final FieldSpec<String> URL_FROM =
      FieldSpec.of(
              "urlFrom",
              FieldKind.choice(Party.class, Party::code),
              "Origin of the URL. A customer's must be https, lead to public addresses and use a"
                  + " port that no other protocol uses, at every request, whatever else the operator"
                  + " allows. A new URL is the operator's unless the same request says otherwise.")
          .fallback("operator");

  /** The field for {@link #managedBy}. */
  public static final FieldSpec<String> MANAGED_BY =
      FieldSpec.of(
              "managedBy",
              FieldKind.choice(Party.class, Party::code),
              "With operator, customers see it in the portal and may test it and retry its"
                  + " deliveries as their link permits, but cannot change it.")
          .fallback("customer");

  public Ownership {
    Objects.requireNonNull(urlFrom, "urlFrom");
    Objects.requireNonNull(managedBy, "managedBy");
  }

  /** Returns whether its URL must follow the strict rule, without the operator's exceptions. */
  public boolean isStrict() {
    return urlFrom == Party.CUSTOMER;
  }

  /** Returns a copy of the values with the two fields set. */
  FieldValues addTo(FieldValues values) {
    return values.with(URL_FROM, urlFrom.code()).with(MANAGED_BY, managedBy.code());
  }

  /**
   * Returns the ownership after a change. A new URL is the operator's unless the change says
   * otherwise; the current one keeps its origin.
   *
   * @param given the values of the change
   * @param isNewUrl whether the change sets a URL that differs from the current one
   */
  public Ownership changed(FieldValues given, boolean isNewUrl) {
    Objects.requireNonNull(given, "given");
    Party kept = isNewUrl ? Party.OPERATOR : urlFrom;
    return new Ownership(
        Party.fromCode(given.get(URL_FROM, kept.code())),
        Party.fromCode(given.get(MANAGED_BY, managedBy.code())));
  }
}
