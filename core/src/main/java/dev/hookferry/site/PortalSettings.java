package dev.hookferry.site;

import dev.hookferry.id.EventType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the portal, where customers of a site manage their own endpoints.
 *
 * @param enabled whether the portal is available; off by default
 * @param origins the origins whose pages may embed the portal in a frame, such as {@code
 *     https://app.example.com}
 * @param refreshUrl the URL to which a browser without a session is redirected to sign in again;
 *     empty for none
 * @param payload how much of the event data is shown
 * @param payloadFields the paths shown if payload is {@code FIELDS}, such as {@code data.order}
 * @param payloadByType the event types whose payloads have a different rule
 * @param accent the colour of links and buttons, such as {@code #6122e7}; empty for the default
 * @param productName the name of the product; empty for none
 * @param words the product's own terms for webhook, endpoint and event, by name, in singular and
 *     plural, such as {@code endpoints}; a name such as {@code de.endpoints} applies to one
 *     language
 * @param images the product's logos and icon
 */
public record PortalSettings(
    boolean enabled,
    List<String> origins,
    String refreshUrl,
    PayloadView payload,
    List<String> payloadFields,
    Map<EventType, PayloadRule> payloadByType,
    String accent,
    String productName,
    Map<String, String> words,
    Map<PortalImage.Use, PortalImage> images) {
  /** Settings of a portal that is off. */
  public static final PortalSettings OFF =
      new PortalSettings(
          false, List.of(), "", PayloadView.FULL, List.of(), Map.of(), "", "", Map.of(), Map.of());

  /** Visibility of event data. */
  public enum PayloadView {
    /** Everything is shown. */
    FULL,
    /** Only selected fields are shown. */
    FIELDS,
    /** Nothing is shown. */
    NONE;

    /** Returns the code used in the API. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the view with this name in the API; empty if there is none. */
    static Optional<PayloadView> fromCode(@Nullable Object word) {
      return Stream.of(values()).filter(view -> view.code().equals(word)).findFirst();
    }
  }

  public PortalSettings {
    Objects.requireNonNull(origins, "origins");
    Objects.requireNonNull(refreshUrl, "refreshUrl");
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(payloadFields, "payloadFields");
    Objects.requireNonNull(payloadByType, "payloadByType");
    Objects.requireNonNull(accent, "accent");
    Objects.requireNonNull(productName, "productName");
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(images, "images");
    origins = List.copyOf(origins);
    payloadFields = List.copyOf(payloadFields);
    payloadByType = Map.copyOf(payloadByType);
    words = Map.copyOf(words);
    images = Map.copyOf(images);
  }

  /**
   * Returns a copy with this image.
   *
   * @param image the image, or null for none
   */
  public PortalSettings withImage(PortalImage.Use use, @Nullable PortalImage image) {
    Objects.requireNonNull(use, "use");
    Map<PortalImage.Use, PortalImage> changed = new LinkedHashMap<>(images);
    if (image == null) {
      changed.remove(use);
    } else {
      changed.put(use, image);
    }
    return withImages(changed);
  }

  PortalSettings withImages(Map<PortalImage.Use, PortalImage> changed) {
    return new PortalSettings(
        enabled,
        origins,
        refreshUrl,
        payload,
        payloadFields,
        payloadByType,
        accent,
        productName,
        words,
        changed);
  }

  /** Returns how much of an event type's payloads is shown. */
  public PayloadRule payloadOf(EventType type) {
    Objects.requireNonNull(type, "type");
    PayloadRule own = payloadByType.get(type);
    return own == null ? new PayloadRule(payload, payloadFields) : own;
  }

  /** Returns the values by name, without the images and without empty or default values. */
  Map<String, Object> read() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("enabled", enabled);
    put(values, "origins", origins, List.of());
    put(values, "refreshUrl", refreshUrl, "");
    put(values, "payload", payload.code(), PayloadView.FULL.code());
    put(values, "payloadFields", payloadFields, List.of());
    Map<String, Object> byType = new TreeMap<>();
    payloadByType.forEach((type, rule) -> byType.put(type.name(), rule.read()));
    put(values, "payloadByType", byType, Map.of());
    put(values, "words", new TreeMap<>(words), Map.of());
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
