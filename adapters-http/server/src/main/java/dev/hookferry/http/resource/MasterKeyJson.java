package dev.hookferry.http.resource;

import dev.hookferry.MasterKeys;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.ResponseShape;
import java.util.List;
import java.util.stream.Stream;

/** Master keys as the API returns them: names and counts, never the keys themselves. */
public final class MasterKeyJson {
  /**
   * The encryption status of secrets. OpenAPI gives it its own schema: several responses have it.
   */
  public static final FieldSpec<String> STATE = state("state");

  /** The encryption status in the health check. */
  public static final FieldSpec<String> SECRETS = state("secrets");

  /** A master key. */
  public static final ResponseShape<Key> KEY =
      ResponseShape.<Key>of("MasterKey")
          .always(FieldSpec.of("id", FieldKind.text(), "The key's name.").example("mk_1"), Key::id)
          .always(
              FieldSpec.of(
                      "secrets", FieldKind.count(), "Number of secrets encrypted with this key.")
                  .example(2),
              Key::secrets)
          .always(
              FieldSpec.of("here", FieldKind.flag(), "Whether this node has the key."), Key::here);

  /** The state of all secrets and keys. */
  public static final ResponseShape<MasterKeys.Status> STATUS =
      ResponseShape.<MasterKeys.Status>of("MasterKeys")
          .orNull(
              FieldSpec.of(
                  "newest",
                  FieldKind.text(),
                  "The master key that encrypts new secrets; null while secrets are stored"
                      + " unencrypted."),
              MasterKeys.Status::newest)
          .always(STATE, status -> status.state().code())
          .always(
              FieldSpec.of("unsealed", FieldKind.count(), "Number of secrets stored unencrypted."),
              MasterKeys.Status::unsealed)
          .always(
              FieldSpec.of(
                  "stale",
                  FieldKind.count(),
                  "Number of secrets not encrypted with the newest key."),
              MasterKeys.Status::stale)
          .always(
              FieldSpec.of(
                  "keys",
                  KEY.asList(),
                  "Keys present on this node, newest last, then missing ones."),
              status -> KEY.list(keys(status)));

  /** The state after a rotation. */
  public static final ResponseShape<MasterKeys.Rotation> ROTATED =
      ResponseShape.<MasterKeys.Rotation>of("MasterKeysRotated")
          .always(
              FieldSpec.of(
                  "rewrapped",
                  FieldKind.count(),
                  "Number of sites and endpoints whose secrets were re-encrypted."),
              MasterKeys.Rotation::rewrapped)
          .with(STATUS, MasterKeys.Rotation::status);

  private MasterKeyJson() {}

  /**
   * A master key.
   *
   * @param here whether this node has it
   */
  public record Key(String id, int secrets, boolean here) {}

  private static FieldSpec<String> state(String name) {
    return FieldSpec.of(
        name,
        FieldKind.choice(MasterKeys.State.class, MasterKeys.State::code),
        "`sealed`: all secrets are encrypted with the newest master key. `stale`: a rotation is not"
            + " finished. `unsealed`: there is no master key, or some secrets are not encrypted"
            + " yet. `key_missing`: this node lacks a key that some secrets need.");
  }

  private static List<Key> keys(MasterKeys.Status status) {
    return Stream.concat(
            status.readable().stream().map(id -> key(status, id, true)),
            status.missing().stream().map(id -> key(status, id, false)))
        .toList();
  }

  private static Key key(MasterKeys.Status status, String id, boolean here) {
    return new Key(id, status.secrets().getOrDefault(id, 0), here);
  }
}
