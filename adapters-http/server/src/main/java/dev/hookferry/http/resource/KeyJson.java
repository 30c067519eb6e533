package dev.hookferry.http.resource;

import dev.hookferry.Keys;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.KeyFields;
import dev.hookferry.access.Scope;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.query.Page;

/** API keys as the API returns them. */
public final class KeyJson {
  /** A key, without its text. */
  public static final ResponseShape<ApiKey> KEY =
      ResponseShape.<ApiKey>of("Key")
          .always(
              FieldSpec.of("id", FieldKind.pattern("^key_[0-9a-z]{26}$"), "The key's id."),
              ApiKey::id)
          .always(KeyFields.NAME, ApiKey::name)
          .always(KeyFields.SCOPES, key -> key.scopes().stream().sorted().map(Scope::code).toList())
          .orNull(
              KeyFields.SITE.saying("The only site that it gives access to; null for all."),
              ApiKey::site)
          .always(
              FieldSpec.of("createdAt", FieldKind.time(), "Time of creation."), ApiKey::createdAt);

  /** A page of keys. */
  public static final ResponseShape<Page<ApiKey>> PAGE = KEY.page("Keys");

  /** A new key with its text, returned only on creation. */
  public static final ResponseShape<Keys.Issued> ISSUED =
      KEY.as("IssuedKey", Keys.Issued::key)
          .always(
              FieldSpec.of("key", FieldKind.pattern("^hf_"), "The key itself, shown only once.")
                  .example("hf_01m89rmskeye00bctbf2wktq7j8"),
              Keys.Issued::text);

  private KeyJson() {}
}
