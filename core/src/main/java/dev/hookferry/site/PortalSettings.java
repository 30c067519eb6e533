package dev.hookferry.site;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How customers of a site look after their own endpoints.
 *
 * @param enabled whether the portal is there at all; off by default
 * @param origins where pages may be framed, such as {@code https://app.example.com}
 * @param refreshUrl where a browser without a session is sent to sign in again; empty for nowhere
 * @param payload how much of the data of events is shown
 * @param payloadFields the paths that are shown if payload is {@code FIELDS}, such as {@code
 *     data.order}
 * @param accent the colour of links and buttons, such as {@code #6122e7}; empty for the default
 * @param productName the name of the product; empty for none
 */
public record PortalSettings(
    boolean enabled,
    List<String> origins,
    String refreshUrl,
    PayloadView payload,
    List<String> payloadFields,
    String accent,
    String productName) {
  /** A portal that is off. */
  public static final PortalSettings OFF =
      new PortalSettings(false, List.of(), "", PayloadView.FULL, List.of(), "", "");

  /** How much of the data of events is shown. */
  public enum PayloadView {
    /** Everything. */
    FULL,
    /** Chosen fields. */
    FIELDS,
    /** Nothing. */
    NONE;

    /** Returns the word that the API uses. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public PortalSettings {
    Objects.requireNonNull(origins, "origins");
    Objects.requireNonNull(refreshUrl, "refreshUrl");
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(payloadFields, "payloadFields");
    Objects.requireNonNull(accent, "accent");
    Objects.requireNonNull(productName, "productName");
    origins = List.copyOf(origins);
    payloadFields = List.copyOf(payloadFields);
  }

  /** Returns the values by name, without those that are empty or the default. */
  Map<String, Object> read() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("enabled", enabled);
    put(values, "origins", origins, List.of());
    put(values, "refreshUrl", refreshUrl, "");
    put(values, "payload", payload.code(), PayloadView.FULL.code());
    put(values, "payloadFields", payloadFields, List.of());
    Map<String, Object> theme = new LinkedHashMap<>();
    put(theme, "accent", accent, "");
    put(theme, "productName", productName, "");
    put(values, "theme", theme, Map.of());
    return values;
  }

  private static void put(Map<String, Object> values, String name, Object value, Object usual) {
    if (!value.equals(usual)) {
      values.put(name, value);
    }
  }
}
